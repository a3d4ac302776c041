"""The money of funds and the national maxima, for everybody."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from participation.actions.money.rates import warn_of
from participation.models import Fund
from participation.money_page import bar_of, fund_shown, rates_shown
from participation.money_public import money_of
from portal.core.public import public_page


@public_page
def funds(request: HttpRequest) -> HttpResponse:
    """Every fund with its money; examples after what is real."""
    today = timezone.localdate()
    found = money_of(Fund.objects.select_related("organisation").in_order(), today)
    rows = [
        {"money": one, "fund": one.fund, "bar": bar_of(one.earmarked, one.promised, one.spent),
         "time": one.time}
        for one in found
    ]  # fmt: skip
    return render(request, "participation/money/public_funds.html", {"funds": rows})


@public_page
def fund(request: HttpRequest, slug: str) -> HttpResponse:
    """The page of a fund: put in, set apart, promised, spent and left; its lines, plan and budgets."""
    one, today = get_object_or_404(Fund.objects.select_related("organisation"), slug=slug), timezone.localdate()
    (money,) = money_of([one], today)
    return render(request, "participation/money/public_fund.html", fund_shown(money, today))


@public_page
def rates(request: HttpRequest) -> HttpResponse:
    """What a volunteer may get without tax, year by year, with the source."""
    today = timezone.localdate()
    context = {**rates_shown(today), "missing": warn_of(today)}
    return render(request, "participation/money/public_rates.html", context)
