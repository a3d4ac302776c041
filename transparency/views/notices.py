"""Notices in the workspace: tell at once, look as the second person, correct, close."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.core.private import only_post
from transparency.actions import notices as actions
from transparency.life_forms import CloseNoticeForm, CorrectNoticeForm, NoticeForm
from transparency.models import Notice
from transparency.people import told_second
from transparency.permissions import can_close_notice, can_confirm_notice, can_see_entry, can_warn
from transparency.plain_language import points_to_improve
from transparency.states import NoticeState, State
from transparency.views.work import visible_entry
from transparency.workspace import name_of_entry


def visible_notice(user: Any, key: UUID) -> Notice:
    """The notice `key`. Raises Http404 when there is none that `user` may see in the workspace."""
    notices = Notice.objects.select_related(
        "entry__organisation", "entry__current_version", "entry__system__current_version", "told_by", "confirmed_by",
        "closing_asked_by",
    )  # fmt: skip
    found = get_object_or_404(notices, uuid=key)
    if not can_see_entry.ok(user, found.entry):
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def tell(request: HttpRequest, slug: str) -> HttpResponse:
    """The form of a notice; what is sent is public at once."""
    entry = visible_entry(request.user, slug)
    can_warn(request.user, entry)
    if entry.state == State.DRAFT:
        raise Http404  # nobody reads it yet
    form = NoticeForm(request.POST or None)
    if form.is_valid():
        try:
            made = actions.tell(entry=entry, by=request.user, now=timezone.now(), **form.cleaned_data)
        except ValidationError as error:
            form.take_over(error)
        else:
            messages.success(request, _("De melding is nu openbaar. Een collega kijkt mee."))
            return redirect("transparency:notice", made.uuid)
    context = {"entry": entry, "name": name_of_entry(entry), "form": form}
    return render(request, "transparency/notice_new.html", context, status=_status(form))


def _status(form: Any) -> int:
    return HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound and form.errors else HTTPStatus.OK


def _page(request: HttpRequest, notice: Notice, form: Any = None) -> HttpResponse:
    user = request.user
    now_there = {name: getattr(notice, name) for name in ("text", "text_en", "link")}
    may_warn = can_warn.ok(user, notice.entry)
    is_closing = notice.state == NoticeState.CLOSING
    context = {
        "notice": notice,
        "entry": notice.entry,
        "name": name_of_entry(notice.entry),
        "points": points_to_improve(notice.entry, notice.text) if notice.is_open else [],
        "can_confirm": notice.state == NoticeState.UNCONFIRMED and can_confirm_notice.ok(user, notice),
        "can_close": is_closing and can_close_notice.ok(user, notice),
        "can_keep": is_closing and (can_close_notice.ok(user, notice) or may_warn),
        "can_change": may_warn and notice.state in {NoticeState.UNCONFIRMED, NoticeState.CONFIRMED},
        "correct": form if isinstance(form, CorrectNoticeForm) else CorrectNoticeForm(initial=now_there),
        "closing": form if isinstance(form, CloseNoticeForm) else CloseNoticeForm(prefix="sluiten"),
        "second": told_second(notice.entry, notice.closing_asked_by_id if is_closing else notice.told_by_id),
    }
    return render(request, "transparency/notice.html", context, status=_status(form) if form else HTTPStatus.OK)


@require_safe
def notice(request: HttpRequest, key: UUID) -> HttpResponse:
    """One notice: how it stands, and what can be done with it."""
    return _page(request, visible_notice(request.user, key))


def _step(act: Callable[..., None], said: Callable[[], str]) -> Any:
    """A view that takes one step with a notice and says so."""

    @only_post
    def view(request: HttpRequest, key: UUID) -> HttpResponse:
        found = visible_notice(request.user, key)
        act(notice=found, by=request.user, now=timezone.now())
        messages.success(request, said())
        return redirect("transparency:notice", found.uuid)

    return view


@only_post
def confirm(request: HttpRequest, key: UUID) -> HttpResponse:
    """Say as the second person that the text that was on the page is right."""
    found, seen = visible_notice(request.user, key), request.POST.get("seen", "")
    actions.confirm(
        notice=found, by=request.user, now=timezone.now(), seen=int(seen) if seen in map(str, range(1000)) else None
    )
    messages.success(request, _("U bevestigde de melding."))
    return redirect("transparency:notice", found.uuid)


keep = _step(actions.keep, lambda: _("De melding blijft staan."))
close = _step(actions.close, lambda: _("De melding is gesloten. Zij blijft te lezen bij de toepassing."))


@only_post
def correct(request: HttpRequest, key: UUID) -> HttpResponse:
    """A better text, public at once."""
    said = _("De nieuwe tekst is nu openbaar. Een collega kijkt mee.")
    return _send(request, key, CorrectNoticeForm(request.POST), actions.correct, said)


@only_post
def ask_to_close(request: HttpRequest, key: UUID) -> HttpResponse:
    """Ask a colleague whether the notice may go."""
    said = _("Een collega kijkt of de melding weg kan. Tot dan blijft zij staan.")
    return _send(request, key, CloseNoticeForm(request.POST, prefix="sluiten"), actions.ask_to_close, said)


def _send(request: HttpRequest, key: UUID, form: Any, act: Callable[..., None], said: str) -> HttpResponse:
    found = visible_notice(request.user, key)
    can_warn(request.user, found.entry)
    if form.is_valid():
        try:
            act(notice=found, by=request.user, now=timezone.now(), **form.cleaned_data)
        except ValidationError as error:
            form.take_over(error)
        else:
            messages.success(request, said)
            return redirect("transparency:notice", found.uuid)
    return _page(request, found, form)
