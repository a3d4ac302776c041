"""Deciding, warning, ending, checking: what each person is answered."""

from django.utils import timezone

from portal.organisations.roles import Role
from tests.access.table import DENIED, DONE, HIDDEN, OK, SIGN_IN, row
from tests.access.world import World
from tests.factories.people import member
from tests.factories.transparency import published_entry
from transparency.actions import drafts, endings, notices
from transparency.states import NoticeKind


def submitted(world: World) -> None:
    """The draft, submitted by its writer."""
    drafts.submit(draft=world.draft, reason="Dit is nieuw.", by=world.people["editor"], now=timezone.now())


def thrown_away(world: World) -> None:
    """The draft, thrown away by its writer."""
    drafts.discard(draft=world.draft, by=world.people["editor"], now=timezone.now())


def public(world: World) -> None:
    """A public entry of the hospital, and a publisher more, who does the first step of what needs two."""
    world.things["entry"] = published_entry(organisation=world.hospital, slug="openbaar")
    world.things["first"] = member(world.hospital, Role.PUBLISHER)


def told(world: World) -> None:
    """A notice on it."""
    public(world)
    world.things["notice"] = notices.tell(
        entry=world.things["entry"], kind=NoticeKind.SAFETY, text="Let op.", by=world.things["first"],
        now=timezone.now(),
    )  # fmt: skip


def closing(world: World) -> None:
    """The notice, that may go."""
    told(world)
    notices.ask_to_close(
        notice=world.things["notice"], reason="Het is weer goed.", by=world.things["first"], now=timezone.now()
    )


def ending(world: World) -> None:
    """The public entry, whose end is asked for."""
    public(world)
    endings.ask(entry=world.things["entry"], reason="We stoppen ermee.", by=world.things["first"], now=timezone.now())


def draft(world):
    return {"key": world.draft.uuid}


def entry(world):
    return {"slug": "openbaar"}


def notice(world):
    return {"key": world.things["notice"].uuid}


def submission(world):
    return {"reason": "Dit is nieuw.", "responsible_editor": world.people["editor"].pk, "revision": 1}


def approval(world):
    return {"revision": world.draft.revision, "when": "nu"}


def warning(world):
    return {"kind": "INCIDENT", "text": "Er ging iets mis."}


def post(name, *answers, **more):
    return row(name, *answers, method="POST", **more)


HERE = "transparency:"
# fmt: off
#                                 nobody   newcomer outsider editor  publish admin   coordin editorial portal
ROWS = [
    row(f"{HERE}draft-submit",    SIGN_IN, HIDDEN,  HIDDEN,  OK,     OK,     DENIED, DENIED, DENIED,   HIDDEN,
        kwargs=draft),
    post(f"{HERE}draft-submit",   SIGN_IN, HIDDEN,  HIDDEN,  DONE,   DONE,   DENIED, DENIED, DENIED,   HIDDEN,
        kwargs=draft, data=submission),
    post(f"{HERE}draft-take-back", SIGN_IN, HIDDEN, HIDDEN,  DONE,   DONE,   DENIED, DENIED, DENIED,   HIDDEN,
        kwargs=draft, prepare=submitted),
    post(f"{HERE}draft-discard",  SIGN_IN, HIDDEN,  HIDDEN,  DONE,   DONE,   DENIED, DENIED, DENIED,   HIDDEN,
        kwargs=draft),
    post(f"{HERE}draft-restore",  SIGN_IN, HIDDEN,  HIDDEN,  DONE,   DONE,   DENIED, DENIED, DENIED,   HIDDEN,
        kwargs=draft, prepare=thrown_away),
    row(f"{HERE}draft-decide",    SIGN_IN, HIDDEN,  HIDDEN,  DENIED, OK,     DENIED, DENIED, OK,       HIDDEN,
        kwargs=draft, prepare=submitted),
    post(f"{HERE}draft-approve",  SIGN_IN, HIDDEN,  HIDDEN,  DENIED, DONE,   DENIED, DENIED, DONE,     HIDDEN,
        kwargs=draft, prepare=submitted, data=approval),
    post(f"{HERE}draft-return",   SIGN_IN, HIDDEN,  HIDDEN,  DENIED, DONE,   DENIED, DENIED, DONE,     HIDDEN,
        kwargs=draft, prepare=submitted, data=lambda world: {"remarks": "Korter graag."}),
    post(f"{HERE}entry-correct",  SIGN_IN, HIDDEN,  HIDDEN,  DONE,   DONE,   DENIED, DENIED, DENIED,   HIDDEN,
        kwargs=entry, prepare=public),
    row(f"{HERE}notice-new",      SIGN_IN, HIDDEN,  HIDDEN,  DENIED, OK,     DENIED, DENIED, DENIED,   HIDDEN,
        kwargs=entry, prepare=public),
    post(f"{HERE}notice-new",     SIGN_IN, HIDDEN,  HIDDEN,  DENIED, DONE,   DENIED, DENIED, DENIED,   HIDDEN,
        kwargs=entry, prepare=public, data=warning),
    row(f"{HERE}notice",          SIGN_IN, HIDDEN,  HIDDEN,  OK,     OK,     OK,     OK,     OK,       HIDDEN,
        kwargs=notice, prepare=told),
    post(f"{HERE}notice-confirm", SIGN_IN, HIDDEN,  HIDDEN,  DENIED, DONE,   DENIED, DENIED, DONE,     HIDDEN,
        kwargs=notice, prepare=told),
    post(f"{HERE}notice-correct", SIGN_IN, HIDDEN,  HIDDEN,  DENIED, DONE,   DENIED, DENIED, DENIED,   HIDDEN,
        kwargs=notice, prepare=told, data=lambda world: {"text": "Let goed op."}),
    post(f"{HERE}notice-ask-to-close", SIGN_IN, HIDDEN, HIDDEN, DENIED, DONE, DENIED, DENIED, DENIED,  HIDDEN,
        kwargs=notice, prepare=told, data=lambda world: {"sluiten-reason": "Het is weer goed."}),
    post(f"{HERE}notice-close",   SIGN_IN, HIDDEN,  HIDDEN,  DENIED, DONE,   DENIED, DENIED, DONE,     HIDDEN,
        kwargs=notice, prepare=closing),
    post(f"{HERE}notice-keep",    SIGN_IN, HIDDEN,  HIDDEN,  DENIED, DONE,   DENIED, DENIED, DONE,     HIDDEN,
        kwargs=notice, prepare=closing),
    row(f"{HERE}ending",          SIGN_IN, HIDDEN,  HIDDEN,  OK,     OK,     DENIED, DENIED, DENIED,   HIDDEN,
        kwargs=entry, prepare=public),
    post(f"{HERE}ending",         SIGN_IN, HIDDEN,  HIDDEN,  DONE,   DONE,   DENIED, DENIED, DENIED,   HIDDEN,
        kwargs=entry, prepare=public, data=lambda world: {"reason": "We stoppen ermee."}),
    post(f"{HERE}ending-confirm", SIGN_IN, HIDDEN,  HIDDEN,  DENIED, DONE,   DENIED, DENIED, DONE,     HIDDEN,
        kwargs=entry, prepare=ending),
    post(f"{HERE}ending-cancel",  SIGN_IN, HIDDEN,  HIDDEN,  DENIED, DONE,   DENIED, DENIED, DONE,     HIDDEN,
        kwargs=entry, prepare=ending),
    row(f"{HERE}rechecks",        SIGN_IN, OK,      OK,      OK,     OK,     OK,     OK,     OK,       OK),
    post(f"{HERE}recheck-ask",    SIGN_IN, DONE,    DONE,    DONE,   DONE,   DONE,   DONE,   DONE,     DONE),
    post(f"{HERE}recheck-confirm", SIGN_IN, DONE,   DONE,    DONE,   DONE,   DONE,   DONE,   DONE,     DONE),
]
# fmt: on
