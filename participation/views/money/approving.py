"""Approving many claims at once: what stands out first and unticked, the rest ticked, and what the money does then."""

import uuid
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from participation.actions.money.judging import approve_many
from participation.claim_signals import Signals
from participation.models import BudgetLine, Claim, Seen
from participation.money_duties import APPROVE, WHOLE, waiting_for
from participation.money_tasks import where_spent
from participation.states import ClaimState
from participation.view_log import saw_each
from participation.views.money.judging import lines_of, whose
from participation.views.project_common import GET_OR_POST
from portal.core.dates import long_date
from portal.core.money import euros
from portal.core.paging import page_links, query_string
from portal.organisations.permissions import where_held
from portal.organisations.roles import Role

PAGE = 30


@GET_OR_POST
def to_approve(request: HttpRequest) -> HttpResponse:
    """What waits; by POST each claim that was ticked is approved on its own, and what could not be is told."""
    claims = waiting_for(request.user, APPROVE)
    if request.method == "POST":
        return _approve(request)
    saw_each(request, [one.user for one in claims if one.user_id], Seen.CLAIM)
    signals = Signals(claims)
    rows = [{**row, "key": uuid.uuid4()} for row in lines_of(claims, signals)]
    context = {
        "exceptions": [row for row in rows if row["signals"]],
        "ordinary": [row for row in rows if not row["signals"]],
        "totals": _totals(claims, signals),
        "total": sum(one.amount for one in claims),
    }
    return render(request, "participation/money/judge_approve.html", context)


def _approve(request: HttpRequest) -> HttpResponse:
    """Each ticked claim with what the page showed of it; the same page again after that."""
    ticked = [_parsed(text, request) for text in dict.fromkeys(request.POST.getlist("declaratie"))]
    asked = {one.key: one for one in ticked if one is not None}
    found = {one.uuid: one for one in Claim.objects.filter(uuid__in=asked).select_related(*WHOLE)}
    chosen = [(found[key], one.revision, one.command) for key, one in asked.items() if key in found]
    if not chosen:
        messages.info(request, _("U koos geen declaratie. Er is niets goedgekeurd."))
        return redirect("participation:money-approve")
    refused = approve_many(claims=chosen, by=request.user, now=timezone.now())
    _tell(request, [claim for claim, *_rest in chosen], refused)
    return redirect("participation:money-approve")


def _tell(request: HttpRequest, chosen: list[Claim], refused: dict[int, str]) -> None:
    """What was done with each; without names, since a browser keeps these words for a moment."""
    done = [one for one in chosen if one.pk not in refused]
    if done:
        told = ngettext(
            "Goedgekeurd: %(number)d declaratie, %(amount)s.",
            "Goedgekeurd: %(number)d declaraties, samen %(amount)s.",
            len(done),
        )
        messages.success(request, told % {"number": len(done), "amount": euros(sum(one.amount for one in done))})
    for one in chosen:
        if one.pk in refused:
            words = {
                "day": long_date(timezone.localtime(one.submitted_at or one.begun_at).date()),
                "amount": euros(one.amount), "where": where_spent(one), "why": refused[one.pk],
            }  # fmt: skip
            messages.warning(
                request, _("Niet goedgekeurd: %(amount)s voor %(where)s, verstuurd op %(day)s. %(why)s") % words
            )


@dataclass(frozen=True, kw_only=True)
class _Ticked:
    """A claim as the page showed it, and the key of approving it."""

    key: uuid.UUID
    revision: int
    command: uuid.UUID


def _parsed(text: str, request: HttpRequest) -> _Ticked | None:
    """What stands at the box of one claim; None for what no page of ours sends."""
    try:
        key = uuid.UUID(text)
        number, command = request.POST.get(f"gezien-{key}", ""), uuid.UUID(request.POST.get(f"sleutel-{key}", ""))
    except ValueError:
        return None
    if not (number.isascii() and number.isdigit() and len(number) < 9):
        return None
    return _Ticked(key=key, revision=int(number), command=command)


def _totals(claims: list[Claim], signals: Signals) -> list[dict[str, Any]]:
    """For each line of a budget: what these claims ask, and what the line has left for others."""
    asked: dict[int, int] = defaultdict(int)
    for claim in claims:
        for item in signals.items(claim):
            asked[item.commitment.line_id] += item.amount
    lines = BudgetLine.objects.filter(pk__in=asked).select_related("budget__project", "budget__fund")
    return [
        {"line": line, "where": line.budget.project.name if line.budget.project else line.budget.purpose,
         "asked": asked[line.pk]}
        for line in lines.order_by("budget", "pk")
    ]  # fmt: skip


DONE = (ClaimState.APPROVED, ClaimState.EXPORTED, ClaimState.PAID, ClaimState.REVERSED)


@require_safe
def approved(request: HttpRequest) -> HttpResponse:
    """What was approved before, of the funds that somebody manages: from here one can be undone."""
    funds = where_held(request.user, Role.FUND_MANAGER)
    found = Claim.objects.filter(state__in=DONE, budget__fund__organisation__in=funds).exclude(user=request.user.pk)
    ordered = found.select_related(*WHOLE).order_by("-approved_at", "-pk")
    page = Paginator(ordered, PAGE).get_page(request.GET.get("pagina"))
    claims = list(page)
    saw_each(request, [one.user for one in claims if one.user_id], Seen.CLAIM)
    context = {
        "rows": [{"claim": one, "who": whose(one), "where": where_spent(one)} for one in claims],
        "pages": page_links(page.number, page.paginator.num_pages, lambda n: request.path + query_string([], n)),
    }
    return render(request, "participation/money/judge_approved.html", context)
