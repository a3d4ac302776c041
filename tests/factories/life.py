"""A hospital with its people, and things in each state that two people bring about, by the actions of real life."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from portal.accounts.models import PortalRole, User
from portal.organisations.models import Organisation
from portal.organisations.roles import Role
from tests.factories.organisations import OrganisationFactory
from tests.factories.people import member, on_duty
from tests.factories.transparency import COMPLETE, published_entry
from transparency.actions import drafts, endings, notices
from transparency.models import Draft, Ending, Entry, Notice
from transparency.states import NoticeKind


@dataclass(frozen=True)
class Hospital:
    """A verified hospital: a writer, two publishers; `editor` keeps texts for the portal."""

    organisation: Organisation
    writer: User
    publisher: User
    other: User
    editor: User


def make_hospital(**fields: Any) -> Hospital:
    """A new hospital with new people; `fields` go to the organisation."""
    organisation = OrganisationFactory(**{"verified_at": timezone.now(), **fields})
    return Hospital(
        organisation=organisation,
        writer=member(organisation, Role.EDITOR, name="Wil de Schrijver"),
        publisher=member(organisation, Role.PUBLISHER, name="Puck de Lezer"),
        other=member(organisation, Role.PUBLISHER, name="Olga van Dam"),
        editor=on_duty(PortalRole.EDITORIAL, name="Rikus Redactie"),
    )


def new_draft(hospital: Hospital, *, slug: str = "nieuw", **answers: Any) -> Draft:
    """A first text, being written by the writer; an answer that is None is left out."""
    content = {key: value for key, value in {**COMPLETE, **answers}.items() if value is not None}
    return drafts.start_entry(
        organisation=hospital.organisation, slug=slug, content=content, by=hospital.writer, now=timezone.now()
    )


def submitted(hospital: Hospital, *, slug: str = "nieuw", **answers: Any) -> Draft:
    """The same, submitted by the writer."""
    draft = new_draft(hospital, slug=slug, **answers)
    drafts.submit(draft=draft, reason="Dit is nieuw.", by=hospital.writer, now=timezone.now())
    return draft


def scheduled(hospital: Hospital, at: datetime.datetime, *, slug: str = "nieuw") -> Draft:
    """The same, approved for the moment `at`."""
    draft = submitted(hospital, slug=slug)
    drafts.approve(draft=draft, revision=draft.revision, by=hospital.publisher, now=timezone.now(), publish_at=at)
    return draft


def public_entry(hospital: Hospital, **fields: Any) -> Entry:
    """An entry of the hospital that everybody reads."""
    return published_entry(organisation=hospital.organisation, **fields)


def told(hospital: Hospital, entry: Entry | None = None, text: str = "Let op.") -> Notice:
    """A notice of the publisher on a public entry."""
    return notices.tell(
        entry=entry or public_entry(hospital), kind=NoticeKind.SAFETY, text=text, by=hospital.publisher,
        now=timezone.now(),
    )  # fmt: skip


def closing(hospital: Hospital, entry: Entry | None = None) -> Notice:
    """A notice that the publisher wants to close."""
    notice = told(hospital, entry)
    notices.ask_to_close(notice=notice, reason="Het is weer goed.", by=hospital.publisher, now=timezone.now())
    return notice


def asked_to_end(hospital: Hospital, entry: Entry | None = None, **fields: Any) -> Ending:
    """An end that the writer asks for."""
    return endings.ask(
        entry=entry or public_entry(hospital), reason="We stoppen ermee.", by=hospital.writer, now=timezone.now(),
        **fields,
    )  # fmt: skip
