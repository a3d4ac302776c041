"""The portal: organisations are checked by somebody else, and roles are given by two people."""

import datetime

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from portal.accounts.actions import duties, verification
from portal.accounts.actions.verification import Way
from portal.accounts.models import PortalDuty, PortalInvitation, PortalRole
from portal.audit.models import AuditEvent
from portal.core.workflow import StepNotAllowed
from portal.organisations.models import Invitation
from portal.organisations.permissions import can_publish
from portal.organisations.roles import Role
from tests.conftest import NOW
from tests.factories.organisations import OrganisationFactory
from tests.factories.people import UserFactory, member, on_duty

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    return on_duty(PortalRole.ADMINISTRATOR, email="ada@portaal.example")


@pytest.fixture
def bob():
    return on_duty(PortalRole.ADMINISTRATOR, email="bob@portaal.example")


@pytest.fixture
def hospital():
    return OrganisationFactory(verification_asked_at=NOW)


def cast():
    hospital = OrganisationFactory()
    return {"nobody": UserFactory(), "editorial": on_duty(PortalRole.EDITORIAL), "hospital": member(hospital, *Role)}


# --- Checking organisations ------------------------------------------------------------------------------------------


def test_organisation_may_publish_once_it_was_checked(ada, hospital, django_capture_on_commit_callbacks):
    publisher, boss = member(hospital, Role.PUBLISHER), member(hospital, Role.ADMINISTRATOR)
    assert not can_publish.ok(publisher, hospital)
    with django_capture_on_commit_callbacks(execute=True):
        verification.verify(organisation=hospital, way=Way.CALLED, by=ada, now=NOW)

    hospital.refresh_from_db()
    event = AuditEvent.objects.get()
    assert can_publish.ok(publisher, hospital)
    assert (event.kind, event.data, event.organisation_id) == ("organisation.verified", {"way": "CALLED"}, hospital.pk)
    assert [one.to for one in mail.outbox] == [[boss.email]]


def test_taking_it_back_stops_publishing(ada, hospital):
    publisher = member(hospital, Role.PUBLISHER)
    verification.verify(organisation=hospital, way=Way.MET, by=ada, now=NOW)

    verification.take_verification_back(organisation=hospital, by=ada, now=NOW)

    hospital.refresh_from_db()
    assert not can_publish.ok(publisher, hospital)
    assert hospital.verification_asked_at is None


@pytest.mark.parametrize("who", ["nobody", "editorial", "hospital"])
def test_only_administrators_of_the_portal_check(hospital, who):
    by = cast()[who]

    for step in (
        lambda: verification.verify(organisation=hospital, way=Way.CALLED, by=by, now=NOW),
        lambda: verification.take_verification_back(organisation=hospital, by=by, now=NOW),
        lambda: verification.invite_administrator(organisation=hospital, email="a@b.example", by=by, now=NOW),
        lambda: duties.propose(email="a@b.example", role=PortalRole.EDITORIAL, by=by, now=NOW),
    ):
        with pytest.raises(PermissionDenied):
            step()


def test_nobody_checks_an_organisation_of_their_own(ada, hospital):
    member(hospital, Role.EDITOR, user=ada)

    with pytest.raises(PermissionDenied, match="zelf"):
        verification.verify(organisation=hospital, way=Way.CALLED, by=ada, now=NOW)


def test_checking_twice_is_checking_once(ada, bob, hospital):
    verification.verify(organisation=hospital, way=Way.CALLED, by=ada, now=NOW)
    verification.verify(organisation=hospital, way=Way.MET, by=bob, now=NOW)

    assert AuditEvent.objects.get().data == {"way": "CALLED"}


def test_first_administrator_of_an_organisation_is_asked_by_the_portal(ada, hospital):
    verification.invite_administrator(organisation=hospital, email="baas@linde.example", by=ada, now=NOW)

    assert Invitation.objects.get().roles == ["ADMINISTRATOR"]


def test_administrators_that_are_there_are_told_of_another(ada, hospital, django_capture_on_commit_callbacks):
    boss = member(hospital, Role.ADMINISTRATOR)
    with django_capture_on_commit_callbacks(execute=True):
        verification.invite_administrator(organisation=hospital, email="baas@linde.example", by=ada, now=NOW)

    assert sorted(one.to[0] for one in mail.outbox) == sorted(["baas@linde.example", boss.email])


def test_portal_cannot_make_itself_administrator_of_an_organisation(ada, hospital):
    with pytest.raises(ValidationError, match="uzelf niet"):
        verification.invite_administrator(organisation=hospital, email=ada.email, by=ada, now=NOW)


# --- Roles of the portal ---------------------------------------------------------------------------------------------


def proposed(by, email="nieuw@portaal.example", role=PortalRole.EDITORIAL):
    duties.propose(email=email, role=role, by=by, now=NOW)
    return PortalInvitation.objects.get(email=email, role=role)


def test_proposal_asks_nobody_yet(ada, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        one = proposed(ada)

    assert mail.outbox == []
    assert one.token_hash is None


def test_second_administrator_confirms_and_then_a_mail_goes(ada, bob, django_capture_on_commit_callbacks):
    one = proposed(ada)
    with django_capture_on_commit_callbacks(execute=True):
        duties.confirm(proposal=one, by=bob, now=NOW)

    one.refresh_from_db()
    assert (one.confirmed_by, mail.outbox[0].to) == (bob, ["nieuw@portaal.example"])
    assert "Redactie" in mail.outbox[0].body


def test_nobody_confirms_their_own_proposal(ada):
    with pytest.raises(PermissionDenied, match="zelf"):
        duties.confirm(proposal=proposed(ada), by=ada, now=NOW)


def test_nobody_confirms_a_proposal_about_themselves(ada, bob):
    with pytest.raises(PermissionDenied, match="over u"):
        duties.confirm(proposal=proposed(ada, email=bob.email), by=bob, now=NOW)


def test_nobody_proposes_themselves(ada):
    with pytest.raises(ValidationError, match="uzelf"):
        proposed(ada, email=ada.email)


def test_database_knows_that_it_takes_two(ada):
    one = proposed(ada)

    with pytest.raises(IntegrityError), transaction.atomic():
        PortalInvitation.objects.filter(pk=one.pk).update(confirmed_by=ada)


def test_confirming_twice_is_refused(ada, bob):
    one = proposed(ada)
    duties.confirm(proposal=one, by=bob, now=NOW)

    with pytest.raises(StepNotAllowed):
        duties.confirm(proposal=one, by=bob, now=NOW)


def test_same_proposal_twice_is_refused(ada, bob):
    proposed(ada)

    with pytest.raises(ValidationError, match="al voorgesteld"):
        proposed(bob)


def test_role_that_somebody_has_is_not_proposed(ada, bob):
    with pytest.raises(ValidationError, match="al"):
        proposed(ada, email=bob.email, role=PortalRole.ADMINISTRATOR)


def test_last_administrator_of_the_portal_stays(ada):
    duty = PortalDuty.objects.get(user=ada)

    with pytest.raises(ValidationError, match="beheerder blijven"):
        duties.end_duty(duty=duty, by=ada, now=NOW)


def test_administrator_may_stop_when_another_remains(ada, bob):
    duties.end_duty(duty=PortalDuty.objects.get(user=ada), by=ada, now=NOW)

    assert not PortalDuty.objects.filter(user=ada).exists()
    assert AuditEvent.objects.get().data == {"person": ada.pk, "role": "ADMINISTRATOR"}


def test_proposal_that_nobody_confirms_is_forgotten_after_a_month(ada):
    proposed(ada)

    assert duties.forget_old_proposals(NOW + datetime.timedelta(days=30)) == 0
    assert duties.forget_old_proposals(NOW + datetime.timedelta(days=31)) == 1


# --- The command -----------------------------------------------------------------------------------------------------


def test_command_prints_a_link(capsys):
    call_command("add_portal_administrator", "baas@portaal.example")

    assert capsys.readouterr().out.startswith("https://aimz.example/account/uitnodiging/")
    assert AuditEvent.objects.get().actor_id is None


@pytest.mark.parametrize("email", ["geen adres", "ada@portaal.example"])
def test_command_refuses_what_cannot_be(ada, email):
    with pytest.raises(CommandError):
        call_command("add_portal_administrator", email)
