"""The closing account in the workspace of both sides: written by the project, agreed by the patient side."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from participation.account import ITEMS, is_public
from participation.account_forms import AccountForm, RemarksForm
from participation.actions import account as actions
from participation.forms import Form
from participation.models import ClosingAccount, Project
from participation.permissions import can_follow, can_lead, can_see_home
from participation.states import AccountState, ProjectState
from participation.views.project_common import step_taken, text_seen, visible_project
from portal.core.workflow import StepNotAllowed


def _project(request: HttpRequest, slug: str) -> Project:
    project = visible_project(request.user, slug)
    can_see_home(request.user, project)
    return project


def _account(project: Project) -> ClosingAccount | None:
    return ClosingAccount.objects.filter(project=project).select_related("project__patient_side").first()


@require_safe
def account(request: HttpRequest, slug: str) -> HttpResponse:
    """How far the closing account is, and what can be done with it."""
    return _page(request, _project(request, slug))


def _page(request: HttpRequest, project: Project, step: str = "", faulty: Form | None = None) -> HttpResponse:
    found, leads, follows = _account(project), can_lead.ok(request.user, project), can_follow.ok(request.user, project)
    state = found.state if found else ""
    start = {name: getattr(found, name) for name in (*ITEMS, "language_reason")} if found else {}
    forms: dict[str, Form] = {"bewaren": AccountForm(initial=start), "terugsturen": RemarksForm(prefix="terugsturen")}
    if faulty is not None:
        forms[step] = faulty
    may_read = leads or follows or (found is not None and found.state == AccountState.AGREED)
    context = {
        "project": project,
        "account": found if may_read else None,
        "items": [(label, getattr(found, name)) for name, label in ITEMS.items()] if found and may_read else [],
        "is_public": found is not None and is_public(found),
        "can_begin": leads and found is None,
        "can_write": leads and state == AccountState.DRAFT,
        "can_take_back": leads and state == AccountState.OFFERED,
        "can_reopen": leads and state == AccountState.AGREED and project.state == ProjectState.RUNNING,
        "can_agree": follows and state == AccountState.OFFERED,
        "form": forms["bewaren"],
        "remarks": forms["terugsturen"],
        "faulty": faulty,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if faulty else HTTPStatus.OK
    return render(request, "participation/account.html", context, status=status)


def _existing(project: Project) -> ClosingAccount:
    found = _account(project)
    if found is None:
        raise StepNotAllowed("account: it was not begun")
    return found


def _begin(project: Project, form: Form, request: HttpRequest) -> str:
    actions.begin(project=project, by=request.user, now=timezone.now())
    return _("Wij vulden alvast in wat wij weten. Pas het aan.")


def _write(project: Project, form: Form, request: HttpRequest) -> str:
    """Save; with the second button also ask the patient side to agree."""
    found, number = _existing(project), text_seen(request)
    told: dict[str, Any] = {"by": request.user, "now": timezone.now()}
    actions.write(account=found, revision=number, texts=form.cleaned_data, **told)
    if "aanbieden" not in request.POST:
        return _("Bewaard.")
    actions.offer(account=found, revision=found.revision, **told)
    return _("Verstuurd. De patiëntenorganisatie leest mee.")


def _simple(action: Callable[..., None], words: Any) -> Callable[[Project, Form, HttpRequest], str]:
    def step(project: Project, form: Form, request: HttpRequest) -> str:
        action(account=_existing(project), revision=text_seen(request), by=request.user, now=timezone.now(),
               **form.cleaned_data)  # fmt: skip
        return str(words())

    return step


STEPS: dict[str, Callable[[Project, Form, HttpRequest], str]] = {
    "beginnen": _begin,
    "bewaren": _write,
    "terugnemen": _simple(actions.take_back, lambda: _("U kunt weer verder schrijven.")),
    "terugsturen": _simple(actions.send_back, lambda: _("Teruggestuurd. Het project leest wat er anders moet.")),
    "akkoord": _simple(actions.agree, lambda: _("U bent het eens met de tekst.")),
    "heropenen": _simple(actions.reopen, lambda: _("U kunt weer verder schrijven.")),
}


@require_POST
def step(request: HttpRequest, slug: str, step: str) -> HttpResponse:
    """One step with the closing account. What is not right comes back with what was typed."""
    project = _project(request, slug)
    if step not in STEPS:
        raise Http404
    form: Form = {"bewaren": AccountForm, "terugsturen": RemarksForm}.get(step, Form)(
        request.POST, **({"prefix": "terugsturen"} if step == "terugsturen" else {})
    )
    if step_taken(request, form, lambda: STEPS[step](project, form, request)):
        return redirect("participation:account", slug)
    return _page(request, project, step, form)
