"""Funds in the API and as a file: their public money, with their budgets by quarter. Nothing about people."""

import csv
import io
import uuid
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from rest_framework.request import Request

from participation.api.fund_schema import fund_parameters
from participation.models import Fund, Project
from participation.money_public import MIXED, BudgetMoney, FundMoney, QuarterMoney, money_of
from portal.api.paging import Cursor, Page, cursor_of, size_of
from portal.api.parameters import read
from portal.api.version import PATH
from portal.api.views import OpenView, answer, as_json, page_answer
from portal.core.public import public_page
from transparency.service import escape, organisation_reference, page_of


class Funds(OpenView):
    """Funds with their public money."""

    def get(self, request: Request) -> HttpResponse:
        """One page."""
        asked = read(fund_parameters(), request.query_params)
        return page_answer(request, asked, funds(asked))


class OneFund(OpenView):
    """One fund, also an example."""

    def get(self, request: Request, key: uuid.UUID) -> HttpResponse:
        """Its document."""
        read((), request.query_params)
        found = get_object_or_404(Fund.objects.select_related("organisation"), uuid=key)
        (money,) = money_of([found], timezone.localdate())
        return answer(as_json(fund_document(money)))


def funds(asked: dict[str, list[str]]) -> Page:
    """One page of the funds that fit, the newest first. No examples."""
    chosen = Fund.objects.real().select_related("organisation")
    if "organisatie" in asked:
        chosen = chosen.filter(organisation__slug__in=asked["organisatie"])
    start, size = cursor_of(asked), size_of(asked)
    rest = chosen if start is None else chosen.filter(pk__lt=start.id)
    found = list(rest.order_by("-pk")[: size + 1])
    shown = money_of(found[:size], timezone.localdate())
    following = Cursor(after=found[size - 1].pk, id=found[size - 1].pk) if len(found) > size else None
    return Page(items=[as_json(fund_document(one)) for one in shown], total=chosen.count(), next=following)


# --- The document ----------------------------------------------------------------------------------------------------


def fund_document(money: FundMoney) -> dict[str, Any]:
    """Everything that is public of a fund; amounts are whole euro cents."""
    fund = money.fund
    names = ("name", "name_en", "summary", "summary_en", "amount")
    return {
        "id": str(fund.uuid),
        "slug": fund.slug,
        "url": f"{settings.PUBLIC_URL}{PATH}/fondsen/{fund.uuid}",
        "page": page_of(fund),
        "organisation": organisation_reference(fund.organisation),
        "is_example": fund.organisation.is_example,
        **{name: getattr(fund, name) for name in names},
        "starts_on": fund.starts_on.isoformat(),
        "ends_on": fund.ends_on.isoformat(),
        "earmarked": money.earmarked,
        "committed": money.promised,
        "spent": money.spent,
        "went_back": money.went_back,
        "told_until": money.told_until.isoformat(),
        "lines": [
            {"kind": one.kind, "earmarked": None if one.kind == MIXED else one.earmarked, "committed": one.promised,
             "spent": one.spent}
            for one in money.lines
        ],
        "plan": [
            {"year": year, "kind": kind, "amount": cents}
            for year, amounts in sorted(money.plans.items())
            for kind, cents in amounts.items()
        ],
        "budgets": [_budget(one) for one in money.budgets],
    }  # fmt: skip


def _budget(one: BudgetMoney) -> dict[str, Any]:
    budget = one.budget
    return {
        "id": str(budget.uuid),
        "project": _project(budget.project),
        "purpose": budget.purpose,
        "purpose_en": budget.purpose_en,
        "state": budget.state,
        "starts_on": budget.starts_on.isoformat(),
        "ends_on": budget.ends_on.isoformat(),
        "payer": organisation_reference(budget.payer.organisation),
        "earmarked": one.earmarked,
        "committed": one.promised,
        "spent": one.spent,
        "went_back": one.went_back,
        "closing_text": budget.closing_text,
        "is_partial": one.is_partial,
        "quarters": [_quarter(row) for row in one.quarters],
    }


def _project(project: Project | None) -> dict[str, Any] | None:
    if project is None:
        return None
    return {"id": str(project.uuid), "slug": project.slug, "name": project.name, "page": page_of(project)}


def _quarter(row: QuarterMoney) -> dict[str, Any]:
    return {
        "quarter": _name(row.quarter),
        "earmarked": row.earmarked,
        "committed": row.promised,
        "spent": row.spent,
        "since": _name(row.since) if row.since is not None else None,
    }


def _name(quarter: int) -> str:
    return f"{quarter // 4}-Q{quarter % 4 + 1}"


# --- The file --------------------------------------------------------------------------------------------------------

COLUMNS = ("fonds", "organisatie", "soort_regel", "budget", "project", "doel", "soort_kosten", "kwartaal", "sinds",
           "in_fonds_cent", "apart_gezet_cent", "toegezegd_cent", "uitgegeven_cent", "terug_cent",
           "toelichting")  # fmt: skip


@public_page
def money_csv(request: Any) -> HttpResponse:
    """The money of every real fund: a row for the fund, each kind of cost, each budget and each of its quarters."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerow(COLUMNS)
    real = Fund.objects.real().select_related("organisation").in_order()
    for money in money_of(real, timezone.localdate()):
        for row in _rows(money):
            cells = ("" if row.get(name) is None else row[name] for name in COLUMNS)
            writer.writerow([escape(one) if isinstance(one, str) else one for one in cells])
    response = HttpResponse(("\ufeff" + out.getvalue()).encode(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="geld.csv"'
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def _rows(money: FundMoney) -> Iterator[dict[str, Any]]:
    fund = money.fund
    base = {"fonds": fund.slug, "organisatie": fund.organisation.slug}
    yield {**base, **_amounts(money), "soort_regel": "fonds", "in_fonds_cent": fund.amount,
           "terug_cent": money.went_back}  # fmt: skip
    for line in money.lines:
        yield {**base, **_amounts(line), "soort_regel": "kosten", "soort_kosten": line.kind}
    for one in money.budgets:
        budget = one.budget
        about = {**base, "budget": str(budget.uuid), "project": budget.project.slug if budget.project else "",
                 "doel": budget.purpose}  # fmt: skip
        yield {**about, **_amounts(one), "soort_regel": "budget", "terug_cent": one.went_back,
               "toelichting": budget.closing_text}  # fmt: skip
        for row in one.quarters:
            since = _name(row.since) if row.since is not None else ""
            yield {**about, **_amounts(row), "soort_regel": "kwartaal", "kwartaal": _name(row.quarter), "sinds": since}


def _amounts(one: Any) -> dict[str, int | None]:
    return {"apart_gezet_cent": one.earmarked, "toegezegd_cent": one.promised, "uitgegeven_cent": one.spent}
