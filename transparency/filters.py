"""What a reader asked of the register: words, filters, order and page, read from the address and written back to it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from gmpy2 import mpz

from portal.core.paging import query_string
from portal.core.text import clean, one_line
from transparency.facets import FACETS, Facet
from transparency.index import Index

PAGE_SIZE = 20
MOST_NAMES = 3  # of places or providers in one question
LONGEST_QUERY = 200
SORT_LABELS = {
    "relevance": _("Past het best"),
    "newest": _("Nieuwste eerst"),
    "name": _("Naam"),
    "provider": _("Zorgverlener"),
}
NO_WORDS_LABEL = _("Zorg voor patiënten eerst")  # what "relevance" means when there are no words to fit
SORT_PARAMS = {"relevantie": "relevance", "naam": "name", "nieuw": "newest", "zorgverlener": "provider"}
QUERY_KEYS = ("q", "volgorde", "pagina", *(facet.param for facet in FACETS))  # what the page of the register reads


class Group(NamedTuple):
    """A filter with its values: how many records would remain with each, in the order in which people see them."""

    facet: Facet
    counts: Mapping[str, int]
    picked: Sequence[str] = ()

    @property
    def is_open(self) -> bool:
        """Whether something is chosen here."""
        return bool(self.picked)


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """One active filter with the address without it."""

    label: str
    value: str
    url: str


@dataclass(frozen=True, kw_only=True)
class Ask:
    """One question to the register."""

    q: str = ""
    filters: Mapping[str, list[str]] = field(default_factory=dict)  # facet key → codes
    sort: str = ""
    page: int = 1

    @classmethod
    def read(cls, data: QueryDict) -> "Ask":
        """From the address. What we do not know is passed over, so an old link still works."""
        filters = {}
        for facet in FACETS:
            if facet.param not in data:
                continue
            asked = dict.fromkeys(clean(raw[:200]).strip() for raw in data.getlist(facet.param))
            known = facet.order()  # None: names, of which a page offers one at a time
            codes = [code for code in asked if code and (known is None or code in known)]
            if codes:
                filters[facet.key] = codes if known else codes[:MOST_NAMES]
        page = data.get("pagina", "1")
        return cls(
            q=one_line(data.get("q", "")[: 2 * LONGEST_QUERY], LONGEST_QUERY).strip(),
            filters=filters,
            sort=SORT_PARAMS.get(data.get("volgorde", ""), ""),
            page=max(1, int(page[:7])) if page.isascii() and page.isdigit() else 1,
        )

    @property
    def order(self) -> str:
        """The order in force: what fits the words best; without words the order of the register."""
        return self.sort or "relevance"

    def sorts(self) -> list[tuple[str, str | Promise, bool]]:
        """(value in the address, words, whether in force) of every order; what happens unasked has no value."""
        labels = SORT_LABELS if self.q else {**SORT_LABELS, "relevance": NO_WORDS_LABEL}
        return [
            ("" if sort == "relevance" else param, labels[sort], sort == self.order)
            for param, sort in SORT_PARAMS.items()
        ]

    def query(self, page: int = 1) -> str:
        """The query string ("?q=…") of this question at `page`; empty when nothing is asked."""
        return query_string(self._params, page)

    @cached_property
    def _params(self) -> list[tuple[str, str]]:
        order = next((param for param, sort in SORT_PARAMS.items() if sort == self.sort), "")
        chosen = [(f.param, code) for f in FACETS for code in self.filters.get(f.key, ())]
        return [("q", self.q), *chosen, ("volgorde", order)]

    def without(self, facet: Facet, code: str) -> "Ask":
        """This question without one value of one filter."""
        codes = [c for c in self.filters.get(facet.key, ()) if c != code]
        others = {key: value for key, value in self.filters.items() if key != facet.key}
        return replace(self, filters={**others, **({facet.key: codes} if codes else {})}, page=1)

    def only(self, key: str, code: str) -> "Ask":
        """This question with just `code` in the filter `key`."""
        return replace(self, filters={**self.filters, key: [code]}, page=1)

    def chosen(self, path: str) -> list[Chosen]:
        """Every active filter."""
        return [
            Chosen(label=str(f.label), value=f.value_label(code), url=path + self.without(f, code).query())
            for f in FACETS
            for code in self.filters.get(f.key, ())
        ]


def groups(ask: Ask, index: Index, within: mpz) -> list[Group]:
    """Every filter that has something to choose, with counts that respect the other filters."""
    found = []
    for facet in FACETS:
        picked = ask.filters.get(facet.key, ())
        counts = index.counts(facet.key, index.chosen(ask.filters, within, leave_out=facet.key))
        if any(code not in counts for code in picked):
            counts = {code: counts.get(code, 0) for code in facet.sorted([*counts, *picked])}
        if counts:
            found.append(Group(facet=facet, counts=counts, picked=picked))
    return found
