"""Every kind of event as a sentence for people."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "organisation.saved": _("De gegevens van de organisatie zijn bewaard."),
    "organisation.national_export_chosen": _("De organisatie koos of zij naar het landelijke register wil."),
    "system.published": _("Een nieuwe versie van het AI-systeem is gepubliceerd."),
    "entry.imported": _("De toepassing is overgenomen uit een ander register of een lijst."),
    "entry.published": _("Een nieuwe versie van de toepassing is gepubliceerd."),
    "entry.withdrawn": _("De toepassing is ingetrokken."),
    "entry.replaced": _("De toepassing is vervangen door een andere."),
    "draft.started": _("Iemand begon met een nieuwe tekst."),
    "draft.submitted": _("De nieuwe tekst is ingediend voor goedkeuring."),
    "draft.taken_back": _("De schrijver nam de ingediende tekst terug."),
    "draft.returned": _("De nieuwe tekst ging terug naar de schrijver."),
    "draft.approved": _("De nieuwe tekst is goedgekeurd."),
    "draft.scheduled": _("De nieuwe tekst is goedgekeurd en wordt later openbaar."),
    "draft.discarded": _("De nieuwe tekst is weggegooid."),
    "draft.restored": _("De weggegooide tekst is teruggehaald."),
    "notice.published": _("Een melding is gepubliceerd."),
    "upload.begun": _("Iemand stuurde een bestand om in te lezen."),
    "upload.accepted": _("Iemand koos om een bestand over te nemen."),
    "upload.taken_over": _("De regels van een bestand zijn overgenomen."),
    "upload.undo_asked": _("Iemand koos om het overnemen van een bestand terug te draaien."),
    "upload.undone": _("Het overnemen van een bestand is teruggedraaid."),
    "upload.discarded": _("Een bestand om in te lezen is weggegooid."),
    "entry.removed": _("De toepassing is weggehaald: het bestand waar zij uit kwam, is teruggedraaid."),
    "key.made": _("Er is een sleutel gemaakt voor een programma."),
    "key.revoked": _("Een sleutel van een programma is ingetrokken."),
}
