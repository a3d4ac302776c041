"""What providers and groups do with texts of others: what each person is answered."""

from django.utils import timezone

from portal.organisations.models import Organisation
from portal.organisations.roles import Role
from tests.access.table import DENIED, DONE, HIDDEN, OK, SIGN_IN, row
from tests.access.world import World
from tests.factories.claims import claim_in, editorial_entry, open_proposal
from tests.factories.organisations import OrganisationFactory
from tests.factories.people import member
from tests.factories.transparency import published_entry
from transparency.actions.claims import ask_confirmation, dispute
from transparency.actions.groups import ask_leave_out
from transparency.states import ClaimKind


def about_the_hospital(world: World) -> None:
    """A text of our editors about the hospital."""
    world.things["about"] = editorial_entry(organisation=world.hospital, slug="over-de-linde")


def confirmation_asked(world: World) -> None:
    """An editor asked to confirm that text."""
    about_the_hospital(world)
    editor = member(world.hospital, Role.EDITOR)
    world.things["claim"] = ask_confirmation(entry=world.things["about"], seen=1, by=editor, now=timezone.now())


def dispute_asked(world: World) -> None:
    """An editor says what is wrong with that text."""
    about_the_hospital(world)
    editor = member(world.hospital, Role.EDITOR)
    world.things["claim"] = dispute(
        entry=world.things["about"], text="Niet meer.", seen=1, by=editor, now=timezone.now()
    )


def confirmed(world: World) -> None:
    """The hospital confirmed it."""
    about_the_hospital(world)
    world.things["claim"] = claim_in("CONFIRMED", ClaimKind.CONFIRM, entry=world.things["about"])


def product_changed(world: World) -> None:
    """A product of the hospital changed."""
    world.things["proposal"] = open_proposal(organisation=world.hospital)


def practice_asked(world: World) -> None:
    """A practice below the hospital wants to stand outside an entry of the hospital."""
    practice_below(world)
    by = member(world.things["practice"], Role.PUBLISHER)
    world.things["wish"] = ask_leave_out(
        entry=world.things["entry"], organisation=world.things["practice"], reason="Niet.", by=by, now=timezone.now()
    )


def practice_below(world: World) -> None:
    """A practice below the hospital, and an entry that holds for it."""
    practice = OrganisationFactory(slug="praktijk", parent=world.hospital, verified_at=timezone.now())
    world.things["practice"] = practice
    world.things["entry"] = published_entry(organisation=world.hospital, slug="voor-allen")


def one_more(world: World) -> None:
    """An organisation without a group."""
    world.things["alone"] = OrganisationFactory(slug="los")


def of_about(world):
    return {"slug": world.things["about"].slug}


def step(name):
    return lambda world: {"slug": world.things["about"].slug, "key": world.things["claim"].uuid, "step": name}


def of_wish(name):
    return lambda world: {"key": world.things["wish"].uuid, "step": name}


def of_proposal(world):
    return {"key": world.things["proposal"].uuid}


def asked_for(world):
    assert Organisation.objects.filter(slug="praktijk").exists()
    return {"organisatie": "praktijk", "toepassing": "voor-allen", "reden": "Wij doen dit niet."}


ABOUT = {"prepare": about_the_hospital, "kwargs": of_about, "method": "POST"}
SEEN = {"data": lambda world: {"versie": "1", "tekst": "Niet meer."}}
WISH = {"prepare": practice_asked, "method": "POST", "data": lambda world: {"antwoord": "U doet dit wel."}}
LEFT = {"prepare": product_changed, "kwargs": of_proposal, "method": "POST", "data": lambda world: {"reden": "Nee."}}

# fmt: off
#                                       nobody   newcomer outsider editor  publish admin   coordin editorial portal
ROWS = [
    row("transparency:work-entry",      SIGN_IN, HIDDEN,  HIDDEN,  OK,     OK,     OK,     OK,     OK,       HIDDEN,
        prepare=about_the_hospital, kwargs=of_about),
    row("transparency:about-us",        SIGN_IN, OK,      OK,      OK,     OK,     OK,     OK,     OK,       OK,
        prepare=about_the_hospital),
    row("transparency:about-us-entry",  SIGN_IN, DENIED,  DENIED,  OK,     OK,     OK,     OK,     DENIED,   DENIED,
        prepare=about_the_hospital, kwargs=of_about),
    row("transparency:ask-confirmation", SIGN_IN, DENIED, DENIED,  DONE,   DONE,   DENIED, DENIED, DENIED,   DENIED,
        **ABOUT, **SEEN),
    row("transparency:correct-claim",   SIGN_IN, DENIED,  DENIED,  DONE,   DONE,   DENIED, DENIED, DENIED,   DENIED,
        **ABOUT),
    row("transparency:dispute",         SIGN_IN, DENIED,  DENIED,  DONE,   DONE,   DENIED, DENIED, DENIED,   DENIED,
        **ABOUT, **SEEN),
    row("transparency:claim-step",      SIGN_IN, DENIED,  DENIED,  DENIED, DONE,   DENIED, DENIED, DENIED,   DENIED,
        prepare=confirmation_asked, kwargs=step("bevestigen"), method="POST"),
    row("transparency:claim-step",      SIGN_IN, DENIED,  DENIED,  DENIED, DONE,   DENIED, DENIED, DENIED,   DENIED,
        prepare=confirmation_asked, kwargs=step("afwijzen"), method="POST"),
    row("transparency:claim-step",      SIGN_IN, DENIED,  DENIED,  DENIED, DONE,   DENIED, DENIED, DENIED,   DENIED,
        prepare=dispute_asked, kwargs=step("versturen"), method="POST"),
    row("transparency:claim-step",      SIGN_IN, DENIED,  DENIED,  DENIED, DONE,   DENIED, DENIED, DENIED,   DENIED,
        prepare=confirmed, kwargs=step("intrekken"), method="POST"),
    row("transparency:claim-step",      SIGN_IN, DENIED,  DENIED,  HIDDEN, HIDDEN, HIDDEN, HIDDEN, DENIED,   DENIED,
        prepare=confirmed, kwargs=step("toveren"), method="POST"),
    row("transparency:proposals",       SIGN_IN, OK,      OK,      OK,     OK,     OK,     OK,     OK,       OK,
        prepare=product_changed),
    row("transparency:still-right",     SIGN_IN, DONE,    DONE,    DONE,   DONE,   DONE,   DONE,   DONE,     DONE,
        method="POST"),
    row("transparency:proposal",        SIGN_IN, HIDDEN,  HIDDEN,  OK,     OK,     OK,     OK,     OK,       HIDDEN,
        prepare=product_changed, kwargs=of_proposal),
    row("transparency:take-proposal",   SIGN_IN, HIDDEN,  HIDDEN,  DONE,   DONE,   DENIED, DENIED, DENIED,   HIDDEN,
        **LEFT),
    row("transparency:leave-proposal",  SIGN_IN, HIDDEN,  HIDDEN,  DONE,   DONE,   DENIED, DENIED, DENIED,   HIDDEN,
        **LEFT),
    row("transparency:for-whom",        SIGN_IN, HIDDEN,  HIDDEN,  OK,     OK,     OK,     OK,     OK,       HIDDEN,
        prepare=practice_below, kwargs=lambda world: {"slug": "voor-allen"}),
    row("transparency:for-whom",        SIGN_IN, HIDDEN,  HIDDEN,  DENIED, DONE,   DENIED, DENIED, DENIED,   HIDDEN,
        prepare=practice_below, kwargs=lambda world: {"slug": "voor-allen"}, method="POST",
        data=lambda world: {"wie": "deze", "organisatie": "praktijk"}),
    row("transparency:holds-for-us",    SIGN_IN, OK,      OK,      OK,     OK,     OK,     OK,     OK,       OK,
        prepare=practice_asked),
    row("transparency:ask-leave-out",   SIGN_IN, HIDDEN,  HIDDEN,  DENIED, DONE,   DENIED, DENIED, HIDDEN,   HIDDEN,
        prepare=practice_below, method="POST", data=asked_for),
    row("transparency:leave-out-step",  SIGN_IN, HIDDEN,  HIDDEN,  DENIED, DONE,   DENIED, DENIED, HIDDEN,   HIDDEN,
        kwargs=of_wish("uitzonderen"), **WISH),
    row("transparency:leave-out-step",  SIGN_IN, HIDDEN,  HIDDEN,  DENIED, DONE,   DENIED, DENIED, HIDDEN,   HIDDEN,
        kwargs=of_wish("afwijzen"), **WISH),
    row("transparency:leave-out-step",  SIGN_IN, HIDDEN,  HIDDEN,  DENIED, DONE,   DENIED, DENIED, HIDDEN,   HIDDEN,
        kwargs=of_wish("intrekken"), **WISH),
    row("transparency:organisation-tree", SIGN_IN, DENIED, DENIED, DENIED, DENIED, DENIED, DENIED, DENIED,   OK),
    row("transparency:organisation-tree", SIGN_IN, DENIED, DENIED, DENIED, DENIED, DENIED, DENIED, DENIED,   DONE,
        prepare=one_more, method="POST", data=lambda world: {"organisatie": "los", "boven": "de-linde"}),
]
# fmt: on
