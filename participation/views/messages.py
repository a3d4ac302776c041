"""What people on a project say to each other, and how often each is mailed about it."""

import uuid
from http import HTTPStatus
from typing import Any

from django.contrib import messages as told
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from participation.actions import messages as actions
from participation.answer_links import reader_of
from participation.message_forms import MessageForm, RhythmForm
from participation.models import DigestWish, Message, Project
from participation.people import People
from participation.states import ProjectState, Rhythm
from participation.views.meetings import shared_project
from participation.views.project_common import GET_OR_POST
from portal.accounts.models import User
from portal.core.paging import page_links, query_string
from portal.core.private import only_post

PAGE = 30


@GET_OR_POST
def messages(request: HttpRequest, slug: str) -> HttpResponse:
    """Every message, the newest first; by POST a new one."""
    project = shared_project(request.user, slug)
    form = MessageForm(request.POST or None, initial={"key": uuid.uuid4()})
    if request.method == "POST" and form.is_valid():
        key = form.cleaned_data.get("key") or uuid.uuid4()
        try:
            if not project.messages.filter(uuid=key).exists():  # else a second click
                actions.write_message(
                    project=project, text=form.cleaned_data["text"], by=request.user, now=timezone.now(), uuid=key
                )
        except ValidationError as error:
            form.take(error)
        else:
            told.success(request, _("Uw bericht staat erbij. De anderen krijgen er een mail over."))
            return redirect("participation:messages", slug)
    return _page(request, project, form)


def _page(request: HttpRequest, project: Project, form: MessageForm, rhythm: RhythmForm | None = None) -> HttpResponse:
    people, now = People(project), timezone.now()
    page = Paginator(project.messages.order_by("-written_at", "-pk"), PAGE).get_page(request.GET.get("pagina"))
    wish = DigestWish.objects.filter(user=request.user.pk).first()
    context: dict[str, Any] = {
        "project": project,
        "form": form,
        "rhythm_form": rhythm or RhythmForm(initial={"rhythm": wish.rhythm if wish else Rhythm.DAILY}),
        "lines": [
            {
                "message": one, "is_mine": one.writer_id == request.user.pk, "who": people.label_of(one.writer_id),
                "can_take_back": one.writer_id == request.user.pk and one.text and one.written_at >= now
                - actions.REGRET,
            }
            for one in page
        ],
        "pages": page_links(page.number, page.paginator.num_pages, lambda n: request.path + query_string([], n)),
        "may_write": project.state == ProjectState.RUNNING,
    }  # fmt: skip
    wrong = any(one is not None and one.is_bound and one.errors for one in (form, rhythm))
    status = HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK
    return render(request, "participation/message_list.html", context, status=status)


@only_post
def take_back(request: HttpRequest, slug: str, key: uuid.UUID) -> HttpResponse:
    """Take back what I wrote just now."""
    project = shared_project(request.user, slug)
    message = get_object_or_404(Message, project=project, uuid=key)
    message.project = project
    actions.take_back(message=message, by=request.user, now=timezone.now())
    told.success(request, _("U nam het bericht terug. De tekst is weg."))
    return redirect("participation:messages", slug)


@only_post
def rhythm(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose how often I am mailed, over all my projects."""
    project = shared_project(request.user, slug)
    form = RhythmForm(request.POST)
    if not form.is_valid():
        return _page(request, project, MessageForm(initial={"key": uuid.uuid4()}), form)
    actions.choose_rhythm(user_id=request.user.pk or 0, rhythm=form.cleaned_data["rhythm"], now=timezone.now())
    told.success(request, _("Bewaard. Dit geldt voor al uw projecten."))
    return redirect("participation:messages", slug)


@csrf_exempt  # the program that reads somebody's mail sends this without a page of ours; the link itself is the proof
@login_not_required
@GET_OR_POST
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Stop the mail by its link: it asks first, and a button (or the mail program, RFC 8058) does it."""
    user_id = reader_of(token)
    if user_id is None or not User.objects.filter(pk=user_id).exists():
        return render(request, "participation/digest_stop.html", {"is_gone": True}, status=HTTPStatus.GONE)
    if request.method == "POST":
        actions.choose_rhythm(user_id=user_id, rhythm=Rhythm.NEVER, now=timezone.now())
    return render(request, "participation/digest_stop.html", {"is_done": request.method == "POST", "is_gone": False})
