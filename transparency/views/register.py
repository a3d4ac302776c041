"""The register: list, filters and search."""

from django.http import HttpRequest, HttpResponse

from portal.core.htmx import render_page, wants_fragment
from portal.core.paging import page_links
from portal.core.public import public_page
from portal.organisations.models import Organisation
from portal.organisations.names import may_name_a_provider
from transparency.filters import QUERY_KEYS, Ask
from transparency.listing import answer

MOST_PROVIDERS = 3


@public_page(query=QUERY_KEYS)
def register(request: HttpRequest) -> HttpResponse:
    """Everything in the register that fits the words and filters of the address; a fragment for htmx."""
    asked = Ask.read(request.GET)
    answered = answer(asked)
    kept = answered.ask.query(page=answered.ask.page)
    context = {
        "ask": answered.ask,
        "answered": answered,
        "chosen": asked.chosen(request.path),
        "pages": page_links(
            answered.ask.page, answered.pages, lambda number: request.path + answered.ask.query(page=number)
        ),
        "providers": _providers(asked.q, answered.revision),
        "without_examples": _without_examples(asked, request.path) if answered.examples else "",
        "kept_query": kept,
        "is_fragment": wants_fragment(request),
    }
    return render_page(
        request, "transparency/register.html", context, fragment="resultaten", address=request.path + kept
    )


def _without_examples(asked: Ask, path: str) -> str:
    """The address of the question without what is invented; empty when it says already which of both it wants."""
    return "" if "real" in asked.filters else path + asked.only("real", "REAL").query()


def _providers(q: str, revision: int) -> list[Organisation]:
    """The care providers that the question may be about."""
    if not may_name_a_provider(q, revision):
        return []
    return list(Organisation.objects.giving_care().best_matches(q)[:MOST_PROVIDERS])
