"""A draft in the workspace: how far it is, what can be done with it, what is missing, how it reads and looks."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from transparency.actions.writing import fields_of
from transparency.deciding import panel
from transparency.models import Draft
from transparency.permissions import can_see_draft, can_write_draft
from transparency.states import WRITABLE
from transparency.workspace import name_of
from transparency.writing.language import Whole, whole
from transparency.writing.places import question_of
from transparency.writing.preview import preview_leaflet, preview_page
from transparency.writing.questions import name_in, people_of, when
from transparency.writing.steps import Progress, name_of_place, progress


def visible_draft(user: Any, key: UUID) -> Draft:
    """The draft `key`. Raises Http404 when there is none that `user` may see: others need not know that it exists."""
    drafts = Draft.objects.select_related(
        "entry__organisation__parent", "entry__system__current_version", "entry__current_version", "system", "edited_by"
    )
    found = get_object_or_404(drafts, uuid=key)
    if not can_see_draft.ok(user, found):
        raise Http404
    return found


def draft_context(user: Any, draft: Draft) -> dict[str, Any]:
    """What every page of a draft tells: its name, who may write it now, and who wrote last."""
    people = people_of(draft)
    return {
        "draft": draft,
        "name": name_of(draft),
        "writes": can_write_draft.ok(user, draft) and draft.state in WRITABLE,
        "edited_by": draft.edited_by.get_full_name() if draft.edited_by else name_in(people, None),
        "edited_when": when(draft.edited_at.isoformat()),
    }


@require_safe
def draft(request: HttpRequest, key: UUID) -> HttpResponse:
    """The page of a draft: its steps, and what can be done with it."""
    found = visible_draft(request.user, key)
    language = whole(found)
    far = progress(found)
    context = {
        **draft_context(request.user, found),
        "whole": far,
        "steps": [(step, _stuck(language, far, step.key)) for step in far.steps],
        "language": language,
        "returned": found.open_returns(),
        "open_comments": found.comments.filter(is_return=False, done_at=None).count(),
        "aside": _aside(found),
        **panel(request.user, found),
    }
    return render(request, "transparency/draft.html", context)


def _stuck(language: Whole | None, far: Progress, key: str) -> int:
    """How many texts of a step the language gate would not let through by themselves."""
    keys = {field.key for step in far.steps if step.key == key for field in step.fields}
    return sum(one.field.key in keys for one in language.stuck) if language else 0


def _aside(draft: Draft) -> list[dict[str, Any]]:
    """The texts that lost to another writer: which question, whose, and what they say."""
    fields, people = fields_of(draft), people_of(draft)
    steps = {field.key: field.section for field in fields}
    return [
        {
            "question": name_of_place(place, fields), "step": steps.get(question_of(place), ""),
            "id": place.replace(".", "-"), "is_english": place.startswith("en."), "name": name_in(people, int(person)),
            "when": when(kept["at"]), "value": kept["value"],
        }
        for place, texts in draft.aside.items() for person, kept in texts.items()
    ]  # fmt: skip


@require_safe
def missing(request: HttpRequest, key: UUID) -> HttpResponse:
    """What a draft still lacks, and why that matters to readers."""
    found = visible_draft(request.user, key)
    context = {**draft_context(request.user, found), "whole": progress(found)}
    return render(request, "transparency/draft_missing.html", context)


@require_safe
def language(request: HttpRequest, key: UUID) -> HttpResponse:
    """How hard the whole text is, and what to change first."""
    found = visible_draft(request.user, key)
    steps = {field.key: field.section for field in fields_of(found)}
    checked = whole(found)
    spoken = checked.spoken if checked else ()
    texts = [(one, steps[one.field.key]) for one in spoken if one.told.points or one.why]
    context = {
        **draft_context(request.user, found),
        "language": checked,
        "texts": sorted(texts, key=lambda pair: not pair[0].why),
        "fine": len(spoken) - len(texts),
    }
    return render(request, "transparency/draft_language.html", context)


@require_safe
def preview(request: HttpRequest, key: UUID) -> HttpResponse:
    """The text as the public will see it."""
    found = visible_draft(request.user, key)
    context = {**draft_context(request.user, found), "lacks": progress(found).lacks}
    shown = preview_page(found, timezone.now())
    return render(request, "transparency/draft_preview.html", context | {"shown": shown})


@require_safe
def leaflet(request: HttpRequest, key: UUID) -> HttpResponse:
    """The leaflet (PDF) as the public will get it."""
    found = visible_draft(request.user, key)
    if found.entry is None:
        raise Http404
    response = HttpResponse(preview_leaflet(found, timezone.now()), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="proefdruk-{found.entry.slug}.pdf"'
    return response
