"""The law as data: what it means for a patient, with article, source, since when, and when it was last checked."""

import datetime
import hashlib
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils import timezone
from django.utils.translation import get_language

from transparency.field import Content

FILE = Path(__file__).parent / "law.toml"
STALE_AFTER = datetime.timedelta(days=183)  # standards.md: "laten controleren" when older than six months
TOPICS = {
    "rechten": ("told", "refuse", "human", "data", "complain", "safety", "future"),
    "mag-ik-nee-zeggen": ("refuse", "human"),
    "gegevens": ("data",),
    "wat-kan-misgaan": ("safety", "complain"),
}


@dataclass(frozen=True, kw_only=True)
class Line:
    """One rule of law in plain words."""

    slug: str
    title_nl: str
    text_nl: str
    title_en: str
    text_en: str
    law: str
    article: str
    source_title: str
    source_url: str
    applies_from: datetime.date | None
    checked_on: datetime.date
    topics: tuple[str, ...]
    note_nl: str
    note_en: str
    read_nl: str
    read_en: str
    touches: Mapping[str, list[str]]  # {question: codes}: the entries that say one of these must follow this line

    def is_about(self, content: Content) -> bool:
        """Whether an entry with `content` is one of those that this line touches."""
        return any(content.get(key) in codes for key, codes in self.touches.items())

    @property
    def digest(self) -> str:
        """A mark of what it says and since when: another one when the rule changed, not when it was only checked."""
        note = f"{self.note_nl} {self.read_nl}".strip()  # once one text: the marks that are kept must stay the same
        said = (self.title_nl, self.text_nl, note, self.law, self.article, str(self.applies_from))
        return hashlib.sha256("\0".join(said).encode()).hexdigest()

    @property
    def title(self) -> str:
        """The title in the language of the page."""
        return self.title_en if get_language() == "en" else self.title_nl

    @property
    def text(self) -> str:
        """The rule in the language of the page."""
        return self.text_en if get_language() == "en" else self.text_nl

    @property
    def note(self) -> str:
        """What to know about the rule, in the language of the page."""
        return self.note_en if get_language() == "en" else self.note_nl

    @property
    def read(self) -> str:
        """What we read of it, in the language of the page; "" where that was explanations."""
        return self.read_en if get_language() == "en" else self.read_nl

    @property
    def is_stale(self) -> bool:
        """Whether the line was checked too long ago."""
        return timezone.localdate() - self.checked_on > STALE_AFTER

    @property
    def is_future(self) -> bool:
        """Whether the rule does not hold yet."""
        return self.applies_from is not None and self.applies_from > timezone.localdate()


@cache
def _all() -> tuple[Line, ...]:
    data = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return tuple(
        Line(
            slug=row["slug"], title_nl=row["title"], text_nl=row["text"].strip(), title_en=row["title_en"],
            text_en=row["text_en"].strip(), law=row["law"], article=row["article"], source_title=row["source_title"],
            source_url=row.get("source_url", ""), applies_from=row.get("applies_from"), checked_on=row["checked_on"],
            topics=tuple(row["topics"]), note_nl=row.get("note", "").strip(), note_en=row.get("note_en", "").strip(),
            read_nl=row.get("read", "").strip(), read_en=row.get("read_en", "").strip(), touches=row.get("touches", {}),
        )
        for row in data["line"]
    )  # fmt: skip


def every_line() -> tuple[Line, ...]:
    """Every rule, in the order of the file."""
    return _all()


def line_of(slug: str) -> Line | None:
    """The rule `slug`, if it is (still) there."""
    return next((line for line in _all() if line.slug == slug), None)


def topics_of(page: str) -> tuple[str, ...]:
    """The topics of law that the help page `page` shows."""
    return TOPICS.get(page, ())


def lines(topics: Iterable[str]) -> list[Line]:
    """The rules about any of `topics`, in the order of the file."""
    wanted = set(topics)
    return [line for line in _all() if wanted & set(line.topics)]
