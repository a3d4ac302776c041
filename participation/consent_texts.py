"""The words of each consent, by version, and which consents somebody can give or withdraw now."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import get_language

from participation.models import Assignment, Candidacy, Consent, ConsentKind, Profile
from participation.states import AssignmentState
from participation.vacancy_permissions import about_organisation

FILE = Path(__file__).parent / "content" / "consents.toml"
EVERYWHERE = (ConsentKind.PERSPECTIVE, ConsentKind.BACKGROUND)  # the others are for one project, organisation or reply


@dataclass(frozen=True, kw_only=True)
class Words:
    """What somebody agrees to, who then sees what, and what happens when they withdraw it."""

    kind: ConsentKind
    version: int
    text: str
    sees: str
    after: str
    is_dutch: bool  # no other language has it


@cache
def _rows() -> Sequence[dict[str, Any]]:
    return tuple(tomllib.loads(FILE.read_text(encoding="utf-8"))["consent"])


def words_of(kind: str, version: int | None = None) -> Words:
    """The words of `version`, or the newest, in the language of the page. Raises KeyError when there are none."""
    found = [row for row in _rows() if row["kind"] == kind and version in {None, row["version"]}]
    if not found:
        raise KeyError(f"{kind} {version}")
    row = max(found, key=lambda one: one["version"])
    end = "_en" if get_language() == "en" and row.get("text_en") else ""
    return Words(
        kind=ConsentKind(kind), version=row["version"], is_dutch=not end,
        **{name: row[f"{name}{end}"] for name in ("text", "sees", "after")},
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One thing that somebody may agree to: for what, what runs, and what was before."""

    words: Words  # of what runs, else the newest
    about: str  # "project:<uuid>", "organisation:<uuid>", "candidacy:<uuid>", or ""
    place: str  # the name of that; "" when it is no longer there
    running: Consent | None
    past: Sequence[Consent]  # withdrawn, the newest first


def consents_of(user: Any) -> list[Asked]:
    """Every consent that `user` can give or withdraw, with its history."""
    given = list(Consent.objects.filter(user=user).order_by("-given_at", "-pk"))
    return [
        _asked(kind, about, name, given)
        for kind in ConsentKind
        for about, name in ({one.about: "" for one in given if one.kind == kind} | _places(kind, user)).items()
    ]


def _places(kind: ConsentKind, user: Any) -> dict[str, str]:
    """What a consent of this kind can be given for now, with its name."""
    if kind in EVERYWHERE:
        return {"": ""}
    if kind == ConsentKind.NAME:
        running = Assignment.objects.filter(user=user).exclude(state=AssignmentState.ENDED).select_related("project")
        return {f"project:{one.project.uuid}": one.project.name for one in running.order_by("proposed_at", "pk")}
    if kind == ConsentKind.KEEP_CANDIDACY:
        mine = Candidacy.objects.filter(user=user).select_related("vacancy").order_by("pk")
        return {f"candidacy:{one.uuid}": one.vacancy.title for one in mine}
    profile = Profile.objects.filter(user=user, organisation__isnull=False).select_related("organisation").first()
    return {about_organisation(profile.organisation): profile.organisation.name} if profile else {}  # type: ignore[arg-type, union-attr]


def _asked(kind: ConsentKind, about: str, place: str, given: Sequence[Consent]) -> Asked:
    mine = [one for one in given if (one.kind, one.about) == (kind, about)]
    now = next((one for one in mine if one.withdrawn_at is None), None)
    return Asked(
        words=words_of(kind, now.text_version if now else None), about=about, place=place, running=now,
        past=[one for one in mine if one.withdrawn_at is not None],
    )  # fmt: skip
