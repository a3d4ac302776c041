"""Roles with which money moves: two people give them, by every door, and nobody gives one to themselves."""

import datetime

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from participation.models import Payer
from participation.money_permissions import can_begin_fund, can_pay
from portal.accounts.actions.joining import join
from portal.accounts.actions.leaving import delete_account
from portal.accounts.actions.money_roles import agree_to_role, withdraw_role
from portal.accounts.actions.verification import invite_administrator
from portal.accounts.models import PortalRole
from portal.accounts.permissions import can_agree_to_role
from portal.accounts.waiting_roles import tasks_for
from portal.audit.models import AuditEvent
from portal.core import links
from portal.core.workflow import StepNotAllowed
from portal.organisations.actions import people
from portal.organisations.actions.money_roles import ask_money_roles, forget_old_requests
from portal.organisations.models import Invitation, Membership, OrganisationKind, RoleRequest
from portal.organisations.permissions import remembered_roles, roles_of
from portal.organisations.roles import MONEY, Role
from tests.conftest import NOW
from tests.factories.organisations import OrganisationFactory
from tests.factories.people import UserFactory, member, on_duty
from transparency.actions.groups import place_organisation

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


@pytest.fixture
def fund():
    return OrganisationFactory(kind=OrganisationKind.FUND, verified_at=NOW)


@pytest.fixture
def boss(fund):
    return member(fund, Role.ADMINISTRATOR)


@pytest.fixture
def second(fund):
    return member(fund, Role.ADMINISTRATOR)


def held(user, organisation):
    return set(Membership.objects.filter(user=user, organisation=organisation).values_list("role", flat=True))


def asked(fund, boss, user=None, role=Role.FUND_MANAGER):
    """A role that waits, asked by changing the roles of a colleague."""
    user = user or member(fund, Role.PROJECT_LEAD)
    roles = [*held(user, fund), role]
    people.change_roles(organisation=fund, user=user, roles=roles, by=boss, now=NOW)
    return RoleRequest.objects.select_related("organisation", "user", "asked_by").get(user=user, role=role)


# --- Every door ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", MONEY)
def test_changing_roles_gives_the_others_at_once_and_asks_for_the_money_role(fund, boss, second, role):
    user = member(fund, Role.PROJECT_LEAD)
    people.change_roles(organisation=fund, user=user, roles=[Role.GATE_DECIDER, role], by=boss, now=NOW)
    assert held(user, fund) == {Role.GATE_DECIDER}
    agree_to_role(request=RoleRequest.objects.get(), by=second, now=NOW)
    assert held(user, fund) == {Role.GATE_DECIDER, role}
    assert not RoleRequest.objects.exists()


def test_changing_roles_to_a_money_role_alone_is_refused(fund, boss):
    user = member(fund, Role.PROJECT_LEAD)
    with pytest.raises(ValidationError):
        people.change_roles(organisation=fund, user=user, roles=[Role.FUND_MANAGER], by=boss, now=NOW)
    assert held(user, fund) == {Role.PROJECT_LEAD}


def test_money_role_that_somebody_has_stays_and_is_taken_by_one(fund, boss):
    user = member(fund, Role.PROJECT_LEAD, Role.FUND_MANAGER)
    people.change_roles(
        organisation=fund, user=user, roles=[Role.GATE_DECIDER, Role.FUND_MANAGER], by=boss, now=NOW
    )  # fmt: skip
    assert held(user, fund) == {Role.GATE_DECIDER, Role.FUND_MANAGER}
    people.change_roles(organisation=fund, user=user, roles=[Role.GATE_DECIDER], by=boss, now=NOW)
    assert held(user, fund) == {Role.GATE_DECIDER}
    assert not RoleRequest.objects.exists()


def invitation_with(fund, by, roles, email="nieuw@fonds.example"):
    people.invite(organisation=fund, email=email, roles=roles, by=by, now=NOW)
    return Invitation.objects.select_related("organisation", "invited_by").get(email=email)


def test_invitation_gives_the_others_at_once_and_asks_for_the_money_role(fund, boss, second):
    invitation = invitation_with(fund, boss, [Role.PROJECT_LEAD, *MONEY])
    user = UserFactory(email=invitation.email)
    join(invitation=invitation, user=user, now=NOW)
    assert held(user, fund) == {Role.PROJECT_LEAD}
    waiting = RoleRequest.objects.order_by("role")
    assert [(one.role, one.asked_by) for one in waiting] == [("FINANCE_OFFICER", boss), ("FUND_MANAGER", boss)]
    assert AuditEvent.objects.get(kind="membership.begun").data["roles"] == ["PROJECT_LEAD"]


def test_invitation_with_a_money_role_alone_waits_and_then_begins(fund, boss, second):
    invitation = invitation_with(fund, boss, [Role.FUND_MANAGER])
    user = UserFactory(email=invitation.email)
    join(invitation=invitation, user=user, now=NOW)
    assert held(user, fund) == set()
    agree_to_role(request=RoleRequest.objects.get(), by=second, now=NOW)
    assert held(user, fund) == {Role.FUND_MANAGER}


def test_who_invites_their_own_other_address_gets_no_money_role(fund, boss):
    invitation = invitation_with(fund, boss, [Role.PROJECT_LEAD, Role.FUND_MANAGER])
    people.accept_invitation(invitation=invitation, user=boss, now=NOW)
    assert held(boss, fund) == {Role.ADMINISTRATOR, Role.PROJECT_LEAD}
    assert not RoleRequest.objects.exists()


def test_invitation_of_who_is_no_administrator_any_more_gives_no_money_role(fund, boss, second):
    invitation = invitation_with(fund, boss, [Role.PROJECT_LEAD, Role.FUND_MANAGER])
    people.change_roles(organisation=fund, user=boss, roles=[Role.PROJECT_LEAD], by=second, now=NOW)
    user = UserFactory(email=invitation.email)
    join(invitation=invitation, user=user, now=NOW)
    assert held(user, fund) == {Role.PROJECT_LEAD}
    assert not RoleRequest.objects.exists()


def test_who_sends_the_invitation_again_is_who_asks(fund, boss, second):
    invitation = invitation_with(fund, boss, [Role.FUND_MANAGER])
    people.invite_again(invitation=invitation, by=second, now=NOW)
    join(invitation=Invitation.objects.get(), user=UserFactory(email=invitation.email), now=NOW)
    waiting = RoleRequest.objects.get()
    with pytest.raises(PermissionDenied):
        agree_to_role(request=waiting, by=second, now=NOW)
    agree_to_role(request=waiting, by=boss, now=NOW)


def test_administrator_of_the_portal_can_only_ask_an_administrator(fund):
    portal = on_duty(PortalRole.ADMINISTRATOR)
    invite_administrator(organisation=fund, email="baas@fonds.example", by=portal, now=NOW)
    assert Invitation.objects.get().roles == [Role.ADMINISTRATOR]
    with pytest.raises(PermissionDenied):
        ask_money_roles(organisation=fund, user=UserFactory(), roles=MONEY, by=portal, now=NOW)
    with pytest.raises(PermissionDenied):
        people.invite(organisation=fund, email="x@y.example", roles=MONEY, by=portal, now=NOW)


def test_who_puts_an_organisation_below_another_hands_over_no_money(fund):
    above = OrganisationFactory(kind=OrganisationKind.FUND, verified_at=NOW)
    manager = member(above, *Role)
    place_organisation(organisation=fund, parent=above, by=on_duty(PortalRole.ADMINISTRATOR), now=NOW)
    fund.refresh_from_db()
    assert roles_of(manager, fund) == set(Role) - set(MONEY)
    with remembered_roles(manager):
        assert roles_of(manager, fund) == set(Role) - set(MONEY)
        assert roles_of(manager, above) == set(Role)
    assert not can_begin_fund.ok(manager, fund)
    assert not can_pay.ok(manager, Payer.objects.create(organisation=fund))


def test_database_refuses_a_role_that_somebody_asks_for_themselves(fund, boss):
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleRequest.objects.create(organisation=fund, user=boss, role=Role.FUND_MANAGER, asked_by=boss, asked_at=NOW)


# --- Who may be the second person: by hand ---------------------------------------------------------------------------

MAY_AGREE = {
    #                    (another administrator is there, there is none)
    "asker":             (False, False),
    "receiver":          (False, False),
    "colleague":         (False, False),
    "manager":           (False, False),
    "officer":           (False, False),
    "portal":            (False, True),
    "editorial":         (False, False),
    "elsewhere":         (False, False),
    "nobody":            (False, False),
}  # fmt: skip


@pytest.mark.parametrize("who", MAY_AGREE)
def test_who_may_agree(fund, boss, who):
    request = asked(fund, boss)
    cast = {
        "asker": boss,
        "receiver": request.user,
        "colleague": member(fund, Role.PROJECT_LEAD),
        "manager": member(fund, Role.FUND_MANAGER),
        "officer": member(fund, Role.FINANCE_OFFICER),
        "portal": on_duty(PortalRole.ADMINISTRATOR),
        "editorial": on_duty(PortalRole.EDITORIAL),
        "elsewhere": member(OrganisationFactory(), *Role),
        "nobody": UserFactory(),
    }
    alone = can_agree_to_role.ok(cast[who], request)
    other = member(fund, Role.ADMINISTRATOR)
    assert (can_agree_to_role.ok(cast[who], request), alone) == MAY_AGREE[who]
    assert can_agree_to_role.ok(other, request)


def test_receiver_who_administers_too_may_not_agree(fund, boss):
    request = asked(fund, boss, member(fund, Role.ADMINISTRATOR))
    with pytest.raises(PermissionDenied):
        agree_to_role(request=request, by=request.user, now=NOW)
    assert can_agree_to_role.ok(on_duty(PortalRole.ADMINISTRATOR), request)


def test_asker_who_administers_the_portal_too_may_not_agree(fund):
    boss = member(fund, Role.ADMINISTRATOR, user=on_duty(PortalRole.ADMINISTRATOR))
    with pytest.raises(PermissionDenied):
        agree_to_role(request=asked(fund, boss), by=boss, now=NOW)


def test_administrator_above_may_agree(fund, boss):
    above = OrganisationFactory()
    fund.parent = above
    fund.save()
    request = asked(fund, boss)
    assert not can_agree_to_role.ok(on_duty(PortalRole.ADMINISTRATOR), request) or not above.memberships.exists()
    agree_to_role(request=request, by=member(above, Role.ADMINISTRATOR), now=NOW)
    assert Role.FUND_MANAGER in held(request.user, fund)


def test_what_somebody_asked_who_is_no_administrator_any_more_cannot_begin(fund, boss, second):
    request = asked(fund, boss)
    people.change_roles(organisation=fund, user=boss, roles=[Role.PROJECT_LEAD], by=second, now=NOW)
    with pytest.raises(PermissionDenied):
        agree_to_role(request=request, by=second, now=NOW)
    withdraw_role(request=request, by=second, now=NOW)


# --- What becomes of it ----------------------------------------------------------------------------------------------


def test_second_click_finds_that_it_was_done(fund, boss, second):
    request = asked(fund, boss)
    agree_to_role(request=request, by=second, now=NOW)
    with pytest.raises(StepNotAllowed):
        agree_to_role(request=request, by=second, now=NOW)
    assert Membership.objects.filter(user=request.user, role=Role.FUND_MANAGER).count() == 1


def test_asking_twice_is_asking_once(fund, boss, second):
    request = asked(fund, boss)
    people.change_roles(
        organisation=fund, user=request.user, roles=[Role.PROJECT_LEAD, Role.FUND_MANAGER], by=second, now=NOW
    )  # fmt: skip
    assert RoleRequest.objects.get() == request
    assert RoleRequest.objects.get().asked_by == boss


def test_who_stops_working_there_gets_no_role_later(fund, boss, second):
    request = asked(fund, boss)
    people.remove_member(organisation=fund, user=request.user, by=boss, now=NOW)
    with pytest.raises(StepNotAllowed):
        agree_to_role(request=request, by=second, now=NOW)
    assert held(request.user, fund) == set()


def test_account_of_who_asked_takes_the_request_along(fund, boss, second):
    asked(fund, boss)
    delete_account(user=boss, now=NOW)
    assert not RoleRequest.objects.exists()


def test_request_is_forgotten_after_thirty_days(fund, boss):
    asked(fund, boss)
    assert forget_old_requests(NOW + 30 * DAY) == 0
    assert forget_old_requests(NOW + 31 * DAY) == 1


def test_each_step_stands_in_the_log_with_both_people(fund, boss, second):
    request = asked(fund, boss)
    agree_to_role(request=request, by=second, now=NOW)
    given = AuditEvent.objects.get(kind="membership.money_role_given")
    assert (given.actor_id, given.data["asked"], given.data["person"]) == (second.pk, boss.pk, request.user.pk)
    refused = asked(fund, boss, role=Role.FINANCE_OFFICER)
    withdraw_role(request=refused, by=second, now=NOW)
    assert AuditEvent.objects.filter(kind="membership.money_role_refused").count() == 1


def test_mails_go_to_who_has_to_act_and_to_who_must_know(fund, boss, second, sends_at_once):
    request = asked(fund, boss)
    assert [one.to for one in mail.outbox] == [[second.email]]
    assert f"/werk/organisatie/{fund.slug}/mensen/" in mail.outbox[0].body
    mail.outbox.clear()
    agree_to_role(request=request, by=second, now=NOW)
    assert sorted(one.to[0] for one in mail.outbox) == sorted([request.user.email, boss.email])
    mail.outbox.clear()
    withdraw_role(request=asked(fund, boss), by=second, now=NOW)
    assert mail.outbox[-1].to == [boss.email]
    assert "niet mee eens" in mail.outbox[-1].body


def test_administrators_of_the_portal_are_mailed_where_there_is_nobody_else(fund, boss, sends_at_once):
    portal = on_duty(PortalRole.ADMINISTRATOR)
    asked(fund, boss)
    assert [one.to for one in mail.outbox] == [[portal.email]]
    assert f"/werk/portaal/organisaties/{fund.slug}/" in mail.outbox[0].body


def test_it_stands_among_what_has_to_be_done_of_who_can_decide(fund, boss, second):
    portal = on_duty(PortalRole.ADMINISTRATOR)
    request = asked(fund, boss)
    url = reverse("organisation-people", args=[fund.slug])
    assert [task.url for task in tasks_for(second)] == [url]
    assert list(tasks_for(boss)) == list(tasks_for(request.user)) == list(tasks_for(portal)) == []
    Membership.objects.filter(user=second).delete()
    assert [task.url for task in tasks_for(portal)] == [reverse("portal-organisation", args=[fund.slug])]


# --- On the pages ----------------------------------------------------------------------------------------------------


def test_second_administrator_agrees_on_the_page_of_people(client, fund, boss, second):
    request = asked(fund, boss)
    client.force_login(second)
    page = client.get(reverse("organisation-people", args=[fund.slug]))
    assert "Rollen die wachten op een tweede persoon" in page.text
    address = reverse("organisation-role", args=[fund.slug, request.pk, "akkoord"])
    assert address in page.text
    assert client.post(address, follow=True).status_code == 200
    assert Role.FUND_MANAGER in held(request.user, fund)
    assert client.post(address).status_code == 404


def test_who_asked_sees_that_it_waits_and_no_button(client, fund, boss, second):
    request = asked(fund, boss)
    client.force_login(boss)
    page = client.get(reverse("organisation-people", args=[fund.slug]))
    assert "wacht op iemand anders" in page.text
    assert reverse("organisation-role", args=[fund.slug, request.pk, "akkoord"]) not in page.text
    assert client.post(reverse("organisation-role", args=[fund.slug, request.pk, "akkoord"])).status_code == 403
    client.post(reverse("organisation-role", args=[fund.slug, request.pk, "weg"]))
    assert not RoleRequest.objects.exists()


def test_form_of_a_colleague_says_that_the_role_waits(client, fund, boss):
    user = member(fund, Role.PROJECT_LEAD)
    client.force_login(boss)
    address = reverse("organisation-person", args=[fund.slug, user.pk])
    page = client.post(address, {"roles": ["PROJECT_LEAD", "FINANCE_OFFICER"]}, follow=True)
    assert "als een tweede persoon akkoord is" in page.text
    assert "Wacht nog op een tweede persoon: Financiële medewerker." in client.get(address).text


def test_administrator_of_the_portal_agrees_on_the_page_of_the_organisation(client, fund, boss):
    request = asked(fund, boss)
    client.force_login(on_duty(PortalRole.ADMINISTRATOR))
    address = reverse("portal-role", args=[fund.slug, request.pk, "akkoord"])
    assert address in client.get(reverse("portal-organisation", args=[fund.slug])).text
    client.post(address)
    assert Role.FUND_MANAGER in held(request.user, fund)


def test_invitation_says_that_a_second_person_has_to_agree(client, fund, boss):
    invitation_with(fund, boss, [Role.FUND_MANAGER])
    Invitation.objects.update(token_hash=links.hash_of("geheim"))
    page = client.get(reverse("invitation", args=["geheim"]))
    assert "Een tweede persoon moet hiermee akkoord gaan." in page.text
