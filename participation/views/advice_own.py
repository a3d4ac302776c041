"""Advice in the workspace of a representative: write it, follow it, and judge what came of it."""

import uuid
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from participation.actions import advice as actions
from participation.actions import responses
from participation.advice_forms import AdviceForm, DissentForm, RewriteForm, TextForm, VerdictForm
from participation.advice_page import for_showing, givers_in_words, shown
from participation.advice_permissions import (
    can_correct,
    can_join,
    can_judge,
    can_withdraw,
    can_write_draft,
    draft_of,
    mine,
)
from participation.forms import Form
from participation.models import Advice, AdviceDraft, Project
from participation.permissions import can_represent
from participation.states import FINISHED, OVER, PUBLIC_ADVICE, AdviceState, Judgement, ProjectState, Weight
from participation.views.project_common import GET_OR_POST, step_taken, text_seen
from portal.core.text import clean
from portal.core.workflow import StepNotAllowed
from transparency.service import read_live


@require_safe
def my_advice(request: HttpRequest) -> HttpResponse:
    """Every piece of advice that the person gave or may agree to, the newest first."""
    today = timezone.localdate()
    found = for_showing(mine(request.user).exclude(state=AdviceState.WITHDRAWN)).select_related("draft")
    rows = [(shown(one, today), getattr(one, "draft", None)) for one in found.order_by("-given_at", "-pk")]
    running = Project.objects.filter(
        assignments__user=request.user.pk, assignments__state="ACTIVE", state=ProjectState.RUNNING
    )
    context = {"rows": rows, "projects": running.order_by("name", "pk"), "late": _("Te laat")}
    return render(request, "participation/my_advice.html", context)


@GET_OR_POST
def give(request: HttpRequest, slug: str) -> HttpResponse:
    """Write advice."""
    project = get_object_or_404(Project.objects.select_related("organisation", "patient_side"), slug=slug)
    if not can_represent.ok(request.user, project):
        raise Http404
    if request.method != "POST":
        start = {"weight": Weight.SHOULD, "key": uuid.uuid4()}
        return _form_page(request, AdviceForm(project=project, user=request.user, initial=start), project)
    form = AdviceForm(request.POST, project=project, user=request.user)
    if "controleer" not in request.POST and form.is_valid():
        try:
            made = actions.give(
                project=project, fields=form.advice(), together=form.numbers(), meeting=form.chosen_meeting(),
                key=form.cleaned_data["key"], by=request.user, now=timezone.now(),
            )  # fmt: skip
        except ValidationError as error:
            form.take(error)
        else:
            messages.success(request, _("Uw advies is bij de coördinator. Daarna kan iedereen het lezen."))
            return redirect("participation:my-advice-one", made.uuid)
    return _form_page(request, form, project)


def _form_page(request: HttpRequest, form: AdviceForm, project: Project) -> HttpResponse:
    asked = "controleer" in request.POST
    told = {"text": read_live(clean(request.POST.get("text", "")), f"user {request.user.pk}")} if asked else {}
    is_wrong = not asked and bool(form.is_bound and form.errors)
    context = {"form": form, "project": project, "told": told, "shows_faults": is_wrong}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if is_wrong else HTTPStatus.OK
    return render(request, "participation/advice_form.html", context, status=status)


# --- One piece of advice ---------------------------------------------------------------------------------------------


def _mine(request: HttpRequest, key: uuid.UUID) -> Advice:
    return get_object_or_404(for_showing(mine(request.user).exclude(state=AdviceState.WITHDRAWN)), uuid=key)


@require_safe
def my_advice_one(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """One piece of advice of the person: what stands there, and what can be done."""
    return _one_page(request, _mine(request, key))


def _forms(draft: AdviceDraft | None, advice: Advice, data: Any = None) -> dict[str, Form]:
    newest = advice.versions.order_by("-number").first()
    start = {"text": newest.text, "dissent": newest.dissent} if newest else {}
    made: dict[str, Form] = {
        "meegeven": DissentForm(data, prefix="meegeven"),
        "niet-meegeven": Form(data, prefix="niet-meegeven"),
        "intrekken": Form(data, prefix="intrekken"),
        "verbeteren": TextForm(data, prefix="verbeteren", initial=start),
    }
    if draft is not None and advice.state == AdviceState.WAITING:
        made["aanpassen"] = RewriteForm(data, prefix="aanpassen", draft=draft)
    elif draft is not None:
        words = {"text": draft.text, "dissent": draft.dissent}
        made["aanpassen"] = TextForm(data, prefix="aanpassen", initial=words)
    return made


def _one_page(request: HttpRequest, advice: Advice, step: str = "", faulty: Form | None = None) -> HttpResponse:
    user, draft = request.user, draft_of(advice)
    forms = _forms(draft, advice)
    if faulty is not None:
        forms[step] = faulty
    is_public = advice.state in PUBLIC_ADVICE
    context = {
        "one": shown(advice, timezone.localdate()),
        "project": advice.project,
        "draft": draft,
        "behind": givers_in_words(draft.agreed.values_list("number", flat=True)) if draft else "",
        "still_asked": draft.asked.count() if draft else 0,
        "is_public": is_public,
        "can_join": draft is not None and can_join.ok(user, draft),
        "can_write": draft is not None and can_write_draft.ok(user, draft),
        "can_withdraw": draft is not None and can_withdraw.ok(user, draft),
        "can_correct": is_public and advice.state not in OVER and draft is None and can_correct.ok(user, advice),
        "can_judge": advice.state in FINISHED and can_judge.ok(user, advice),
        "forms": {name.replace("-", "_"): form for name, form in forms.items()},
        "faulty": faulty,
        "told": {},
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if faulty else HTTPStatus.OK
    return render(request, "participation/my_advice_one.html", context, status=status)


def waiting_text(advice: Advice) -> AdviceDraft:
    """The text of `advice` that is not public yet. Raises StepNotAllowed when there is none."""
    found = draft_of(advice)
    if found is None:
        raise StepNotAllowed("advice: nothing waits", told=_("Deze tekst is al openbaar of ingetrokken."))
    return found


def _join(advice: Advice, form: Form, request: HttpRequest) -> str:
    actions.join(draft=waiting_text(advice), revision=text_seen(request), dissent=form.cleaned_data["dissent"],
                 by=request.user, now=timezone.now())  # fmt: skip
    return _("U geeft dit advies mee.")


def _stay_out(advice: Advice, form: Form, request: HttpRequest) -> str:
    actions.stay_out(draft=waiting_text(advice), by=request.user, now=timezone.now())
    return _("U geeft dit advies niet mee.")


def _rewrite(advice: Advice, form: Form, request: HttpRequest) -> str:
    fields = form.advice() if isinstance(form, AdviceForm) else form.cleaned_data
    actions.rewrite(draft=waiting_text(advice), revision=text_seen(request), fields=fields, by=request.user,
                    now=timezone.now())  # fmt: skip
    return _("Uw advies is bij de coördinator. Daarna kan iedereen het lezen.")


def _correct(advice: Advice, form: Form, request: HttpRequest) -> str:
    actions.correct(advice=advice, by=request.user, now=timezone.now(), **form.cleaned_data)
    return _("De nieuwe tekst is bij de coördinator. De oude blijft ook staan.")


def _withdraw(advice: Advice, form: Form, request: HttpRequest) -> str:
    actions.withdraw(draft=waiting_text(advice), by=request.user, now=timezone.now())
    return _("De tekst is ingetrokken.")


STEPS: dict[str, Callable[[Advice, Form, HttpRequest], str]] = {
    "meegeven": _join, "niet-meegeven": _stay_out, "aanpassen": _rewrite, "verbeteren": _correct,
    "intrekken": _withdraw,
}  # fmt: skip


@require_POST
def my_advice_step(request: HttpRequest, key: uuid.UUID, step: str) -> HttpResponse:
    """One step with advice of one's own. What is not right comes back with what was typed."""
    advice = _mine(request, key)
    if step not in STEPS:
        raise Http404
    form = _forms(draft_of(advice), advice, request.POST).get(step)
    if form is None:
        raise StepNotAllowed(f"{step}: nothing waits", told=_("Deze tekst is al openbaar of ingetrokken."))
    if step_taken(request, form, lambda: STEPS[step](advice, form, request)):
        still = mine(request.user).filter(pk=advice.pk).exclude(state=AdviceState.WITHDRAWN)
        return redirect("participation:my-advice-one", key) if still else redirect("participation:my-advice")
    return _one_page(request, advice, step, form)


@GET_OR_POST
def verdict(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Judge what was done: a mail leads here with an answer chosen (`?oordeel=`), so that sending it is enough."""
    advice = get_object_or_404(for_showing(Advice.objects.public()), uuid=key)
    if not can_judge.ok(request.user, advice):
        raise Http404
    chosen = request.GET.get("oordeel", "")
    start = {"judgement": chosen} if chosen in Judgement.values else {}
    form = VerdictForm(request.POST or None, advice=advice, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            responses.judge(advice=advice, by=request.user, now=timezone.now(), **form.cleaned_data)
        except ValidationError as error:
            form.take(error)
        else:
            messages.success(request, _("Dank u wel. Iedereen kan uw oordeel lezen."))
            if mine(request.user).filter(pk=advice.pk).exists():
                return redirect("participation:my-advice-one", key)
            return redirect("participation:work-advice-one", advice.project.slug, key)
    context = {"one": shown(advice, timezone.localdate()), "project": advice.project, "form": form,
               "can_judge": advice.state in FINISHED}  # fmt: skip
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound and form.errors else HTTPStatus.OK
    return render(request, "participation/verdict.html", context, status=status)
