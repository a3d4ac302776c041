"""A check raises with a reason a person can read, and answers yes or no from the same code."""

import pytest
from django.core.exceptions import PermissionDenied

from portal.core.permissions import Check

REASON = "U kunt niet beslissen over uw eigen aanmelding."


@Check
def can_decide(user: str, *, applicant: str) -> None:
    """Whether `user` may decide."""
    if user == applicant:
        raise PermissionDenied(REASON)


@Check
def is_broken() -> None:
    raise ZeroDivisionError


def test_allowed_call_returns_nothing():
    assert can_decide("anna", applicant="bram") is None


def test_refused_call_raises_with_the_reason():
    with pytest.raises(PermissionDenied, match=REASON):
        can_decide("anna", applicant="anna")


@pytest.mark.parametrize(("applicant", "answer"), [("bram", True), ("anna", False)])
def test_ok_answers_yes_or_no(applicant, answer):
    assert can_decide.ok("anna", applicant=applicant) is answer


def test_ok_does_not_take_a_mistake_for_a_refusal():
    with pytest.raises(ZeroDivisionError):
        is_broken.ok()


def test_check_keeps_the_name_and_docstring_of_its_function():
    assert (can_decide.__name__, can_decide.__doc__) == ("can_decide", "Whether `user` may decide.")
