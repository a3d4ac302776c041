"""What a hit is worth, by where it stands and how it was found."""

from transparency.search.query import Concept

# (as typed, as the start of a word, by another name) per column.
# What only the product of an entry says is worth least: an entry that says it itself goes before.
WEIGHTS = {"name": (40, 30, 22), "key": (14, 11, 10), "text": (5, 3, 3), "inherited": (1, 1, 1)}
SCATTERED = {"name": 22, "key": 6, "text": 2, "inherited": 1}  # the words of a phrase, apart
SPREAD = 2  # over the columns
IN_NAME = min(*WEIGHTS["name"], SCATTERED["name"])  # worth this much: it stands in the name


class Sought:
    """One concept, made ready to be looked for in many rows."""

    def __init__(self, concept: Concept) -> None:
        is_phrase = len(concept.typed) > 1
        self._weights = [
            (SCATTERED[name], SCATTERED[name], other) if is_phrase else (typed, prefix, other)
            for name, (typed, prefix, other) in WEIGHTS.items()
        ]
        typed, *others = concept.alternatives
        self._exact = [f" {term.text} " for term in typed]
        self._begun = [f" {term.text}" if term.prefix else f" {term.text} " for term in typed]
        self._others = [[f" {term.text} " for term in terms] for terms in others]  # never begun: see `query`
        self._may_spread = any(len(terms) > 1 for terms in concept.alternatives)

    def worth(self, columns: tuple[str, ...]) -> int:
        """The best that it reaches in the most telling column where it stands; 0 when it is not there.

        `columns`: the terms of those of WEIGHTS, each term between spaces. The least in one is more than the most in
        the next.
        """
        for terms, (as_typed, as_prefix, by_synonym) in zip(columns, self._weights, strict=True):
            best = 0
            if _all_in(self._begun, terms):
                best = as_typed if _all_in(self._exact, terms) else as_prefix
            if best < by_synonym and _any_in(self._others, terms):
                best = by_synonym
            if best:
                return best
        if self._may_spread and _any_in([self._begun, *self._others], "".join(columns)):
            return SPREAD
        return 0


def _any_in(alternatives: list[list[str]], terms: str) -> bool:
    return any([_all_in(needles, terms) for needles in alternatives])


def _all_in(needles: list[str], terms: str) -> bool:
    for needle in needles:  # a generator in all() takes three times as long, and a search asks this thousands of times
        if needle not in terms:
            return False
    return True
