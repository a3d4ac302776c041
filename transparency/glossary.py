"""The glossary: terms of AI and care with an explanation in plain words, and marking them in a text."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from portal.core.text import fold, sort_key

FILE = Path(__file__).parent / "glossary.toml"


@dataclass(frozen=True, kw_only=True)
class Term:
    """One term; `short` fits after "= ", `text` is one to four sentences."""

    slug: str
    term_nl: str
    forms: tuple[str, ...]
    kind: str
    short_nl: str
    text_nl: str
    term_en: str
    short_en: str
    text_en: str
    see: tuple[str, ...]

    @property
    def term(self) -> str:
        """The term in the language of the page."""
        return self.term_en if get_language() == "en" else self.term_nl

    @property
    def short(self) -> str:
        """A few words that explain it, in the language of the page."""
        return self.short_en if get_language() == "en" else self.short_nl

    @property
    def text(self) -> str:
        """The explanation in the language of the page."""
        return self.text_en if get_language() == "en" else self.text_nl


@cache
def glossary() -> dict[str, Term]:
    """Every term by slug."""
    data = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return {
        row["slug"]: Term(
            slug=row["slug"], term_nl=row["term"], forms=tuple(row.get("forms", ())), kind=row["kind"],
            short_nl=row["short"], text_nl=row["text"].strip(), see=tuple(row.get("see", ())),
            term_en=row["term_en"], short_en=row["short_en"], text_en=row["text_en"].strip(),
        )
        for row in data["term"]
    }  # fmt: skip


def in_order() -> list[Term]:
    """Every term by the alphabet of the language of the page."""
    return sorted(glossary().values(), key=lambda term: sort_key(term.term))


def looked_for(words: str) -> list[Term]:
    """The terms whose name, form or explanation holds `words`, those that are named so first."""
    wanted = fold(words)
    named = [term for term in in_order() if any(wanted in fold(name) for name in (term.term, *term.forms))]
    return named + [term for term in in_order() if term not in named and wanted in fold(term.text)]


LONGEST_ABBREVIATION = 5
_WORD = re.compile(r"[\w-]+")


@cache
def _pattern(language: str) -> tuple[re.Pattern[str], dict[str, str], frozenset[str]]:
    """Finds every form of every term, longest first; the slug of each form; the words with which a form begins."""
    forms: dict[str, str] = {}
    for term in glossary().values():
        names = (term.term_nl, *term.forms) if language == "nl" else (term.term_en,)
        for name in names:
            forms.setdefault(name.casefold(), term.slug)
    longest_first = sorted(forms, key=lambda form: (-len(form), form))
    pattern = re.compile(r"(?<![\w-])(" + "|".join(map(re.escape, longest_first)) + r")(?![\w-])", re.IGNORECASE)
    return pattern, forms, frozenset(found[0] for form in forms if (found := _WORD.match(form)))


def terms_in(text: str, language: str) -> Iterator[tuple[re.Match[str], str]]:
    """Every form in `text` with its slug. Only where a word begins one: trying all at each letter is slow."""
    pattern, forms, first_words = _pattern(language)
    at = 0
    for word in _WORD.finditer(text):
        if word.start() >= at and word[0].casefold() in first_words and (found := pattern.match(text, word.start())):
            at = found.end()
            slug = forms.get(found[0].casefold())  # "İ" matches an i but folds to something else
            if slug and not (_is_abbreviation(found[0]) and found[0] not in _as_written()):
                yield found, slug


def _is_abbreviation(word: str) -> bool:
    return word.isupper() and len(word) <= LONGEST_ABBREVIATION


@cache
def _as_written() -> frozenset[str]:
    """Every form in its own capitals: the WMO (research on people) is another law than the Wmo (support at home)."""
    return frozenset(name for term in glossary().values() for name in (term.term_nl, term.term_en, *term.forms))


@dataclass
class Explainer:
    """Marks the first use of each term on a page and keeps which ones were used."""

    language: str
    is_active: bool = True  # a text in another language than the page is left alone
    used: dict[str, Term] = field(default_factory=dict)

    def mark(self, text: str) -> SafeString:
        """`text`, escaped, with the first use of each term as a link to its explanation on this page."""
        if not self.is_active:
            return conditional_escape(text)
        pieces, at = [], 0
        for match, slug in terms_in(text, self.language):
            if slug in self.used or slug in TOO_COMMON:
                continue
            self.used[slug] = glossary()[slug]
            pieces += [
                conditional_escape(text[at : match.start()]),
                format_html('<a class="term" id="bij-{}" href="#woord-{}">{}</a>', slug, slug, match[0]),
            ]
            at = match.end()
        pieces.append(conditional_escape(text[at:]))
        return mark_safe("".join(pieces))  # noqa: S308 (every piece is escaped)


# Explained once for the whole site, not on every page.
TOO_COMMON = frozenset({"kunstmatige-intelligentie"})
