"""The language check: a text in, a score and what to change out. Nothing of the text is stored or logged."""

import tomllib
from dataclasses import dataclass
from functools import cache
from http import HTTPStatus
from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from portal.core.dates import number
from portal.core.htmx import render_page, wants_fragment
from portal.core.stateless_form import stateless_form
from portal.core.text import clean
from portal.core.visitor import network_of
from transparency.readability.check import MOST_CHARACTERS, TextTooLong, check
from transparency.readability.lexicon import LexiconError
from transparency.readability.public_check import CHARACTERS_A_TOKEN, LIMIT, TooOften, check_for
from transparency.readability.score import MODEL
from transparency.readability.telling import Told, tell

EXAMPLES = Path(__file__).parent.parent / "readability" / "lists" / "examples.toml"


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What the page answers: words about the text, or why there are none, with the status of HTTP."""

    told: Told | None = None
    fault: str = ""
    is_about_text: bool = False  # the fault: the field is marked
    status: HTTPStatus = HTTPStatus.OK
    wait: int = 0  # seconds


@dataclass(frozen=True, kw_only=True)
class Example:
    """A text of our own that a visitor may load."""

    slug: str
    title: str
    text: str


@stateless_form(query=("voorbeeld",))
def language_check(request: HttpRequest) -> HttpResponse:
    """The form; by POST the answer. Without JavaScript a whole page, for htmx the part with the answer."""
    example = next((one for one in examples() if one.slug == request.GET.get("voorbeeld")), None)
    if request.method == "POST":
        text, to_reader = clean(request.POST.get("tekst", "")), "voor_lezer" in request.POST
        outcome = _checked(request, text, to_reader)
    elif example:
        text, to_reader = example.text, True
        outcome = _of_example(text)
    else:
        text, to_reader, outcome = "", True, Outcome()
    context = _context(outcome) | {
        "text": text,
        "to_reader": to_reader,
        "kept_query": f"?voorbeeld={example.slug}" if example else "",
        "is_fragment": wants_fragment(request),
    }
    response = render_page(request, "transparency/language_check.html", context, fragment="uitslag")
    response.status_code = outcome.status
    if outcome.status != HTTPStatus.OK:
        response.headers["HX-Reswap"] = "outerHTML"  # see page.js
    if outcome.wait:
        response.headers["Retry-After"] = str(outcome.wait)
    return response


def _checked(request: HttpRequest, text: str, to_reader: bool) -> Outcome:
    """The outcome of a text that a visitor sent."""
    if not text.strip():
        if wants_fragment(request):  # he may have emptied the field to begin anew
            return Outcome()
        return Outcome(fault=_("Typ of plak eerst een tekst."), is_about_text=True,
                       status=HTTPStatus.UNPROCESSABLE_ENTITY)  # fmt: skip
    try:
        return Outcome(told=tell(text, check_for(network_of(request), text, to_reader=to_reader)))
    except TextTooLong:
        fault = _("Uw tekst heeft %(number)s tekens. Er passen er %(most)s. Controleer de tekst in stukken.") % {
            "number": number(len(text)), "most": number(MOST_CHARACTERS),
        }  # fmt: skip
        return Outcome(fault=fault, is_about_text=True, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    except TooOften as error:
        fault = ngettext(
            "U vroeg te vaak om een controle. Wacht %(seconds)s seconde en probeer het dan nog eens.",
            "U vroeg te vaak om een controle. Wacht %(seconds)s seconden en probeer het dan nog eens.",
            error.seconds,
        ) % {"seconds": error.seconds}
        return Outcome(fault=fault, status=HTTPStatus.TOO_MANY_REQUESTS, wait=error.seconds)
    except LexiconError:
        return _does_not_work()


def _of_example(text: str) -> Outcome:
    try:
        return Outcome(told=tell(text, check(text)))
    except LexiconError:
        return _does_not_work()


def _does_not_work() -> Outcome:
    fault = _("De taalcheck werkt nu niet. Uw tekst staat er nog. Probeer het later nog eens.")
    return Outcome(fault=fault, status=HTTPStatus.SERVICE_UNAVAILABLE, wait=60)


def _context(outcome: Outcome) -> dict[str, Any]:
    return {
        "told": outcome.told,
        "fault": outcome.fault,
        "is_about_text": outcome.is_about_text,
        "examples": examples(),
        "most": MOST_CHARACTERS,
        "times_a_minute": LIMIT.capacity,
        "characters_a_time": CHARACTERS_A_TOKEN,
        "model": MODEL,
        "today": timezone.localdate(),
    }


def examples() -> list[Example]:
    """The texts that a visitor may load, with their titles in the language of the page."""
    title = "title" if get_language() == "nl" else "title_en"
    return [Example(slug=slug, title=one[title], text=one["text"].strip()) for slug, one in _examples().items()]


@cache
def _examples() -> dict[str, dict[str, str]]:
    return tomllib.loads(EXAMPLES.read_text(encoding="utf-8"))
