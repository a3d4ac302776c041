"""Replying to a vacancy, and what one can do with the reply: with the link of a mail, or signed in.

These pages know who asks, so they stand under private addresses; nobody needs an account for them.
"""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from participation.actions import candidacies as actions
from participation.actions import joining_candidates as joining
from participation.actions.candidate_links import link_of, send_new_links
from participation.actions.consents import has_consent
from participation.candidacy_forms import NewLinkForm, ReplyForm, SignedInReplyForm, initial_of
from participation.models import Candidacy, ConsentKind, Vacancy
from participation.states import CANDIDACY, CandidacyState, ProjectState
from participation.vacancy_page import context_of
from participation.views.project_common import GET_OR_POST
from portal.accounts.own_forms import JoinForm
from portal.accounts.views.invitation import sign_in_address, sign_in_anew
from portal.core.visitor import network_of
from portal.core.workflow import StepNotAllowed
from portal.limits.actions import Limit, take

MANY = Limit(name="aanmelding", capacity=60, per_second=1)  # five mails at once, then one in twelve seconds
COST = 12


def _mails_too_often(request: HttpRequest, form: ReplyForm | NewLinkForm) -> bool:
    """Whether this visitor has us send too many mails; the form says so."""
    if not take(MANY, network_of(request), COST):
        return False
    form.add_error(None, _("U deed dit net een paar keer. Wacht een minuut en probeer het nog eens."))
    return True


def _status(form: Any) -> HTTPStatus:
    return HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound and form.errors else HTTPStatus.OK


@login_not_required
@GET_OR_POST
def reply(request: HttpRequest, slug: str) -> HttpResponse:
    """The form to reply to a vacancy, with an account or without."""
    public = Vacancy.objects.public().select_related("project__organisation", "project__patient_side")
    vacancy = get_object_or_404(public, slug=slug)
    if not vacancy.is_open_on(timezone.localdate()):
        return render(request, "participation/candidacy_closed.html", {"vacancy": vacancy}, status=HTTPStatus.GONE)
    user: Any = request.user
    own = user.is_authenticated
    start = {"name": user.get_full_name()} if own else {}
    form = (SignedInReplyForm if own else ReplyForm)(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            if (sent := _send(request, vacancy, form)) is not None:
                return sent
        except ValidationError as error:
            form.take(error)
    page = context_of(vacancy) | {"form": form}
    return render(request, "participation/candidacy_form.html", page, status=_status(form))


def _send(request: HttpRequest, vacancy: Vacancy, form: ReplyForm) -> HttpResponse | None:
    """Send what was typed; None when the form says what is wrong with it. Raises ValidationError."""
    read, now = form.cleaned_data, timezone.now()
    if request.user.is_authenticated:
        made = actions.reply_signed_in(vacancy=vacancy, fields=read, by=request.user, now=now)
        messages.success(request, _("Uw aanmelding is binnen. U krijgt altijd een antwoord, met een reden."))
        return redirect("participation:my-candidacy", made.uuid)
    wrong = [_is_refused(form, actions.checked_reply, read), _is_refused(form, actions.mail_address, read["email"])]
    if any(wrong):
        return None
    if take(MANY, network_of(request), COST):
        raise ValidationError(_("U deed dit net een paar keer. Wacht een minuut en probeer het nog eens."))
    actions.reply(vacancy=vacancy, email=read["email"], fields=read, now=now)
    return redirect("participation:candidacy-sent")


def _is_refused(form: ReplyForm, check: Callable[[Any], Any], value: Any) -> bool:
    """Whether `check` finds something wrong; the form then says what, beside all else that is wrong."""
    try:
        check(value)
    except ValidationError as error:
        form.take(error)
        return True
    return False


@login_not_required
@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    """Look in your mail: the same for every address."""
    return render(request, "participation/candidacy_sent.html")


@login_not_required
@GET_OR_POST
def new_link(request: HttpRequest) -> HttpResponse:
    """Ask for a new link; the answer is the same whether the address is known."""
    form = NewLinkForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            address = actions.mail_address(form.cleaned_data["email"])
            if not _mails_too_often(request, form):
                send_new_links(email=address, now=timezone.now())
                return redirect("participation:candidacy-sent")
        except ValidationError as error:
            form.take(error)
    return render(request, "participation/candidacy_new_link.html", {"form": form}, status=_status(form))


# --- The link of a mail ----------------------------------------------------------------------------------------------


@login_not_required
@GET_OR_POST
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """What the link of a mail shows; only a button does something, so that whoever scans mails does nothing."""
    found = link_of(token, timezone.now())
    if found is None:
        return render(request, "participation/candidacy_link_gone.html", status=HTTPStatus.GONE)
    if request.method != "POST":
        return _link_page(request, found, token)
    step = LINK_STEPS.get(request.POST.get("stap", ""))
    if step is None:
        return _link_page(request, found, token)
    try:
        return step(request, found, token)
    except StepNotAllowed:
        return render(request, "participation/candidacy_link_gone.html", status=HTTPStatus.GONE)


def _link_page(request: HttpRequest, found: Candidacy, token: str, **faulty: Any) -> HttpResponse:
    """`faulty`: a form with what was typed, under its name in the context."""
    is_chosen = found.state == CandidacyState.ACCEPTED and found.vacancy.project.state == ProjectState.RUNNING
    context = context_of(found.vacancy) | {
        "candidacy": found,
        "form": SignedInReplyForm(initial=initial_of(found, keep=found.keep_consent_at is not None)),
        "keeps": found.keep_consent_at is not None,
        "can_confirm": found.confirmed_at is None,
        "can_correct": found.state == CandidacyState.SUBMITTED,
        "can_withdraw": _can(found, "withdraw"),
        "can_keep": found.state in {CandidacyState.DECLINED, CandidacyState.RESERVE},
        "is_chosen": is_chosen,
        "token": token,
    }
    if is_chosen:
        context |= _joining(request, found)
    context |= faulty
    wrong = any(form.is_bound and form.errors for form in faulty.values())
    status = HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK
    return render(request, "participation/candidacy_link.html", context, status=status)


def _can(candidacy: Candidacy, name: str) -> bool:
    return name in {step.name for step in CANDIDACY.steps_from(candidacy.state)}


def _joining(request: HttpRequest, found: Candidacy) -> dict[str, Any]:
    """How who was chosen goes on: a new account, the own one, or first another one signs out."""
    if request.user.is_authenticated:
        is_theirs = request.user.email == found.email
        return {"may_join": is_theirs, "other": None if is_theirs else request.user}
    if joining.has_account(found):
        return {"sign_in": sign_in_address(request)}
    return {"join_form": JoinForm(None, email=found.email, initial={"name": found.name})}


def _confirm(request: HttpRequest, found: Candidacy, token: str) -> HttpResponse:
    actions.confirm(token=token, now=timezone.now())
    return render(request, "participation/candidacy_done.html", {"done": "confirmed", "vacancy": found.vacancy})


def _correct(request: HttpRequest, found: Candidacy, token: str) -> HttpResponse:
    form = SignedInReplyForm(request.POST)
    if form.is_valid():
        try:
            actions.correct_by_link(token=token, fields=form.cleaned_data, now=timezone.now())
        except ValidationError as error:
            form.take(error)
        else:
            return render(request, "participation/candidacy_done.html", {"done": "saved", "vacancy": found.vacancy})
    return _link_page(request, found, token, form=form)


def _keep(request: HttpRequest, found: Candidacy, token: str) -> HttpResponse:
    actions.keep_by_link(token=token, keep=found.keep_consent_at is None, now=timezone.now())
    return render(request, "participation/candidacy_done.html", {"done": "saved", "vacancy": found.vacancy})


def _withdraw(request: HttpRequest, found: Candidacy, token: str) -> HttpResponse:
    actions.withdraw_by_link(token=token, now=timezone.now())
    return render(request, "participation/candidacy_done.html", {"done": "withdrawn", "vacancy": found.vacancy})


def _join(request: HttpRequest, found: Candidacy, token: str) -> HttpResponse:
    if request.user.is_authenticated:
        joining.join_with(token=token, user=request.user, now=timezone.now())
        messages.success(request, _("U doet mee. Hieronder ziet u wat u nu kunt doen."))
        return redirect("participation:deelname")
    if joining.has_account(found):
        return _link_page(request, found, token)
    form = JoinForm(request.POST, email=found.email)
    if not form.is_valid():
        return _link_page(request, found, token, join_form=form)
    user = joining.join_anew(token=token, name=form.cleaned_data["name"], password=form.password, now=timezone.now())
    then = reverse("participation:deelname")
    return sign_in_anew(request, user, has_password=form.password is not None, then=then)


LINK_STEPS: dict[str, Callable[[HttpRequest, Candidacy, str], HttpResponse]] = {
    "bevestigen": _confirm, "verbeteren": _correct, "bewaren": _keep, "intrekken": _withdraw, "account": _join,
}  # fmt: skip


# --- Signed in -------------------------------------------------------------------------------------------------------


@GET_OR_POST
def mine(request: HttpRequest, key: UUID) -> HttpResponse:
    """One's own reply: how it stands; by POST it is corrected or taken back."""
    own = Candidacy.objects.filter(user=request.user.pk).select_related(
        "vacancy__project__organisation", "organisation"
    )
    found = get_object_or_404(own, uuid=key)
    form = SignedInReplyForm(request.POST or None, initial=initial_of(found, keep=_keeps(found)))
    if request.method == "POST" and request.POST.get("stap") == "intrekken":
        actions.withdraw(candidacy=found, by=request.user, now=timezone.now())
        messages.success(request, _("Ingetrokken. Wij hebben uw aanmelding gewist."))
        return redirect("participation:deelname")
    if request.method == "POST" and request.POST.get("stap") == "bewaren":
        actions.keep(candidacy=found, keeps=not _keeps(found), by=request.user, now=timezone.now())
        messages.success(request, _("Bewaard."))
        return redirect("participation:my-candidacy", key)
    if request.method == "POST" and form.is_valid():
        try:
            actions.correct(candidacy=found, fields=form.cleaned_data, by=request.user, now=timezone.now())
        except ValidationError as error:
            form.take(error)
        else:
            messages.success(request, _("Bewaard."))
            return redirect("participation:my-candidacy", key)
    context = context_of(found.vacancy) | {
        "candidacy": found, "form": form, "can_correct": found.state == CandidacyState.SUBMITTED,
        "can_withdraw": _can(found, "withdraw"), "keeps": _keeps(found),
        "can_keep": found.state in {CandidacyState.DECLINED, CandidacyState.RESERVE},
    }  # fmt: skip
    return render(request, "participation/candidacy_mine.html", context, status=_status(form))


def _keeps(candidacy: Candidacy) -> bool:
    about = actions.target_of_candidacy(candidacy)
    return has_consent(candidacy.user, ConsentKind.KEEP_CANDIDACY, about)
