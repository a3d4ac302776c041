"""Everything that writes who works on a project for its organisation, and who leads it."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from participation import emails
from participation.actions.common import needed, target_of
from participation.models import Project, TeamMember
from participation.permissions import can_lead
from portal.accounts.models import User
from portal.audit.record import record
from portal.audit.revision import raise_revision
from portal.organisations.permissions import roles_of
from portal.organisations.roles import Role

LONGEST_FUNCTION = 100


def colleague(project: Project, email: str) -> User:
    """Who works for the organisation of `project` under this mail address. Raises ValidationError.

    The same words whether there is no account or one elsewhere: nobody learns here who has an account.
    """
    user = User.objects.filter(email=email.strip().lower(), is_active=True).first()
    if user is None or not roles_of(user, project.organisation):
        raise ValidationError(
            {"email": _("Wij kennen geen collega met dit mailadres. Vraag de beheerder om die uit te nodigen.")}
        )
    return user


@transaction.atomic
def add_colleague(*, project: Project, email: str, function: str, by: Any, now: datetime.datetime) -> TeamMember:
    """Put a colleague on the team, in a function that everybody may read; who is on it gets the new function.

    Raises PermissionDenied, ValidationError by field.
    """
    can_lead(by, project)
    what = needed(function, _("Schrijf wat deze collega in het project doet."), "function")
    if len(what) > LONGEST_FUNCTION:
        raise ValidationError(
            {"function": _("De tekst is te lang. Er passen %(most)d tekens.") % {"most": LONGEST_FUNCTION}}
        )
    user = colleague(project, email)
    member, is_new = TeamMember.objects.update_or_create(
        project=project, user=user, defaults={"function": what}, create_defaults={"function": what, "since": now}
    )
    record("team.joined", by=by, target=target_of(project), now=now, user=user.pk)
    if is_new:
        emails.joined_team(project, user, what)
    raise_revision()
    return member


@transaction.atomic
def remove_colleague(*, member: TeamMember, by: Any, now: datetime.datetime) -> None:
    """Take somebody off the team; not who leads it. Raises PermissionDenied, ValidationError."""
    can_lead(by, member.project)
    if member.user_id == member.project.lead_id:
        raise ValidationError(_("Deze collega leidt het project. Geef eerst de leiding aan iemand anders."))
    project, user = member.project, member.user_id
    if member.delete()[0]:
        record("team.left", by=by, target=target_of(project), now=now, user=user)
        raise_revision()


@transaction.atomic
def hand_over(*, project: Project, email: str, by: Any, now: datetime.datetime) -> None:
    """Let another project lead of the organisation lead the project.

    Raises PermissionDenied, and ValidationError when that colleague is no project lead.
    """
    can_lead(by, project)
    user = colleague(project, email)
    if Role.PROJECT_LEAD not in roles_of(user, project.organisation):
        raise ValidationError(
            {"email": _("Deze collega is geen projectleider. Vraag de beheerder om die rol te geven.")}
        )
    Project.objects.filter(pk=project.pk).update(lead=user)
    project.refresh_from_db()
    function = _("projectleider")
    TeamMember.objects.get_or_create(project=project, user=user, defaults={"function": function, "since": now})
    record("project.handed_over", by=by, target=target_of(project), now=now, user=user.pk)
    emails.joined_team(project, user, function)
    raise_revision()
