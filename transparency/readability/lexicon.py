"""The words of Dutch: how often each is used, what kind of word it is, and the head of a compound.

`lexicon.sqlite3` is made by `manage.py build_lexicon` (building.py) and only ever read. NOTICE names its sources.
"""

import hashlib
import os
import sqlite3
import threading
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from enum import IntFlag
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote

FILE = Path(__file__).parent / "lexicon.sqlite3"
DIGEST = "9dd3477f6396a9b9a3d46621ccc5d859b93c4ecb13cd8df0fad488ec8d571730"  # of its rows; build_lexicon prints it
LONGEST_WORD = 60  # no Dutch word is longer; what is longer is not looked up
UNKNOWN_ZIPF = 1.359228547196266  # what LiNT-II gives a word that SUBTLEX-NL does not have


class Is(IntFlag):
    """What the sources say a word form can be; a form may be more than one thing."""

    INFINITIVE = 1
    FIRST_PERSON = 2
    THIRD_PERSON = 4
    PAST_PLURAL = 8
    PAST_SINGULAR = 16
    PARTICIPLE = 32
    CONCRETE = 64
    ABSTRACT = 128
    UNDECIDED = 256  # a noun that is concrete in one meaning and abstract in another
    DYNAMIC = 512  # a noun that names something that happens: beoordeling, vergadering
    NOT_COUNTED = 1024  # LiNT-II leaves its frequency out of the mean
    MANNER = 2048  # an adverb of manner, which counts as a content word
    OWN_PARTICIPLE = 4096  # an infinitive that is its own participle: vervangen, ontvangen
    NOUN = CONCRETE | ABSTRACT | UNDECIDED
    VERB = INFINITIVE | FIRST_PERSON | THIRD_PERSON | PAST_PLURAL | PAST_SINGULAR | PARTICIPLE | OWN_PARTICIPLE


NOTHING = Is(0)


@dataclass(frozen=True, slots=True)
class Word:
    """One word form. `zipf` is its frequency (0: not in SUBTLEX-NL, or below 2), `family` the highest of its forms."""

    zipf: float = 0.0
    family: float = 0.0
    flags: Is = NOTHING
    head: str = ""  # of a compound: "huisartsenpost" has "post"


UNKNOWN = Word()
_local = threading.local()
os.register_at_fork(after_in_child=_local.__dict__.clear)  # a copy of this process opens its own


class LexiconError(Exception):
    """The lexicon is not there, or is not the one that the code was made for."""


def connect(path: Path) -> sqlite3.Connection:
    """A read-only connection to the lexicon at `path`. Raises LexiconError when there is none."""
    try:
        return sqlite3.connect(f"file:{quote(str(path))}?mode=ro&immutable=1", uri=True)
    except sqlite3.Error as error:
        raise LexiconError(f"{path.name} cannot be opened") from error


@lru_cache(maxsize=20_000)
def look_up(form: str) -> Word:
    """The word form `form` (lower case), or UNKNOWN. Raises LexiconError when the lexicon cannot be read."""
    if len(form) > LONGEST_WORD:
        return UNKNOWN
    if not hasattr(_local, "connection"):  # one per thread: SQLite connections are not shared
        _local.connection = connect(FILE)
    try:
        row = _local.connection.execute("SELECT zipf, family, flags, head FROM word WHERE form = ?", (form,)).fetchone()
    except sqlite3.Error as error:
        raise LexiconError(f"{FILE.name} cannot be read") from error
    return Word(row[0] / 100, row[1] / 100, Is(row[2]), row[3]) if row else UNKNOWN


def digest_of(rows: Iterable[tuple[str, int, int, int, str]]) -> str:
    """SHA-256 over the rows of a lexicon, in their order."""
    digest = hashlib.sha256()
    for row in rows:
        digest.update("\t".join(map(str, row)).encode() + b"\n")
    return digest.hexdigest()


def fault(path: Path = FILE) -> str:
    """What is wrong with the lexicon at `path`, in a few words; "" when it is the one this code was made for."""
    try:
        with closing(connect(path)) as connection:
            digest = connection.execute("SELECT value FROM about WHERE name = 'digest'").fetchone()
    except (sqlite3.Error, LexiconError):
        return f"{path.name} cannot be read"
    return "" if digest == (DIGEST,) else f"{path.name} is not the one this code was made for"
