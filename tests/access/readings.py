"""Patients who read a text: what each person is answered."""

from types import SimpleNamespace

from django.utils import timezone

from portal.organisations.models import OrganisationKind
from portal.organisations.roles import Role
from tests.access.table import DENIED, DONE, HIDDEN, OK, SIGN_IN, WRONG, row
from tests.access.world import World
from tests.factories.organisations import OrganisationFactory
from tests.factories.people import member
from transparency.actions.readings import ask_readers, hash_of
from transparency.models import ReadingLink
from transparency.readers import QUESTIONS

TOKEN = "x7q2z"


def a_reading(world: World) -> None:
    """A patient organisation is asked to read the draft; it sent one link."""
    now = timezone.now()
    patients = OrganisationFactory(kind=OrganisationKind.PATIENT_ORGANISATION, slug="patienten", verified_at=now)
    member(patients, Role.COORDINATOR)
    reading = ask_readers(
        entry=world.draft.entry, draft=world.draft, organisation=patients, note="", by=world.people["publisher"],
        now=now,
    )  # fmt: skip
    world.things["reading"] = reading


def an_open_reading(world: World) -> None:
    a_reading(world)
    reading = world.things["reading"]
    type(reading).objects.filter(pk=reading.pk).update(state="OPEN")
    later = timezone.now() + timezone.timedelta(days=3)
    ReadingLink.objects.create(reading=reading, token_hash=hash_of(TOKEN), sent_at=timezone.now(), expires_at=later)


def key(world: World) -> dict:
    return {"key": world.things["reading"].uuid}


def step(name: str):
    return lambda world: {**key(world), "step": name}


ANSWERS = dict.fromkeys(QUESTIONS, "YES")
SLUG = SimpleNamespace(kwargs=lambda world: {"slug": world.draft.entry.slug})

# fmt: off
#                                   nobody   newcomer outsider editor  publish admin   coordin editorial portal
ROWS = [
    row("transparency:readings",    SIGN_IN, OK,      OK,      OK,     OK,     OK,     OK,     OK,       OK),
    row("transparency:ask-readers", SIGN_IN, HIDDEN,  HIDDEN,  DENIED, OK,     DENIED, DENIED, DENIED,   HIDDEN,
        kwargs=SLUG.kwargs),
    row("transparency:ask-readers", SIGN_IN, HIDDEN,  HIDDEN,  DENIED, WRONG,  DENIED, DENIED, DENIED,   HIDDEN,
        kwargs=SLUG.kwargs, method="POST"),
    row("transparency:reading",     SIGN_IN, HIDDEN,  HIDDEN,  OK,     OK,     OK,     OK,     OK,       HIDDEN,
        prepare=a_reading, kwargs=key),
    row("transparency:reading-paper", SIGN_IN, HIDDEN, HIDDEN, DENIED, DENIED, DENIED, DENIED, DENIED,   HIDDEN,
        prepare=a_reading, kwargs=key),
    row("transparency:reading-paper", SIGN_IN, HIDDEN, HIDDEN, DENIED, DENIED, DENIED, DENIED, DENIED,   HIDDEN,
        prepare=a_reading, kwargs=key, method="POST", data=lambda world: ANSWERS),
    row("transparency:reading-step", SIGN_IN, HIDDEN, HIDDEN,  DENIED, DONE,   DENIED, DENIED, DENIED,   HIDDEN,
        prepare=a_reading, kwargs=step("intrekken"), method="POST"),
    row("transparency:reading-step", SIGN_IN, HIDDEN, HIDDEN,  DENIED, DENIED, DENIED, DENIED, DENIED,   HIDDEN,
        prepare=a_reading, kwargs=step("versturen"), method="POST", data=lambda world: {"adressen": "a@b.example"}),
    row("transparency:reading-step", SIGN_IN, 405,    405,     405,    405,    405,    405,    405,      405,
        prepare=a_reading, kwargs=step("klaar")),
    row("transparency:read",        OK,      OK,      OK,      OK,     OK,     OK,     OK,     OK,       OK,
        prepare=an_open_reading, kwargs=lambda world: {"token": TOKEN}),
    row("transparency:read",        410,     410,     410,     410,    410,    410,    410,    410,      410,
        prepare=a_reading, kwargs=lambda world: {"token": TOKEN}),
    row("transparency:read",        WRONG,   WRONG,   WRONG,   WRONG,  WRONG,  WRONG,  WRONG,  WRONG,    WRONG,
        prepare=an_open_reading, kwargs=lambda world: {"token": TOKEN}, method="POST"),
]
# fmt: on
