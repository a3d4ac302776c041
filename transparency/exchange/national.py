"""The national Algoritmeregister's standard 1.0 as one table, and the names of the fields of older versions."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Shape(StrEnum):
    """The shape of a value in the national standard."""

    LINE = "line"
    HTML = "html"  # str with the tags of markup.ALLOWED
    ENUM = "enum"  # one of `values`
    ENUMS = "enums"  # list of those
    URL = "url"
    CONTACT = "contact"  # e-mail address or URL
    MONTH = "month"  # "YYYY-MM"
    LINKS = "links"  # list of {"title", "link"}


@dataclass(frozen=True, kw_only=True)
class NationalField:
    """One field of the standard; `max_length` counts without tags."""

    key: str
    label: str
    shape: Shape
    max_length: int = 0
    required: bool = False
    values: tuple[str, ...] = ()
    link_needed: bool = False


STATUSES = ("In ontwikkeling", "In gebruik", "Buiten gebruik")
PUBLICATION_CATEGORIES = ("Hoog-risico AI-systeem", "Impactvolle algoritmes", "Overige algoritmes")
CATEGORIES = (
    "Organisatie en bedrijfsvoering", "Cultuur en recreatie", "Economie", "Overheidsfinanciën", "Wonen",
    "Internationaal", "Migratie en integratie", "Natuur en milieu", "Onderwijs en wetenschap",
    "Openbare orde en veiligheid", "Recht", "Ruimte en infrastructuur", "Sociale zekerheid", "Verkeer", "Werk",
    "Zorg en gezondheid",
)  # fmt: skip
IN_HOUSE = "Intern ontwikkeld"
VERSION = "1.0"
LINK_LENGTH = 500


def _field(key: str, label: str, shape: Shape, max_length: int = 0, **more: Any) -> NationalField:
    return NationalField(key=key, label=label, shape=shape, max_length=max_length, **more)


FIELDS: tuple[NationalField, ...] = (
    _field("name", "Naam", Shape.LINE, 100, required=True),
    _field("description_short", "Korte omschrijving", Shape.LINE, 400, required=True),
    _field("organization", "Organisatienaam", Shape.LINE, 100, required=True),
    _field("category", "Thema", Shape.ENUMS, values=CATEGORIES),
    _field("status", "Status", Shape.ENUM, values=STATUSES, required=True),
    _field("begin_date", "Begindatum", Shape.MONTH, 7),
    _field("end_date", "Einddatum", Shape.MONTH, 7),
    _field("contact_email", "Contactgegevens", Shape.CONTACT, 500, required=True),
    _field("website", "Link naar publiekspagina", Shape.URL, 500),
    _field("publication_category", "Publicatiecategorie", Shape.ENUM, values=PUBLICATION_CATEGORIES, required=True),
    _field("url", "Link naar bronregistratie", Shape.URL, 500),
    _field("goal", "Doel en impact", Shape.HTML, 2500),
    _field("proportionality", "Afwegingen", Shape.HTML, 2500),
    _field("human_intervention", "Menselijke tussenkomst", Shape.HTML, 2500),
    _field("risks", "Risicobeheer", Shape.HTML, 2500),
    _field("lawful_basis", "Wettelijke basis", Shape.HTML, 2500),
    _field("lawful_basis_grouping", "Verwijzingen wettelijke basis", Shape.LINKS, 100, link_needed=True),
    _field("process_index_url", "Link naar verwerkingsregister", Shape.URL, 500),
    _field("impacttoetsen_grouping", "Impacttoetsen", Shape.LINKS, 500),
    _field("impacttoetsen", "Toelichting op impacttoetsen", Shape.HTML, 2500),
    _field("source_data", "Gegevens", Shape.HTML, 2500),
    _field("source_data_grouping", "Verwijzingen gegevensbronnen", Shape.LINKS, 500, link_needed=True),
    _field("methods_and_models", "Technische werking", Shape.HTML, 5000),
    _field("provider", "Leverancier", Shape.LINE, 200),
    _field("publiccode", "Link naar broncode", Shape.URL, 500),
    _field("lang", "Taal", Shape.ENUM, values=("nld",), required=True),
    _field("standard_version", "Versie publicatiestandaard", Shape.ENUM, values=(VERSION,)),
    _field("source_id", "Bron-ID", Shape.LINE, 100),
    _field("tags", "Zoektermen", Shape.LINE, 2500),
    _field("lars", "Algoritme-ID", Shape.LINE, 100),
    _field("publication_dt", "Publicatiedatum", Shape.LINE, 100),
)
BY_KEY = {field.key: field for field in FIELDS}

# What the register itself adds to a record: kept in the raw record, no answer to a question.
SYSTEM_KEYS = frozenset({
    "create_dt", "language", "state", "owner", "code", "org_id", "id", "published", "released", "last_update_dt",
})  # fmt: skip

# Fields of the versions 0.1, 0.2.3, 0.3.1 and 0.4 that 1.0 no longer has.
OLDER: dict[str, str] = {
    "department": "Afdeling",
    "type": "Type algoritme",
    "impact": "Impact",
    "decision_making_process": "Proces",
    "documentation": "Link naar projectpagina",
    "description": "Omschrijving",
    "application_url": "Link naar ontwikkelaar",
    "mprd": "Koppeling met basisregistraties",
    "monitoring": "Monitoring",
    "performance_standard": "Prestatienormen",
    "competent_authority": "Bevoegde autoriteit",
    "iama": "Mensenrechtentoets (IAMA)",
    "iama_description": "Omschrijving van de IAMA",
    "dpia": "Data Protection Impact Assessment (DPIA)",
    "dpia_description": "Omschrijving van de DPIA",
    "objection_procedure": "Bezwaarprocedure",
    "uuid": "Landelijk-ID",
    "area": "Geografisch gebied",
    "revision_date": "Herzieningsdatum",
    "lawful_basis_link": "Link naar wettelijke basis",
    "source_data_link": "Link naar gegevensbronnen",
}

# Other labels of the same field in one of the versions, or another name for it.
_OTHER_LABELS = {
    "Organisatie": "organization", "Beleidsterrein": "category", "Doel": "goal", "Proportionaliteit": "proportionality",
    "Risico's": "risks", "Wettelijke grondslag": "lawful_basis", "Databronnen": "source_data",
    "Methoden en modellen": "methods_and_models", "Schema": "standard_version", "Tags": "tags",
    "E-mailadres van de contactpersoon": "contact_email", "Publicatie datum": "publication_dt",
    "Link naar leverancier": "application_url", "(Zelf)lerend": "type", "Bevoegde authoriteit": "competent_authority",
    "Impact Assessment Mensenrechten en Algoritmes (IAMA)": "iama", "Mensenrechtentoets": "iama",
    "Link naar Mensenrechtentoets": "iama_description", "Link naar impacttoetsen": "iama_description",
    "UUID": "uuid", "algorithm_id": "lars", "Organisatie-ID": "org_id",
}  # fmt: skip

# The columns of its CSV, in its order; `lars` is called `algorithm_id` there.
CSV_COLUMNS = (
    "name", "organization", "description_short", "category", "website", "status", "goal", "proportionality",
    "lawful_basis", "standard_version", "url", "contact_email", "lang", "publiccode", "source_data",
    "methods_and_models", "human_intervention", "risks", "provider", "process_index_url", "tags", "source_id",
    "begin_date", "end_date", "impacttoetsen", "publication_category", "lawful_basis_grouping",
    "impacttoetsen_grouping", "source_data_grouping", "algorithm_id", "publication_dt",
)  # fmt: skip


def _folded(header: str) -> str:
    return " ".join(header.replace("\ufeff", "").casefold().split())


KEY_OF_HEADER = {
    **{_folded(label): key for key, label in OLDER.items()},
    **{_folded(label): key for label, key in _OTHER_LABELS.items()},
    **{_folded(field.label): field.key for field in FIELDS},
    **{key: key for key in (*OLDER, *BY_KEY, *SYSTEM_KEYS)},
}


def key_of(header: str) -> str:
    """The key that a column's name (a key or a Dutch label of any version) stands for, or an empty string."""
    return KEY_OF_HEADER.get(_folded(header), "")
