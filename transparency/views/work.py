"""Entries in the workspace: all that somebody works on, and one with what can be done with it."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.core.paging import page_links, query_string
from portal.core.private import only_post
from transparency.actions.drafts import start_correction
from transparency.entry_log import log_of
from transparency.models import Entry
from transparency.permissions import can_see_entry
from transparency.work_entry import offers
from transparency.work_rows import NEED_LABELS, SORTS, STANDS, Asked, page_of
from transparency.workspace import entries_of, may_start, name_of_entry, organisations_of


def visible_entry(user: Any, slug: str) -> Entry:
    """The entry `slug`. Raises Http404 when there is none that `user` may see in the workspace."""
    entries = Entry.objects.select_related("organisation__parent", "system__current_version", "current_version")
    found = get_object_or_404(entries, slug=slug)
    if not can_see_entry.ok(user, found):
        raise Http404
    return found


@require_safe
def entries(request: HttpRequest) -> HttpResponse:
    """The entries that the person works on: filtered, sorted, a page at a time."""
    asked = Asked.of(request.GET)
    rows, page = page_of(entries_of(request.user), asked, request.GET.get("pagina"))
    organisations = list(organisations_of(request.user))
    context = {
        "asked": asked,
        "rows": rows,
        "number": page.paginator.count,
        "pages": page_links(
            page.number, page.paginator.num_pages, lambda n: request.path + query_string(asked.as_query(), n)
        ),
        "kept_query": query_string(asked.as_query(), page.number),
        "stands": {key: label for key, (label, _which) in STANDS.items()},
        "needs": NEED_LABELS,
        "sorts": {key: label for key, (label, _by) in SORTS.items()},
        "organisations": organisations if len(organisations) > 1 else [],
        "may_start": may_start(request.user),
    }
    return render(request, "transparency/work_entries.html", context)


@require_safe
def entry(request: HttpRequest, slug: str) -> HttpResponse:
    """One entry: how it stands, and what can be done with it."""
    found = visible_entry(request.user, slug)
    context = {"entry": found, "name": name_of_entry(found), "log": log_of(found), **offers(request.user, found)}
    return render(request, "transparency/work_entry.html", context)


@only_post
def correct(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin a new version, or go on with the one that was begun."""
    draft = start_correction(entry=visible_entry(request.user, slug), by=request.user, now=timezone.now())
    return redirect("transparency:draft", draft.uuid)
