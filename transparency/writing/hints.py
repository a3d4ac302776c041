"""Beside each question a good example, and why a needed answer matters; the texts stand in hints.toml."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.translation import get_language

FILE = Path(__file__).with_suffix(".toml")


@dataclass(frozen=True, kw_only=True)
class Hint:
    """What helps to answer one question; empty when there is nothing to say."""

    example: str = ""
    why: str = ""


def hint(key: str, *, english: bool = False) -> Hint:
    """The hint beside the question `key`; `english`: the example is of an English answer."""
    texts = hints().get(key, {})
    end = "_en" if get_language() == "en" else ""
    return Hint(example=texts.get("example_en" if english else f"example{end}", ""), why=texts.get(f"why{end}", ""))


@cache
def hints() -> dict[str, dict[str, str]]:
    """Every text of hints.toml: {key: {example, example_en, why, why_en}}."""
    return tomllib.loads(FILE.read_text(encoding="utf-8"))
