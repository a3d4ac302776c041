"""The status that a word or a sentence tells of; what denies, was or will be is never read as its opposite."""

import re
from typing import Any

from portal.core.text import sort_key
from transparency.exchange.cleaning import Cleaned, beginning, choice, no_answer
from transparency.exchange.national import STATUSES

_WORDS = {
    "In ontwikkeling": ("in ontwikkeling", "wordt ontwikkeld", "in aanbouw", "ontwikkeling", "ontwikkelfase",
                        "kinderziektes", "in development"),
    "In gebruik": ("in gebruik", "actief", "in werking", "in productie", "operationeel", "pilot", "active", "in use"),
    "Buiten gebruik": ("buiten gebruik", "gestopt", "beëindigd", "inactief", "uitgefaseerd", "out of use"),
}  # fmt: skip
_NO_LONGER = re.compile(
    r"\b(?:niet meer|niet langer|no longer) "
    r"(?:in gebruik|in werking|in productie|actief|operationeel|gebruikt|in use|active|used)\b"
)
# With one of these the rest of the sentence may mean the opposite, or another time. People read it then.
_DOUBT = re.compile(
    r"\b(?:niet|niets|geen|nooit|noch|zonder|non|ex|not|no|never|without|"
    r"was|waren|werd|werden|geweest|had|hadden|liep|liepen|draaide|draaiden|were|been|"
    r"tot|voorheen|vroeger|eerder|ooit|voormalig|voormalige|afgerond|afgelopen|voltooid|mislukt|until|formerly|"
    r"zal|zullen|gaat|gaan|straks|binnenkort|gepland|verwacht|will|soon|planned)\b"
    r"|\bword(?:t|en)\b.*\b(?:genomen|gesteld|gezet|gebracht)\b"
)


def status(value: Any) -> Cleaned:
    """One of the three statuses, also from a sentence that speaks of one of them only."""
    text = beginning(value)
    if not text:
        return None, no_answer(value)
    if chosen := choice(text, STATUSES):
        return chosen, "" if chosen == value else "De schrijfwijze is gelijk gemaakt."
    folded = f" {sort_key(text)} "
    rest = _NO_LONGER.sub("", folded)
    found = {name for name, words in _WORDS.items() if any(f" {sort_key(word)} " in rest for word in words)}
    if rest != folded:
        found.add("Buiten gebruik")
    if len(found) == 1 and not _DOUBT.search(rest):
        return found.pop(), "Er stond een ander woord of een zin. Wij kozen de status die erbij past."
    return None, "Uit deze woorden blijkt geen duidelijke status."
