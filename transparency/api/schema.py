"""JSON Schema of our documents, made from the table of fields: what the API answers and what a download holds."""

from collections.abc import Callable

from django.conf import settings
from django.utils import translation

from portal.api.describing import (
    COUNT,
    ID,
    MOMENT,
    SLUG,
    TEXT,
    URL,
    Schema,
    object_schema,
    or_null,
    parts,
    short_schema,
)
from portal.api.version import PATH
from portal.organisations.models import OrganisationKind, Province
from transparency.api.schema_proof import act_schema, line_schema, mark_schema, proof_properties
from transparency.document import REDACTED
from transparency.exchange.detect import FORMS
from transparency.exchange.national import FIELDS, NationalField, Shape
from transparency.exchange.received import Source
from transparency.field import Field, Kind
from transparency.fields import ENTRY_FIELDS, SYSTEM_FIELDS
from transparency.models import TextColour
from transparency.shape import URL_PATTERN
from transparency.states import ClaimOutcome, NoticeKind, Origin, State
from transparency.taken_part import COUNTS
from transparency.vocabularies import vocabulary

DIALECT = "https://json-schema.org/draft/2020-12/schema"


# --- Answers ---------------------------------------------------------------------------------------------------------


def _codes(name: str) -> Schema:
    terms = vocabulary(name).terms.values()
    words = "; ".join(f"{term.code}: {term.label_nl}" for term in terms)
    return {"type": "string", "enum": [term.code for term in terms], "description": f"{words}."}


def _value(field: Field) -> Schema:
    """The schema of one answer (the table in `field.py`)."""
    simple: dict[Kind, Schema] = {
        Kind.LINE: {"type": "string", "maxLength": field.max_length},
        Kind.TEXT: {"type": "string", "maxLength": field.max_length},
        Kind.URL: {"type": "string", "maxLength": field.max_length, "pattern": f"^(?:{URL_PATTERN})$"},
        Kind.CONTACT: {"type": "string", "maxLength": field.max_length},
        Kind.MONTH: {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}$"},
        Kind.DATE: {"type": "string", "format": "date"},
        Kind.NUMBER: {"type": "integer", "minimum": 0},
    }
    if field.kind in simple:
        return simple[field.kind]
    if field.kind in {Kind.ROWS, Kind.GROUP}:
        row = object_schema({part.key: _part(part) for part in field.parts}, required=())
        return row if field.kind == Kind.GROUP else {"type": "array", "items": row}
    codes = _codes(field.vocabulary)
    if field.kind == Kind.CHOICES:
        return {"type": "array", "items": codes}
    if field.kind == Kind.ANSWER:
        text = {"type": "string", "maxLength": field.max_length}
        return object_schema({"answer": codes, "text": text}, required=("answer",))
    return codes


def _part(part: Field) -> Schema:
    """A part of a row may be left empty in any way."""
    value = _value(part)
    wider: Schema = {key: value[key] for key in ("format", "description") if key in value}
    return {"title": str(part.label), **wider, "anyOf": [value, {"enum": ["", None]}]}


def _content(fields: tuple[Field, ...]) -> Schema:
    """The answers of a document under their keys, the questions nobody can answer yet, and the English texts."""
    answers = {field.key: {"title": str(field.label), **_described(field), **_value(field)} for field in fields}
    keys = [field.key for field in fields]
    english = {field.key: {"title": str(field.label)} for field in fields if field.translated}
    return object_schema(
        {
            **answers,
            "unknown": {
                "type": "array",
                "items": {"type": "string", "enum": keys},
                "description": "Vragen met als eerlijk antwoord: dat weten we nog niet.",
            },
            "translations": object_schema({"en": {"type": "object", "properties": english}}, required=()),
            REDACTED: {
                "type": "object",
                "additionalProperties": mark_schema(),
                "description": "Wat weg moest van de wet, met de reden en de dag.",
            },
        },
        required=("name",),
    )


def entry_content_schema() -> Schema:
    """The answers of an entry, none of them needed: a text that somebody is still writing."""
    whole = _content(ENTRY_FIELDS)
    return {key: part for key, part in whole.items() if key != "required"}


def _described(field: Field) -> Schema:
    return {"description": str(field.help)} if field.help else {}


# --- Documents -------------------------------------------------------------------------------------------------------

_ORGANISATION = {"kind": {"type": "string", "enum": OrganisationKind.values}}


def _readability() -> Schema:
    """How hard a text is: an estimate, beside the text and not in it."""
    colour: Schema = {"type": ["string", "null"], "enum": [*TextColour.values, None]}
    score: Schema = {"type": ["number", "null"], "minimum": 0, "maximum": 100}
    properties: dict[str, Schema] = {
        "score": score | {"description": "Van alle teksten voor patiënten samen: een schatting, 0 is makkelijk."},
        "margin": {"type": "integer", "description": "Zoveel punten kan de score ernaast zitten."},
        "colour": colour | {"description": "null: te kort voor een schatting."},
        "hardest": colour | {"description": "Van het moeilijkste antwoord."},
        "reason": {
            "type": "string",
            "description": "Waarom een tekst die niet makkelijk leest zo blijft; leeg zonder.",
        },
        "model": TEXT | {"description": "De versie van de schatting."},
        "checked_at": MOMENT,
    }
    described = {"description": "Hoe makkelijk de tekst leest, geschat door de taalcheck."}
    return described | or_null(object_schema(properties, required=properties))


def _confirmed() -> Schema:
    """When a provider confirmed a text of our editors."""
    properties = {"at": MOMENT, "version": COUNT}
    described = {"description": "De zorgverlener bevestigde deze versie van een tekst van de redactie."}
    return described | or_null(object_schema(properties, required=properties))


def _dispute() -> Schema:
    """What is wrong in a text of our editors, in the words of the provider."""
    outcome: Schema = {"type": ["string", "null"], "enum": [*ClaimOutcome.values, None]}
    properties: dict[str, Schema] = {
        "version": COUNT | {"description": "De versie waar het over gaat."},
        "text": TEXT | {"description": "Wat er volgens de zorgverlener niet klopt."},
        "filed_at": MOMENT,
        "shown_at": MOMENT,
        "withdrawn_at": or_null(MOMENT),
        "outcome": outcome | {"description": "null: de redactie heeft nog niet geantwoord."},
        "answer": TEXT | {"description": "Het antwoord van de redactie; leeg zolang dat er niet is."},
        "answered_at": or_null(MOMENT),
    }
    return object_schema(properties, required=properties)


def _participation() -> Schema:
    """Which projects of the portal are about an entry, and what patients did in them."""
    number: Schema = {"type": "integer", "minimum": 0}
    words = {
        "representatives": "Patiëntvertegenwoordigers die echt iets deden.",
        "kept": "Adviezen waarvan de gevers zeggen: gedaan zoals beloofd.",
    }
    counts = {name: number | ({"description": words[name]} if name in words else {}) for name in COUNTS}
    project: dict[str, Schema] = {"slug": SLUG, "page": URL, "name": TEXT, "state": TEXT, "phase": TEXT, **counts}
    properties: dict[str, Schema] = {
        "answer": {
            "type": ["string", "null"], "enum": ["YES", "PARTLY", None],
            "description": "null: het portaal weet het niet; wat de zorgverlener zegt, staat bij content.",
        },
        "projects": {"type": "array", "items": object_schema(project, required=project)},
    }  # fmt: skip
    return {"description": "Hebben patiënten meegedacht? Wat dit portaal er zelf van weet."} | object_schema(
        properties, required=properties
    )


def entry_schema() -> Schema:
    """The document of an entry."""
    told = {"text": TEXT, "text_en": TEXT, "link": TEXT}
    closed = {"at": MOMENT, "reason": TEXT, "reason_en": TEXT}
    notice = {
        "id": ID, "kind": {"type": "string", "enum": NoticeKind.values}, "published_at": MOMENT, **told,
        "corrected_at": or_null(MOMENT), "earlier": {"type": "array", "items": object_schema(told, required=told)},
        "closed": or_null(object_schema(closed, required=closed)),
    }  # fmt: skip
    ended = {"at": MOMENT, "reason": TEXT, "reason_en": TEXT, "successor": or_null(URL)}
    states = [state for state in State.values if state != State.DRAFT]
    properties: dict[str, Schema] = {
        "id": ID,
        "slug": SLUG,
        "url": URL | {"description": "Dit document in de API."},
        "page": URL | {"description": "De bladzijde voor mensen."},
        "organisation": short_schema(**_ORGANISATION),
        "system": or_null(short_schema()),
        "origin": {"type": "string", "enum": Origin.values},
        "confirmed": _confirmed(),
        "disputes": {"type": "array", "items": _dispute()},
        "applies_to": {
            "type": "array",
            "items": short_schema(**_ORGANISATION),
            "description": "Voor wie de toepassing nog meer geldt.",
        },
        "state": {"type": "string", "enum": states},
        "is_example": {"type": "boolean", "description": "Verzonnen, om te laten zien hoe het werkt."},
        "version": COUNT,
        "published_at": MOMENT,
        "first_published_at": MOMENT,
        "ended": or_null(object_schema(ended, required=ended)),
        "notices": {"type": "array", "items": object_schema(notice, required=notice)},
        "readability": _readability(),
        "participation": _participation(),
        "content": _content(ENTRY_FIELDS),
    }
    return {"title": "Toepassing", **object_schema(properties, required=properties)}


def version_schema() -> Schema:
    """The document of one published text."""
    properties: dict[str, Schema] = {
        "entry": URL, "page": URL, "version": COUNT, "published_at": MOMENT, "reason": TEXT, "reason_en": TEXT,
        "responsible": TEXT, "readability": _readability(), "content": _content(ENTRY_FIELDS), **proof_properties(),
    }  # fmt: skip
    return {"title": "Versie", **object_schema(properties, required=properties)}


def system_version_schema() -> Schema:
    """The document of one published text of a product."""
    properties: dict[str, Schema] = {
        "system": URL, "page": URL, "version": COUNT, "published_at": MOMENT, "reason": TEXT, "reason_en": TEXT,
        "responsible": TEXT, "content": _content(SYSTEM_FIELDS), **proof_properties(),
    }  # fmt: skip
    return {"title": "Versie van een AI-systeem", **object_schema(properties, required=properties)}


def received_schema() -> Schema:
    """The document of what another register sent."""
    line = {
        "field": TEXT | {"description": "Sleutel of kolom."},
        "raw": TEXT | {"description": "Zoals het kwam, ingekort tot 300 tekens."},
        "cleaned": TEXT | {"description": "Wat wij ervan maakten; leeg als wij het niet overnamen."},
        "reason": TEXT,
    }
    record: dict[str, Schema] = {
        "form": {"type": "string", "enum": list(FORMS), "description": "De vorm van het bestand."},
        "standard_version": TEXT | {"description": "Versie van de standaard die de registratie noemt."},
        "received_at": MOMENT,
        "raw": {"type": "object", "description": "De registratie zoals zij kwam, waarde voor waarde."},
        "others": {"type": "array", "items": {"type": "object"},
                   "description": "Dezelfde registratie nog eens: andere talen, oudere versies."},
        "withheld": {"type": "array", "items": TEXT,
                     "description": "Kolommen die geen register kent. Hun waarden staan niet in raw en others."},
        "report": {"type": "array", "items": object_schema(line, required=line),
                   "description": "Elke waarde die wij veranderden, met de reden."},
    }  # fmt: skip
    sources = "; ".join(f"{source.value}: {source.label}" for source in Source)
    properties: dict[str, Schema] = {
        "entry": URL,
        "page": URL | {"description": "De bladzijde voor mensen."},
        "is_example": {"type": "boolean", "description": "Verzonnen, om te laten zien hoe het werkt."},
        "source": {"type": "string", "enum": Source.values, "description": f"{sources}."},
        "lars": TEXT | {"description": "Het nummer in het Algoritmeregister; leeg als er geen is."},
        **record,
        "earlier": {"type": "array", "items": object_schema(record, required=record),
                    "description": "Wat eerder kwam, het nieuwste eerst."},
    }  # fmt: skip
    return {"title": "Aanlevering", **object_schema(properties, required=properties)}


def national_schema() -> Schema:
    """A record of the national standard 1.0, as far as it holds for every record that we give."""
    properties = {field.key: _national_value(field) for field in FIELDS}
    # The standard calls a month a date. By the API rules what is called so must have the format of a date: untrue here.
    months = {f"^{field.key}$": properties.pop(field.key) for field in FIELDS if field.shape == Shape.MONTH}
    return {
        "title": "Landelijke registratie",
        "description": "Een registratie van de publicatiestandaard 1.0 van het Algoritmeregister.",
        **object_schema(properties, required=("name", "organization")),
        "patternProperties": months,
    }


def _national_value(field: NationalField) -> Schema:
    told = {"title": field.label}
    if field.shape == Shape.ENUMS:
        return told | {"type": ["array", "null"], "items": {"type": "string", "enum": list(field.values)}}
    if field.shape == Shape.LINKS:
        row = object_schema({"title": {"type": ["string", "null"]}, "link": {"type": ["string", "null"]}}, required=())
        return told | {"type": ["array", "null"], "items": row}
    if field.shape == Shape.ENUM:
        return told | {"enum": [*field.values, None, ""]}
    longest = f"Ten hoogste {field.max_length} tekens" + (
        ", opmaak telt niet mee." if field.shape == Shape.HTML else "."
    )
    return told | {"type": ["string", "null"], "description": longest}


def system_schema() -> Schema:
    """The document of a product."""
    properties: dict[str, Schema] = {
        "id": ID, "slug": SLUG, "url": URL, "page": URL, "also_known_as": {"type": "array", "items": TEXT},
        "merged_into": or_null(short_schema()),
        "version": COUNT, "published_at": MOMENT, "content": _content(SYSTEM_FIELDS),
    }  # fmt: skip
    return {"title": "AI-systeem", **object_schema(properties, required=properties)}


def organisation_schema() -> Schema:
    """The document of an organisation."""
    place = {"name": TEXT, "address": TEXT, "postcode": TEXT, "place": TEXT, "province": TEXT,
             "latitude": {"type": ["number", "null"]}, "longitude": {"type": ["number", "null"]}}  # fmt: skip
    properties: dict[str, Schema] = {
        **short_schema(**_ORGANISATION)["properties"],
        "page": or_null(URL),
        "place": TEXT,
        "province": {"type": "string", "enum": ["", *Province.values]},
        "website": TEXT,
        "is_example": {"type": "boolean"},
        "parent": or_null(short_schema(**_ORGANISATION)),
        "successor": or_null(short_schema(**_ORGANISATION)),
        "locations": {"type": "array", "items": object_schema(place, required=place)},
        "source": {"type": "object", "description": "Waar naam en plaatsen vandaan komen."},
    }
    return {"title": "Organisatie", **object_schema(properties, required=properties)}


SCHEMAS: dict[str, Callable[[], Schema]] = {
    "toepassing": entry_schema,
    "versie": version_schema,
    "aanlevering": received_schema,
    "ai-systeem": system_schema,
    "organisatie": organisation_schema,
    "systeemversie": system_version_schema,
    "handeling": act_schema,
    "logregel": line_schema,
}


def _every_schema() -> dict[str, Callable[[], Schema]]:
    """Those of the register, and those that other apps add."""
    return SCHEMAS | {name: make for part in parts() for name, make in part.schemas.items()}


def schema_names() -> list[str]:
    """The name of every schema that has an address."""
    return list(_every_schema())


def schema_address(name: str) -> str:
    """The stable address of the schema `name`."""
    return f"{settings.PUBLIC_URL}{PATH}/schema/{name}.json"


def published_schema(name: str) -> Schema:
    """The schema `name` with its address, in Dutch. Raises KeyError when there is none."""
    with translation.override("nl"):
        return {"$schema": DIALECT, "$id": schema_address(name), **_every_schema()[name]()}
