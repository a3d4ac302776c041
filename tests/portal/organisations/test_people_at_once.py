"""Two people act at the same moment: one of two last administrators stays, and a link is used once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, connections

from portal.accounts.actions.joining import join_anew
from portal.accounts.models import User
from portal.core.workflow import StepNotAllowed
from portal.organisations.actions import people
from portal.organisations.models import Invitation, Membership
from portal.organisations.roles import Role
from tests.conftest import NOW
from tests.factories.organisations import OrganisationFactory
from tests.factories.people import member

pytestmark = [
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one write at a time"),
    pytest.mark.usefixtures("committed_db"),
]


def at_once(*acts: Callable[[], object]) -> list[str]:
    """Do `acts` each in a thread of its own, at the same moment; the names of what they raised, "" for nothing."""
    ready = Barrier(len(acts))

    def one(act: Callable[[], object]) -> str:
        try:
            ready.wait(10)
            act()
        except (PermissionDenied, ValidationError, StepNotAllowed) as error:
            return type(error).__name__
        finally:
            connections.close_all()
        return ""

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(one, acts))


@pytest.mark.parametrize("_again", range(5))
def test_of_two_last_administrators_who_leave_at_once_one_stays(_again: int) -> None:
    hospital = OrganisationFactory()
    both = [member(hospital, Role.ADMINISTRATOR) for _number in range(2)]

    came = at_once(*(lambda user=user: people.leave(organisation=hospital, by=user, now=NOW) for user in both))

    assert sorted(came) == ["", "ValidationError"]
    assert Membership.objects.filter(organisation=hospital, role=Role.ADMINISTRATOR).count() == 1


@pytest.mark.parametrize("_again", range(5))
def test_of_two_who_remove_each_other_at_once_one_stays(_again: int) -> None:
    hospital = OrganisationFactory()
    one, other = (member(hospital, Role.ADMINISTRATOR) for _number in range(2))

    came = at_once(
        lambda: people.remove_member(organisation=hospital, user=other, by=one, now=NOW),
        lambda: people.remove_member(organisation=hospital, user=one, by=other, now=NOW),
    )

    # Who comes when the other is done, is no administrator any more; who comes before that, would leave nobody.
    assert sorted(came) in (["", "ValidationError"], ["", "PermissionDenied"])
    assert Membership.objects.filter(organisation=hospital, role=Role.ADMINISTRATOR).count() == 1


@pytest.mark.parametrize("_again", range(5))
def test_link_that_is_clicked_twice_at_once_makes_one_account(_again: int) -> None:
    hospital = OrganisationFactory()
    boss = member(hospital, Role.ADMINISTRATOR)
    people.invite(organisation=hospital, email="nieuw@linde.example", roles=["EDITOR"], by=boss, now=NOW)
    link = Invitation.objects.get()

    came = at_once(*[
        lambda: join_anew(invitation=link, name="Nieuw", password="vier losse woorden samen", now=NOW)
    ] * 2)  # fmt: skip

    assert sorted(came) == ["", "StepNotAllowed"]
    assert User.objects.filter(email="nieuw@linde.example").count() == 1
    assert Membership.objects.filter(user__email="nieuw@linde.example").count() == 1
