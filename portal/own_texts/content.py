"""The texts of the register that promise plain language: all but what was imported and what is for experts."""

from collections.abc import Iterable, Iterator

from portal.organisations.models import Organisation
from portal.own_texts.exemptions import exempt
from portal.own_texts.text import OwnText
from transparency.document import plain_texts
from transparency.field import Content, Field
from transparency.fields import ENTRY_FIELDS, SYSTEM_FIELDS
from transparency.models import AISystem, Version
from transparency.readability.gate import as_one
from transparency.readability.names import known_words
from transparency.states import Origin


def content_texts() -> Iterator[OwnText]:
    """Every field of every own entry and product, why a version was made, notices and endings."""
    for version in Version.objects.exclude(entry__origin=Origin.IMPORTED).select_related(*_WHOLE):
        entry = version.entry
        known = _known(*_names(entry.organisation), *product_names(entry.system), *_said(version.content))
        place = f"{entry.slug} (versie {version.number})"
        if version.pk == entry.current_version_id:
            yield from _fields(entry.slug, version.content, ENTRY_FIELDS, known)
            for notice in entry.notices.all():
                yield _text(f"{entry.slug} melding {notice.kind}", notice.text, known)
            if entry.ending_reason:
                yield _text(f"{entry.slug} einde", entry.ending_reason, known)
        yield _text(f"{place} reden", version.reason, known)
    for system in AISystem.objects.public().select_related("current_version"):
        assert system.current_version is not None  # noqa: S101 (public() says so)
        content = system.current_version.content
        yield from _fields(system.slug, content, SYSTEM_FIELDS, _known(*product_names(system)))


_WHOLE = ("entry__organisation", "entry__system__current_version")


def _fields(slug: str, content: Content, fields: Iterable[Field], known: frozenset[str]) -> Iterator[OwnText]:
    texts = list(plain_texts(content, fields))
    for place, text in texts:
        yield _text(f"{slug} {place}", text, known)
    yield _text(f"{slug} samen", as_one(text for _place, text in texts), known)


def _text(place: str, text: str, known: frozenset[str]) -> OwnText:
    """One text; the page on which it stands explains every term of the glossary."""
    return OwnText(kind="field", place=place, text=text, known=known, terms_explained=True)


def _known(*names: str) -> frozenset[str]:
    return known_words([*names, *exempt("name")])


def _names(organisation: Organisation) -> list[str]:
    return [organisation.name, *organisation.also_known_as]


def product_names(system: AISystem | None) -> list[str]:
    """The names of a product and of its maker."""
    if system is None or system.current_version is None:
        return []
    return [*system.also_known_as, *_said(system.current_version.content)]


def _said(content: Content) -> list[str]:
    return [content[key] for key in ("name", "provider") if content.get(key)]
