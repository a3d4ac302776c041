"""Who is mailed what when somebody starts, pauses or stops. To others a representative is a number, never a name."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import override

from participation.emails import coordinators, granters, members
from participation.models import Assignment, Interest, Project, RoleOffer
from participation.starting_permissions import coordinators_beside
from participation.states import InterestDecision, SigningSide
from portal.accounts.models import User
from portal.core.mail import send_mail
from portal.organisations.roles import Role


def who_takes_part(assignment: Assignment) -> list[User]:
    """That person; where a patient organisation itself takes part, its coordinators."""
    if assignment.user is not None:
        return [assignment.user]
    return members(assignment.organisation, Role.COORDINATOR) if assignment.organisation else []


def other_side(assignment: Assignment) -> list[User]:
    """Who leads the project, and who follows it for the patients."""
    lead = assignment.project.lead
    return [*([lead] if lead else []), *coordinators(assignment.project)]


def _mail(people: Iterable[Any], event: str, path: str, **context: Any) -> None:
    """The same mail to each of `people` who has an account, once."""
    for person in {one.pk: one for one in people if one is not None and one.is_active}.values():
        send_mail(person.email, event, {**context, "path": path})


def _path(name: str, *args: Any) -> str:
    with override("nl"):
        return reverse(f"participation:{name}", args=args)


def _own_page(assignment: Assignment) -> str:
    return _path("assignment", assignment.uuid)


def _people_page(project: Project) -> str:
    return _path("participants", project.slug)


def _both_sides(assignment: Assignment, event: str, event_self: str, by: Any) -> None:
    """To the other side (`event`) and who takes part (`event_self`), each with their own page; not to who did it."""
    context = {"project": assignment.project, "assignment": assignment}
    theirs = [one for one in who_takes_part(assignment) if one != by]
    ours = [one for one in other_side(assignment) if one != by and one not in theirs]
    _mail(theirs, event_self, _own_page(assignment), **context)
    _mail(ours, event, _people_page(assignment.project), **context)


# --- Being asked -----------------------------------------------------------------------------------------------------


def role_offered(offer: RoleOffer, link: str) -> None:
    """To the address that was typed, whether or not it has an account."""
    send_mail(offer.email, "participation/role_offered", {"offer": offer, "project": offer.project, "link": link})


def role_proposed(assignment: Assignment, link: str) -> None:
    """To who is asked: what to read, and a link with which that person signs."""
    context = {"project": assignment.project, "assignment": assignment, "link": link}
    _mail(who_takes_part(assignment), "participation/role_proposed", _own_page(assignment), **context)


# --- Signing ---------------------------------------------------------------------------------------------------------


def signing_link(assignment: Assignment, user: User, link: str) -> None:
    """To who asked for it."""
    _mail(
        [user], "participation/signing_link", _path("agreement", assignment.uuid), project=assignment.project, link=link
    )


def agreement_signed(assignment: Assignment, side: SigningSide) -> None:
    """To the other side, when that still has to sign."""
    context = {"project": assignment.project, "assignment": assignment}
    page = _path("agreement", assignment.uuid)
    if side == SigningSide.REPRESENTATIVE and assignment.project_signed_at is None:
        _mail([assignment.project.lead], "participation/agreement_signed", page, **context)
    elif side == SigningSide.PROJECT and assignment.representative_signed_at is None:
        _mail(who_takes_part(assignment), "participation/agreement_signed_self", page, **context)


def assignment_active(assignment: Assignment) -> None:
    """To both sides: it begins."""
    _both_sides(assignment, "participation/assignment_active", "participation/assignment_active_self", None)


# --- Interests -------------------------------------------------------------------------------------------------------


def interest_declared(interest: Interest) -> None:
    """To who decides on it."""
    if interest.assignment_id is None:
        people = [one for one in granters(interest.project) if one.pk != interest.user_id]
    else:
        chosen = coordinators_beside(interest.project, interest.user).values("user")
        people = list(User.objects.filter(pk__in=chosen, is_active=True).order_by("pk"))
    _mail(
        people, "participation/interest_declared", _path("interests", interest.project.slug), project=interest.project
    )


def interest_decided(interest: Interest) -> None:
    """To who declared it; and to who leads the project when somebody of the team cannot take part."""
    page = _path("interests", interest.project.slug)
    if interest.assignment is not None:
        page = _own_page(interest.assignment)
    _mail([interest.user], "participation/interest_decided", page, project=interest.project)
    if interest.assignment is None and interest.decision == InterestDecision.EXCLUDE:
        _mail(
            [interest.project.lead],
            "participation/interest_excluded",
            _people_page(interest.project),
            project=interest.project,
        )


def interest_again(interest: Interest) -> None:
    """To who declared it almost a year ago."""
    page = _path("interests", interest.project.slug)
    if interest.assignment is not None:
        page = _own_page(interest.assignment)
    _mail([interest.user], "participation/interest_again", page, project=interest.project, interest=interest)


# --- Pausing, stopping, a buddy --------------------------------------------------------------------------------------


def assignment_paused(assignment: Assignment, by: Any) -> None:
    """To the others: a pause."""
    _both_sides(assignment, "participation/assignment_paused", "participation/assignment_paused_self", by)


def assignment_resumed(assignment: Assignment, by: Any) -> None:
    """To the others: it goes on."""
    _both_sides(assignment, "participation/assignment_resumed", "participation/assignment_resumed_self", by)


def assignment_ended(assignment: Assignment, by: Any) -> None:
    """To the others: it is over."""
    _both_sides(assignment, "participation/assignment_ended", "participation/assignment_ended_self", by)


def project_over(assignment: Assignment) -> None:
    """To who takes part, or was asked to: the project ended, and the role with it."""
    project = assignment.project
    _mail(
        who_takes_part(assignment), "participation/project_over", _path("deelname"), project=project,
        has_begun=assignment.active_since is not None,
    )  # fmt: skip


def role_offer_over(offer: RoleOffer) -> None:
    """To the address that was asked and said nothing yet: the project ended."""
    send_mail(offer.email, "participation/role_offer_over", {"project": offer.project})


def buddy_asked(assignment: Assignment) -> None:
    """To who is asked to be a buddy; and to who would get one, before that person sees their name and address."""
    _mail([assignment.buddy], "participation/buddy_asked", _path("deelname"), project=assignment.project)
    theirs = who_takes_part(assignment)
    _mail(theirs, "participation/buddy_asked_self", _own_page(assignment), project=assignment.project)


def buddy_agreed(assignment: Assignment) -> None:
    """To who gets a buddy."""
    _mail(who_takes_part(assignment), "participation/buddy_agreed", _own_page(assignment), project=assignment.project)
