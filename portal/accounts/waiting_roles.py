"""Roles with which money moves, that wait for a second person: on the pages of people, and among what is to do."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.accounts.permissions import can_agree_to_role, can_withdraw_role
from portal.organisations.models import Organisation, RoleRequest
from portal.organisations.permissions import can_administer
from portal.ui.tasks import Group, Task


def tasks_for(user: Any) -> Iterator[Task]:
    """Roles on which `user` can decide as the second person."""
    waiting = RoleRequest.objects.select_related("organisation__parent", "user", "asked_by").order_by("asked_at", "pk")
    for one in waiting:
        if can_agree_to_role.ok(user, one):
            yield Task(
                what=_("Kijk of deze collega deze rol mag hebben"), title=f"{one.user.get_full_name()}: {one.label}",
                about=one.organisation.name, url=page_of(user, one.organisation), group=Group.FIRST,
            )  # fmt: skip


def page_of(user: Any, organisation: Organisation) -> str:
    """Where `user` decides: among the people of the organisation, or as an administrator of the portal."""
    name = "organisation-people" if can_administer.ok(user, organisation) else "portal-organisation"
    return reverse(name, args=[organisation.slug])


def requests_of(organisation: Organisation, user: Any) -> list[dict[str, Any]]:
    """What waits for a second person, and what `user` can do with it."""
    waiting = organisation.role_requests.select_related("organisation__parent", "user", "asked_by")
    return [
        {
            "it": one, "may_agree": can_agree_to_role.ok(user, one), "may_withdraw": can_withdraw_role.ok(user, one),
            "is_own": user.pk in {one.asked_by_id, one.user_id},
        }
        for one in waiting.order_by("asked_at", "pk")
    ]  # fmt: skip
