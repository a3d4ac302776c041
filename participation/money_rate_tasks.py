"""The warning in the workspace that the national maxima of a year are missing."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from participation.actions.money.rates import warn_of
from portal.organisations.roles import Role
from portal.ui.tasks import Group, Task


def rate_tasks(user: Any) -> Iterator[Task]:
    """For who keeps the portal and who manages a fund."""
    if not (user.portal_duties.exists() or user.memberships.filter(role=Role.FUND_MANAGER).exists()):
        return
    year = warn_of(timezone.localdate())
    if year is None:
        return
    yield Task(
        what=_("Zorg voor de bedragen van %(year)s") % {"year": year}, title=_("Zonder deze bedragen kan niemand "
        "een declaratie voor tijd of kilometers versturen"), url=reverse("participation:rates"), group=Group.FIRST,
        is_late=year <= timezone.localdate().year,
    )  # fmt: skip
