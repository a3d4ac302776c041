"""Changes elsewhere that the writers of an entry decide on: of its product, and of the law."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.core.private import only_post
from transparency.actions import proposals as actions
from transparency.answers import sections
from transparency.changes import changes
from transparency.faults import Fault, faults_of
from transparency.fields import BY_KEY
from transparency.glossary import Explainer
from transparency.law import line_of
from transparency.models import Proposal
from transparency.permissions import can_see_entry, can_write_entry
from transparency.states import ProposalKind, ProposalState
from transparency.workspace import entries_of

MOST = 500  # on one page, and at once


def _proposals(user: Any) -> list[Proposal]:
    """The open proposals for the entries that `user` writes, those of products first."""
    needed = ("entry__organisation__parent__parent", "entry__current_version", "to_version")
    found = Proposal.objects.open().filter(entry__in=entries_of(user)).select_related(*needed)
    mine = [one for one in found.order_by("-kind", "-made_at", "-pk")[:MOST] if can_write_entry.ok(user, one.entry)]
    return mine


def _proposal(user: Any, key: UUID) -> Proposal:
    """The proposal `key`. Raises Http404 when there is none that `user` may see."""
    needed = ("entry__organisation", "entry__current_version", "from_version", "to_version__system", "draft")
    found = get_object_or_404(Proposal.objects.select_related(*needed), uuid=key)
    if not can_see_entry.ok(user, found.entry):
        raise Http404
    return found


@require_safe
def proposals(request: HttpRequest) -> HttpResponse:
    """Everything that waits for a choice of the person."""
    found = _proposals(request.user)
    context = {
        "systems": [one for one in found if one.kind == ProposalKind.SYSTEM],
        "law": [
            {"proposal": one, "lines": [line for slug in one.lines if (line := line_of(slug))]}
            for one in found if one.kind == ProposalKind.LAW
        ],
    }  # fmt: skip
    return render(request, "transparency/proposals.html", context)


@only_post
def still_right(request: HttpRequest) -> HttpResponse:
    """Say of many entries at once that what they say of the law is still right."""
    keys = set(request.POST.getlist("voorstel")[:MOST])
    chosen = [one for one in _proposals(request.user) if one.kind == ProposalKind.LAW and str(one.uuid) in keys]
    with transaction.atomic():
        for one in chosen:
            actions.leave(proposal=one, reason="", by=request.user, now=timezone.now())
    if chosen:
        said = ngettext(
            "U zei van %(number)d tekst dat die nog klopt.", "U zei van %(number)d teksten dat die nog kloppen.",
            len(chosen),
        ) % {"number": len(chosen)}  # fmt: skip
        messages.success(request, said)
    else:
        messages.warning(request, _("U koos geen tekst. Zet eerst een vinkje."))
    return redirect("transparency:proposals")


@require_safe
def proposal(request: HttpRequest, key: UUID) -> HttpResponse:
    """One proposal: what changed, and what the entry says now."""
    return _page(request, _proposal(request.user, key))


def _page(request: HttpRequest, found: Proposal, *, faults: list[Fault] | None = None) -> HttpResponse:
    is_open, language = found.state == ProposalState.OPEN, get_language() or "nl"
    context = {
        "proposal": found,
        "entry": found.entry,
        "is_law": found.kind == ProposalKind.LAW,
        "rows": _rows(found, language),
        "lines": [(line, why) for slug, why in found.lines.items() if (line := line_of(slug))],
        "can_decide": is_open and can_write_entry.ok(request.user, found.entry),
        "waits": found.entry.drafts.open().filter(state__in=["SUBMITTED", "SCHEDULED"]).exists(),
        "reason": request.POST.get("reden", ""),
        "faults": faults or [],
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if faults else HTTPStatus.OK
    return render(request, "transparency/proposal.html", context, status=status)


def _rows(found: Proposal, language: str) -> list[dict[str, Any]]:
    """Per question: what changed in the text of the product, and what the entry says itself, if anything."""
    if found.to_version is None or found.entry.current_version is None:
        return []
    fields = tuple(BY_KEY[key] for key in found.keys if key in BY_KEY)
    before = found.from_version.content if found.from_version else {}
    own = {
        answer.field.key: answer
        for section in sections(
            found.entry.current_version.content, fields, Explainer(language=language, is_active=False)
        ).values()
        for answer in section.answers
    }
    by_label = {str(f.label): f.key for f in fields}
    return [
        {"change": change, "own": own.get(by_label[str(change.label)])}
        for change in changes(before, found.to_version.content, fields, language)
    ]


@only_post
def take(request: HttpRequest, key: UUID) -> HttpResponse:
    """Put the new answers into a draft."""
    found = _proposal(request.user, key)
    draft = actions.take(proposal=found, by=request.user, now=timezone.now())
    messages.success(request, _("De nieuwe antwoorden staan in een nieuwe tekst. Lees hem na en dien hem in."))
    return redirect("transparency:draft", draft.uuid)


@only_post
def leave(request: HttpRequest, key: UUID) -> HttpResponse:
    """Leave the entry as it is."""
    found = _proposal(request.user, key)
    try:
        actions.leave(proposal=found, reason=request.POST.get("reden", ""), by=request.user, now=timezone.now())
    except ValidationError as error:
        return _page(request, found, faults=faults_of(error, {}, field="reden"))
    messages.success(request, _("Uw tekst blijft zoals hij is."))
    return redirect("transparency:proposals")
