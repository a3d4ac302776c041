"""My profile: what I tell of myself, and each consent with the day on which I gave it."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from participation.actions import profiles as actions
from participation.actions.consents import withdraw_consent
from participation.forms import Form
from participation.models import Candidacy, Consent, ConsentKind, Profile
from participation.profile_forms import PerspectiveForm, ProfileForm, PutForwardConsentForm
from participation.views.project_common import GET_OR_POST
from portal.organisations.models import Organisation


@GET_OR_POST
def profile(request: HttpRequest) -> HttpResponse:
    """The page; by POST one of its forms."""
    if request.method != "POST":
        return _page(request)
    name = request.POST.get("stap", "")
    if name == "intrekken":
        return _withdraw(request)
    if name not in STEPS:
        raise Http404
    form = _forms(request.user, request.POST)[name]
    if form.is_valid():
        try:
            STEPS[name](form, request)
        except ValidationError as error:
            form.take(error)
        else:
            messages.success(request, _("Bewaard."))
            return redirect("participation:profile")
    return _page(request, name, form)


def _forms(user: Any, data: Any = None) -> dict[str, Any]:
    mine = Profile.objects.filter(user=user).select_related("organisation").first()
    start = {"about": mine.about, "access_needs": mine.access_needs} if mine else {}
    if mine and mine.organisation:
        start["organisation"] = mine.organisation.slug
    consent = actions.running_consent(user)
    lines = consent.perspectives.order_by("pk").values_list("text", flat=True) if consent else ()
    return {
        "profiel": ProfileForm(data, initial=start),
        "ervaring": PerspectiveForm(data, initial={"lines": "\n".join(lines)}),
        "voordragen": PutForwardConsentForm(data, prefix="voordragen"),
    }


def _page(request: HttpRequest, step: str = "", faulty: Form | None = None) -> HttpResponse:
    user, forms = request.user, _forms(request.user)
    if faulty is not None:
        forms[step] = faulty
    mine = Profile.objects.filter(user=user.pk).select_related("organisation").first()
    running = list(Consent.objects.filter(user=user.pk, withdrawn_at=None).order_by("given_at", "pk"))
    kinds = {one.kind: one for one in running}
    context = {
        "forms": forms,
        "faulty": faulty,
        "organisation": mine.organisation if mine else None,
        "perspective_consent": kinds.get(ConsentKind.PERSPECTIVE),
        "put_forward_consent": kinds.get(ConsentKind.PUT_FORWARD),
        "consents": [(one, _about(one)) for one in running],
        "withdrawn": Consent.objects.filter(user=user.pk, withdrawn_at__isnull=False).order_by("-withdrawn_at", "-pk"),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if faulty else HTTPStatus.OK
    return render(request, "participation/profile.html", context, status=status)


def _about(consent: Consent) -> str:
    """What a consent is about, in words."""
    noun, _colon, key = consent.about.partition(":")
    if noun == "organisation":
        return Organisation.objects.filter(uuid=key).values_list("name", flat=True).first() or ""
    if noun == "candidacy":
        titles = Candidacy.objects.filter(uuid=key, user=consent.user_id)
        return titles.values_list("vacancy__title", flat=True).first() or ""
    return ""


def _save(form: Any, request: HttpRequest) -> None:
    read = form.cleaned_data
    actions.save_profile(
        about=read["about"], access_needs=read["access_needs"], organisation=form.chosen_organisation(),
        by=request.user, now=timezone.now(),
    )  # fmt: skip


def _tell(form: Any, request: HttpRequest) -> None:
    read = form.cleaned_data
    actions.tell_perspectives(
        lines=read["lines"].splitlines(), agrees=read["agrees"], by=request.user, now=timezone.now()
    )


def _put_forward(form: Any, request: HttpRequest) -> None:
    actions.agree_to_be_put_forward(agrees=form.cleaned_data["agrees"], by=request.user, now=timezone.now())


STEPS: dict[str, Callable[[Any, HttpRequest], None]] = {
    "profiel": _save, "ervaring": _tell, "voordragen": _put_forward,
}  # fmt: skip


def _withdraw(request: HttpRequest) -> HttpResponse:
    """Withdraw a consent with one click; what rested on it goes at once."""
    key = request.POST.get("toestemming", "")
    number = int(key) if key.isascii() and key.isdigit() and len(key) < 10 else 0
    found = get_object_or_404(Consent, pk=number, user=request.user.pk)
    withdraw_consent(consent=found, by=request.user, now=timezone.now())
    messages.success(request, _("Ingetrokken. Wat erbij hoorde, is gewist."))
    return redirect("participation:profile")
