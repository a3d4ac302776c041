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


@dataclass(frozen=True, kw_only=True)
class Story:
    """One text in progress: of which entry, the answers that are new, why, and what happens with it."""

    entry: str
    answers: Mapping[str, Any]
    reason: str = ""
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


# Each story names its entry: what it says must be true of the rest of that text.
STORIES = (
    Story(
        entry="voorbeeld-achteruitgang-afdeling",
        answers={"told_how": "De verpleegkundige vertelt het u en uw familie op de dag dat u komt. Naast uw bed ligt "
                             "een kaart met uitleg."},
        then=_written,
    ),
    Story(
        entry="voorbeeld-oogscan-diabetes",
        answers={"monitoring": "Twee oogartsen kijken elke maand naar 50 foto’s. Zij schrijven op wat er niet klopte. "
                               "Zij tellen apart voor mensen met een donkere huid en mensen met staar."},
        reason="We kijken nu elke maand met twee artsen of het goed gaat.",
        then=_submitted,
    ),
    Story(
        entry="voorbeeld-botbreuken",
        answers={"complain_how": "Praat eerst met uw arts. Helpt dat niet? Bel dan de klachtenfunctionaris."},
        reason="We leggen beter uit waar u met een klacht terechtkunt.",
        then=_returned,
    ),
    Story(
        entry="voorbeeld-longplekjes",
        answers={"object_how": "Bel de afdeling röntgen, of zeg het als u voor de scan komt. U krijgt dan dezelfde "
                               "zorg."},
        reason="Patiënten vroegen hoe zij nee kunnen zeggen.",
        then=_scheduled,
    ),
    Story(
        entry="voorbeeld-huisarts-plekjeskijker",
        answers={"told_how": "De huisarts vertelt het voordat zij de foto maakt. U krijgt een blad met plaatjes mee om "
                             "rustig te lezen. U mag er een nacht over slapen."},
        then=_written,
    ),
    Story(
        entry="voorbeeld-huisarts-gewonetaalhulp",
        answers={"monitoring": "Elke maand leggen een huisarts en een assistente 50 brieven naast de eerste brief. Zij "
                               "schrijven op wat er niet klopte."},
        reason="We kijken nu elke maand met twee mensen of het goed gaat.",
        then=_submitted,
    ),
    Story(
        entry="voorbeeld-huisarts-klachtenchat",
        answers={"complain_how": "Vertel het aan de assistente of aan uw huisarts. Helpt dat niet? Vraag dan naar de "
                                 "klachtenhulp."},
        reason="We leggen beter uit waar u met een klacht terechtkunt.",
        then=_returned,
    ),
    Story(
        entry="voorbeeld-huisarts-hartrekenaar",
        answers={"object_how": "Zeg het tegen de huisarts of de verpleegkundige, voordat zij het getal laat zien. U "
                               "krijgt dan dezelfde zorg."},
        reason="Patiënten vroegen hoe zij nee kunnen zeggen.",
        then=_scheduled,
    ),
)  # fmt: skip
NOTICES = {
    "voorbeeld-ontslagbrief": "Dit is een voorbeeld. De computer maakte gisteren geen brieven. Artsen schreven ze "
                              "zelf. U hoeft niets te doen.",
    "voorbeeld-huisarts-meeschrijver": "Dit is een voorbeeld. De computer schreef gisteren niet mee. De huisartsen "
                                       "typten zelf. U hoeft niets te doen.",
}  # fmt: skip


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
    """Tell the stories and the notice of its entries; how many could be told."""
    entries = Entry.objects.listed().filter(organisation=organisation, origin=Origin.PROVIDER)
    found = {entry.slug: entry for entry in entries.select_related("organisation", "current_version")}
    begun = sum(_tell(story, found[story.entry], people, now) for story in STORIES if story.entry in found)
    for slug, text in NOTICES.items():
        if slug in found:
            tell(entry=found[slug], kind=NoticeKind.INCIDENT, text=text, by=people.publisher, now=now)
            begun += 1
    return begun


def _tell(story: Story, entry: Entry, people: People, now: datetime.datetime) -> bool:
    """Whether the story could be told: not on a text that somebody is changing, or that may not be published so."""
    if entry.drafts.open().exists():
        return False
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
