"""The query keys of each list: the words and filters of the page, from the same table."""

from functools import cache

from django.utils import translation

from portal.api.paging import PAGING
from portal.api.parameters import Parameter
from portal.organisations.models import OrganisationKind, Province
from transparency.facets import FACETS, Facet
from transparency.filters import MOST_NAMES

WORDS = Parameter(name="q", description="Woorden om op te zoeken; de best passende komen dan eerst.")
OF_SYSTEMS = ("care_setting", "use_kind", "body_parts", "visit_reasons", "ce_class")


def _filter(facet: Facet) -> Parameter:
    codes = tuple(facet.order() or ())
    with translation.override("nl"):
        label = str(facet.label)
    return Parameter(
        name=facet.param,
        description=f"{label}. Meer keer gegeven: een van die waarden is genoeg.",
        codes=codes,
        most=len(codes) or MOST_NAMES,
    )


@cache
def entry_parameters() -> tuple[Parameter, ...]:
    """What the list of entries takes."""
    return (WORDS, *(_filter(facet) for facet in FACETS), *PAGING)


@cache
def system_parameters() -> tuple[Parameter, ...]:
    """What the list of products takes."""
    return (WORDS, *(_filter(facet) for facet in FACETS if facet.key in OF_SYSTEMS), *PAGING)


@cache
def organisation_parameters() -> tuple[Parameter, ...]:
    """What the list of organisations takes."""
    return (
        Parameter(name="q", description="Begin van woorden uit naam, plaats of provincie."),
        Parameter(name="soort", description="Soort organisatie.", codes=tuple(OrganisationKind.values),
                  most=len(OrganisationKind)),
        Parameter(name="provincie", description="Provincie van het hoofdadres.", codes=tuple(Province.values),
                  most=len(Province)),
        *PAGING,
    )  # fmt: skip
