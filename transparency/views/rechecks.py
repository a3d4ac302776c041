""" "Nog juist": texts that must be checked, one or many at once, by two people."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from portal.accounts.permissions import remembered_duties
from portal.core.private import only_post
from portal.core.text import clean
from portal.core.workflow import StepNotAllowed
from portal.organisations.permissions import remembered_roles
from transparency import emails
from transparency.actions import rechecks as actions
from transparency.models import Draft, Entry
from transparency.permissions import can_decide_draft, can_write_entry
from transparency.states import DraftPurpose, DraftState
from transparency.tasks import to_check
from transparency.workspace import drafts_of, name_of, name_of_entry

MOST = 100  # texts on the page, and in one step
_ENTRY = ("organisation", "current_version__readability", "system__current_version")
_DRAFT = ("entry__organisation", "entry__current_version__readability", "entry__system__current_version",
          "submitted_by", "edited_by")  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Line:
    """One text with its box: the value of the box, name, organisation, and its day or who looked."""

    value: str
    name: str
    slug: str
    about: str
    due: date | None = None
    is_late: bool = False
    by: str = ""


def _first_step(user: Any) -> list[Line]:
    today = timezone.localdate()
    found = to_check(user).select_related("organisation", "current_version")
    return [
        Line(
            value=entry.slug, name=name_of_entry(entry), slug=entry.slug, about=entry.organisation.name,
            due=(due := date.fromisoformat(entry.due)), is_late=due < today,  # type: ignore[attr-defined]
        )
        for entry in found[:MOST]
        if can_write_entry.ok(user, entry)
    ]  # fmt: skip


def _waiting(user: Any) -> Any:
    found = drafts_of(user).filter(state=DraftState.SUBMITTED, purpose=DraftPurpose.RECHECK)
    return found.select_related(*_DRAFT).order_by("submitted_at", "pk")


def _second_step(user: Any) -> list[Line]:
    return [
        Line(
            value=f"{draft.uuid}:{draft.revision}", name=name_of(draft), slug=draft.entry.slug,
            about=draft.entry.organisation.name, by=draft.submitted_by.get_full_name() if draft.submitted_by else "",
        )
        for draft in _waiting(user)[:MOST]
        if can_decide_draft.ok(user, draft)
    ]  # fmt: skip


@require_safe
def rechecks(request: HttpRequest) -> HttpResponse:
    """What must be checked, and what waits for a second person."""
    user = request.user
    with remembered_roles(user), remembered_duties(user):
        context = {"to_check": _first_step(user), "to_confirm": _second_step(user)}
    return render(request, "transparency/rechecks.html", context)


@dataclass
class Done:
    """What came of a step with many texts: how many, and each that did not go with the reason."""

    number: int = 0
    refused: list[tuple[str, str]] | None = None

    def refuse(self, name: str, why: Exception) -> None:
        """Keep why one did not go."""
        if isinstance(why, ValidationError):
            told = " ".join(why.messages)
        elif isinstance(why, StepNotAllowed):
            told = str(why.told or _("Iemand anders was u net voor."))
        else:
            told = str(why)
        self.refused = [*(self.refused or []), (name, told)]


REFUSALS = (ValidationError, StepNotAllowed, PermissionDenied)


@only_post
def ask(request: HttpRequest) -> HttpResponse:
    """Say of every chosen text that it is still right; each goes by itself, and what does not is told."""
    chosen = [clean(slug) for slug in request.POST.getlist("tekst")[:MOST]]
    found = Entry.objects.filter(slug__in=chosen).select_related("organisation").order_by("slug")
    done, made = Done(), []
    with remembered_roles(request.user), remembered_duties(request.user):
        mine = [entry.pk for entry in found if can_write_entry.ok(request.user, entry)]
        for pk in mine:  # each is a step of its own, with all that belongs to it
            entry = Entry.objects.select_related(*_ENTRY).get(pk=pk)
            try:
                made.append(actions.ask(entry=entry, by=request.user, now=timezone.now()))
                done.number += 1
            except REFUSALS as error:
                done.refuse(name_of_entry(entry), error)
    emails.rechecks_to_confirm(made, by=request.user)
    words = ngettext("U keek naar %(number)d tekst. Een collega kijkt mee.",
                     "U keek naar %(number)d teksten. Een collega kijkt mee.", done.number)  # fmt: skip
    return _told(request, done, words)


@only_post
def confirm(request: HttpRequest) -> HttpResponse:
    """Say it as the second person of every chosen text, at the revision that was on the page."""
    revisions = dict(value.split(":", 1) for value in request.POST.getlist("tekst")[:MOST] if ":" in value)
    done = Done()
    with remembered_roles(request.user), remembered_duties(request.user):
        for pk in _chosen(request.user, revisions):
            draft = Draft.objects.select_related(*_DRAFT).get(pk=pk)
            try:
                revision = int(revisions[str(draft.uuid)])
                actions.confirm(draft=draft, revision=revision, by=request.user, now=timezone.now())
                done.number += 1
            except (*REFUSALS, ValueError) as error:
                done.refuse(name_of(draft), error)
    words = ngettext("%(number)d tekst heeft een nieuwe datum.", "%(number)d teksten hebben een nieuwe datum.",
                     done.number)  # fmt: skip
    return _told(request, done, words)


def _chosen(user: Any, revisions: dict[str, str]) -> list[int]:
    """The rechecks among `revisions` that wait and that `user` may see."""
    waiting = {str(key): pk for key, pk in _waiting(user).values_list("uuid", "pk")}
    return [waiting[key] for key in revisions if key in waiting]


def _told(request: HttpRequest, done: Done, words: str) -> HttpResponse:
    if done.number:
        messages.success(request, words % {"number": done.number})
    for name, why in done.refused or []:
        messages.warning(request, f"{name}: {why}")
    if not done.number and not done.refused:
        messages.warning(request, _("Er is niets veranderd. Kies eerst een of meer teksten."))
    return redirect("transparency:rechecks")
