"""Advice in the workspace of both sides: the coordinator releases it, the project answers it and does what it says."""

import uuid
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from participation.actions import advice as actions
from participation.actions import responses
from participation.advice_dates import next_day, respond_by_at_most
from participation.advice_forms import AnswerForm, FinishForm, MoreTimeForm, QuestionForm, ReleaseForm, TypedOutForm
from participation.advice_page import for_showing, givers_in_words, shown
from participation.advice_permissions import (
    can_answer,
    can_judge,
    can_release,
    can_see_advice,
    can_withdraw,
    draft_of,
    givers_with_account,
)
from participation.forms import Form
from participation.models import Advice, AdviceDraft, Project, Seen
from participation.permissions import can_follow, can_represent, can_see_home
from participation.states import (
    FINISHED,
    PUBLIC_ADVICE,
    UNANSWERED,
    AdviceDraftState,
    AdviceState,
    ProjectState,
    Weight,
)
from participation.view_log import saw_each
from participation.views.advice_own import waiting_text
from participation.views.project_common import GET_OR_POST, step_taken, text_seen, visible_project
from portal.core.text import clean
from transparency.service import read_live


def _project(request: HttpRequest, slug: str) -> Project:
    project = visible_project(request.user, slug)
    can_see_home(request.user, project)
    return project


@require_safe
def overview(request: HttpRequest, slug: str) -> HttpResponse:
    """All advice on a project: what is late and due first, then what is over."""
    project, today = _project(request, slug), timezone.localdate()
    every = [shown(one, today) for one in for_showing(project.advice.public()).order_by("-released_at", "-pk")]
    due = [(one, next_day(one.advice)) for one in every if next_day(one.advice)]
    context = {
        "project": project,
        "due": sorted(due, key=lambda pair: (pair[1], pair[0].advice.pk)),
        "to_judge": [one for one in every if one.advice.state in FINISHED],
        "over": [one for one in every if not next_day(one.advice) and one.advice.state not in FINISHED],
        "drafts": _drafts(request, project),
        "types_out": can_follow.ok(request.user, project) and project.state == ProjectState.RUNNING,
        "gives": can_represent.ok(request.user, project) and project.state == ProjectState.RUNNING,
        "late": _("Te laat"),
    }
    return render(request, "participation/work_advice.html", context)


def _drafts(request: HttpRequest, project: Project) -> list[AdviceDraft]:
    """What is not public yet: for the coordinator only."""
    if not can_follow.ok(request.user, project):
        return []
    return list(AdviceDraft.objects.filter(advice__project=project).select_related("advice").order_by("since", "pk"))


@GET_OR_POST
def type_out(request: HttpRequest, slug: str) -> HttpResponse:
    """Type out what a representative said or wrote; they agree before anybody else reads it."""
    project = visible_project(request.user, slug)
    can_follow(request.user, project)
    if request.method != "POST":
        start = {"weight": Weight.SHOULD, "key": uuid.uuid4()}
        return _form_page(request, TypedOutForm(project=project, initial=start), project)
    form = TypedOutForm(request.POST, project=project)
    if "controleer" not in request.POST and form.is_valid():
        try:
            made = actions.type_out(
                project=project, fields=form.advice(), givers=form.numbers(), meeting=form.chosen_meeting(),
                key=form.cleaned_data["key"], by=request.user, now=timezone.now(),
            )  # fmt: skip
        except ValidationError as error:
            form.take(error)
        else:
            messages.success(request, _("Uitgetypt. Wie het gaf, leest het eerst."))
            return redirect("participation:work-advice-one", slug, made.uuid)
    return _form_page(request, form, project)


def _form_page(request: HttpRequest, form: TypedOutForm, project: Project) -> HttpResponse:
    asked = "controleer" in request.POST
    told = {"text": read_live(clean(request.POST.get("text", "")), f"user {request.user.pk}")} if asked else {}
    is_wrong = not asked and bool(form.is_bound and form.errors)
    context = {"form": form, "project": project, "told": told, "shows_faults": is_wrong}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if is_wrong else HTTPStatus.OK
    return render(request, "participation/advice_type_out.html", context, status=status)


# --- One piece of advice ---------------------------------------------------------------------------------------------


def _advice(request: HttpRequest, slug: str, key: uuid.UUID) -> Advice:
    project = _project(request, slug)
    found = get_object_or_404(
        for_showing(project.advice.exclude(state=AdviceState.WITHDRAWN)).select_related("project__patient_side"),
        uuid=key,
    )
    if not can_see_advice.ok(request.user, found):
        raise Http404
    return found


@require_safe
def one(request: HttpRequest, slug: str, key: uuid.UUID) -> HttpResponse:
    """One piece of advice, for both sides, with what each can do now."""
    return _one_page(request, _advice(request, slug, key))


def _forms(advice: Advice, data: Any = None) -> dict[str, Form]:
    newest = advice.responses.order_by("-number").first()
    names = ("decision", "reason", "promise", "promised_by", "promised_for", "language_reason", "reason_en")
    start = {name: getattr(newest, name) for name in names} if newest else {}
    plain = ("papier", "vraag-terug", "intrekken", "gelezen", "begonnen")
    made: dict[str, Form] = {name: Form(data, prefix=name) for name in plain}
    return made | {
        "doorgeven": ReleaseForm(data, prefix="doorgeven"),
        "terugsturen": QuestionForm(data, prefix="terugsturen"),
        "antwoord": AnswerForm(data, prefix="antwoord"),
        "beter-antwoord": AnswerForm(data, prefix="beter-antwoord", initial=start),
        "meer-tijd": MoreTimeForm(data, prefix="meer-tijd"),
        "gedaan": FinishForm(data, prefix="gedaan", label=_("Wat is er gedaan?")),
        "niet-doen": FinishForm(data, prefix="niet-doen", label=_("Waarom wordt het niet gedaan?")),
    }


def _one_page(request: HttpRequest, advice: Advice, step: str = "", faulty: Form | None = None) -> HttpResponse:
    user, today, state = request.user, timezone.localdate(), advice.state
    draft = draft_of(advice) if can_follow.ok(user, advice.project) else None
    if draft is not None:
        saw_each(request, [giver.user for giver in givers_with_account(advice)], Seen.ADVICE, advice.project)
    forms, asked = _forms(advice), "controleer" in request.POST
    if faulty is not None:
        forms[step] = faulty
    is_waiting = draft is not None and draft.state == AdviceDraftState.WAITING
    in_time = advice.respond_by is not None and advice.respond_by >= today
    answers = can_answer.ok(user, advice)
    context = {
        "one": shown(advice, today),
        "project": advice.project,
        "is_public": state in PUBLIC_ADVICE,
        "draft": draft,
        "behind": givers_in_words(draft.agreed.values_list("number", flat=True)) if draft else "",
        "still_asked": draft.asked.count() if draft else 0,
        "can_release": is_waiting and draft is not None and can_release.ok(user, draft),
        "can_withdraw": draft is not None and can_withdraw.ok(user, draft),
        "answers": answers,
        "can_acknowledge": answers and state == AdviceState.SUBMITTED,
        "can_respond": answers and state in UNANSWERED,
        "can_take_time": answers and state in UNANSWERED and advice.more_time_at is None and in_time,
        "last_day": respond_by_at_most(advice.respond_by) if advice.respond_by else None,
        "can_start": answers and state == AdviceState.RESPONDED,
        "can_finish": answers and state in {AdviceState.RESPONDED, AdviceState.IN_PROGRESS},
        "can_amend": answers and state in {AdviceState.RESPONDED, AdviceState.IN_PROGRESS, AdviceState.WILL_NOT_DO},
        "can_judge": state in FINISHED and can_judge.ok(user, advice),
        "forms": {name.replace("-", "_"): form for name, form in forms.items()},
        "faulty": None if asked else faulty,
        "opened": step,
        "told": _told(request, step) if asked else {},
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if faulty and not asked else HTTPStatus.OK
    return render(request, "participation/work_advice_one.html", context, status=status)


def _told(request: HttpRequest, step: str) -> dict[str, Any]:
    """What the language check says of the answer that is being written."""
    reader = f"user {request.user.pk}"
    names = ("reason", "promise")
    return {name: read_live(clean(request.POST.get(f"{step}-{name}", "")), reader) for name in names}


def _release(advice: Advice, form: Form, request: HttpRequest) -> str:
    actions.release(draft=waiting_text(advice), revision=text_seen(request), by=request.user, now=timezone.now(),
                    nobody_recognised=form.cleaned_data["nobody"], text_en=form.cleaned_data["text_en"])  # fmt: skip
    return _("Iedereen kan dit advies nu lezen.")


def _ask_back(advice: Advice, form: Form, request: HttpRequest) -> str:
    actions.ask_back(draft=waiting_text(advice), revision=text_seen(request), by=request.user, now=timezone.now(),
                     question=form.cleaned_data["question"])  # fmt: skip
    return _("Uw vraag is verstuurd.")


def _take_back(advice: Advice, form: Form, request: HttpRequest) -> str:
    actions.take_back_question(draft=waiting_text(advice), by=request.user, now=timezone.now())
    return _("De vraag is ingetrokken.")


def _on_paper(advice: Advice, form: Form, request: HttpRequest) -> str:
    actions.agree_on_paper(draft=waiting_text(advice), revision=text_seen(request), by=request.user, now=timezone.now())
    return _("Bewaard: er is getekend op papier.")


def _withdraw(advice: Advice, form: Form, request: HttpRequest) -> str:
    actions.withdraw(draft=waiting_text(advice), by=request.user, now=timezone.now())
    return _("De tekst is ingetrokken.")


def _acknowledge(advice: Advice, form: Form, request: HttpRequest) -> str:
    responses.acknowledge(advice=advice, by=request.user, now=timezone.now())
    return _("Iedereen ziet dat u het advies las.")


def _more_time(advice: Advice, form: Form, request: HttpRequest) -> str:
    responses.take_more_time(advice=advice, by=request.user, now=timezone.now(), **form.cleaned_data)
    return _("Iedereen ziet wanneer het antwoord komt, en waarom.")


def _respond(advice: Advice, form: Form, request: HttpRequest) -> str:
    responses.respond(advice=advice, fields=form.cleaned_data, by=request.user, now=timezone.now())
    return _("Het antwoord staat erop. Wie het advies gaf, krijgt een mail.")


def _amend(advice: Advice, form: Form, request: HttpRequest) -> str:
    number = request.POST.get("antwoord", "")
    after = int(number) if number.isascii() and number.isdigit() and len(number) < 6 else 0
    responses.amend(advice=advice, after=after, fields=form.cleaned_data, by=request.user, now=timezone.now())
    return _("Het nieuwe antwoord staat erop. Het oude blijft ook staan.")


def _start(advice: Advice, form: Form, request: HttpRequest) -> str:
    responses.start(advice=advice, by=request.user, now=timezone.now())
    return _("Iedereen ziet dat u begon.")


def _finish(advice: Advice, form: Form, request: HttpRequest) -> str:
    text = form.cleaned_data["finish_text"]
    responses.finish(advice=advice, text=text, by=request.user, now=timezone.now())
    return _("Gemeld. Wie het advies gaf, krijgt een mail om een oordeel te geven.")


def _drop(advice: Advice, form: Form, request: HttpRequest) -> str:
    responses.drop(advice=advice, text=form.cleaned_data["finish_text"], by=request.user, now=timezone.now())
    return _("Gemeld. Wie het advies gaf, krijgt een mail om een oordeel te geven.")


STEPS: dict[str, Callable[[Advice, Form, HttpRequest], str]] = {
    "doorgeven": _release, "terugsturen": _ask_back, "vraag-terug": _take_back, "papier": _on_paper,
    "intrekken": _withdraw, "gelezen": _acknowledge, "meer-tijd": _more_time, "antwoord": _respond,
    "beter-antwoord": _amend, "begonnen": _start, "gedaan": _finish, "niet-doen": _drop,
}  # fmt: skip


@require_POST
def step(request: HttpRequest, slug: str, key: uuid.UUID, step: str) -> HttpResponse:
    """One step with a piece of advice. What is not right comes back with what was typed."""
    if step not in STEPS:
        raise Http404
    advice = _advice(request, slug, key)
    form = _forms(advice, request.POST)[step]
    if "controleer" in request.POST:
        _refuse_others(request, advice)
        return _one_page(request, advice, step, form)
    if step_taken(request, form, lambda: STEPS[step](advice, form, request)):
        return _after(advice, slug, key)
    return _one_page(request, advice, step, form)


def _refuse_others(request: HttpRequest, advice: Advice) -> None:
    if not can_answer.ok(request.user, advice):
        raise PermissionDenied


def _after(advice: Advice, slug: str, key: uuid.UUID) -> HttpResponse:
    """Back to the advice, or to all of it when this one is gone."""
    if Advice.objects.filter(pk=advice.pk, state=AdviceState.WITHDRAWN).exists():
        return redirect("participation:work-advice", slug)
    return redirect("participation:work-advice-one", slug, key)
