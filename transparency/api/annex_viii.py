"""An entry in the form of Annex VIII, section C of the AI Act: what a public body registers in the EU database.

Only for uses of Annex III (AI Act, art. 49(3)); a use that is high-risk by medical device law is not registered so.
"""

from dataclasses import dataclass
from typing import Any

from transparency.api.documents import page_of
from transparency.document import has_value
from transparency.field import Content
from transparency.models import Entry

ROUTE = "ANNEX_III"
SOURCE = "https://eur-lex.europa.eu/eli/reg/2024/1689/oj"


@dataclass(frozen=True, kw_only=True)
class Point:
    """One point of the annex with the fields of the register that tell it."""

    point: str
    asks: str
    keys: tuple[str, ...] = ()
    assessment: str = ""  # the kind of assessment whose summary it asks


SECTION_C = (
    Point(point="C1", asks="Naam, adres en contactgegevens van de gebruiksverantwoordelijke",
          keys=("contact_public", "contact_phone")),
    Point(point="C2", asks="Wie de informatie indient namens de gebruiksverantwoordelijke",
          keys=("contact_name_role",)),
    Point(point="C3", asks="Webadres van de registratie door de aanbieder in de EU-databank",
          keys=("eu_db_provider_url",)),
    Point(point="C4", asks="Samenvatting van de beoordeling van de gevolgen voor de grondrechten (artikel 27)",
          assessment="FRIA"),
    Point(point="C5", asks="Samenvatting van de gegevensbeschermingseffectbeoordeling (AVG, artikel 35)",
          assessment="DPIA"),
)  # fmt: skip
# What the provider of the system registers (section A): here to inform, as far as the entry says it.
SECTION_A = (
    Point(point="A1", asks="Naam van de aanbieder", keys=("provider", "provider_kvk", "provider_country")),
    Point(point="A4", asks="Handelsnaam van het systeem en wat het herkent",
          keys=("name", "product_version", "udi_di")),
    Point(point="A5", asks="Beoogd doel", keys=("summary", "purpose", "for_whom", "not_for_whom")),
    Point(point="A6", asks="Gegevens die het gebruikt en hoe het werkt",
          keys=("ai_kind", "data_used", "data_sources", "training_data", "how_it_works", "technical")),
    Point(point="A7", asks="Status van het systeem", keys=("status",)),
    Point(point="A8", asks="Certificaat en keuringsinstantie",
          keys=("ce_class", "notified_body", "certificate_no", "certificate_expiry")),
    Point(point="A12", asks="Gebruiksaanwijzing", keys=("instructions_url",)),
    Point(point="A13", asks="Meer informatie", keys=("product_url", "public_page_url")),
)  # fmt: skip


def needs_registration(content: Content) -> bool:
    """Whether the entry says that its use falls under Annex III."""
    return content.get("ai_act_route") == ROUTE


def annex_viii(entry: Entry) -> dict[str, Any]:
    """The entry by the points of the annex; `missing` names the points of section C that it does not answer."""
    version = entry.current_version
    assert version is not None  # noqa: S101 (callers take public ones)
    section_c = [_answered(point, version.content) for point in SECTION_C]
    section_c[0]["answer"] = _deployer(entry) | section_c[0]["answer"]
    return {
        "regulation": SOURCE,
        "annex": "VIII",
        "section": "C",
        "entry": page_of(entry),
        "is_example": entry.organisation.is_example,
        "version": version.number,
        "points": section_c,
        "missing": [row["point"] for row in section_c if not row["answer"]],
        "section_a_informative": [_answered(point, version.content) for point in SECTION_A],
    }


def _answered(point: Point, content: Content) -> dict[str, Any]:
    answer: dict[str, Any] = {key: content[key] for key in point.keys if has_value(content, key)}
    if point.assessment:
        summaries = [row["summary"] for row in content.get("assessments", [])
                     if row.get("kind") == point.assessment and row.get("summary")]  # fmt: skip
        answer = {"summaries": summaries} if summaries else {}
    return {"point": point.point, "asks": point.asks, "answer": answer}


def _deployer(entry: Entry) -> dict[str, Any]:
    organisation = entry.organisation
    places = [
        ", ".join(part for part in (location.address, location.postcode, location.place) if part)
        for location in organisation.locations.all()
    ]
    return {"name": organisation.name, "addresses": places or [organisation.place], "website": organisation.website}
