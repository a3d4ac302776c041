"""Two who sign or decide at the same moment, on a real PostgreSQL: it begins once, and never without one of them."""

import pytest
from django.db import connection

from participation.actions import agreements, interests
from participation.models import Assignment, Interest, Signature
from participation.states import AssignmentState, SigningSide
from portal.audit.models import AuditEvent
from portal.organisations.roles import Role
from tests.factories.participation import ProjectFactory
from tests.factories.people import member
from tests.factories.starting import coordinator_of, decided, declared, fresh, proposed
from tests.participation.test_together import together

pytestmark = [
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one writer in at a time"),
    pytest.mark.usefixtures("committed_db"),
]
ROUNDS = range(5)


@pytest.mark.parametrize("number", ROUNDS)
def test_last_two_steps_at_the_same_moment_begin_it_once(now, number):
    project = ProjectFactory()
    coordinator, one = coordinator_of(project), proposed(project)
    interest = declared(project, one.user, now)
    theirs, ours, own = fresh(one), fresh(one), Interest.objects.select_related("assignment").get(pk=interest.pk)

    done = together(
        lambda: agreements.sign(
            assignment=theirs, side=SigningSide.REPRESENTATIVE, typed_name="Naam", by=theirs.user, now=now
        ),
        lambda: agreements.sign(
            assignment=ours, side=SigningSide.PROJECT, typed_name="Naam", by=ours.project.lead, now=now
        ),
        lambda: interests.decide(interest=own, decision="NONE", text="", by=coordinator, now=now),
    )  # fmt: skip

    assert done == [True, True, True]
    assert Assignment.objects.get().state == AssignmentState.ACTIVE
    assert AuditEvent.objects.filter(kind="assignment.activated").count() == 1


@pytest.mark.parametrize("number", ROUNDS)
def test_two_leads_who_sign_at_the_same_moment_sign_once(now, number):
    project = ProjectFactory()
    one = proposed(project)
    decided(declared(project, one.user, now), coordinator_of(project), now)
    leads = [project.lead, member(project.organisation, Role.PROJECT_LEAD)]

    def signing(who):
        own = fresh(one)
        return lambda: agreements.sign(assignment=own, side=SigningSide.PROJECT, typed_name="Naam", by=who, now=now)

    assert sorted(together(*(signing(who) for who in leads))) == [False, True]
    assert Signature.objects.count() == 1


@pytest.mark.parametrize("number", ROUNDS)
def test_link_that_is_followed_twice_at_once_signs_once(now, number):
    one = proposed(ProjectFactory())
    address = agreements.new_link(agreement=one.agreement, user=one.user, side=SigningSide.REPRESENTATIVE, now=now)
    token = address.rstrip("/").rpartition("/")[2]

    def following():
        link = agreements.link_of(token)
        return lambda: agreements.sign_by_link(link=link, typed_name="Naam", now=now)

    assert sorted(together(following(), following())) == [False, True]
    assert Signature.objects.count() == 1
