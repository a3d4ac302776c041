"""What colleagues say of a draft: read, say, and mark as dealt with."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from transparency.actions.writing import comment, fields_of, settle_comment
from transparency.models import Draft
from transparency.views.drafts import draft_context, visible_draft


@require_http_methods(["GET", "HEAD", "POST"])
def comments(request: HttpRequest, key: UUID) -> HttpResponse:
    """Every remark on a draft; a POST adds one."""
    found = visible_draft(request.user, key)
    if request.method != "POST":
        return _page(request, found, question=request.GET.get("vraag", ""))
    text, question = request.POST.get("tekst", ""), request.POST.get("vraag", "")
    try:
        said = comment(draft=found, text=text, key=question, by=request.user, now=timezone.now())
    except ValidationError as error:
        return _page(request, found, question=question, text=text, fault=" ".join(error.messages))
    return redirect(f"{reverse('transparency:draft-comments', args=[found.uuid])}#opmerking-{said.pk}")


def _page(request: HttpRequest, draft: Draft, *, question: str, text: str = "", fault: str = "") -> HttpResponse:
    said = draft.comments.select_related("author", "done_by").order_by("-is_return", "written_at", "pk")
    labels = {field.key: field for field in fields_of(draft)}
    shown: list[tuple[Any, Any]] = [(one, labels.get(one.key)) for one in said]
    context = {
        **draft_context(request.user, draft),
        "open": [pair for pair in shown if pair[0].done_at is None],
        "done": [pair for pair in shown if pair[0].done_at is not None],
        "fields": labels.values(),
        "question": question,
        "text": text,
        "fault": fault,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if fault else HTTPStatus.OK
    return render(request, "transparency/draft_comments.html", context, status=status)


@require_POST
def settle(request: HttpRequest, key: UUID, number: int) -> HttpResponse:
    """Mark a remark as dealt with."""
    found = visible_draft(request.user, key)
    said = get_object_or_404(found.comments.select_related("draft__entry__organisation__parent"), pk=number)
    settle_comment(comment=said, by=request.user, now=timezone.now())
    return redirect("transparency:draft-comments", found.uuid)
