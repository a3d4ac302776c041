"""Taking a text away by law: only who administers the portal, and never who asked."""

from typing import Any

from tests.access.table import DENIED, DONE, OK, SIGN_IN, WRONG, row
from tests.access.world import World
from tests.factories.proof import asked
from tests.factories.transparency import published_entry
from transparency.actions.redaction import seal_of_entry


def _asked(world: World) -> None:
    entry = published_entry(slug="met-een-naam", organisation=world.hospital)
    seal = seal_of_entry(entry.slug, 1)
    assert seal is not None
    world.things["seal"] = seal.pk
    world.things["redaction"] = asked(seal).uuid


def _line(world: World) -> dict[str, Any]:
    return {"number": world.things["seal"]}


def _key(world: World) -> dict[str, Any]:
    return {"key": world.things["redaction"]}


def _whole(world: World) -> dict[str, Any]:
    return {"key": "risks", "reason": "Er stond een naam in."}


# fmt: off
#                                     nobody   newcomer outsider editor publish admin  coordin editorial portal
ROWS = [
    row("transparency:work-redactions", SIGN_IN, DENIED, DENIED, DENIED, DENIED, DENIED, DENIED, DENIED, OK),
    row("transparency:work-redaction-ask", SIGN_IN, DENIED, DENIED, DENIED, DENIED, DENIED, DENIED, DENIED, OK,
        kwargs=_line, prepare=_asked),
    row("transparency:work-redaction-ask", SIGN_IN, DENIED, DENIED, DENIED, DENIED, DENIED, DENIED, DENIED, DONE,
        method="POST", kwargs=_line, data=_whole, prepare=_asked),
    row("transparency:work-redaction-ask", SIGN_IN, DENIED, DENIED, DENIED, DENIED, DENIED, DENIED, DENIED, WRONG,
        method="POST", kwargs=_line, prepare=_asked),
    row("transparency:work-redaction", SIGN_IN, DENIED, DENIED, DENIED, DENIED, DENIED, DENIED, DENIED, OK,
        kwargs=_key, prepare=_asked),
    row("transparency:work-redaction-do", SIGN_IN, DENIED, DENIED, DENIED, DENIED, DENIED, DENIED, DENIED, DONE,
        method="POST", kwargs=_key, prepare=_asked),
    row("transparency:work-redaction-refuse", SIGN_IN, DENIED, DENIED, DENIED, DENIED, DENIED, DENIED, DENIED, DONE,
        method="POST", kwargs=_key, prepare=_asked),
    row("transparency:work-redaction-do", SIGN_IN, 405, 405, 405, 405, 405, 405, 405, 405, kwargs=_key,
        prepare=_asked),
    row("transparency:work-redaction-refuse", SIGN_IN, 405, 405, 405, 405, 405, 405, 405, 405, kwargs=_key,
        prepare=_asked),
]
# fmt: on
