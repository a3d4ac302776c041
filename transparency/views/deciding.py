"""What happens with a draft: submit, take back, throw away, bring back, approve, return."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.core.dates import long_date
from portal.core.private import only_post
from portal.core.workflow import StepNotAllowed
from transparency.actions import drafts as actions
from transparency.actions.draft_steps import MEANWHILE
from transparency.deciding import checked, decision
from transparency.life_forms import ApproveForm, ReturnForm, SubmitForm
from transparency.models import Draft
from transparency.people import told_second
from transparency.permissions import can_decide_draft, can_write_draft
from transparency.states import WRITABLE, DraftState
from transparency.views.drafts import visible_draft
from transparency.workspace import name_of


def _back(draft: Draft) -> HttpResponse:
    return redirect("transparency:draft", draft.uuid)


@require_http_methods(["GET", "HEAD", "POST"])
def submit(request: HttpRequest, key: UUID) -> HttpResponse:
    """What is missing or too hard, and the form with which it is submitted."""
    draft = visible_draft(request.user, key)
    can_write_draft(request.user, draft)
    if draft.state not in WRITABLE:
        raise StepNotAllowed(f"submit from {draft.state}", told=MEANWHILE)
    first = {"responsible_editor": request.user, "revision": draft.revision, "reason": draft.reason,
             "reason_en": draft.reason_en}  # fmt: skip
    form = SubmitForm(request.POST or None, draft=draft, initial=first)
    if form.is_valid():
        try:
            actions.submit(draft=draft, by=request.user, now=timezone.now(), **form.cleaned_data)
        except ValidationError as error:
            form.take_over(error)
        else:
            messages.success(request, _("U diende de tekst in. Een collega leest hem nu."))
            return _back(draft)
    context = {
        "draft": draft, "name": name_of(draft), "form": form, "checked": checked(draft),
        "second": told_second(draft.entry, draft.edited_by_id, request.user.pk),
    }  # fmt: skip
    return render(request, "transparency/draft_submit.html", context, status=_status(form))


def _status(*forms: Any) -> int:
    wrong = any(form.is_bound and form.errors for form in forms)
    return HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK


@only_post
def take_back(request: HttpRequest, key: UUID) -> HttpResponse:
    """Go on writing."""
    draft = visible_draft(request.user, key)
    _refuse_unless(draft, DraftState.SUBMITTED, DraftState.SCHEDULED)
    actions.take_back(draft=draft, by=request.user, now=timezone.now())
    messages.success(request, _("U nam de tekst terug. U kunt verder schrijven."))
    return _back(draft)


def _refuse_unless(draft: Draft, *states: DraftState) -> None:
    """Raises StepNotAllowed before a permission says something that is true of another state only."""
    if draft.state not in states:
        raise StepNotAllowed(f"not from {draft.state}", told=MEANWHILE)


@only_post
def discard(request: HttpRequest, key: UUID) -> HttpResponse:
    """Throw the text away; its page offers to bring it back."""
    draft = visible_draft(request.user, key)
    actions.discard(draft=draft, by=request.user, now=timezone.now())
    messages.success(request, _("U gooide de tekst weg. U kunt hem nog terughalen."))
    return _back(draft)


@only_post
def restore(request: HttpRequest, key: UUID) -> HttpResponse:
    """Bring back what was thrown away."""
    draft = visible_draft(request.user, key)
    actions.restore(draft=draft, by=request.user, now=timezone.now())
    messages.success(request, _("De tekst is terug. U kunt verder schrijven."))
    return _back(draft)


def _decide_page(
    request: HttpRequest, draft: Draft, *, approve: ApproveForm | None = None, give_back: ReturnForm | None = None
) -> HttpResponse:
    shown = decision(draft)
    reason, english = shown["suggested_reason"]
    first = {"revision": draft.revision, "when": "nu", "time": "09:00", "language_reason": reason,
             "language_reason_en": english}  # fmt: skip
    approve = approve or ApproveForm(initial=first)
    give_back = give_back or ReturnForm()
    context = {
        **shown, "draft": draft, "name": name_of(draft), "approve": approve, "give_back": give_back,
        "page_title": name_of(draft),
    }  # fmt: skip
    return render(request, "transparency/draft_decide.html", context, status=_status(approve, give_back))


def _to_decide(request: HttpRequest, key: UUID) -> Draft:
    draft = visible_draft(request.user, key)
    _refuse_unless(draft, DraftState.SUBMITTED)
    can_decide_draft(request.user, draft)
    return draft


@require_safe
def decide(request: HttpRequest, key: UUID) -> HttpResponse:
    """Everything that an approver must see, and the two things they can do."""
    return _decide_page(request, _to_decide(request, key))


@only_post
def approve(request: HttpRequest, key: UUID) -> HttpResponse:
    """Publish the text that was read, now or later."""
    draft = _to_decide(request, key)
    form = ApproveForm(request.POST)
    if form.is_valid():
        names = ("revision", "language_reason", "language_reason_en", "publish_at")
        given = {name: form.cleaned_data[name] for name in names}
        try:
            actions.approve(draft=draft, by=request.user, now=timezone.now(), **given)
        except ValidationError as error:
            form.take_over(error)
        else:
            return _told_published(request, draft)
    return _decide_page(request, draft, approve=form)


def _told_published(request: HttpRequest, draft: Draft) -> HttpResponse:
    if draft.publish_at is not None and draft.state == DraftState.SCHEDULED:
        words = _("U keurde de tekst goed. Hij wordt openbaar op %(day)s.") % {"day": long_date(draft.publish_at)}
    else:
        words = _("U keurde de tekst goed. Hij is nu openbaar.")
    messages.success(request, words)
    return redirect("transparency:work-entry", draft.entry.slug) if draft.entry else _back(draft)


@only_post
def give_back(request: HttpRequest, key: UUID) -> HttpResponse:
    """Return the text with remarks."""
    draft = _to_decide(request, key)
    form = ReturnForm(request.POST)
    if form.is_valid():
        actions.return_draft(draft=draft, by=request.user, now=timezone.now(), **form.cleaned_data)
        messages.success(request, _("U stuurde de tekst terug. De schrijver krijgt uw opmerkingen."))
        return _back(draft)
    return _decide_page(request, draft, give_back=form)
