"""One row of a table of access: an address, a method, and what each person is answered."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from tests.access.world import PEOPLE, make_world

SIGN_IN = "sign in"  # a redirect to the sign-in page
OK = 200
DONE = 302  # a POST that was carried out and leads on
DENIED = 403
HIDDEN = 404  # that it exists is private
WRONG = 422  # allowed, but what was sent is not whole


@dataclass(frozen=True)
class Row:
    """`answers` holds what each of PEOPLE is answered; `prepare` makes the things that the address is about."""

    name: str
    method: str
    answers: Mapping[str, int | str]
    kwargs: Callable[[Any], dict[str, Any]] = lambda world: {}
    data: Callable[[Any], dict[str, Any]] = lambda world: {}
    prepare: Callable[[Any], None] = lambda world: None
    world: Callable[[], Any] = make_world


def row(name: str, *answers: int | str, method: str = "GET", people: tuple[str, ...] = PEOPLE, **more: Any) -> Row:
    """A row with one answer for each of `people`, in their order."""
    if len(answers) != len(people):
        raise ValueError(f"{name}: {len(answers)} answers for {len(people)} people")
    return Row(name=name, method=method, answers=dict(zip(people, answers, strict=True)), **more)
