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
    "draft.failed": _("De nieuwe tekst kon niet openbaar worden op het gekozen moment."),
    "draft.ended": _("De nieuwe tekst verviel: de toepassing ging uit het register."),
    "notice.confirmed": _("Een tweede persoon bevestigde de melding."),
    "notice.corrected": _("De tekst van de melding is verbeterd."),
    "notice.close_asked": _("Iemand vroeg om de melding te sluiten."),
    "notice.kept": _("De melding bleef staan."),
    "notice.closed": _("De melding is gesloten."),
    "ending.asked": _("Iemand vroeg om de toepassing uit het register te halen."),
    "ending.planned": _("De toepassing gaat op een gekozen dag uit het register."),
    "ending.cancelled": _("De toepassing blijft toch in het register."),
    "entry.reminded": _("Wij stuurden een herinnering: de tekst moet worden gecontroleerd."),
}
