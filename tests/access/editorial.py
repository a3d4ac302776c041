"""The workspace of our editors: what each person is answered."""

from django.utils import timezone

from portal.accounts.models import PortalRole
from tests.access.table import DENIED, DONE, OK, SIGN_IN, row
from tests.access.world import World
from tests.factories.claims import asked_merge, claim_in
from tests.factories.people import on_duty
from tests.factories.transparency import published_system
from transparency.actions import merging


def product(world: World) -> None:
    """Two products."""
    world.things["system"] = published_system(slug="kijker")
    published_system(slug="andere-kijker")


def merge_asked(world: World) -> None:
    """Somebody asked to join them."""
    world.things["merge"] = asked_merge()


def merged(world: World) -> None:
    """They are joined."""
    merge_asked(world)
    merging.confirm_merge(merge=world.things["merge"], by=on_duty(PortalRole.EDITORIAL), now=timezone.now())


def undo_asked(world: World) -> None:
    """Somebody asked to undo that."""
    merged(world)
    merging.ask_undo(merge=world.things["merge"], by=on_duty(PortalRole.EDITORIAL), now=timezone.now())


def in_state(state):
    def prepare(world: World) -> None:
        world.things["claim"] = claim_in(state)

    return prepare


def of_system(world):
    return {"slug": "kijker"}


def of_merge(step=""):
    return lambda world: {"key": world.things["merge"].uuid, **({"step": step} if step else {})}


def of_claim(step=""):
    return lambda world: {"key": world.things["claim"].uuid, **({"step": step} if step else {})}


NEW_ENTRY = {
    "organisatie": "de-wilg", "naam": "Kijker", "systeem": "", "bron": "Jaarverslag", "link": "https://wilg.example/",
}  # fmt: skip
RETURN = {"reden": "PERSON", "toelichting": "Haal de naam weg."}
ANSWER = {"uitkomst": "NOT_CHANGED", "antwoord": "De bron zegt van wel."}
ONLY_EDITORS = (SIGN_IN, DENIED, DENIED, DENIED, DENIED, DENIED, DENIED)  # then: editorial, portal


def read(name, **more):
    return row(f"transparency:{name}", *ONLY_EDITORS, OK, DENIED, **more)


def act(name, data=None, **more):
    return row(
        f"transparency:{name}", *ONLY_EDITORS, DONE, DENIED, method="POST", data=lambda world: data or {}, **more
    )


ROWS = [
    read("editorial"),
    read("editorial-law"),
    read("editorial-systems", prepare=product),
    read("editorial-new-system"),
    act("editorial-new-system", {"naam": "Nieuwe kijker"}),
    read("editorial-system", prepare=product, kwargs=of_system),
    act("editorial-write-system", prepare=product, kwargs=of_system),
    act(
        "editorial-merge-system", {"blijft": "andere-kijker", "reden": "Hetzelfde."}, prepare=product, kwargs=of_system
    ),
    read("editorial-new-entry"),
    act("editorial-new-entry", NEW_ENTRY),
    read("editorial-merge", prepare=merge_asked, kwargs=of_merge()),
    act("editorial-merge-step", prepare=merge_asked, kwargs=of_merge("samenvoegen")),
    act("editorial-merge-step", prepare=merge_asked, kwargs=of_merge("afwijzen")),
    act("editorial-merge-step", prepare=merge_asked, kwargs=of_merge("intrekken")),
    act("editorial-merge-step", prepare=merged, kwargs=of_merge("terugdraaien-vragen")),
    act("editorial-merge-step", prepare=undo_asked, kwargs=of_merge("terugdraaien")),
    read("editorial-dispute", prepare=in_state("FILED"), kwargs=of_claim()),
    read("editorial-dispute", prepare=in_state("ANSWERING"), kwargs=of_claim()),
    act("dispute-step", prepare=in_state("FILED"), kwargs=of_claim("tonen")),
    act("dispute-step", RETURN, prepare=in_state("FILED"), kwargs=of_claim("terugsturen")),
    act("dispute-step", ANSWER, prepare=in_state("SHOWN"), kwargs=of_claim("antwoorden")),
    act("dispute-step", prepare=in_state("ANSWERING"), kwargs=of_claim("goedkeuren")),
    act("dispute-step", RETURN, prepare=in_state("ANSWERING"), kwargs=of_claim("antwoord-terugsturen")),
]
