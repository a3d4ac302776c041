"""How one entry stands, and what somebody can do with it in the workspace."""

import datetime
from typing import Any

from django.utils import timezone

from portal.organisations.permissions import can_see
from transparency.models import Entry
from transparency.permissions import can_warn, can_write_entry
from transparency.plain_language import readability_of
from transparency.review_dates import SOON, due_of_text
from transparency.states import DraftState, Origin, State
from transparency.work_rows import completeness

NEWEST = 5  # versions, and notices that are closed


def offers(user: Any, entry: Entry) -> dict[str, Any]:
    """What the page of `entry` shows `user` and lets them do."""
    draft = entry.drafts.open().select_related("edited_by").first()
    version, writes = entry.current_version, can_write_entry.ok(user, entry)
    content = version.content if version else draft.content if draft else {}
    answered, needed = completeness(content)
    ending = entry.endings.open().select_related("asked_by").first()
    is_free = writes and entry.is_listed and draft is None
    return {
        "draft": draft,
        "thrown_away": _thrown_away(entry) if writes and draft is None else None,
        "version": version,
        "versions": list(entry.versions.order_by("-number").defer("content")[:NEWEST]),
        "readability": readability_of(version) if version else None,
        "answered": answered,
        "needed": needed,
        "notices": list(entry.notices.open().order_by("-published_at", "-pk")),
        "closed_notices": list(entry.notices.exclude(closed_at=None).order_by("-closed_at", "-pk")[:NEWEST]),
        "ending": ending,
        "can_say_if_right": version is not None
        and entry.origin == Origin.EDITORIAL
        and can_see.ok(user, entry.organisation),
        "can_correct": is_free,
        "can_recheck": is_free and ending is None,
        "can_warn": entry.state != State.DRAFT and can_warn.ok(user, entry),
        "can_end": writes and entry.is_listed and ending is None,
        **_due(entry),
    }


def _thrown_away(entry: Entry) -> Any:
    """The text that was thrown away last and can be brought back."""
    if entry.ended_at is not None:
        return None
    return entry.drafts.filter(state=DraftState.DISCARDED).order_by("-decided_at", "-pk").first()


def _due(entry: Entry) -> dict[str, Any]:
    version = entry.current_version
    day = due_of_text(version.content, entry.origin, version.published_at) if version and entry.is_listed else ""
    due = datetime.date.fromisoformat(day) if day else None
    days = (due - timezone.localdate()).days if due else 0
    return {"due": due, "is_late": due is not None and days < 0, "is_soon": due is not None and 0 <= days <= SOON}
