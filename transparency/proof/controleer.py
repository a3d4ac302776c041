#!/usr/bin/env python3
"""Check the publication log of "AI in mijn zorg" with nothing but its open data. Needs Python 3.9 and nothing else.

    python3 controleer.py https://the-site.example     read everything from the site
    python3 controleer.py FOLDER                       read files that you downloaded before
    python3 controleer.py … --koppen kept.json         hold the log against heads that you kept earlier

It says "Alles klopt" and ends with 0, or names the first row that is wrong and ends with 1. `--lang en` speaks English.
The portal itself makes its log with the functions at the top of this file.

How the log is made. Canonical JSON is RFC 8785, a hash is SHA-256 in hexadecimal.
  a value   canonical [salt, place, value]; a salt is 128 random bits
  a text    canonical {place: hash of its value}
  a line    canonical of the line without "hash"; "previous_hash" is the hash of the line before it (first: 64 zeros)
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

GENESIS = "0" * 64  # stands before the first line
LARGEST = 2**53 - 1  # RFC 8785: what a JSON number can say exactly
HEADS, LOG = "koppen.json", "publicatielogboek.jsonl"
TEXTS = ("versies.json", "systeemversies.json", "handelingen.json")
_write = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode
_quote = json.encoder.encode_basestring  # a text between quotes, as RFC 8785 writes it


# --- The rules ----------------------------------------------------------------------------------------------------


def canonical(value: Any) -> bytes:
    """RFC 8785 of what our content has: text, whole number, bool, null, list, object. Raises ValueError for others."""
    return _written(value).encode()


def _written(value: Any) -> str:
    return _quote(value) if isinstance(value, str) else _write(_ordered(value))


def _ordered(value: Any) -> Any:
    if value is None or isinstance(value, (str, bool)):
        return value
    if isinstance(value, int):
        if abs(value) > LARGEST:
            raise ValueError(f"too large to be exact: {value}")
        return value
    if isinstance(value, (list, tuple)):
        return [_ordered(part) for part in value]
    if isinstance(value, dict):
        return {key: value[key] if type(value[key]) is str else _ordered(value[key]) for key in _sorted(value)}
    raise ValueError(f"not in our content: {type(value).__name__}")


def _sorted(keys: Iterable[Any]) -> list[str]:
    """Keys in the order of their UTF-16 code units; for ASCII that is the order of Python itself."""
    try:
        is_ascii = "".join(keys).isascii()
    except TypeError as error:
        raise ValueError("a key that is no text") from error
    return sorted(keys) if is_ascii else sorted(keys, key=lambda key: key.encode("utf-16-be"))


def digest(value: Any) -> str:
    """The hash of a value."""
    return hashlib.sha256(canonical(value)).hexdigest()


def field_hash(salt: str, place: str, value: Any) -> str:
    """The hash of one value of a text: `digest([salt, place, value])`, put together by hand: it is done so often."""
    together = f"[{_quote(salt)},{_quote(place)},{_written(value)}]"
    return hashlib.sha256(together.encode()).hexdigest()


def content_hash(fields: dict[str, dict[str, Any]]) -> str:
    """The hash of a text, over the hashes of its values ({place: {"hash": …}}); a value that is gone keeps its hash."""
    return digest({place: kept["hash"] for place, kept in fields.items()})


def line_hash(line: dict[str, Any]) -> str:
    """The hash of a line of the log, whether "hash" is in it or not."""
    return digest({key: part for key, part in line.items() if key != "hash"})


def values_of_text(text: dict[str, Any]) -> dict[str, Any]:
    """{place: value} of a published text: its answers, their translations, why it came and who answers for it."""
    content = text["content"]
    found = {f"content.{key}": value for key, value in content.items() if key not in ("translations", "redacted")}
    for language, answers in content.get("translations", {}).items():
        found.update({f"content.translations.{language}.{key}": value for key, value in answers.items()})
    found.update({key: text[key] for key in ("reason", "reason_en", "responsible")})
    return found


def wrong_values(fields: dict[str, dict[str, Any]], values: dict[str, Any]) -> Iterator[str]:
    """The places where `values` and the hashes of `fields` differ; what was taken away by law is not compared."""
    for place, kept in fields.items():
        if "redacted" not in kept and (place not in values or not _fits(kept, place, values[place])):
            yield place
    for place in values:
        if place not in fields:
            yield place


def _fits(kept: dict[str, Any], place: str, value: Any) -> bool:
    try:
        return field_hash(kept["salt"], place, value) == kept["hash"]
    except (KeyError, ValueError):
        return False


# --- Checking the files --------------------------------------------------------------------------------------------

SAYINGS = {
    "unreadable": ("dit is geen regel JSON", "this is no line of JSON"),
    "shape": ("deze tekst mist iets dat erin hoort", "this text lacks something that belongs in it"),
    "form": (
        "deze regel is niet precies zo geschreven als het logboek doet",
        "this line is not written exactly as the log does",
    ),
    "number": (
        "hier hoort nummer {0}, maar er staat {1}: er ontbreekt een regel, er is er een bij, of de volgorde is anders",
        "number {0} belongs here but number {1} stands here: a line is missing, added or out of order",
    ),
    "changed": (
        "regel {0} is veranderd: de hash klopt niet met de regel",
        "line {0} was changed: its hash does not fit",
    ),
    "previous": ("regel {0} sluit niet aan op de regel ervoor", "line {0} does not follow the line before it"),
    "end": (
        "het logboek houdt op bij nummer {0}, maar de kop van {1} noemt nummer {2}: het einde ontbreekt",
        "the log ends at number {0} but the head of {1} names number {2}: the end is missing",
    ),
    "head": (
        "de kop van {0} (nummer {1}) is niet de hash van die regel",
        "the head of {0} (number {1}) is not the hash of that line",
    ),
    "value": (
        "logregel {0}: “{1}” is niet wat er gepubliceerd is",
        "log line {0}: “{1}” is not what was published",
    ),
    "content": (
        "logregel {0}: de hashes van deze tekst horen niet bij het logboek",
        "log line {0}: the hashes of this text do not belong to the log",
    ),
    "about": (
        "logregel {0} gaat over iets anders dan deze tekst zegt",
        "log line {0} is about something else than this text says",
    ),
    "twice": ("logregel {0} staat hier voor de tweede keer", "log line {0} stands here for the second time"),
    "missing": (
        "van logregel {0} staat de tekst niet in de bestanden",
        "the text of log line {0} is not in the files",
    ),
    "unsaid": (
        "logregel {0}: “{1}” is weggehaald, maar dat staat niet in het logboek",
        "log line {0}: “{1}” was taken away, but the log does not say so",
    ),
    "fine": (
        "Alles klopt: {0} regels, {1} teksten en {2} koppen gecontroleerd.",
        "All is well: checked {0} lines, {1} texts and {2} heads.",
    ),
    "examples": (
        "{0} regels gaan over verzonnen voorbeelden: daarvan is alleen de regel te controleren.",
        "{0} lines are about invented examples: only the line itself can be checked.",
    ),
    "unreachable": ("{0} is niet te lezen: {1}", "{0} cannot be read: {1}"),
}


class Fault(Exception):
    """What is wrong, and in which row of which file."""

    def __init__(self, file: str, row: int, saying: str, *details: Any) -> None:
        super().__init__(file, row, saying)
        self.file, self.row, self.saying, self.details = file, row, saying, details

    def told(self, language: str) -> str:
        """The fault in a sentence."""
        word = {"nl": "rij", "en": "row"}[language]
        return f"{self.file}, {word} {self.row}: {say(self.saying, language, *self.details)}"


def say(saying: str, language: str, *details: Any) -> str:
    """One of SAYINGS in "nl" or "en"."""
    return SAYINGS[saying][language == "en"].format(*details)


Rows = Iterator[tuple[int, bytes]]
Reader = Callable[[str], Rows]


def reader_of(where: str) -> Reader:
    """A function that gives the rows of a file by its name, from a site or from a folder."""
    is_site = where.startswith(("http://", "https://"))

    def read(name: str) -> Rows:
        if is_site:
            folder = "verantwoording" if name == HEADS else "downloads"
            address = f"{where.rstrip('/')}/{folder}/{name}"
            with urllib.request.urlopen(address, timeout=60) as answer:  # noqa: S310 (the site asked for)
                yield from enumerate(answer, 1)
        else:
            with (Path(where) / name).open("rb") as file:
                yield from enumerate(file, 1)

    return read


def check(read: Reader, kept_heads: list[dict[str, Any]] | None = None) -> tuple[int, int, int, int]:
    """(lines, texts, heads, lines about examples). Raises Fault at the first row that is wrong."""
    told = json.loads(b"".join(row for _number, row in read(HEADS)))
    heads = [*told["days"], *([told["now"]] if told["now"] else []), *(kept_heads or [])]
    lines = read_log(read(LOG), heads)
    seen: set[int] = set()
    gone: list[tuple[str, int, int, str]] = []
    acts: set[tuple[int, str]] = set()
    for name in TEXTS:
        for row, text in items(name, read(name)):
            try:
                if text["log_number"] > len(lines):
                    continue  # published after the log was read
                check_text(name, row, text, lines, seen)
                gone += [(name, row, text["log_number"], p) for p, kept in text["proof"].items() if "redacted" in kept]
                if text.get("kind") == "TEXT_REDACTED":
                    acts.update((text["values"]["line"], place) for place in text["values"]["places"])
            except (KeyError, TypeError, AttributeError, ValueError) as error:
                raise Fault(name, row, "shape") from error
    for number, line in enumerate(lines, 1):
        if not line["example"] and number not in seen:
            raise Fault(LOG, number, "missing", number)
    for name, row, number, place in gone:
        if (number, place) not in acts:
            raise Fault(name, row, "unsaid", number, place)
    return len(lines), len(seen), len(heads), sum(line["example"] for line in lines)


def read_log(rows: Rows, heads: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Every line, checked; line n stands at place n - 1. Raises Fault."""
    lines: list[dict[str, Any]] = []
    before = GENESIS
    wanted: dict[int, list[dict[str, Any]]] = {}
    for head in heads:
        wanted.setdefault(head["number"], []).append(head)
    for row, raw in rows:
        line = _line_of(row, raw)
        if line["number"] != row:
            raise Fault(LOG, row, "number", row, line["number"])
        if line_hash(line) != line["hash"]:
            raise Fault(LOG, row, "changed", row)
        if line["previous_hash"] != before:
            raise Fault(LOG, row, "previous", row)
        before = line["hash"]
        for head in wanted.pop(row, []):
            if head["hash"] != before:
                raise Fault(HEADS, 1, "head", head["day"], row)
        lines.append(line)
    for number, missed in wanted.items():
        raise Fault(LOG, len(lines), "end", len(lines), missed[0]["day"], number)
    return lines


def _line_of(row: int, raw: bytes) -> dict[str, Any]:
    try:
        line = json.loads(raw)
        same = canonical(line) + b"\n" == raw
    except ValueError as error:
        raise Fault(LOG, row, "unreadable") from error
    if not same or not isinstance(line, dict):
        raise Fault(LOG, row, "form")
    try:
        return {key: line[key] for key in (*line, "number", "hash", "previous_hash", "content_hash", "example")}
    except KeyError as error:
        raise Fault(LOG, row, "form") from error


def items(name: str, rows: Rows) -> Iterator[tuple[int, dict[str, Any]]]:
    """(row, text) of a file that has one on a row, between a row that opens the list and one that ends it."""
    for row, raw in rows:
        inside = raw.rstrip(b",\n")
        if row == 1 or inside == b"]}":
            continue
        try:
            yield row, json.loads(inside)
        except ValueError as error:
            raise Fault(name, row, "unreadable") from error


def check_text(name: str, row: int, text: dict[str, Any], lines: list[dict[str, Any]], seen: set[int]) -> None:
    """Hold one published text against its line of the log. Raises Fault."""
    number, proof = text["log_number"], text["proof"]
    if not isinstance(number, int) or number < 1:
        raise Fault(name, row, "about", number)
    if number in seen:
        raise Fault(name, row, "twice", number)
    seen.add(number)
    line = lines[number - 1]
    values = text["values"] if "values" in text else values_of_text(text)
    for place in wrong_values(proof, values):
        raise Fault(name, row, "value", number, place)
    if content_hash(proof) != line["content_hash"]:
        raise Fault(name, row, "content", number)
    about = text.get("entry") or text.get("system") or ""
    if (
        about.rpartition("/")[2] != line["subject"]
        or text.get("version") != line["version"]
        or text.get("kind", line["kind"]) != line["kind"]
        or _moment(text["published_at"]) != _moment(line["moment"])
    ):
        raise Fault(name, row, "about", number)


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


def main(arguments: list[str] | None = None) -> int:
    """Check, say what came of it; 0 when all is well, 1 when something is wrong, 2 when it cannot be read."""
    parser = argparse.ArgumentParser(description="Controleer het publicatielogboek van AI in mijn zorg.")
    parser.add_argument("where", help="https://… of een map met de bestanden")
    parser.add_argument("--koppen", help="een koppen.json die u eerder bewaarde")
    parser.add_argument("--lang", choices=("nl", "en"), default="nl")
    asked = parser.parse_args(arguments)
    try:
        kept = json.loads(Path(asked.koppen).read_bytes()) if asked.koppen else None
        earlier = [*kept["days"], *([kept["now"]] if kept["now"] else [])] if kept else None
        lines, texts, heads, examples = check(reader_of(asked.where), earlier)
    except Fault as fault:
        print(fault.told(asked.lang))
        return 1
    except (OSError, ValueError, KeyError, TypeError, urllib.error.URLError) as error:
        print(say("unreachable", asked.lang, asked.where, f"{type(error).__name__}: {error}"))
        return 2
    print(say("fine", asked.lang, lines, texts, heads))
    if examples:
        print(say("examples", asked.lang, examples))
    return 0


if __name__ == "__main__":
    sys.exit(main())
