"""The second person agrees to a role with which money moves, or does not."""

import datetime
from typing import Any

from django.db import transaction

from portal.accounts.permissions import can_agree_to_role, can_withdraw_role
from portal.organisations.actions.money_roles import give, take_request_back
from portal.organisations.models import RoleRequest


@transaction.atomic
def agree_to_role(*, request: RoleRequest, by: Any, now: datetime.datetime) -> None:
    """Agree as the second person: the role begins. Raises PermissionDenied, StepNotAllowed when it is gone."""
    can_agree_to_role(by, request)
    give(request=request, by=by, now=now)


@transaction.atomic
def withdraw_role(*, request: RoleRequest, by: Any, now: datetime.datetime) -> None:
    """Take back what was asked, or refuse it: one person is enough. Raises PermissionDenied, StepNotAllowed."""
    can_withdraw_role(by, request)
    take_request_back(request=request, by=by, now=now)
