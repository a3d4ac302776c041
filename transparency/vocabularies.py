"""The codes that CHOICE fields may hold, with their words; one TOML file each under vocabularies/."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.translation import get_language

FOLDER = Path(__file__).parent / "vocabularies"


@dataclass(frozen=True, kw_only=True)
class Term:
    """One code with its Dutch and English words."""

    code: str
    label_nl: str
    label_en: str

    @property
    def label(self) -> str:
        """The words in the language of the page."""
        return self.label_en if get_language() == "en" else self.label_nl


@dataclass(frozen=True, kw_only=True)
class Vocabulary:
    """A list of codes in the order in which people see them."""

    name: str
    label_nl: str
    label_en: str
    terms: dict[str, Term]

    def label(self, code: str) -> str:
        """The words of `code` in the language of the page; the code itself when we do not know it."""
        return self.terms[code].label if code in self.terms else code


@cache
def vocabulary(name: str) -> Vocabulary:
    """The vocabulary `name`. Raises FileNotFoundError when there is none."""
    data = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    terms = {
        row["code"]: Term(code=row["code"], label_nl=row["label"], label_en=row["label_en"]) for row in data["term"]
    }
    return Vocabulary(name=name, label_nl=data["label"], label_en=data["label_en"], terms=terms)
