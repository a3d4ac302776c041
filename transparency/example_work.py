"""Work in progress for the examples: texts that wait, a notice to confirm. Needs people at an example organisation."""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from portal.accounts.models import User
from portal.core.mail import without_mail
from portal.organisations.models import Organisation
from portal.organisations.roles import Role
from transparency.actions import drafts
from transparency.actions.notices import tell
from transparency.models import ContentLoad, Draft, Entry
from transparency.states import NoticeKind, Origin

NAME = "example-work"  # of the load: it is done once, and then the work is that of whoever tries it
TWO_WEEKS = datetime.timedelta(days=14)


@dataclass(frozen=True)
class People:
    """Who writes and who publishes for an example organisation."""

    writer: User
    publisher: User


@dataclass(frozen=True)
class Story:
    """One text in progress: the answers that are new, why, and what happens with it."""

    answers: Mapping[str, Any]
    reason: str
    then: Callable[[Draft, People, datetime.datetime], None]


def _written(draft: Draft, people: People, now: datetime.datetime) -> None:
    """Nothing more: somebody is still writing."""


def _submitted(draft: Draft, people: People, now: datetime.datetime) -> None:
    """It waits for approval."""


def _returned(draft: Draft, people: People, now: datetime.datetime) -> None:
    remarks = "Dit is een voorbeeld van een opmerking. Schrijf er ook bij wie de patiënt kan bellen."
    drafts.return_draft(draft=draft, remarks=remarks, by=people.publisher, now=now)


def _scheduled(draft: Draft, people: People, now: datetime.datetime) -> None:
    keep = "De tekst stond er al zo. Alleen dit antwoord is nieuw."
    drafts.approve(
        draft=draft, revision=draft.revision, by=people.publisher, now=now, publish_at=now + TWO_WEEKS,
        language_reason=keep,
    )  # fmt: skip


STORIES = (
    Story({"told_how": "De arts vertelt het u vooraf. U leest het ook in de brief van het ziekenhuis."}, "", _written),
    Story(
        {"monitoring": "Twee artsen kijken elke maand naar 50 uitslagen. Zij schrijven op wat er niet klopte."},
        "We kijken nu elke maand of het goed gaat.",
        _submitted,
    ),
    Story(
        {"complain_how": "Praat eerst met uw arts. Helpt dat niet? Bel dan de klachtenfunctionaris."},
        "We leggen beter uit waar u met een klacht terechtkunt.",
        _returned,
    ),
    Story(
        {"object_how": "Zeg het tegen de arts voor het onderzoek begint. U krijgt dan dezelfde zorg."},
        "Patiënten vroegen hoe zij nee kunnen zeggen.",
        _scheduled,
    ),
)
NOTICE = "Dit is een voorbeeld. De computer gaf gisteren geen uitslag. Artsen keken zelf. U hoeft niets te doen."


def load_example_work(*, now: datetime.datetime) -> int:
    """Begin the work, once, at every example organisation that has a writer and a publisher; how many things began."""
    if ContentLoad.objects.filter(name=NAME).exists():
        return 0
    begun = 0
    with without_mail():
        for organisation in Organisation.objects.filter(is_example=True).order_by("slug"):
            if people := _people_of(organisation):
                begun += _begin(organisation, people, now)
    if begun:
        ContentLoad.objects.create(name=NAME, first_loaded_at=now)
    return begun


def _people_of(organisation: Organisation) -> People | None:
    """A writer and another who publishes, or None; a publisher needs an organisation that was verified."""
    found = User.objects.filter(is_active=True, memberships__organisation=organisation).distinct().order_by("pk")
    publisher = found.filter(memberships__role=Role.PUBLISHER, memberships__organisation=organisation).first()
    if publisher is None or organisation.verified_at is None:
        return None
    writers = found.filter(memberships__role=Role.EDITOR, memberships__organisation=organisation)
    writer = writers.exclude(pk=publisher.pk).first()
    return People(writer, publisher) if writer else None


def _begin(organisation: Organisation, people: People, now: datetime.datetime) -> int:
    """Tell each story on the next entry that it fits, and a notice on the last one."""
    entries = Entry.objects.listed().filter(organisation=organisation, origin=Origin.PROVIDER)
    waiting = list(entries.select_related("organisation", "current_version").order_by("slug"))
    waiting = [entry for entry in waiting if not entry.drafts.open().exists()]
    begun = 0
    if waiting:
        tell(entry=waiting.pop(), kind=NoticeKind.INCIDENT, text=NOTICE, by=people.publisher, now=now)
        begun += 1
    for story in STORIES:
        for entry in list(waiting):
            waiting.remove(entry)
            if _tell(story, entry, people, now):  # else the text of that one may not be published as it is
                begun += 1
                break
    return begun


def _tell(story: Story, entry: Entry, people: People, now: datetime.datetime) -> bool:
    """Whether the story could be told on `entry`."""
    try:
        with transaction.atomic():
            draft = drafts.start_correction(entry=entry, by=people.writer, now=now)
            drafts.save_answers(
                draft=draft, answers={**story.answers, "next_review_date": None}, seen=draft.revision,
                by=people.writer, now=now,
            )  # fmt: skip
            if story.reason:
                drafts.submit(draft=draft, reason=story.reason, by=people.writer, now=now)
            story.then(draft, people, now)
    except ValidationError:
        return False
    return True
