"""The home of a project in the workspace, for both sides: where its parts are. Each owner of a part adds a function."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from participation.advice_dates import late_by
from participation.models import Commitment, Project
from participation.money_permissions import can_claim_for
from participation.permissions import can_follow, can_lead, can_see_gates, can_see_home
from participation.promises import without_promise
from participation.starting_permissions import can_manage, is_in_team, own_assignment
from participation.states import UNANSWERED, AssignmentState, MeetingState, ProjectState, TaskState, VacancyState
from participation.together_permissions import can_work_together
from participation.vacancy_permissions import can_see_vacancies


@dataclass(frozen=True, kw_only=True)
class Link:
    """A place of the project's work: what it is called, where it is, and in a few words how it stands."""

    label: str | Promise
    url: str
    about: str | Promise = ""


def own_links(user: Any, project: Project) -> Iterator[Link]:
    """Text, team, gates and the end."""
    args = [project.slug]
    if can_see_gates.ok(user, project):
        yield Link(label=_("Volgende fase"), url=reverse("participation:project-gate", args=args),
                   about=project.get_phase_display())  # fmt: skip
        yield Link(label=_("Uitzondering"), url=reverse("participation:project-exception", args=args))
    if can_lead.ok(user, project):
        if project.state == ProjectState.RUNNING:
            yield Link(label=_("Tekst en plannen"), url=reverse("participation:project-edit", args=args))
        yield Link(label=_("Team"), url=reverse("participation:project-people", args=args))
        if project.state == ProjectState.RUNNING:
            yield Link(label=_("Stoppen of afronden"), url=reverse("participation:project-end", args=args))


def starting_links(user: Any, project: Project) -> Iterator[Link]:
    """Who takes part, and interests; for a representative their own page."""
    if can_manage.ok(user, project):
        waiting = project.assignments.filter(state=AssignmentState.PROPOSED).count()
        told = ngettext("%(n)d wacht nog", "%(n)d wachten nog", waiting) % {"n": waiting} if waiting else ""
        yield Link(label=_("Wie doet mee"), url=reverse("participation:participants", args=[project.slug]), about=told)
    mine = own_assignment(user, project)
    if mine is not None:
        yield Link(label=_("Mijn rol"), url=reverse("participation:assignment", args=[mine.uuid]))
    if (mine is None and is_in_team(user, project)) or can_follow.ok(user, project):
        yield Link(label=_("Belangen"), url=reverse("participation:interests", args=[project.slug]))


def advice_links(user: Any, project: Project) -> Iterator[Link]:
    """The advice of patients, with how much of it waits for an answer or is late."""
    if can_see_home.ok(user, project):
        yield _advice(project)


def _advice(project: Project) -> Link:
    today = timezone.localdate()
    late = project.advice.filter(late_by(today)).count()
    waits = project.advice.filter(state__in=UNANSWERED).count()
    about = ""
    if late:
        about = ngettext("%(number)d te laat", "%(number)d te laat", late) % {"number": late}
    elif waits:
        about = ngettext("%(number)d wacht op antwoord", "%(number)d wachten op antwoord", waits) % {"number": waits}
    url = reverse("participation:work-advice", args=[project.slug])
    return Link(label=_("Advies van patiënten"), url=url, about=about)


def account_links(user: Any, project: Project) -> Iterator[Link]:
    """The closing account."""
    if can_see_home.ok(user, project):
        yield Link(label=_("Verantwoording aan het einde"), url=reverse("participation:account", args=[project.slug]))


def vacancy_links(user: Any, project: Project) -> Iterator[Link]:
    """The vacancies, for both sides."""
    if can_see_vacancies.ok(user, project):
        open_now = project.vacancies.filter(state=VacancyState.OPEN).count()
        about = ngettext("%(number)d staat open", "%(number)d staan open", open_now) % {"number": open_now}
        yield Link(label=_("Vacatures"), url=reverse("participation:project-vacancies", args=[project.slug]),
                   about=about if open_now else "")  # fmt: skip


def claim_links(user: Any, project: Project) -> Iterator[Link]:
    """For the coordinator: invoices of the organisation, and claims of representatives that stand on a signed paper."""
    side = project.patient_side
    if side is not None and can_claim_for.ok(user, side) and Commitment.objects.filter(organisation=side).exists():
        url = reverse("participation:money-organisation", args=[side.slug])
        yield Link(label=_("Rekeningen van uw organisatie"), url=url)
    if can_follow.ok(user, project) and Commitment.objects.filter(assignment__project=project).exists():
        yield Link(label=_("Declaraties op papier"), url=reverse("participation:claims-on-paper", args=[project.slug]))


def together_links(user: Any, project: Project) -> Iterator[Link]:
    """Where people work together: for both sides, the team, and who signed to take part."""
    if can_work_together.ok(user, project):
        yield from _together(project)


def _together(project: Project) -> Iterator[Link]:
    coming = project.meetings.filter(state=MeetingState.PLANNED).count()
    about = _("%(number)d gepland") % {"number": coming} if coming else ""
    args = [project.slug]
    yield Link(label=_("Gesprekken"), url=reverse("participation:meetings", args=args), about=about)
    left = project.tasks.filter(state=TaskState.OPEN).count()
    about = _("%(number)d te doen") % {"number": left} if left else ""
    yield Link(label=_("Taken"), url=reverse("participation:tasks", args=args), about=about)
    yield Link(label=_("Berichten"), url=reverse("participation:messages", args=args))


def links_of_representative(project: Project) -> list[Link]:
    """Where somebody goes who signed to take part in `project`; the caller knows that they did."""
    return [
        *_together(project),
        _advice(project),
        Link(label=_("Uw vergoeding"), url=reverse("participation:my-money")),
    ]


def money_links(user: Any, project: Project) -> Iterator[Link]:
    """Money for patients, for both sides, with how many were promised nothing yet."""
    if can_manage.ok(user, project):
        empty = len(without_promise(project))
        about = ngettext("%(number)d zonder toezegging", "%(number)d zonder toezegging", empty) % {"number": empty}
        yield Link(label=_("Geld voor patiënten"), url=reverse("participation:commitments", args=[project.slug]),
                   about=about if empty else "")  # fmt: skip


# Groups of places: the heading, and functions (user, project) → the places of it that this person may go to.
Part = Callable[[Any, Project], Iterator[Link]]
GROUPS: tuple[tuple[str | Promise, tuple[Part, ...]], ...] = (
    (
        _("Samen met patiënten"),
        (starting_links, vacancy_links, together_links, advice_links, money_links, claim_links),
    ),
    (_("Over het project"), (own_links, account_links)),
)


def groups_for(user: Any, project: Project) -> list[tuple[str | Promise, list[Link]]]:
    """Every place of the work on `project` for `user`, by group."""
    found = [(label, [link for part in parts for link in part(user, project)]) for label, parts in GROUPS]
    return [(label, links) for label, links in found if links]
