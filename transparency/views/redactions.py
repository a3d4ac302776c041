"""Taking a text away by law, in the workspace of who administers the portal: ask, look, do it or not."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.permissions import can_administer_portal
from transparency.actions.redaction import (
    LONGEST_REASON,
    ask_redaction,
    carry_out,
    places_of,
    refuse_redaction,
    seal_of_line,
    text_of,
    value_of,
)
from transparency.fields import BY_KEY
from transparency.models import RedactionRequest, Seal
from transparency.states import RequestState

OTHER_KEYS = {
    "reason": gettext_lazy("De reden"),
    "responsible": gettext_lazy("Wie instaat voor de tekst"),
    "text": gettext_lazy("De tekst van de melding"),
    "link": gettext_lazy("De link"),
}


_BOX = {"class": "utrecht-textbox", "autocomplete": "off"}


class LineForm(forms.Form):
    """Which line of the log it is about."""

    line = forms.IntegerField(
        label=gettext_lazy("Regel van het logboek"),
        min_value=1,
        widget=forms.NumberInput(attrs=_BOX | {"aria-describedby": "line-hint"}),
        error_messages={"required": gettext_lazy("Typ een nummer."), "invalid": gettext_lazy("Typ een nummer.")},
    )


class AskForm(forms.Form):
    """Which value must go, and why."""

    key = forms.ChoiceField(
        label=gettext_lazy("Welk antwoord moet weg?"),
        widget=forms.Select(attrs={"class": "utrecht-textbox", "aria-describedby": "key-hint"}),
        error_messages={"required": gettext_lazy("Kies een antwoord."),
                        "invalid_choice": gettext_lazy("Kies een antwoord uit de lijst.")},
    )  # fmt: skip
    reason = forms.CharField(
        label=gettext_lazy("Waarom?"),
        widget=forms.TextInput(attrs=_BOX | {"aria-describedby": "reason-hint"}),
        max_length=LONGEST_REASON,
        error_messages={
            "required": gettext_lazy("Schrijf op waarom deze tekst weg moet. Iedereen kan dat lezen."),
            "max_length": gettext_lazy("Maak de reden korter."),
        },
    )
    reason_en = forms.CharField(
        label=gettext_lazy("Waarom, in het Engels"),
        widget=forms.TextInput(attrs=_BOX),
        max_length=LONGEST_REASON,
        required=False,
    )

    def __init__(self, *args: Any, seal: Seal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keys = [key for key in (*BY_KEY, *OTHER_KEYS) if places_of(seal, key)]
        self.fields["key"].choices = [("", _("Kies")), *((key, label_of(key)) for key in keys)]  # type: ignore[attr-defined]


def label_of(key: str) -> str:
    """The question of `key`."""
    return str(BY_KEY[key].label if key in BY_KEY else OTHER_KEYS[key])


@require_safe
def redactions(request: HttpRequest) -> HttpResponse:
    """What was asked and waits for a second person, and what was done; a form to find a line."""
    can_administer_portal(request.user)
    form = LineForm(request.GET) if "line" in request.GET else LineForm()
    if form.is_bound and form.is_valid():
        if seal_of_line(form.cleaned_data["line"]):
            return redirect("transparency:work-redaction-ask", number=form.cleaned_data["line"])
        form.add_error("line", _("Deze regel is er niet."))
    found = RedactionRequest.objects.select_related("seal__event", "asked_by").order_by("-asked_at", "-pk")
    context = {
        "form": form,
        "waiting": _with_labels(found.filter(state=RequestState.ASKED)),
        "decided": _with_labels(found.exclude(state=RequestState.ASKED)[:50]),
    }
    return render(request, "transparency/redactions.html", context, status=422 if form.errors else 200)


def _with_labels(requests: Any) -> list[dict[str, Any]]:
    return [{"request": one, "label": label_of(one.key)} for one in requests]


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, number: int) -> HttpResponse:
    """Ask to take a value of one line away."""
    can_administer_portal(request.user)
    seal = seal_of_line(number)
    if seal is None:
        raise Http404
    form = AskForm(request.POST if request.method == "POST" else None, seal=seal)
    if request.method == "POST" and form.is_valid():
        try:
            asked = ask_redaction(seal=seal, by=request.user, now=timezone.now(), **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Gevraagd. Een andere beheerder moet nu beslissen."))
            return redirect("transparency:work-redaction", key=asked.uuid)
    context = {"form": form, "seal": seal, "text": text_of(seal)}
    return render(request, "transparency/redaction_ask.html", context, status=422 if form.errors else 200)


def _request(key: Any) -> RedactionRequest:
    requests = RedactionRequest.objects.select_related("seal__event", "seal__version__entry", "asked_by", "decided_by")
    return get_object_or_404(requests.select_related("seal__system_version__system"), uuid=key)


@require_safe
def redaction(request: HttpRequest, key: Any) -> HttpResponse:
    """One request: what would go, why, and who asked."""
    can_administer_portal(request.user)
    found = _request(key)
    dutch, english = value_of(found.seal, found.key) if found.state == RequestState.ASKED else (None, None)
    context = {
        "found": found,
        "label": label_of(found.key),
        "dutch": dutch,
        "english": english,
        "waits": found.state == RequestState.ASKED,
        "may_decide": found.state == RequestState.ASKED and found.asked_by_id != request.user.pk,
        "text": text_of(found.seal),
    }
    return render(request, "transparency/redaction.html", context)


@require_POST
def carry_out_step(request: HttpRequest, key: Any) -> HttpResponse:
    """Take the value away."""
    done = carry_out(request=_request(key), by=request.user, now=timezone.now())
    messages.success(request, _("De tekst is weggehaald."))
    if done.look_at:
        versions = ", ".join(str(number) for number in done.look_at)
        messages.warning(
            request, _("In versie %(versions)s staat iets anders. Kijk of dat ook weg moet.") % {"versions": versions}
        )
    return redirect("transparency:work-redaction", key=key)


@require_POST
def refuse_step(request: HttpRequest, key: Any) -> HttpResponse:
    """Leave the value where it is."""
    refuse_redaction(request=_request(key), by=request.user, now=timezone.now())
    messages.success(request, _("De tekst blijft staan."))
    return redirect("transparency:work-redaction", key=key)
