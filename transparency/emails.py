"""Mails about texts, notices and endings; each goes out when the change it tells of has landed.

Nothing personal stands in them but the names of colleagues.
"""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import translation

from portal.accounts.models import User
from portal.core.dates import long_date
from portal.core.mail import send_mail
from transparency.models import Draft, Ending, Notice
from transparency.people import second_people
from transparency.workspace import name_of, name_of_entry


def _path(name: str, *args: Any) -> str:
    with translation.override("nl"):
        return reverse(f"transparency:{name}", args=args)


def _send(people: Iterable[User | None], event: str, **context: Any) -> None:
    told = {person.pk: person for person in people if person is not None and person.is_active}
    for person in told.values():
        send_mail(person.email, event, {**context, "to_name": person.get_full_name()})


def _writers(draft: Draft, *, without: Any) -> list[User | None]:
    return [person for person in (draft.submitted_by, draft.edited_by) if person != without]


def draft_submitted(draft: Draft, *, by: Any) -> None:
    """To who may approve it."""
    _send(
        second_people(draft.entry, draft.edited_by_id, draft.submitted_by_id), "transparency/draft_submitted",
        title=name_of(draft), from_name=by.get_full_name(), reason=draft.reason, path=_path("draft", draft.uuid),
    )  # fmt: skip


def draft_returned(draft: Draft, remarks: str, *, by: Any) -> None:
    """To who wrote it."""
    _send(
        _writers(draft, without=by), "transparency/draft_returned", title=name_of(draft), from_name=by.get_full_name(),
        remarks=remarks, path=_path("draft", draft.uuid),
    )  # fmt: skip


def draft_published(draft: Draft, *, by: Any) -> None:
    """To who wrote it."""
    thing: Any = draft.entry or draft.system
    with translation.override("nl"):
        path = thing.get_absolute_url()
    _send(_writers(draft, without=by), "transparency/draft_published", title=name_of(draft), path=path)


def draft_failed(draft: Draft, why: str) -> None:
    """To who wrote it and who chose the moment."""
    people = [*_writers(draft, without=None), draft.decided_by]
    _send(people, "transparency/draft_failed", title=name_of(draft), why=why, path=_path("draft", draft.uuid))


def notice_to_confirm(notice: Notice, *, by: Any) -> None:
    """To who may be the second person."""
    _send(
        second_people(notice.entry, by), "transparency/notice_to_confirm", title=name_of_entry(notice.entry),
        from_name=by.get_full_name(), text=notice.text, path=_path("notice", notice.uuid),
    )  # fmt: skip


def notice_to_close(notice: Notice, *, by: Any) -> None:
    """To who may be the second person."""
    _send(
        second_people(notice.entry, by), "transparency/notice_to_close", title=name_of_entry(notice.entry),
        from_name=by.get_full_name(), text=notice.closing_reason, path=_path("notice", notice.uuid),
    )  # fmt: skip


def ending_to_confirm(ending: Ending, *, by: Any) -> None:
    """To who may be the second person."""
    _send(
        second_people(ending.entry, by), "transparency/ending_to_confirm", title=name_of_entry(ending.entry),
        from_name=by.get_full_name(), text=ending.reason, path=_path("ending", ending.entry.slug),
    )  # fmt: skip


def rechecks_to_confirm(drafts: Sequence[Draft], *, by: Any) -> None:
    """To who may be the second person: one mail, however many texts `by` looked at."""
    titles: dict[User, list[str]] = {}
    people: dict[tuple[int | None, str], list[User]] = {}
    for draft in drafts:
        entry = draft.entry
        if entry is None:
            continue
        key = (entry.organisation_id, entry.origin)
        if key not in people:
            people[key] = second_people(entry, by)
        for person in people[key]:
            titles.setdefault(person, []).append(name_of(draft))
    for person, theirs in titles.items():
        _send(
            [person],
            "transparency/recheck_to_confirm",
            titles=theirs,
            from_name=by.get_full_name(),
            path=_path("rechecks"),
        )


@dataclass(frozen=True, kw_only=True)
class Due:
    """A text that must be checked by `day`."""

    title: str
    due: datetime.date
    is_late: bool

    @property
    def day(self) -> str:
        """The day in words."""
        return long_date(self.due)


def review_due(person: User, lines: Sequence[Due]) -> None:
    """To somebody who writes: which texts must be checked, and by when."""
    _send([person], "transparency/review_due", lines=lines, path=_path("rechecks"))
