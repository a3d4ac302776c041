"""Who did something: a person, or something that a person answers for."""

from typing import Any


def person_of(by: Any) -> Any:
    """The person that a row names for what `by` did; for a key of a program whoever answers for it, or None."""
    return getattr(by, "answers_for", by)
