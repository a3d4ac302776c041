"""The filters of the register: one row each. Page, counts and links derive from this table."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.organisations.models import Province
from transparency.states import Origin
from transparency.vocabularies import vocabulary


@dataclass(frozen=True, kw_only=True)
class Facet:
    """A filter: `key` in records and code, `param` in the address."""

    key: str
    param: str
    label: str | Promise
    vocabulary: str = ""
    labels: dict[str, str | Promise] | None = None  # with a vocabulary: values that stand beside it
    many: bool = False  # so many values that a list to choose from is easier than boxes to tick

    def value_label(self, code: str) -> str:
        """The words of one value in the language of the page."""
        if code in (self.labels or {}):
            return str((self.labels or {})[code])
        return vocabulary(self.vocabulary).label(code) if self.vocabulary else code

    def order(self) -> list[str] | None:
        """The codes in the order in which people see them, or None for the alphabet."""
        codes = [*(vocabulary(self.vocabulary).terms if self.vocabulary else ()), *(self.labels or ())]
        return codes or None

    def sorted(self, codes: Iterable[str]) -> list[str]:
        """`codes`, each once, in the order in which people see them; what we do not know stands last."""
        order = self.order()
        if order is None:
            return sorted(set(codes), key=lambda code: (code.casefold(), code))
        place = {code: number for number, code in enumerate(order)}
        return sorted(set(codes), key=lambda code: (place.get(code, len(place)), code))


FACETS: tuple[Facet, ...] = (
    Facet(key="care_setting", param="plek", label=_("Waar in de zorg"), vocabulary="care_setting"),
    Facet(key="use_kind", param="gebruik", label=_("Waarvoor"), vocabulary="use_kind"),
    Facet(key="can_refuse", param="nee", label=_("Kunt u nee zeggen?"), labels={
        "YES": _("Ja"), "PARTLY": _("Deels"), "NO": _("Nee"), "UNKNOWN": _("Niet bekend")}),
    Facet(key="status", param="status", label=_("Status"), vocabulary="status"),
    Facet(key="participation", param="meegedacht", label=_("Hebben patiënten meegedacht?"), labels={
        "YES": _("Ja"), "PARTLY": _("Deels"), "NO": _("Nee"), "UNKNOWN": _("Niet bekend")}),
    Facet(key="body_parts", param="lichaam", label=_("Deel van het lichaam"), vocabulary="body_part"),
    Facet(key="visit_reasons", param="bezoek", label=_("Reden van uw bezoek"), vocabulary="visit_reason"),
    Facet(key="province", param="provincie", label=_("Provincie"), labels=dict(Province.choices)),
    Facet(key="place", param="plaats", label=_("Plaats"), many=True),
    Facet(key="provider", param="zorgverlener", label=_("Zorgverlener"), many=True),
    Facet(key="ce_class", param="klasse", label=_("Medisch hulpmiddel (CE-klasse)"), vocabulary="ce_class", labels={
        "DEVICE": _("Medisch hulpmiddel, klasse niet bekend"), "NONE": _("Geen medisch hulpmiddel"),
        "UNKNOWN": _("Niet bekend")}),
    Facet(key="language", param="taal", label=_("Taal"), labels={
        "PLAIN": _("Geschreven in gewone taal"), "UNCHECKED": _("Niet gecontroleerd")}),
    Facet(key="origin", param="herkomst", label=_("Wie schreef dit?"), labels=dict(Origin.choices)),
    Facet(key="real", param="voorbeeld", label=_("Echt of verzonnen"), labels={
        "REAL": _("Echt"), "EXAMPLE": _("Verzonnen voorbeeld")}),
)  # fmt: skip
BY_KEY = {facet.key: facet for facet in FACETS}
BY_PARAM = {facet.param: facet for facet in FACETS}
