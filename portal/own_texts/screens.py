"""The words of the user interface, each on its own: the catalogue, choices, the glossary and mails."""

import re
from collections.abc import Iterator
from pathlib import Path

from django.utils import translation

from portal.messages import extracted
from portal.own_texts.text import OwnText
from transparency.field import Field
from transparency.fields import FIELDS
from transparency.glossary import glossary
from transparency.vocabularies import vocabulary
from transparency.writing.hints import hints

_PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}")
_MAIL = re.compile(r"(?:^|[/_])e?mails?[/_.]")
_TRANSLATED = re.compile(r"""\{%\s*translate\s+(["'])(.*?)\1[^%]*%\}""")
_VARIABLE = re.compile(r"\{\{.*?\}\}")
_OTHER_TAG = re.compile(r"\{[%#].*?[%#]\}")
_TAG = re.compile(r"<[^>]+>")


def screen_texts(root: Path) -> Iterator[OwnText]:
    """Every text of the screen in the code and templates under `root` and in the files of words."""
    experts = _words_for_experts()
    for message in extracted(root):
        texts = message.id if isinstance(message.id, (list, tuple)) else (message.id,)
        for text in texts:
            if text and text not in experts:
                yield _short(message.locations[0][0], _TAG.sub("", _PLACEHOLDER.sub("2", text)))
    for term in glossary().values():
        yield _short(f"woordenlijst {term.slug}", f"{term.term_nl}: {term.short_nl}. {term.text_nl}", explained=True)
    for key, said in hints().items():
        yield from (_short(f"hulp bij {key}", said[part]) for part in ("example", "why") if part in said)
    for name in dict.fromkeys(field.vocabulary for field in _fields(for_experts=False) if field.vocabulary):
        for choice in vocabulary(name).terms.values():
            yield _short(f"keuze {name} {choice.code}", choice.label_nl)


def mails(root: Path) -> Iterator[OwnText]:
    """Every mail: a text file of templates/ in a folder of mails, or whose name says so, without its template tags."""
    for path in sorted((root / "templates").rglob("*.txt")):
        place = path.relative_to(root / "templates")
        if _MAIL.search(place.as_posix()):
            text = _OTHER_TAG.sub("", _VARIABLE.sub("2", _TRANSLATED.sub(r"\2", path.read_text(encoding="utf-8"))))
            yield OwnText(kind="mail", place=f"templates/{place}", text=text)


def _words_for_experts() -> set[str]:
    """The labels and help of fields for experts that no other field has."""
    with translation.override("nl"):
        mine, others = (
            {str(words) for field in _fields(for_experts=which) for words in (field.label, field.help)}
            for which in (True, False)
        )
    return mine - others


def _fields(*, for_experts: bool) -> list[Field]:
    chosen = [field for field in FIELDS if field.is_expert() == for_experts]
    return [*chosen, *(part for field in chosen for part in field.parts)]


def _short(place: str, text: str, *, explained: bool = False) -> OwnText:
    return OwnText(kind="screen", place=place, text=text, is_short=True, terms_explained=explained)
