"""What a draft said before: each save with who and when, what is different since, and putting it back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.core.private import only_post
from transparency.actions.writing import fields_of, put_back
from transparency.changes import changes
from transparency.models import Draft, DraftSave
from transparency.shape import sound
from transparency.views.drafts import draft_context, visible_draft
from transparency.writing.questions import when
from transparency.writing.steps import name_of_place


def _told(draft: Draft, save: DraftSave) -> dict[str, Any]:
    """Who wrote it, when, and at which questions."""
    fields = fields_of(draft)
    return {
        "number": save.pk,
        "name": save.by.get_full_name() if save.by else _("Een collega"),
        "when": when(save.saved_at.isoformat()),
        "questions": [name_of_place(place, fields) for place in save.places],
        "is_now": save.revision == draft.revision,
    }


@require_safe
def saves(request: HttpRequest, key: UUID) -> HttpResponse:
    """Every save, the newest first."""
    found = visible_draft(request.user, key)
    kept = found.saves.defer("content").select_related("by").order_by("-revision")
    context = {**draft_context(request.user, found), "saves": [_told(found, one) for one in kept]}
    return render(request, "transparency/draft_saves.html", context)


@require_safe
def save(request: HttpRequest, key: UUID, number: int) -> HttpResponse:
    """One save, beside what the draft says now."""
    found = visible_draft(request.user, key)
    kept = get_object_or_404(found.saves.select_related("by"), pk=number)
    fields = fields_of(found)
    then, today = (sound(content, fields) for content in (kept.content, found.content))
    context = {
        **draft_context(request.user, found),
        "save": _told(found, kept),
        "changes": changes(then, today, fields, get_language() or "nl"),
    }
    return render(request, "transparency/draft_save.html", context)


@only_post
def restore(request: HttpRequest, key: UUID, number: int) -> HttpResponse:
    """Let the draft say again what it said then."""
    found = visible_draft(request.user, key)
    if put_back(draft=found, number=number, by=request.user, now=timezone.now()):
        messages.success(request, _("De tekst van toen staat er weer. Wat er net stond, vindt u hieronder terug."))
    else:
        messages.info(request, _("Deze tekst stond er al."))
    return redirect("transparency:draft-saves", found.uuid)
