"""The words of the agreement: the newest version from its file, fixed with what one assignment is about."""

import hashlib
import json
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from django.utils import translation

from participation.models import Agreement, Assignment
from participation.states import Influence, Phase

FILE = Path(__file__).parent / "content" / "agreement.toml"
LANGUAGES = ("nl", "en")


@cache
def newest() -> dict[str, Any]:
    """The newest version: its number, title and clauses, in both languages."""
    data = tomllib.loads(FILE.read_text(encoding="utf-8"))
    for clause in data["clause"]:
        clause |= {key: clause[key].strip() for key in ("text", "text_en")}
    return data


def snapshot(assignment: Assignment) -> dict[str, Any]:
    """What both sides sign for `assignment`: the words of now and what they are about; no person stands in it."""
    project, text = assignment.project, newest()
    return {
        "version": text["version"],
        "title": {"nl": text["title"], "en": text["title_en"]},
        "about": {language: _about(assignment, language) for language in LANGUAGES},
        "project": project.name,
        "organisation": project.organisation.name,
        "patient_side": project.patient_side.name if project.patient_side else "",
        "clauses": [
            {
                "key": one["key"],
                "title": {"nl": one["title"], "en": one["title_en"]},
                "text": {"nl": one["text"], "en": one["text_en"]},
            }
            for one in text["clause"]
        ],
    }


def _about(assignment: Assignment, language: str) -> dict[str, Any]:
    """The number, the role and the phases (none: all) in words."""
    with translation.override(language):
        return {
            "number": assignment.number,
            "role": str(Influence(assignment.influence).label),
            "phases": [str(Phase(one).label) for one in assignment.phases],
        }


def hash_of(text: dict[str, Any]) -> str:
    """The SHA-256 of a snapshot, written so that both databases give the same."""
    written = json.dumps(text, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()


def in_language(agreement: Agreement, language: str) -> dict[str, Any]:
    """An agreement as a page shows it, in Dutch or English."""
    text = agreement.text
    chosen = language if language in LANGUAGES else "nl"
    return {
        "title": text["title"][chosen],
        "about": text["about"][chosen],
        "project": text["project"],
        "organisation": text["organisation"],
        "patient_side": text["patient_side"],
        "clauses": [{"title": one["title"][chosen], "text": one["text"][chosen]} for one in text["clauses"]],
    }
