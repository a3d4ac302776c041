"""Counting in how many records that live each word of a language stands, for "Bedoelde u …"."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from django.utils import translation

from portal.core.text import fold
from transparency.document import texts, translated
from transparency.field import Content
from transparency.fields import ENTRY_FIELDS, SYSTEM_FIELDS
from transparency.models import AISystem, Entry, SearchWord
from transparency.records import searchable
from transparency.search.normalise import stop_words
from transparency.search.words import LONGEST_WORD

LANGUAGES = ("nl", "en")
_LETTERS = re.compile(r"[^\W\d_]+")


def refresh_words() -> None:
    """Count the words of both languages anew, reading the register once for each: it may not fit in memory."""
    SearchWord.objects.all().delete()
    for language in LANGUAGES:
        with translation.override(language):
            SearchWord.objects.bulk_create(_counted(_contents(), language), batch_size=500)


def _counted(contents: Iterable[Content], language: str) -> Iterator[SearchWord]:
    written: Counter[str] = Counter()
    for content in contents:
        written.update({word.casefold() for text in _texts_in(content, language) for word in _plain_words(text)})
    counts: Counter[str] = Counter()
    shown: dict[str, str] = {}
    for word, number in written.items():
        folded = fold(word)
        if len(folded) >= 4 and len(word) <= LONGEST_WORD and folded.isalpha() and folded not in stop_words():
            counts[folded] += number
            shown.setdefault(folded, word)
    for word, number in sorted(counts.items()):
        yield SearchWord(language=language, word=word, shown=shown[word], records=number)


def _texts_in(content: Content, language: str) -> Iterator[str]:
    """What a reader of `language` reads in that language, and the name whatever its language."""
    fields = searchable(ENTRY_FIELDS if "status" in content else SYSTEM_FIELDS)
    spoken = [f for f in fields if f.key == "name" or translated(content, f.key)[1] == language]
    yield from (text for _key, text in texts(content, spoken))


def _plain_words(text: str) -> list[str]:
    return _LETTERS.findall(text.replace("’", ""))


def _contents() -> Iterator[Content]:
    yield from Entry.objects.listed().values_list("current_version__content", flat=True).iterator()
    yield from AISystem.objects.public().values_list("current_version__content", flat=True).iterator()
