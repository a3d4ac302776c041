"""A draft in the workspace: what it says so far, how far it is, and what can be done with it."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from transparency.deciding import panel
from transparency.models import Draft
from transparency.permissions import can_see_draft
from transparency.workspace import name_of


def visible_draft(user: Any, key: UUID) -> Draft:
    """The draft `key`. Raises Http404 when there is none that `user` may see: others need not know that it exists."""
    drafts = Draft.objects.select_related("entry__organisation__parent", "entry__system", "system")
    found = get_object_or_404(drafts, uuid=key)
    if not can_see_draft.ok(user, found):
        raise Http404
    return found


@require_safe
def draft(request: HttpRequest, key: UUID) -> HttpResponse:
    """The page of a draft."""
    found = visible_draft(request.user, key)
    context = {"draft": found, "name": name_of(found), **panel(request.user, found)}
    return render(request, "transparency/draft.html", context)
