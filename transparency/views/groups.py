"""For whom an entry of a group holds, who stands outside it, and which organisation is below which."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.permissions import can_administer_portal
from portal.core.private import only_post
from portal.core.text import one_line
from portal.organisations.models import Organisation
from portal.organisations.permissions import can_publish, can_see, with_those_above
from transparency.actions import groups as actions
from transparency.applying import choosable
from transparency.faults import Fault, faults_of
from transparency.models import Entry, LeaveOut
from transparency.permissions import can_choose_for_whom, can_decide_leave_out
from transparency.states import LeaveOutState
from transparency.views.work import visible_entry
from transparency.workspace import organisations_of

ALL, SOME = "alle", "deze"


@require_http_methods(["GET", "HEAD", "POST"])
def for_whom(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose for which organisations below its owner an entry holds."""
    entry = visible_entry(request.user, slug)
    below = list(choosable(entry))
    faults: list[Fault] = []
    if request.method == "POST":
        can_choose_for_whom(request.user, entry)
        try:
            wanted = _wanted(request, below)
            actions.choose_for_whom(entry=entry, organisations=wanted, by=request.user, now=timezone.now())
            messages.success(request, _("Uw keuze is bewaard. De openbare pagina’s zijn aangepast."))
            return redirect("transparency:for-whom", slug)
        except ValidationError as error:
            faults = faults_of(error, {}, field="alle")
    named = set(entry.applies_to.values_list("pk", flat=True))
    wishes = list(entry.leave_outs.select_related("organisation").order_by("state", "organisation__sort_key"))
    outside = {wish.organisation_id for wish in wishes if wish.state == LeaveOutState.ACCEPTED}
    context = {
        "entry": entry,
        "rows": [{"organisation": one, "is_named": one.pk in named, "is_out": one.pk in outside} for one in below],
        "is_all": not named,
        "wishes": [wish for wish in wishes if wish.state == LeaveOutState.ASKED],
        "can_choose": can_choose_for_whom.ok(request.user, entry),
        "faults": faults,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if faults else HTTPStatus.OK
    return render(request, "transparency/work_for_whom.html", context, status=status)


def _wanted(request: HttpRequest, below: list[Organisation]) -> list[Organisation]:
    """The organisations that were chosen. Raises ValidationError when none is, or one that is not below the owner."""
    if request.POST.get("wie") == ALL:
        return []
    chosen = set(request.POST.getlist("organisatie"))
    found = [one for one in below if one.slug in chosen]
    if len(found) != len(chosen):
        raise ValidationError(_("Kies alleen organisaties die onder uw organisatie vallen."))
    if not found:
        raise ValidationError(_("Kies ten minste één organisatie, of kies dat de toepassing voor alle geldt."))
    return found


@only_post
def leave_out_step(request: HttpRequest, key: UUID, step: str) -> HttpResponse:
    """Decide on the wish of an organisation to stand outside an entry, or take that wish back."""
    wishes = LeaveOut.objects.select_related("entry__organisation", "entry__current_version", "organisation")
    wish = get_object_or_404(wishes, uuid=key)
    if not can_see.ok(request.user, wish.organisation) and not can_decide_leave_out.ok(request.user, wish):
        raise Http404
    act = _LEAVE_OUT_STEPS.get(step)
    if act is None:
        raise Http404
    try:
        act(wish, request)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(_back(request.user, wish))
    messages.success(request, _("Uw keuze is bewaard. De organisatie krijgt bericht."))
    return redirect(_back(request.user, wish))


def _accept(wish: LeaveOut, request: HttpRequest) -> None:
    actions.accept_leave_out(leave_out=wish, by=request.user, now=timezone.now())


def _refuse(wish: LeaveOut, request: HttpRequest) -> None:
    answer = request.POST.get("antwoord", "")
    actions.refuse_leave_out(leave_out=wish, answer=answer, by=request.user, now=timezone.now())


def _withdraw(wish: LeaveOut, request: HttpRequest) -> None:
    actions.withdraw_leave_out(leave_out=wish, by=request.user, now=timezone.now())


_LEAVE_OUT_STEPS: dict[str, Callable[[LeaveOut, HttpRequest], None]] = {
    "uitzonderen": _accept,
    "afwijzen": _refuse,
    "intrekken": _withdraw,
}


def _back(user: Any, wish: LeaveOut) -> str:
    if can_decide_leave_out.ok(user, wish):
        return reverse("transparency:for-whom", args=[wish.entry.slug])
    return reverse("transparency:holds-for-us")


# --- What a group says for us ----------------------------------------------------------------------------------------


@require_safe
def holds_for_us(request: HttpRequest) -> HttpResponse:
    """The entries of organisations above, and what the person's organisations can do with them."""
    return _holds_page(request)


def _holds_page(request: HttpRequest, *, faults: list[Fault] | None = None) -> HttpResponse:
    mine = list(organisations_of(request.user).select_related("parent__parent"))
    rows = []
    for one in mine:
        if one.parent_id is None:
            continue
        from_above = Entry.objects.listed().of_provider(one).exclude(organisation=one)
        found = from_above.select_related("organisation", "current_version").order_by("organisation__sort_key", "slug")
        wishes = one.leave_outs.exclude(state=LeaveOutState.WITHDRAWN).select_related(
            "entry__organisation", "entry__current_version", "organisation__parent__parent"
        )
        asked = {wish.entry_id: wish for wish in wishes.order_by("asked_at", "pk")}
        rows.append(
            {
                "organisation": one,
                "can_ask": can_publish.ok(request.user, one),
                "entries": [{"entry": entry, "wish": asked.get(entry.pk)} for entry in found],
                "outside": [wish for wish in asked.values() if wish.state == LeaveOutState.ACCEPTED],
            }
        )
    context = {
        "rows": rows,
        "faults": faults or [],
        "reason": request.POST.get("reden", ""),
        "asked_of": (request.POST.get("organisatie", ""), request.POST.get("toepassing", "")),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if faults else HTTPStatus.OK
    return render(request, "transparency/holds_for_us.html", context, status=status)


@only_post
def ask_leave_out(request: HttpRequest) -> HttpResponse:
    """Ask the group to leave an organisation out."""
    organisation = get_object_or_404(Organisation, slug=request.POST.get("organisatie", ""))
    if not can_see.ok(request.user, organisation):
        raise Http404
    entry = get_object_or_404(
        Entry.objects.listed().select_related("organisation", "current_version"),
        slug=request.POST.get("toepassing", ""),
    )
    try:
        actions.ask_leave_out(
            entry=entry, organisation=organisation, reason=request.POST.get("reden", ""), by=request.user,
            now=timezone.now(),
        )  # fmt: skip
    except ValidationError as error:
        return _holds_page(request, faults=faults_of(error, {}, field=f"reden-{organisation.slug}-{entry.slug}"))
    messages.success(request, _("De groep krijgt bericht. Die beslist."))
    return redirect("transparency:holds-for-us")


# --- The tree --------------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def tree(request: HttpRequest) -> HttpResponse:
    """Which organisation is below which; the administrator of the portal moves them."""
    can_administer_portal(request.user)
    sent = {key: one_line(request.POST.get(key, ""), 200) for key in ("organisatie", "boven")}
    faults: list[Fault] = []
    if request.method == "POST":
        faults = _place(request, sent)
        if not faults:
            return redirect("transparency:organisation-tree")
    groups: dict[int, dict[str, Any]] = {}
    placed = Organisation.objects.filter(parent__isnull=False).select_related("parent")
    for one in placed.order_by("parent__sort_key", "sort_key", "pk"):
        assert one.parent is not None  # noqa: S101 (the filter says so)
        groups.setdefault(one.parent.pk, {"parent": one.parent, "below": []})["below"].append(one)
    context = {"sent": sent, "faults": faults, "groups": list(groups.values())}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if faults else HTTPStatus.OK
    return render(request, "transparency/organisation_tree.html", context, status=status)


def _place(request: HttpRequest, sent: dict[str, str]) -> list[Fault]:
    """Move an organisation as the form says; what is wrong, if anything."""
    organisation = _called(sent["organisatie"])
    parent = _called(sent["boven"]) if sent["boven"] else None
    unknown = _("Wij kennen deze organisatie niet. Typ de naam zoals hij in het register staat.")
    faults = [Fault(field="organisatie", message=unknown)] if organisation is None else []
    faults += [Fault(field="boven", message=unknown)] if sent["boven"] and parent is None else []
    if faults or organisation is None:
        return faults
    try:
        actions.place_organisation(organisation=organisation, parent=parent, by=request.user, now=timezone.now())
    except ValidationError as error:
        return faults_of(error, {}, field="boven")
    chain = " › ".join(one.name for one in reversed(list(with_those_above(organisation))))
    messages.success(request, _("Bewaard: %(chain)s") % {"chain": chain})
    return []


def _called(name: str) -> Organisation | None:
    """The one organisation with this name or slug."""
    found = list(Organisation.objects.called(name)[:2]) if name else []
    return found[0] if len(found) == 1 else None
