"""Making the public record of an entry or system: what lists, filters and search read."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db import connection
from django.db.models import prefetch_related_objects
from django.utils import translation

from portal.api.views import as_json
from portal.core.text import sort_key
from portal.organisations.models import Organisation, Province
from transparency.api.documents import entry_document, system_document
from transparency.around import Around, around
from transparency.cards import due_of
from transparency.claimed import is_confirmed
from transparency.document import texts
from transparency.field import Audience, Content, Field
from transparency.fields import ENTRY_FIELDS, SYSTEM_FIELDS
from transparency.models import AISystem, Entry, PublicRecord, Shown, Tier
from transparency.review_dates import due_of_text
from transparency.search.normalise import terms
from transparency.shown import shown_values
from transparency.states import Origin, State
from transparency.taken_part import taken_part_of

KEY_FIELDS = frozenset({"summary", "tags", "use_kind", "care_setting", "body_parts", "visit_reasons", "provider"})
OFFICE_USES = frozenset({"ADMINISTRATION", "SUPERVISION"})
OFFICE_PLACES = frozenset({"OFFICE", "GOVERNMENT"})
TERM_COLUMNS = ("name_terms", "key_terms", "text_terms", "inherited_terms")
SHOWN_COLUMNS = ("card", "sentences", "places", "due", "page")
CARD_CODES = ("status", "use_kind", "ai_kind", "next_review_date")
_FORGET = "DELETE FROM transparency_search WHERE rowid = %s"
_FIND_SQLITE = f"INSERT INTO transparency_search (rowid, {', '.join(TERM_COLUMNS)}) VALUES (%s, %s, %s, %s, %s)"  # noqa: S608
_FIND_POSTGRES = """
INSERT INTO transparency_search (rowid, terms) VALUES (%s, strip(to_tsvector('simple', %s)))
ON CONFLICT (rowid) DO UPDATE SET terms = EXCLUDED.terms
"""


def _places(organisation: Organisation) -> list[str]:
    places = [organisation.place, *(location.place for location in organisation.locations.all())]
    return list(dict.fromkeys(place for place in places if place))


def _provinces(organisation: Organisation) -> list[str]:
    codes = [organisation.province, *(location.province for location in organisation.locations.all())]
    return list(dict.fromkeys(code for code in codes if code))


def _answer(content: Content, key: str) -> str:
    return str((content.get(key) or {}).get("answer", "UNKNOWN"))


def _ce_class(content: Content) -> str:
    if content.get("ce_class"):
        return str(content["ce_class"])
    return {"NO": "NONE", None: "UNKNOWN"}.get(content.get("medical_device"), "DEVICE")


def tier_of(content: Content) -> Tier:
    """Whether a living record is about care that patients meet, or about offices and government."""
    places = set(content.get("care_setting", []))
    is_office = content.get("use_kind") in OFFICE_USES or (places and places <= OFFICE_PLACES)
    return Tier.OFFICE if is_office else Tier.CARE


def _of_each(organisations: Iterable[Organisation], read: Callable[[Organisation], list[str]]) -> list[str]:
    return list(dict.fromkeys(value for one in organisations for value in read(one)))


def facets_of(
    content: Content, organisation: Organisation | None, origin: str, others: Iterable[Organisation] = ()
) -> dict[str, list[str]]:
    """{facet key: codes} of one record; `others`: the organisations for which it holds beside its owner."""
    found = {key: list(content.get(key, [])) for key in ("care_setting", "body_parts", "visit_reasons")}
    found["use_kind"] = [content["use_kind"]] if content.get("use_kind") else []
    found["ce_class"] = [_ce_class(content)]
    if organisation is None:
        return {**found, "what": ["SYSTEM"]}
    return {
        **found,
        "what": ["ENTRY"],
        "status": [content["status"]] if content.get("status") else [],
        "can_refuse": [_answer(content, "can_refuse")],
        "participation": [_answer(content, "participation")],
        "province": _of_each([organisation, *others], _provinces),
        "place": _of_each([organisation, *others], _places),
        "provider": _of_each([organisation, *others], lambda one: [one.name]),
        "language": ["UNCHECKED" if origin == Origin.IMPORTED else "PLAIN"],
        "origin": [origin],
        "real": ["EXAMPLE" if organisation.is_example else "REAL"],
    }


def _name_and_summary(content: Content) -> dict[str, Any]:
    english = content.get("translations", {}).get("en", {})
    return {
        "name": content["name"],
        "name_en": english.get("name", ""),
        "summary": content.get("summary", ""),
        "summary_en": english.get("summary", ""),
        **{key: content.get(key, "") for key in CARD_CODES},
        "refuse": _answer(content, "can_refuse"),
        "participation": _answer(content, "participation"),
    }


def _terms(content: Content, fields: Iterable[Field], extra: Iterable[str]) -> dict[str, str]:
    """The three term columns, from the Dutch and the English words that patients read."""
    columns: dict[str, dict[str, None]] = {"name": {}, "key": {}, "text": {}}
    told: set[tuple[str, str]] = set()  # most answers have no English, and their Dutch need not be read twice
    for language in ("nl", "en"):
        with translation.override(language):
            for key, text in texts(content, fields):
                column = "name" if key == "name" else "key" if key in KEY_FIELDS else "text"
                if (column, text) not in told:
                    told.add((column, text))
                    columns[column].update(dict.fromkeys(terms(text)))
    with translation.override("nl"):
        for text in extra:
            columns["key"].update(dict.fromkeys(terms(text)))
    return {f"{name}_terms": " ".join(found) for name, found in columns.items()}


def _inherited(system: AISystem | None) -> str:
    """The terms of a product's names and search words: its entries are found by them, after those that say them."""
    if system is None or system.current_version is None:
        return ""
    content = system.current_version.content
    said = [content["name"], *system.also_known_as, content.get("tags", "")]
    with translation.override("nl"):
        return " ".join(dict.fromkeys(term for text in said for term in terms(text)))


def searchable(fields: tuple[Field, ...]) -> list[Field]:
    """Those of `fields` whose words find a record."""
    skipped = {"sources", "legal_basis", "legal_basis_links", "technical"}
    return [f for f in fields if f.key not in skipped and (f.audience == Audience.PUBLIC or f.key in KEY_FIELDS)]


def _save(values: dict[str, Any], shown: list[dict[str, Any]], **owner: Any) -> None:
    record, _created = PublicRecord.objects.update_or_create(**owner, defaults=values)
    Shown.objects.bulk_create(
        [Shown(record=record, **row) for row in shown],
        update_conflicts=True, unique_fields=["record", "language"], update_fields=SHOWN_COLUMNS,
    )  # fmt: skip
    said = [getattr(record, column) for column in TERM_COLUMNS]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_FIND_POSTGRES, [record.pk, " ".join(said)])
        else:
            cursor.execute(_FORGET, [record.pk])
            cursor.execute(_FIND_SQLITE, [record.pk, *said])


def _remove(**owner: Any) -> None:
    for record in PublicRecord.objects.filter(**owner):
        with connection.cursor() as cursor:
            cursor.execute(_FORGET, [record.pk])
        record.delete()


def merge_terms() -> None:
    """Make the full-text index of SQLite one tree, without what was deleted: it keeps words until it happens to merge.

    A word is then sought in one place (two words on 10,000 entries: 0.22 ms instead of 0.29). PostgreSQL forgets
    deleted rows when it vacuums.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO transparency_search (transparency_search) VALUES ('optimize')")


def _entry_tier(entry: Entry, content: Content) -> Tier:
    if not entry.is_listed:
        return Tier.ENDED
    if entry.origin == Origin.IMPORTED and not content.get("care_setting"):
        return Tier.OFFICE  # another register says nothing of care: it may be about parking
    return Tier.EXAMPLE if entry.organisation.is_example else tier_of(content)


def refresh_entry(entry: Entry) -> None:
    """Make the record of `entry` anew, or remove it when it has no text. Call it in the transaction of the change.

    An entry that ended keeps its record: who searches for it finds it, marked, after the living ones.
    """
    if entry.current_version is None:
        _remove(entry=entry)
    else:
        known = around(entry)
        values = entry_values(entry, known)
        shown = shown_values(values["card"], entry.current_version.content, ENTRY_FIELDS, entry, known=known)
        _save(values, shown, entry=entry)


def card_of(entry: Entry, content: Content, notice: str) -> dict[str, Any]:
    """What the card of `entry` says when its text is `content`; `notice` is the kind of its newest notice."""
    return {
        **_name_and_summary(content),
        "what": "ENTRY",
        "slug": entry.slug,
        "provider": entry.organisation.name,
        "provider_slug": entry.organisation.slug,
        "place": entry.organisation.place,
        "origin": entry.origin,
        "ended": "" if entry.is_listed else entry.state,
        "is_example": entry.organisation.is_example,
        "notice": notice,
    }


def entry_values(entry: Entry, known: Around | None = None) -> dict[str, Any]:
    """What the record of `entry`, which has a text, says: {column: value}; `known`: what stands around that text."""
    assert entry.current_version is not None  # noqa: S101 (callers take public ones)
    content, organisation = entry.current_version.content, entry.organisation
    prefetch_related_objects([organisation], "locations")  # asked for more than once
    notices = list(entry.notices.order_by("-published_at", "-pk"))
    standing = [notice for notice in notices if notice.is_open]
    known = known or around(entry)
    everyone = [organisation, *known.others]
    extra = [
        *_of_each(everyone, lambda one: [one.name, *one.also_known_as]),
        *_of_each(everyone, _places),
        *(str(Province(code).label) for code in _of_each(everyone, _provinces)),
    ]
    card = card_of(entry, content, standing[0].kind if standing else "")
    card["next_review_date"] = due_of_text(content, entry.origin, entry.current_version.published_at)
    card["confirmed"] = is_confirmed(entry, known.claims)
    taken = taken_part_of(entry)
    card["taken_part"] = taken.answer if taken else ""
    facets = facets_of(content, organisation, entry.origin, known.others)
    if taken and taken.answer:
        facets["participation"] = [taken.answer]
    return {
        "sort_key": sort_key(content["name"])[:200],
        "provider_key": organisation.sort_key,
        "updated_at": entry.current_version.published_at,
        "tier": _entry_tier(entry, content),
        "facets": {**facets, **({} if entry.is_listed else {"what": []})},
        "card": card,
        "api": as_json(entry_document(entry, notices, known)),
        "due": due_of(card),
        **_terms(content, searchable(ENTRY_FIELDS), extra),
        "inherited_terms": _inherited(entry.system),
    }


def refresh_system(system: AISystem) -> None:
    """Make the record of `system` anew. Call it in the transaction of the change."""
    if system.current_version is None:
        _remove(system=system)
    else:
        values = system_values(system)
        _save(values, shown_values(values["card"], system.current_version.content, SYSTEM_FIELDS), system=system)


def system_values(system: AISystem) -> dict[str, Any]:
    """What the record of `system`, which has a text, says: {column: value}."""
    assert system.current_version is not None  # noqa: S101 (callers take public ones)
    content = system.current_version.content
    columns = _terms(content, searchable(SYSTEM_FIELDS), [])
    with translation.override("nl"):
        columns["name_terms"] += " " + " ".join(term for name in system.also_known_as for term in terms(name))
    is_living = system.merged_into_id is None
    card = {
        **_name_and_summary(content),
        "what": "SYSTEM",
        "slug": system.slug,
        "provider": content.get("provider", ""),
        "ended": "" if is_living else State.REPLACED,
        "is_example": False,
        "notice": "",
    }
    return {
        "sort_key": sort_key(content["name"])[:200],
        "provider_key": "",
        "updated_at": system.current_version.published_at,
        "tier": tier_of(content) if is_living else Tier.ENDED,
        "facets": {**facets_of(content, None, ""), **({} if is_living else {"what": []})},
        "card": card,
        "api": as_json(system_document(system)),
        "due": due_of(card),
        **columns,
    }
