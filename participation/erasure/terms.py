"""How long what is personal stays (participation.md, What is public): what is past its term at a moment."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce, Greatest

from participation.actions.erasing_candidacies import expired_candidacies
from participation.erasure.kind import Kind
from participation.erasure.money import DUE as OF_MONEY_DUE
from participation.erasure.people import CONSENT, NEEDS, PROFILE
from participation.erasure.work import (
    ATTENDANCE,
    CANDIDACY,
    INTEREST,
    MEETING_NEEDS,
    MESSAGE,
    PAPER,
    PERSON,
    ROLE_NEEDS,
    SIGNED_NAME,
    TASK,
    TEAM_MEMBER,
    WELCOME,
)
from participation.models import Assignment, Attendance, Consent, Profile, Project, TeamMember, Viewing
from participation.states import AssignmentState, MeetingState
from portal.core.dates import months_before

PROFILE_MONTHS, WARNED_AT_MONTHS = 24, 22
PROJECT_MONTHS, TEAM_MONTHS, NEEDS_MONTHS, CONSENT_MONTHS, VIEWING_MONTHS = 24, 12, 3, 24, 12


@dataclass(frozen=True, kw_only=True)
class Term:
    """What of one kind is past its term: `due` gives the rows at a moment."""

    kind: Kind
    due: Callable[[datetime.datetime], QuerySet[Any]]


def last_used(profiles: QuerySet[Profile]) -> Any:
    """`profiles` with `last_use`: when it was changed, or when its person signed in; the later of the two."""
    signed_in = Coalesce(F("user__last_login"), F("used_at"))
    return profiles.select_related("user").annotate(last_use=Greatest(F("used_at"), signed_in))


def old_profiles(now: datetime.datetime) -> QuerySet[Profile]:
    """Profiles that nobody used for 24 months."""
    old: QuerySet[Profile] = last_used(Profile.objects.all()).filter(last_use__lte=months_before(now, PROFILE_MONTHS))
    return old


def profiles_to_warn(now: datetime.datetime) -> QuerySet[Profile]:
    """Profiles that go in two months, whose person was not told since the last use."""
    old = last_used(Profile.objects.all()).filter(last_use__lte=months_before(now, WARNED_AT_MONTHS))
    found: QuerySet[Profile] = old.filter(Q(warned_at__isnull=True) | Q(warned_at__lte=F("last_use")))
    return found.order_by("pk")


def needs_of_nobody(now: datetime.datetime) -> QuerySet[Profile]:
    """Profiles with needs whose person had a role and has none since three months."""
    before = months_before(now, NEEDS_MONTHS)
    mine = Assignment.objects.filter(user=OuterRef("user"))
    over = Q(state=AssignmentState.ENDED, ended_at__lte=before) | Q(project__ended_at__lte=before)
    kept = mine.exclude(pk__in=Assignment.objects.filter(over).values("pk"))
    found = Profile.objects.select_related("user").exclude(access_needs="").filter(used_at__lte=before)
    return found.filter(Exists(mine), ~Exists(kept))


def old_consents(now: datetime.datetime) -> QuerySet[Consent]:
    """Consents that were withdrawn 24 months ago, or are about a project that ended then."""
    ended = Project.objects.filter(ended_at__lte=months_before(now, PROJECT_MONTHS)).values_list("uuid", flat=True)
    about = [f"project:{uuid}" for uuid in ended]
    withdrawn = Q(withdrawn_at__lte=months_before(now, CONSENT_MONTHS))
    return Consent.objects.filter(withdrawn | Q(about__in=about))


def old_people(now: datetime.datetime) -> QuerySet[Assignment]:
    """Assignments of projects that ended 24 months ago, of which we still know whose they were."""
    known = Q(user__isnull=False) | Q(buddy__isnull=False) | ~Q(reason="") | ~Q(access_needs="")
    return Assignment.objects.filter(known, project__ended_at__lte=months_before(now, PROJECT_MONTHS))


def old_needs_of_roles(now: datetime.datetime) -> QuerySet[Assignment]:
    """What people need to take part, 3 months after the last meeting to which they were asked.

    Where there was none: after the end of taking part or of the project; from the day on which it was told when that
    was later. Who goes on without a meeting yet still waits for the first.
    """
    ends = "attendances__meeting__ends_at"
    theirs = Q(ended_at__isnull=True) | Q(**{f"{ends}__lte": F("ended_at")})
    meeting = Max(ends, filter=theirs & ~Q(attendances__meeting__state=MeetingState.CANCELLED))
    told = Assignment.objects.exclude(access_needs="").annotate(last_meeting=meeting)
    is_over = Q(state=AssignmentState.ENDED) | Q(project__ended_at__isnull=False)
    over = told.filter(Q(last_meeting__isnull=False) | is_over)
    last = Greatest("access_needs_at", Coalesce("last_meeting", "ended_at", "project__ended_at"))
    old = over.annotate(last=last).filter(last__lte=months_before(now, NEEDS_MONTHS))
    return Assignment.objects.filter(pk__in=list(old.values_list("pk", flat=True)))


def old_attendances(now: datetime.datetime) -> QuerySet[Attendance]:
    """What somebody said about coming to meetings of such projects."""
    old = Attendance.objects.filter(meeting__project__ended_at__lte=months_before(now, PROJECT_MONTHS))
    names = ("invited_at", "reminded_at", "will_come", "answered_at", "minutes")
    told = Q(*((f"{name}__isnull", False) for name in names), _connector=Q.OR) | ~Q(access_needs="")
    return old.filter(told).select_related("meeting", "assignment")


def old_needs_at_meetings(now: datetime.datetime) -> QuerySet[Attendance]:
    """What people needed at meetings that were three months ago."""
    old = Attendance.objects.filter(meeting__ends_at__lte=months_before(now, NEEDS_MONTHS)).exclude(access_needs="")
    return old.select_related("meeting", "assignment")


def _of_old_projects(kind: Kind, path: str, now: datetime.datetime) -> QuerySet[Any]:
    """Everything of `kind` of projects that ended 24 months ago; `path` leads to the project."""
    return kind.every().filter(**{f"{path}__ended_at__lte": months_before(now, PROJECT_MONTHS)})


def old_team(now: datetime.datetime) -> QuerySet[TeamMember]:
    """Members of teams of projects that ended a year ago."""
    return TeamMember.objects.filter(project__ended_at__lte=months_before(now, TEAM_MONTHS)).select_related("project")


TERMS: tuple[Term, ...] = (
    Term(kind=PROFILE, due=old_profiles),
    Term(kind=NEEDS, due=needs_of_nobody),
    Term(kind=CONSENT, due=old_consents),
    Term(kind=CANDIDACY, due=expired_candidacies),
    Term(kind=ROLE_NEEDS, due=old_needs_of_roles),
    Term(kind=MEETING_NEEDS, due=old_needs_at_meetings),
    Term(kind=ATTENDANCE, due=old_attendances),
    *(
        Term(kind=kind, due=partial(_of_old_projects, kind, path))
        for kind, path in (
            (MESSAGE, "project"), (TASK, "project"), (PAPER, "meeting__project"), (INTEREST, "project"),
            (WELCOME, "assignment__project"),
            (SIGNED_NAME, "signature__agreement__assignment__project"),
        )
    ),
    *(Term(kind=kind, due=due) for kind, due in OF_MONEY_DUE),
    Term(kind=PERSON, due=old_people),
    Term(kind=TEAM_MEMBER, due=old_team),
)  # fmt: skip


def old_viewings(now: datetime.datetime) -> QuerySet[Viewing]:
    """Rows of the view log of 12 months ago: erased together, for a restore finds them past their term too."""
    return Viewing.objects.filter(seen_at__lte=months_before(now, VIEWING_MONTHS))
