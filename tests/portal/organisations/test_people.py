"""Who works for an organisation: what administrators may do, what nobody may do to themselves, who must remain."""

import datetime

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError

from portal.audit.models import AuditEvent
from portal.core.workflow import StepNotAllowed
from portal.organisations.actions import people
from portal.organisations.models import Invitation, Membership, OrganisationKind
from portal.organisations.roles import MEANINGS, Role, roles_for
from tests.conftest import NOW
from tests.factories.organisations import OrganisationFactory
from tests.factories.people import UserFactory, member

pytestmark = pytest.mark.django_db


@pytest.fixture
def hospital():
    return OrganisationFactory()


@pytest.fixture
def boss(hospital):
    return member(hospital, Role.ADMINISTRATOR)


def roles_of(user, organisation):
    return set(Membership.objects.filter(user=user, organisation=organisation).values_list("role", flat=True))


def kinds():
    return list(AuditEvent.objects.order_by("pk").values_list("kind", flat=True))


def asked(hospital, boss, email="nieuw@linde.example"):
    people.invite(organisation=hospital, email=email, roles=[Role.EDITOR], by=boss, now=NOW)
    return Invitation.objects.get(email=email)


# --- Role × action, written by hand ----------------------------------------------------------------------------------

# Who may invite, invite again, withdraw, change roles, remove; leave; ask for a check.
MAY = {
    #                 manage  leave   ask
    "EDITOR":        (False,  True,   False),
    "PUBLISHER":     (False,  True,   False),
    "COORDINATOR":   (False,  True,   False),
    "ADMINISTRATOR": (True,   True,   True),
    "above":         (True,   False,  True),  # administrator of the organisation above
    "elsewhere":     (False,  False,  False),
    "nobody":        (False,  False,  False),
}  # fmt: skip


@pytest.fixture
def cast(hospital):
    """A person for each row of MAY; there is one administrator more, so that each may leave."""
    group = OrganisationFactory()
    hospital.parent = group
    hospital.save()
    member(hospital, Role.ADMINISTRATOR)
    return {
        **{role.value: member(hospital, role) for role in Role},
        "above": member(group, Role.ADMINISTRATOR),
        "elsewhere": member(OrganisationFactory(), *Role),
        "nobody": UserFactory(),
    }


def worked(act):
    try:
        act()
    except (PermissionDenied, StepNotAllowed):
        return False
    return True


@pytest.mark.parametrize("who", MAY)
def test_only_administrators_manage_people(hospital, cast, who):
    by, colleague = cast[who], member(hospital, Role.EDITOR)
    one = Invitation.objects.create(
        organisation=hospital, email="a@b.example", roles=["EDITOR"], token_hash="x", invited_at=NOW,
        expires_at=NOW + datetime.timedelta(days=1),
    )  # fmt: skip
    told = {"by": by, "now": NOW}

    done = [
        worked(lambda: people.invite(organisation=hospital, email="c@d.example", roles=["EDITOR"], **told)),
        worked(lambda: people.invite_again(invitation=one, **told)),
        worked(lambda: people.withdraw_invitation(invitation=one, **told)),
        worked(lambda: people.change_roles(organisation=hospital, user=colleague, roles=["PUBLISHER"], **told)),
        worked(lambda: people.remove_member(organisation=hospital, user=colleague, **told)),
    ]

    assert done == [MAY[who][0]] * 5


@pytest.mark.parametrize("who", MAY)
def test_who_works_there_may_leave(hospital, cast, who):
    assert worked(lambda: people.leave(organisation=hospital, by=cast[who], now=NOW)) == MAY[who][1]
    assert roles_of(cast[who], hospital) == set()


@pytest.mark.parametrize("who", MAY)
def test_only_administrators_ask_for_a_check(hospital, cast, who):
    assert worked(lambda: people.ask_verification(organisation=hospital, by=cast[who], now=NOW)) == MAY[who][2]


# --- Inviting --------------------------------------------------------------------------------------------------------


def test_nobody_invites_themselves(hospital, boss):
    with pytest.raises(ValidationError, match="uzelf niet"):
        people.invite(organisation=hospital, email=boss.email.upper(), roles=[Role.PUBLISHER], by=boss, now=NOW)


def test_colleague_is_not_invited_again(hospital, boss):
    colleague = member(hospital, Role.EDITOR)

    with pytest.raises(ValidationError, match="werkt al"):
        people.invite(organisation=hospital, email=colleague.email, roles=[Role.EDITOR], by=boss, now=NOW)


@pytest.mark.parametrize("roles", [[], ["BAAS"], ["EDITOR", "COORDINATOR"], [""]])
def test_role_that_is_none_here_is_refused(hospital, boss, roles):
    with pytest.raises(ValidationError, match="rol"):
        people.invite(organisation=hospital, email="a@b.example", roles=roles, by=boss, now=NOW)


def test_patients_have_a_coordinator_and_write_no_entries():
    patients = OrganisationFactory(kind=OrganisationKind.PATIENT_ORGANISATION)

    assert roles_for(patients) == (Role.COORDINATOR, Role.ADMINISTRATOR)
    assert Role.COORDINATOR not in roles_for(OrganisationFactory())


@pytest.mark.parametrize(
    ("kind", "roles"),
    [
        (OrganisationKind.HOSPITAL, "EDITOR PUBLISHER PROJECT_LEAD GATE_DECIDER FINANCE_OFFICER ADMINISTRATOR"),
        (OrganisationKind.FUND, "PROJECT_LEAD GATE_DECIDER FUND_MANAGER FINANCE_OFFICER ADMINISTRATOR"),
        (OrganisationKind.INSURER,
         "EDITOR PUBLISHER PROJECT_LEAD GATE_DECIDER FINANCE_OFFICER FUND_MANAGER ADMINISTRATOR"),
        (OrganisationKind.EXPERTISE_CENTRE,
         "EDITOR PUBLISHER PROJECT_LEAD GATE_DECIDER FINANCE_OFFICER COORDINATOR FUND_MANAGER ADMINISTRATOR"),
    ],
)  # fmt: skip
def test_administrator_can_give_every_role_that_projects_need(kind, roles):
    assert roles_for(OrganisationFactory(kind=kind)) == tuple(Role(role) for role in roles.split())


def test_every_role_that_somebody_can_get_says_what_it_means():
    given = {role for kind in OrganisationKind for role in roles_for(OrganisationFactory(kind=kind))}

    assert given == {*Role} == {*MEANINGS}


def test_asking_the_same_address_again_replaces_the_first(hospital, boss):
    first = asked(hospital, boss, "Nieuw@Linde.example".lower())

    people.invite(organisation=hospital, email="NIEUW@linde.example", roles=[Role.PUBLISHER], by=boss, now=NOW)

    second = Invitation.objects.get()
    assert (second.pk, second.roles) == (first.pk, ["PUBLISHER"])
    assert second.token_hash != first.token_hash
    assert kinds() == ["invitation.sent", "invitation.sent_again"]


def test_invitations_have_an_end(hospital, boss):
    Invitation.objects.bulk_create(
        Invitation(
            organisation=hospital, email=f"a{number}@b.example", roles=["EDITOR"], token_hash=str(number),
            invited_at=NOW, expires_at=NOW,
        )
        for number in range(people.MOST_OPEN)
    )  # fmt: skip

    with pytest.raises(ValidationError, match="te veel"):
        asked(hospital, boss)


@pytest.mark.parametrize("step", [people.invite_again, people.withdraw_invitation])
def test_invitation_that_is_gone_stays_gone(hospital, boss, step):
    one = asked(hospital, boss)
    Invitation.objects.all().delete()

    with pytest.raises(StepNotAllowed):
        step(invitation=one, by=boss, now=NOW)


def test_invitation_is_forgotten_a_month_after_its_end(hospital, boss):
    one = asked(hospital, boss)
    end = one.expires_at + datetime.timedelta(days=30)

    assert people.forget_old_invitations(end) == 0
    assert people.forget_old_invitations(end + datetime.timedelta(seconds=1)) == 1


# --- Roles -----------------------------------------------------------------------------------------------------------


def test_colleague_gets_exactly_the_roles_that_are_chosen(hospital, boss, django_capture_on_commit_callbacks):
    colleague = member(hospital, Role.EDITOR, Role.ADMINISTRATOR)
    with django_capture_on_commit_callbacks(execute=True):
        people.change_roles(organisation=hospital, user=colleague, roles=["EDITOR", "PUBLISHER"], by=boss, now=NOW)

    event = AuditEvent.objects.get()
    assert roles_of(colleague, hospital) == {"EDITOR", "PUBLISHER"}
    assert (event.kind, event.actor_id, event.organisation_id) == ("membership.changed", boss.pk, hospital.pk)
    assert event.data == {"person": colleague.pk, "roles": ["EDITOR", "PUBLISHER"]}
    assert mail.outbox[0].to == [colleague.email]


def test_same_roles_change_nothing(hospital, boss):
    colleague = member(hospital, Role.EDITOR)

    people.change_roles(organisation=hospital, user=colleague, roles=["EDITOR"], by=boss, now=NOW)

    assert kinds() == []


def test_nobody_changes_their_own_roles(hospital, boss):
    with pytest.raises(PermissionDenied, match="eigen rollen"):
        people.change_roles(organisation=hospital, user=boss, roles=["ADMINISTRATOR", "PUBLISHER"], by=boss, now=NOW)
    assert roles_of(boss, hospital) == {"ADMINISTRATOR"}


def test_somebody_who_works_elsewhere_gets_no_role_here(hospital, boss):
    with pytest.raises(StepNotAllowed):
        people.change_roles(organisation=hospital, user=UserFactory(), roles=["PUBLISHER"], by=boss, now=NOW)


# --- The last administrator ------------------------------------------------------------------------------------------


def test_last_administrator_cannot_leave(hospital, boss):
    member(hospital, Role.PUBLISHER)

    with pytest.raises(ValidationError, match="beheerder blijven"):
        people.leave(organisation=hospital, by=boss, now=NOW)
    assert roles_of(boss, hospital) == {"ADMINISTRATOR"}


def test_administrator_above_may_not_take_the_last_one_of_all(hospital, boss):
    group = OrganisationFactory()
    hospital.parent = group
    hospital.save()
    above = member(group, Role.ADMINISTRATOR)

    people.remove_member(organisation=hospital, user=boss, by=above, now=NOW)

    with pytest.raises(ValidationError, match="beheerder blijven"):
        people.leave(organisation=group, by=above, now=NOW)


def test_administrator_whose_account_ended_does_not_count(hospital, boss):
    ended = member(hospital, Role.ADMINISTRATOR)
    ended.is_active = False
    ended.save()

    with pytest.raises(ValidationError, match="beheerder blijven"):
        people.leave(organisation=hospital, by=boss, now=NOW)


def test_administrator_leaves_when_another_remains(hospital, boss):
    member(hospital, Role.ADMINISTRATOR)

    people.leave(organisation=hospital, by=boss, now=NOW)

    assert kinds() == ["membership.left"]


def test_who_is_removed_is_told(hospital, boss, django_capture_on_commit_callbacks):
    colleague = member(hospital, Role.EDITOR)
    with django_capture_on_commit_callbacks(execute=True):
        people.remove_member(organisation=hospital, user=colleague, by=boss, now=NOW)

    assert mail.outbox[0].to == [colleague.email]
    assert kinds() == ["membership.removed"]


def test_nobody_removes_themselves(hospital, boss):
    member(hospital, Role.ADMINISTRATOR)

    with pytest.raises(PermissionDenied, match="Mijn account"):
        people.remove_member(organisation=hospital, user=boss, by=boss, now=NOW)


def test_asking_for_a_check_twice_is_asking_once(hospital, boss):
    for _time in range(2):
        people.ask_verification(organisation=hospital, by=boss, now=NOW)

    hospital.refresh_from_db()
    assert hospital.verification_asked_at == NOW
    assert kinds() == ["organisation.verification_asked"]
