"""Starting: nobody is active without both signatures and decided interests, whatever road is taken."""

import datetime
import itertools

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from participation.actions import agreements, assignments, interests, welcome
from participation.actions.erasing import erase_due
from participation.actions.projects import end_project
from participation.agreement_text import hash_of, newest, snapshot
from participation.models import Assignment, Interest, Signature, SignatureName, SigningLink
from participation.starting import agreements_in_time, readiness
from participation.states import AssignmentState, InterestDecision, InterestState, SigningSide, SigningWay
from portal.audit.models import AuditEvent
from portal.audit.revision import current_revision
from portal.core import links
from portal.core.workflow import StepNotAllowed
from portal.organisations.models import OrganisationKind
from portal.organisations.roles import Role
from tests.factories.organisations import OrganisationFactory
from tests.factories.participation import ProjectFactory, held_meeting, representative
from tests.factories.people import UserFactory, member
from tests.factories.starting import (
    coordinator_of,
    decided,
    declared,
    fresh,
    fund_manager,
    proposed,
    sign_for,
    started,
)

pytestmark = pytest.mark.django_db

YEAR = datetime.timedelta(days=366)
# The hash of the words of each version: words that change get a new number.
VERSIONS = {1: "2edeacb7928571d275b6c3a3312873b5b8dac737f594d614bf40bd66c2adcfd7"}


@pytest.fixture
def project(db):
    return ProjectFactory()


@pytest.fixture
def coordinator(project):
    return coordinator_of(project)


# --- Becoming active -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("order", list(itertools.permutations(["rep", "project", "interest"])))
def test_last_of_the_three_steps_makes_active_whatever_their_order(project, coordinator, now, order):
    one = proposed(project)
    steps = {
        "rep": lambda: sign_for(one, SigningSide.REPRESENTATIVE, now),
        "project": lambda: sign_for(one, SigningSide.PROJECT, now),
        "interest": lambda: decided(declared(project, one.user, now), coordinator, now),
    }

    for step in order:
        assert fresh(one).state == AssignmentState.PROPOSED
        steps[step]()

    assert (fresh(one).state, fresh(one).active_since) == (AssignmentState.ACTIVE, now)


@pytest.mark.parametrize("lacks", ["representative_signed_at", "project_signed_at", "interests_cleared_at"])
@pytest.mark.parametrize("state", [AssignmentState.ACTIVE, AssignmentState.PAUSED])
def test_database_lets_nobody_take_part_without_one_of_the_three(project, now, lacks, state):
    one = representative(project)
    was_barred = state == AssignmentState.PAUSED and lacks == "interests_cleared_at"  # paused until it is decided

    if was_barred:
        Assignment.objects.filter(pk=one.pk).update(state=state, **{lacks: None})
    else:
        with pytest.raises(IntegrityError), transaction.atomic():
            Assignment.objects.filter(pk=one.pk).update(state=state, **{lacks: None})


def test_database_lets_nobody_be_active_straight_away(project):
    one = proposed(project)

    with pytest.raises(IntegrityError), transaction.atomic():
        Assignment.objects.filter(pk=one.pk).update(state=AssignmentState.ACTIVE)


def test_interests_that_are_in_the_way_keep_somebody_out_until_a_new_decision(project, coordinator, now):
    one = proposed(project)
    for side in SigningSide:
        sign_for(one, side, now)
    decided(declared(project, one.user, now, "Ik werk bij de maker."), coordinator, now, InterestDecision.EXCLUDE)
    assert fresh(one).state == AssignmentState.PROPOSED

    decided(declared(project, one.user, now + YEAR / 12), coordinator, now + YEAR / 12)

    assert fresh(one).state == AssignmentState.ACTIVE


def test_decision_to_exclude_pauses_who_was_active_and_they_cannot_resume(project, coordinator, now):
    one = started(project, coordinator, now)

    decided(declared(project, one.user, now, "Ik kocht aandelen."), coordinator, now, InterestDecision.EXCLUDE)

    assert fresh(one).state == AssignmentState.PAUSED
    assert fresh(one).reason == "Zit niet bij dit onderwerp."
    with pytest.raises(ValidationError):
        assignments.resume(assignment=fresh(one), by=one.user, now=now)
    decided(declared(project, one.user, now), coordinator, now)
    assignments.resume(assignment=fresh(one), by=one.user, now=now)
    assert (fresh(one).state, fresh(one).reason) == (AssignmentState.ACTIVE, "")


def test_interests_of_more_than_a_year_ago_do_not_count_for_a_start(project, coordinator, now):
    one = proposed(project)
    decided(declared(project, one.user, now), coordinator, now)

    for side in SigningSide:
        sign_for(one, side, now + YEAR)

    assert fresh(one).state == AssignmentState.PROPOSED
    assert "belangen" in str(readiness(fresh(one), (now + YEAR).date()).missing[0])
    decided(declared(project, one.user, now + YEAR), coordinator, now + YEAR)
    assert fresh(one).state == AssignmentState.ACTIVE


def test_who_comes_back_within_the_year_need_not_declare_again(project, coordinator, now):
    first = started(project, coordinator, now)
    assignments.end(assignment=first, by=first.user, now=now)

    again = proposed(project, user=first.user)
    for side in SigningSide:
        sign_for(again, side, now)

    assert fresh(again).state == AssignmentState.ACTIVE


def test_nobody_starts_on_a_project_that_ended(project, coordinator, now):
    one = proposed(project)
    decided(declared(project, one.user, now), coordinator, now)
    sign_for(one, SigningSide.PROJECT, now)
    end_project(project=project, name="close", reason="Klaar.", by=project.lead, now=now)

    assert fresh(one).state == AssignmentState.ENDED
    with pytest.raises(StepNotAllowed):
        sign_for(one, SigningSide.REPRESENTATIVE, now)
    with pytest.raises(StepNotAllowed):
        proposed(project)


def test_becoming_active_is_public_and_told_to_both_sides_without_a_name(
    project, coordinator, now, django_capture_on_commit_callbacks
):
    one = proposed(project, user=UserFactory(name="Planta Marker", email="planta@marker.example"))
    sign_for(one, SigningSide.REPRESENTATIVE, now)
    decided(declared(project, one.user, now), coordinator, now)
    before = current_revision()

    with django_capture_on_commit_callbacks(execute=True):
        sign_for(one, SigningSide.PROJECT, now)

    assert current_revision() > before
    told = {message.to[0]: message for message in mail.outbox}
    assert {project.lead.email, coordinator.email, one.user.email} <= set(told)
    for address in (project.lead.email, coordinator.email):
        assert "Planta" not in told[address].subject + told[address].body


# --- The agreement ---------------------------------------------------------------------------------------------------


def test_words_of_a_version_stay_what_they_were():
    text = newest()

    assert {text["version"]: hash_of({"clauses": text["clause"], "title": text["title"]})} == {
        text["version"]: VERSIONS[text["version"]]
    }


def test_agreement_is_fixed_when_somebody_is_asked(project, now, monkeypatch):
    one = proposed(project)
    fixed = one.agreement.text_hash

    changed = {**newest(), "version": 2, "title": "Andere afspraken"}
    monkeypatch.setattr("participation.agreement_text.newest", lambda: changed)

    assert snapshot(one)["version"] == 2
    assert (fresh(one).agreement.version, hash_of(fresh(one).agreement.text)) == (1, fixed)


def test_agreement_says_what_must_be_in_it(project):
    keys = {clause["key"] for clause in proposed(project).agreement.text["clauses"]}

    assert keys == {"ROLE", "CONFIDENTIAL", "DATA", "LIABILITY", "FEE", "CANCELLING", "NAMES", "INTERESTS", "ENDING"}


def test_no_person_stands_in_what_never_changes(project, now):
    one = proposed(project, user=UserFactory(name="Planta Marker", email="planta@marker.example"))
    agreements.sign(
        assignment=fresh(one), side=SigningSide.REPRESENTATIVE, typed_name="Planta Marker", by=one.user, now=now
    )

    rows = [str(row) for model in (Signature, type(one.agreement), AuditEvent) for row in model.objects.values()]
    assert [row for row in rows if "planta" in row.lower()] == []
    assert SignatureName.objects.get().typed_name == "Planta Marker"


def test_name_under_an_agreement_can_be_erased_while_the_signature_stays(project, now):
    one = proposed(project)
    sign_for(one, SigningSide.REPRESENTATIVE, now)

    SignatureName.objects.all().delete()

    assert Signature.objects.get().text_hash == one.agreement.text_hash


def test_account_that_goes_takes_the_typed_name_with_it(project, now):
    one = proposed(project)
    sign_for(one, SigningSide.REPRESENTATIVE, now)

    one.user.delete()

    assert (SignatureName.objects.count(), Signature.objects.count()) == (0, 1)


@pytest.mark.parametrize("typed", ["", "   ", "x" * 151])
def test_signature_needs_a_name_that_fits(project, now, typed):
    one = proposed(project)

    with pytest.raises(ValidationError):
        agreements.sign(assignment=one, side=SigningSide.REPRESENTATIVE, typed_name=typed, by=one.user, now=now)

    assert fresh(one).representative_signed_at is None


def test_nobody_signs_for_both_sides(project, now):
    both = member(project.organisation, Role.PROJECT_LEAD)
    one = proposed(project, user=both)

    agreements.sign(assignment=fresh(one), side=SigningSide.REPRESENTATIVE, typed_name="Naam", by=both, now=now)
    with pytest.raises(PermissionDenied):
        agreements.sign(assignment=fresh(one), side=SigningSide.PROJECT, typed_name="Naam", by=both, now=now)


def test_signing_twice_is_refused(project, now):
    one = proposed(project)
    old = fresh(one)
    sign_for(one, SigningSide.REPRESENTATIVE, now)

    with pytest.raises(StepNotAllowed):
        agreements.sign(assignment=old, side=SigningSide.REPRESENTATIVE, typed_name="Naam", by=one.user, now=now)

    assert Signature.objects.count() == 1


def test_paper_is_recorded_as_paper_by_the_coordinator(project, coordinator, now):
    one = proposed(project)

    agreements.record_paper(assignment=fresh(one), typed_name="Naam", by=coordinator, now=now)

    assert (Signature.objects.get().how, Signature.objects.get().side) == (SigningWay.PAPER, SigningSide.REPRESENTATIVE)
    assert AuditEvent.objects.filter(kind="agreement.signed", actor_id=coordinator.pk).exists()


# --- A link from the mail --------------------------------------------------------------------------------------------


def link_for(one, user, now, side=SigningSide.REPRESENTATIVE):
    address = agreements.new_link(agreement=one.agreement, user=user, side=side, now=now)
    return address.rstrip("/").rpartition("/")[2]


def test_link_signs_once(project, now):
    one = proposed(project)
    link = agreements.link_of(link_for(one, one.user, now))

    agreements.sign_by_link(link=link, typed_name="Naam", now=now)

    assert Signature.objects.get().how == SigningWay.MAIL_LINK
    with pytest.raises(StepNotAllowed):
        agreements.sign_by_link(link=link, typed_name="Naam", now=now)


def test_database_keeps_only_a_hash_of_a_link(project, now):
    one = proposed(project)
    token = link_for(one, one.user, now)

    assert SigningLink.objects.get().token_hash == links.hash_of(token)
    assert token not in str(list(SigningLink.objects.values()))


@pytest.mark.parametrize("what", ["old", "renewed", "ended", "left", "inactive"])
def test_link_that_should_not_work_does_not(project, coordinator, now, what):
    one = proposed(project)
    user, side = (one.user, SigningSide.REPRESENTATIVE)
    if what == "left":
        user, side = member(project.organisation, Role.PROJECT_LEAD), SigningSide.PROJECT
    link = agreements.link_of(link_for(one, user, now, side))
    when = now
    if what == "old":
        when = now + agreements.FIRST_LINK_WORKS
    elif what == "renewed":
        link_for(one, one.user, now)
    elif what == "ended":
        assignments.end(assignment=fresh(one), by=one.user, now=now)
    elif what == "left":
        user.memberships.all().delete()
    else:
        type(user).objects.filter(pk=user.pk).update(is_active=False)
        link.user.refresh_from_db()

    with pytest.raises((StepNotAllowed, PermissionDenied)):
        agreements.sign_by_link(link=link, typed_name="Naam", now=when)

    assert Signature.objects.count() == 0


def test_links_that_are_too_old_are_erased(project, now):
    proposed(project)

    assert agreements.forget_old_links(now + agreements.FIRST_LINK_WORKS) == 0
    assert agreements.forget_old_links(now + agreements.FIRST_LINK_WORKS + datetime.timedelta(days=2)) == 1


# --- Stopping --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("step", [assignments.pause, assignments.end])
def test_other_side_gives_a_reason_and_who_takes_part_does_not(project, coordinator, now, step):
    one, other = started(project, coordinator, now), started(project, coordinator, now)

    step(assignment=one, by=one.user, now=now)
    for by in (project.lead, coordinator):
        with pytest.raises(ValidationError):
            step(assignment=fresh(other), by=by, reason=" ", now=now)
    step(assignment=fresh(other), by=project.lead, reason="Het project heeft geen plek meer.", now=now)

    assert fresh(one).reason == ""
    assert fresh(other).reason == "Het project heeft geen plek meer."


def test_end_before_the_start_takes_the_link_away(project, now):
    one = proposed(project)

    assignments.end(assignment=fresh(one), by=one.user, now=now)

    assert SigningLink.objects.count() == 0


def test_same_person_is_asked_once(project, now):
    one = proposed(project)

    with pytest.raises(ValidationError):
        proposed(project, user=one.user)


def test_who_works_in_the_team_is_no_representative(project):
    with pytest.raises(ValidationError):
        proposed(project, user=project.lead)


# --- Interests -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["", "  "])
def test_interests_that_are_there_need_words(project, now, text):
    one = proposed(project)

    with pytest.raises(ValidationError):
        interests.declare(project=project, has_none=False, text=text, by=one.user, now=now)


@pytest.mark.parametrize("decision", [one for one in InterestDecision if one != InterestDecision.NONE])
def test_decision_needs_words_of_its_own(project, coordinator, now, decision):
    interest = declared(project, proposed(project).user, now, "Ik werk bij de maker.")

    with pytest.raises(ValidationError):
        interests.decide(interest=interest, decision=decision, text="", by=coordinator, now=now)

    interest.refresh_from_db()
    assert interest.state == InterestState.DECLARED


def test_one_declaration_waits_at_a_time_and_a_new_one_is_a_new_row(project, coordinator, now):
    user = proposed(project).user
    first = declared(project, user, now)
    with pytest.raises(StepNotAllowed):
        declared(project, user, now)

    decided(first, coordinator, now)
    declared(project, user, now, "Ik werk nu bij de maker.")

    assert list(Interest.objects.order_by("pk").values_list("has_none", flat=True)) == [True, False]


def test_coordinator_who_takes_part_does_not_decide_on_themselves(project, now):
    coordinator = coordinator_of(project)
    centre = OrganisationFactory(kind=OrganisationKind.EXPERTISE_CENTRE, verified_at=now)
    stand_in = member(centre, Role.COORDINATOR)
    interest = declared(project, proposed(project, user=coordinator).user, now)

    with pytest.raises(PermissionDenied):
        decided(interest, coordinator, now)

    decided(interest, stand_in, now)


def test_team_is_decided_on_by_a_fund_of_another_organisation(project, coordinator, now):
    manager, own = fund_manager(), member(project.organisation, Role.FUND_MANAGER)
    interest = declared(project, project.lead, now)

    for by in (coordinator, own, project.lead):
        with pytest.raises(PermissionDenied):
            decided(interest, by, now)

    decided(interest, manager, now)


def test_who_declared_almost_a_year_ago_is_asked_again_once_a_month(
    project, coordinator, now, django_capture_on_commit_callbacks
):
    one = started(project, coordinator, now)
    day = datetime.timedelta(days=1)
    with django_capture_on_commit_callbacks(execute=True):
        counts = [interests.remind_interests(now + day * number) for number in (300, 352, 353, 381, 383)]

    assert counts == [0, 1, 0, 0, 1]
    asked = [message.to[0] for message in mail.outbox if "opnieuw uw belangen" in message.subject]
    assert asked == [one.user.email] * 2


@pytest.mark.parametrize("why", ["ended", "declared again", "project over", "left the team"])
def test_nobody_is_asked_again_without_need(project, coordinator, now, why):
    if why == "left the team":
        colleague = member(project.organisation, Role.EDITOR)
        seat = project.team.create(user=colleague, function="arts", since=now)
        decided(declared(project, colleague, now), fund_manager(), now)
        seat.delete()
    else:
        one = started(project, coordinator, now)
    if why == "ended":
        assignments.end(assignment=one, by=one.user, now=now)
    elif why == "declared again":
        declared(project, one.user, now + YEAR)
    elif why == "project over":
        end_project(project=project, name="close", reason="Klaar.", by=project.lead, now=now)

    assert interests.remind_interests(now + YEAR) == 0


# --- Needs and buddies -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("met_on", "ended_on", "asked_on", "is_erased"),
    [
        (None, None, 400, False),  # still waits for the first meeting
        (10, None, 99, False),
        (10, None, 104, True),
        (None, 10, 99, False),
        (None, 10, 104, True),
        (200, 10, 104, True),  # a meeting after the end is not theirs
    ],
)
def test_needs_are_erased_three_months_after_the_last_meeting(project, coordinator, now, met_on, ended_on, asked_on,
                                                              is_erased):  # fmt: skip
    day = datetime.timedelta(days=1)
    one = started(project, coordinator, now)
    welcome.tell_needs(assignment=one, text="Grote letters", by=one.user, now=now)
    if met_on:
        held_meeting(project, one, starts_at=now + day * met_on, ends_at=now + day * met_on + day / 24)
    if ended_on:
        assignments.end(assignment=fresh(one), by=one.user, now=now + day * ended_on)

    erase_due(now + day * asked_on)
    assert fresh(one).access_needs == ("" if is_erased else "Grote letters")


def test_needs_are_erased_when_a_project_ended_without_a_meeting(project, coordinator, now):
    one = started(project, coordinator, now)
    welcome.tell_needs(assignment=one, text="Grote letters", by=one.user, now=now)
    end_project(project=project, name="close", reason="Klaar.", by=project.lead, now=now)

    erase_due(now + YEAR / 5)
    assert fresh(one).access_needs == "Grote letters"
    erase_due(now + YEAR / 3)
    assert fresh(one).access_needs == ""


def test_who_came_back_within_the_year_is_asked_again_in_time(project, coordinator, now):
    first = started(project, coordinator, now)
    assignments.end(assignment=first, by=first.user, now=now)
    proposed(project, user=first.user)

    assert interests.remind_interests(now + YEAR) == 1


def test_buddy_is_somebody_of_the_patient_side_who_agrees(project, coordinator, now):
    one, other = started(project, coordinator, now), started(project, coordinator, now)

    with pytest.raises(ValidationError):
        welcome.ask_buddy(assignment=one, buddy=project.lead, by=coordinator, now=now)
    welcome.ask_buddy(assignment=one, buddy=other.user, by=coordinator, now=now)
    with pytest.raises(PermissionDenied):
        welcome.agree_as_buddy(assignment=fresh(one), by=coordinator, now=now)
    welcome.agree_as_buddy(assignment=fresh(one), by=other.user, now=now)

    assert fresh(one).buddy_agreed_at == now
    welcome.ask_buddy(assignment=fresh(one), buddy=coordinator, by=coordinator, now=now)
    assert fresh(one).buddy_agreed_at is None


# --- In time ---------------------------------------------------------------------------------------------------------


def test_agreements_before_the_first_meeting_are_counted(project, now):
    in_time, too_late, without = (representative(project) for _n in range(3))
    held_meeting(project, in_time, starts_at=now + YEAR, ends_at=now + YEAR * 2)
    held_meeting(project, too_late, starts_at=now - YEAR, ends_at=now)
    held_meeting(project, too_late, starts_at=now + YEAR, ends_at=now + YEAR * 2)

    assert agreements_in_time([in_time, too_late, without]) == (1, 2)
