"""What our editors wrote about an organisation: it says that the text is right, corrects it, or says what is wrong."""

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
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from portal.core.private import only_post
from portal.organisations.permissions import can_see
from transparency.actions import claims as actions
from transparency.actions.drafts import start_claim
from transparency.faults import Fault, faults_of
from transparency.models import Claim, Entry
from transparency.permissions import can_claim, can_decide_claim, can_withdraw_claim
from transparency.states import ClaimKind, ClaimState, DraftPurpose, Origin
from transparency.workspace import organisations_of

_SENT = gettext_lazy("De redactie krijgt bericht. Binnen twee werkdagen kan iedereen het lezen.")
_SAID = {
    ClaimKind.CONFIRM: gettext_lazy("Een collega krijgt bericht. Als die ook ja zegt, ziet iedereen het."),
    ClaimKind.DISPUTE: gettext_lazy("Een publiceerder van uw organisatie krijgt bericht. Die kan het versturen."),
}


def _entry(user: Any, slug: str) -> Entry:
    """The public entry `slug`. Raises Http404, PermissionDenied when it is of others: that it is there, all know."""
    entries = Entry.objects.public().select_related("organisation", "current_version")
    found = get_object_or_404(entries, slug=slug)
    can_see(user, found.organisation)
    return found


@require_safe
def about_us(request: HttpRequest) -> HttpResponse:
    """The texts of our editors about the organisations of the person."""
    entries = Entry.objects.listed().filter(
        origin=Origin.EDITORIAL, organisation__in=organisations_of(request.user)
    ).select_related("organisation", "current_version").prefetch_related("claims", "drafts")  # fmt: skip
    rows = [
        {"entry": entry, "claims": [claim for claim in entry.claims.all() if claim.state not in _OVER],
         "is_written": any(one.purpose == DraftPurpose.CLAIM and one.state in _OPEN for one in entry.drafts.all())}
        for entry in entries.order_by("organisation__sort_key", "slug")
    ]  # fmt: skip
    return render(request, "transparency/about_us.html", {"rows": rows})


_OVER = (ClaimState.WITHDRAWN, ClaimState.REFUSED)
_OPEN = ("WRITING", "SUBMITTED", "RETURNED", "SCHEDULED")


@require_safe
def about_us_entry(request: HttpRequest, slug: str) -> HttpResponse:
    """One text of our editors about the organisation, and what the person can say of it."""
    return _page(request, _entry(request.user, slug))


def _page(request: HttpRequest, entry: Entry, *, faults: list[Fault] | None = None, text: str = "") -> HttpResponse:
    claims = list(entry.claims.select_related("version", "entry__organisation__parent").order_by("-asked_at", "-pk"))
    is_ours = entry.is_listed and entry.origin == Origin.EDITORIAL
    may_say = is_ours and can_claim.ok(request.user, entry)
    open_kinds = {claim.kind for claim in claims if claim.state not in _CLOSED}
    is_confirmed = any(
        claim.state == ClaimState.CONFIRMED and claim.version_id == entry.current_version_id for claim in claims
    )
    context = {
        "entry": entry,
        "is_ours": is_ours,
        "may_say": may_say,
        "is_verified": entry.organisation.verified_at is not None,
        "can_confirm": may_say and ClaimKind.CONFIRM not in open_kinds and not is_confirmed,
        "can_dispute": may_say and ClaimKind.DISPUTE not in open_kinds,
        "draft": entry.drafts.open().filter(purpose=DraftPurpose.CLAIM).first(),
        "rows": [_row(request.user, claim) for claim in claims],
        "faults": faults or [],
        "text": text,
        "most": actions.LONGEST,
        "days": actions.SHOWN_WITHIN,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if faults else HTTPStatus.OK
    return render(request, "transparency/about_us_entry.html", context, status=status)


_CLOSED = (ClaimState.REFUSED, ClaimState.CONFIRMED, ClaimState.ANSWERED, ClaimState.WITHDRAWN)


def _row(user: Any, claim: Claim) -> dict[str, Any]:
    decides = can_decide_claim.ok(user, claim)
    is_asked = claim.state == ClaimState.ASKED
    return {
        "claim": claim,
        "can_confirm": decides and is_asked and claim.kind == ClaimKind.CONFIRM,
        "can_file": decides and claim.kind == ClaimKind.DISPUTE
        and claim.state in {ClaimState.ASKED, ClaimState.RETURNED},
        "can_refuse": decides and is_asked,
        "can_withdraw": (claim.state not in _CLOSED or claim.state == ClaimState.CONFIRMED)
        and can_withdraw_claim.ok(user, claim),
    }  # fmt: skip


@only_post
def ask_confirmation(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask a colleague to confirm the text."""
    entry = _entry(request.user, slug)
    actions.ask_confirmation(entry=entry, seen=_seen(request), by=request.user, now=timezone.now())
    messages.success(request, _SAID[ClaimKind.CONFIRM])
    return redirect("transparency:about-us-entry", slug)


@only_post
def correct(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin the organisation's own text, with what stands there now."""
    entry = _entry(request.user, slug)
    draft = start_claim(entry=entry, by=request.user, now=timezone.now())
    messages.success(request, _("Verander wat niet klopt. Na goedkeuring is dit de tekst van uw organisatie."))
    return redirect("transparency:draft", draft.uuid)


@only_post
def dispute(request: HttpRequest, slug: str) -> HttpResponse:
    """Say what is wrong in the text."""
    entry, text = _entry(request.user, slug), request.POST.get("tekst", "")
    try:
        made = actions.dispute(entry=entry, text=text, seen=_seen(request), by=request.user, now=timezone.now())
    except ValidationError as error:
        return _page(request, entry, faults=faults_of(error, {}, field="tekst"), text=text)
    messages.success(request, _SENT if made.state == ClaimState.FILED else _SAID[ClaimKind.DISPUTE])
    return redirect("transparency:about-us-entry", slug)


def _seen(request: HttpRequest) -> int:
    """The number of the version that the person read."""
    number = request.POST.get("versie", "")
    return int(number) if number.isdecimal() and len(number) < 10 else 0


Step = Callable[..., None]
STEPS: dict[str, tuple[Step, Any]] = {
    "bevestigen": (actions.confirm, gettext_lazy("Iedereen ziet nu dat de tekst klopt.")),
    "afwijzen": (actions.refuse, gettext_lazy("U wees dit af. Uw collega krijgt bericht.")),
    "versturen": (actions.file, _SENT),
    "intrekken": (actions.withdraw, gettext_lazy("Dit is ingetrokken.")),
}  # fmt: skip


@only_post
def claim_step(request: HttpRequest, slug: str, key: UUID, step: str) -> HttpResponse:
    """Decide for the organisation on what a colleague asked, or take it back."""
    entry = _entry(request.user, slug)
    claims = Claim.objects.select_related("entry__organisation", "entry__current_version", "version")
    claim = get_object_or_404(claims, uuid=key, entry=entry)
    if step not in STEPS:
        raise Http404
    act, said = STEPS[step]
    more = {"text": request.POST["tekst"]} if step == "versturen" and "tekst" in request.POST else {}
    try:
        act(claim=claim, by=request.user, now=timezone.now(), **more)
    except ValidationError as error:
        return _page(request, entry, faults=faults_of(error, {}, field=f"tekst-{claim.uuid}"))
    messages.success(request, said)
    return redirect("transparency:about-us-entry", slug)
