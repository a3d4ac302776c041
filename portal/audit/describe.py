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
    "reading.asked": _("Aan een patiëntenorganisatie is gevraagd de tekst te lezen."),
    "reading.withdrawn": _("De vraag om de tekst te lezen is ingetrokken."),
    "reading.declined": _("De patiëntenorganisatie leest de tekst niet."),
    "reading.sent": _("De tekst is naar lezers gestuurd."),
    "reading.typed_out": _("Een antwoord van papier is overgetypt."),
    "reading.closed": _("Patiënten hebben de tekst gelezen."),
    "reading.answered": _("De zorgverlener vertelde wat er na het lezen is veranderd."),
    "redaction.asked": _("Iemand vroeg om een tekst weg te halen."),
    "redaction.refused": _("De tekst is niet weggehaald."),
    "redaction.done": _("Een tekst is weggehaald, omdat de wet dat vraagt."),
}
