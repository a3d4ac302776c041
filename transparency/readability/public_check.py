"""The check for everyone: one limit for the page and the API. The text is neither stored nor logged."""

from portal.limits.actions import Limit, take
from transparency.readability.check import MOST_CHARACTERS, check
from transparency.readability.report import Report

LIMIT = Limit(name="taalcheck", capacity=120, per_second=2)
CHARACTERS_A_TOKEN = 2000  # a long text takes more work, so it takes more tokens


class TooOften(Exception):
    """The visitor asked more than the limit; `seconds` to wait."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"{seconds} s")
        self.seconds = seconds


def check_for(visitor: str, text: str, *, to_reader: bool = True) -> Report:
    """The report of `text` for `visitor` (a network, see `portal.core.visitor`).

    Raises TextTooLong, TooOften, and LexiconError without a lexicon.
    """
    is_free = len(text) > MOST_CHARACTERS  # it will be refused
    if not is_free and (seconds := take(LIMIT, visitor, 1 + len(text) // CHARACTERS_A_TOKEN)):
        raise TooOften(seconds)
    return check(text, to_reader=to_reader)
