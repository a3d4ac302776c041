"""A passive sentence: "worden" with a participle, or "zijn" with a participle and "door". It hides who does it."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from transparency.readability import tagger
from transparency.readability.closed_classes import DETERMINERS, HELPERS
from transparency.readability.document import Document, Finding, Severity, Tagged
from transparency.readability.words import is_participle

CODE = "passive"
WORDEN = frozenset("word wordt worden werd werden".split())
ZIJN = frozenset("is zijn was waren ben bent".split())
AFTER, AFTER_ZIJN, BEFORE = 26, 20, 3  # tokens in which the participle is looked for
_STOPS = frozenset({";", ":"})
_NEW_CLAUSE = frozenset("omdat dat zodat terwijl hoewel doordat voordat nadat wanneer zodra waarna waardoor".split())
_SUBJECTS = frozenset("ik jij je u hij zij ze wij we jullie".split())
_THINGS = frozenset("gevallen gegeven".split())
_HAVE = frozenset("heb hebt heeft hebben had hadden".split())
_BETWEEN = frozenset("te kan kunnen moet moeten mag mogen zal zullen zou zouden niet".split())


def find(document: Document) -> Iterator[Finding]:
    """A finding for every passive, from the helper to the participle or the other way round."""
    for part in document.parts:
        for left, right in pairs(part):
            yield document.finding(
                CODE, Severity.HINT, part.tokens[left].start, part.tokens[right].end,
                _("Hier staat niet wie het doet."), _("Wie doet dit? Zet die persoon vooraan."),
            )  # fmt: skip


def pairs(part: Tagged) -> list[tuple[int, int]]:
    """The places of helper and participle of every passive in the sentence, the first of the two first."""
    used: set[int] = set()
    found = []
    for at, low in enumerate(part.lows):
        if low in WORDEN:
            participle = _of_worden(part, at, used)
        elif low in ZIJN:
            participle = _of_zijn(part, at, used)
        else:
            continue
        if participle is not None:
            used.add(participle)
            found.append((min(at, participle), max(at, participle)))
    return found


def _of_worden(part: Tagged, at: int, used: set[int]) -> int | None:
    """The participle after "worden", unless there is one right before it ("dat gebruikt wordt")."""
    before = _before(part, at, used)
    if before is not None and (before == at - 1 or part.low(at - 1) in _BETWEEN):
        return before
    after = _after(part, at, used)
    return before if after is None else after


def _before(part: Tagged, at: int, used: set[int]) -> int | None:
    for place in range(at - 1, max(-1, at - 1 - BEFORE), -1):
        if not part.tokens[place].is_word:
            return None
        if place not in used and is_participle(part.low(place)) and not _is_attribute(part, place):
            return None if _is_thing(part, place) else place
    return None


def _after(part: Tagged, at: int, used: set[int]) -> int | None:
    for place in range(at + 1, min(len(part.tokens), at + AFTER)):
        low = part.low(place)
        if low in _STOPS or _begins_clause(part, place, at) or _has_own_verb(part, place):
            return None
        if _is_thing(part, place):
            continue
        if place not in used and is_participle(low) and not (_is_attribute(part, place) or _has_subject(part, place)):
            return None if _has_own_helper(part, place, at) else place
    return None


def _has_own_verb(part: Tagged, place: int) -> bool:
    """Whether what "en" joins has its own verb: "worden de tuinen kleiner en gaat land verloren"."""
    is_verb = part.tags[place] in tagger.IS_FINITE and not is_participle(part.low(place))
    return is_verb and part.low(place - 1) in {"en", "maar"}


def _has_subject(part: Tagged, place: int) -> bool:
    """Whether it is no participle: "Wordt u zieker of vertrouwt u het niet?"."""
    return part.low(place - 1) in {"of", "en"} and part.low(place + 1) in _SUBJECTS


def _of_zijn(part: Tagged, at: int, used: set[int]) -> int | None:
    for place in range(at + 1, min(len(part.tokens), at + AFTER_ZIJN)):
        if part.low(place) in _STOPS or _begins_clause(part, place, at):
            return None
        if not _says_by_whom(part, at, place):
            continue
        if place not in used and is_participle(part.low(place)) and not _is_attribute(part, place):
            return place
    return None


def _says_by_whom(part: Tagged, at: int, place: int) -> bool:
    """Whether "door" stands between helper and participle, or right after; not in "een door de arts gekozen dag"."""
    where = [*range(at + 1, place), *range(place + 1, min(len(part.lows), place + 3))]
    return any(part.low(by) == "door" and part.low(by - 1) not in {"een", "de", "het", "deze", "dit"} for by in where)


def _begins_clause(part: Tagged, place: int, at: int) -> bool:
    """Whether another clause begins at `place`; one between commas soon after the helper may be an aside."""
    if part.low(place) not in _NEW_CLAUSE:
        return False
    if part.low(place) == "dat" and part.tags[place + 1 : place + 2] in ([tagger.NOUN], [tagger.ADJECTIVE]):
        return False
    return part.low(place - 1) != "," or place - at > 14


def _has_own_helper(part: Tagged, place: int, at: int) -> bool:
    """ "geopereerd bent" after "wordt" belongs to "bent", and "hebben gekregen" to "hebben"."""
    if place > at + 1 and part.low(place - 1) in _HAVE:
        return True
    return place > at + 1 and part.low(place + 1) in HELPERS - WORDEN and part.low(place + 1) not in {"laat", "liet"}


def _is_thing(part: Tagged, place: int) -> bool:
    """Whether the word is a noun here: "in de meeste gevallen", "dit gegeven"."""
    return part.low(place) in _THINGS and part.low(place - 1) in DETERMINERS | {"meeste", "andere", "sommige"}


def _is_attribute(part: Tagged, place: int) -> bool:
    """Whether the participle stands before its noun: "een gebroken bot"."""
    return part.tags[place + 1 : place + 2] == [tagger.NOUN] and part.low(place - 1) in {
        "een",
        "de",
        "het",
        "uw",
        "deze",
    }
