"""Entries in the workspace: all that somebody works on, and one with what can be done with it."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from transparency.models import Entry
from transparency.permissions import can_see_entry
from transparency.workspace import entries_of


def visible_entry(user: Any, slug: str) -> Entry:
    """The entry `slug`. Raises Http404 when there is none that `user` may see in the workspace."""
    entries = Entry.objects.select_related("organisation__parent", "system__current_version", "current_version")
    found = get_object_or_404(entries, slug=slug)
    if not can_see_entry.ok(user, found):
        raise Http404
    return found


@require_safe
def entries(request: HttpRequest) -> HttpResponse:
    """Every entry that the person works on."""
    found = entries_of(request.user).select_related("organisation", "current_version").order_by("slug")
    return render(request, "transparency/work_entries.html", {"entries": found})


@require_safe
def entry(request: HttpRequest, slug: str) -> HttpResponse:
    """One entry: how it stands, and what can be done with it."""
    found = visible_entry(request.user, slug)
    context = {"entry": found, "drafts": found.drafts.open()}
    return render(request, "transparency/work_entry.html", context)
