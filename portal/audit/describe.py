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
    "notice.published": _("Een melding is gepubliceerd."),
}
