"""A step with money in two: what was typed is shown once more with its amount, and only then it is done."""

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from participation.forms import Form


@dataclass(frozen=True, kw_only=True)
class MoneyStep:
    """What a page with a form that moves money says."""

    title: str
    button: str
    who_sees: str
    act: Callable[[Form], str]  # does it, and tells it in words; raises ValidationError
    question: Callable[[Form], str]  # the amount in a sentence, before it is done
    hint: str = ""


def sent(request: HttpRequest) -> Any:
    """What a form was sent with, also when that is nothing; None where it is only shown."""
    return request.POST if request.method == "POST" else None


def take_money_step(
    request: HttpRequest, form: Form, step: MoneyStep, *, back: str, around: dict[str, Any]
) -> HttpResponse:  # fmt: skip
    """Show the form; then the question; then do it and go `back`. `around`: the context of the page around it."""
    context = {"form": form, "step": step, "back": back, "question": "", **around}
    if request.method != "POST" or not form.is_valid():
        return _page(request, context)
    if request.POST.get("bevestigd") != "ja" and "key" in form.fields:
        return _page(request, context | {"question": step.question(form)})
    try:
        told = step.act(form)
    except ValidationError as error:
        form.take(error)
        return _page(request, context)
    messages.success(request, told)
    return redirect(back)


def _page(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    form = context["form"]
    is_wrong = form.is_bound and bool(form.errors)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if is_wrong else HTTPStatus.OK
    return render(request, "participation/money/fund_step.html", context, status=status)
