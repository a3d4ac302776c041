"""What a hit is worth, by where it stands and how it was found."""

from transparency.search.query import Concept

# (as typed, as the start of a word, by another name) per column.
# What only the product of an entry says is worth least: an entry that says it itself goes before.
WEIGHTS = {"name": (40, 30, 22), "key": (14, 11, 10), "text": (5, 3, 3), "inherited": (1, 1, 1)}
SCATTERED = {"name": 22, "key": 6, "text": 2, "inherited": 1}  # the words of a phrase, apart
SPREAD = 2  # over the columns


class Sought:
    """One concept, made ready to be looked for in many rows."""

    def __init__(self, concept: Concept) -> None:
        is_phrase = len(concept.typed) > 1
        self._weights = [
            (SCATTERED[name], SCATTERED[name], other) if is_phrase else (typed, prefix, other)
            for name, (typed, prefix, other) in WEIGHTS.items()
        ]
        self._exact = [[f" {term.text} " for term in terms] for terms in concept.alternatives]
        self._begun = [
            [f" {term.text}" if term.prefix else f" {term.text} " for term in terms] for terms in concept.alternatives
        ]

    def worth(self, columns: tuple[str, ...]) -> int:
        """The best that it reaches in any column, the most telling first; 0 when it is not there.

        `columns`: the terms of those of WEIGHTS, each term between spaces.
        """
        best = 0
        for terms, (as_typed, as_prefix, by_synonym) in zip(columns, self._weights, strict=True):
            if best >= as_typed and best >= by_synonym:
                return best
            if _all_in(self._exact[0], terms):
                best = max(best, as_typed)
            elif _all_in(self._begun[0], terms):
                best = max(best, as_prefix)
            for other in self._exact[1:]:
                if _all_in(other, terms):
                    best = max(best, by_synonym)
        return best or (SPREAD if self.is_in("".join(columns)) else 0)

    def is_in(self, terms: str) -> bool:
        """Whether `terms` have all words of one of its names, or words that begin with them."""
        for begun in self._begun:
            if _all_in(begun, terms):
                return True
        return False


def _all_in(needles: list[str], terms: str) -> bool:
    for needle in needles:  # a generator in all() takes three times as long, and a search asks this thousands of times
        if needle not in terms:
            return False
    return True
