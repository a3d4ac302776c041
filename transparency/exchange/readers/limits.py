"""Reading a file safely: size, encoding, depth; every fault is a sentence in Dutch."""

import json
import math
import re
from collections import Counter
from pathlib import Path
from typing import Any

from transparency.exchange.report import Change, ExchangeError, change, shown

MOST_BYTES = 64 * 1024 * 1024
MOST_DEPTH = 20
MOST_VALUE = 100_000  # characters of one value
MOST_ROWS = 50_000
MOST_COLUMNS = 5_000  # the register's own sheet has a column per record
MOST_CONTAINERS = 1_000_000  # lists and objects of one JSON file: an empty one takes 3 bytes there and 64 in memory
MOST_VALUES = 3_000_000  # commas of one JSON file


_LINE_END = re.compile(r"\r\n?|\n")


def line_after(before: str) -> int:
    """The number of the line on which the text `before` ends."""
    return len(_LINE_END.findall(before)) + 1


def read_bytes(path: Path) -> bytes:
    """The bytes of `path`. Raises ExchangeError when it cannot be opened or is too large."""
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise ExchangeError(f"Het bestand {path} kan niet worden geopend.") from error
    if len(data) > MOST_BYTES:
        raise ExchangeError(f"Het bestand is groter dan {MOST_BYTES // 1024**2} MB. Deel het op in kleinere bestanden.")
    return data


def decode(data: bytes) -> str:
    """`data` as text. Raises ExchangeError when it is not UTF-8 or holds the NUL character."""
    head = data[:1_000]
    if head[:2] in (b"\xff\xfe", b"\xfe\xff") or head.count(0) * 3 > len(head):  # the latter: without its mark
        raise ExchangeError("Dit bestand is in UTF-16 opgeslagen. Sla het op als UTF-8.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = line_after(data[: error.start].decode("latin-1"))
        raise ExchangeError(
            f"Dit bestand is niet in UTF-8 opgeslagen (regel {line}). Sla het op als UTF-8, dan blijft é goed."
        ) from error
    if "\0" in text:
        line = line_after(text[: text.index("\0")])
        raise ExchangeError(f"In regel {line} staat een teken dat niet in een tekst hoort (NUL). Haal het weg.")
    return text


def parse_json(text: str) -> Any:
    """`text` as JSON. Raises ExchangeError for bad JSON, for NaN, for too many values and too deep a nesting."""
    if text.count("[") + text.count("{") > MOST_CONTAINERS or text.count(",") > MOST_VALUES:
        raise ExchangeError("In de JSON staan te veel waarden. Deel het bestand op in kleinere bestanden.")
    try:
        document = json.loads(text, object_pairs_hook=_object, parse_constant=_refuse_constant, parse_float=_float)
    except json.JSONDecodeError as error:
        raise ExchangeError(
            f"Dit is geen goede JSON: in regel {error.lineno}, teken {error.colno} klopt iets niet."
        ) from error
    except RecursionError as error:
        raise ExchangeError(_TOO_DEEP) from error
    except ValueError as error:
        raise ExchangeError("In de JSON staat een getal dat te groot is.") from error
    _check_depth(document)
    return document


_TOO_DEEP = f"De JSON is te diep: er mogen hooguit {MOST_DEPTH} lagen in elkaar staan."


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object whose every field stands there once: of two, one would be lost."""
    if len(pairs) > MOST_COLUMNS:
        raise ExchangeError(f"In de JSON staat een object met meer dan {MOST_COLUMNS} velden. Dat lezen wij niet.")
    made = dict(pairs)
    if len(made) < len(pairs):
        twice, _count = Counter(name for name, _value in pairs).most_common(1)[0]
        raise ExchangeError(f"In de JSON staat het veld {shown(twice)} twee keer bij elkaar. Laat er één staan.")
    return made


def _float(text: str) -> float:
    value = float(text)
    if math.isinf(value):
        raise ValueError("too large")
    return value


def _refuse_constant(name: str) -> Any:
    raise ExchangeError(f"In de JSON staat {name}. Dat is geen getal.")


def _check_depth(document: Any) -> None:
    waiting: list[tuple[Any, int]] = [(document, 1)] if isinstance(document, dict | list) else []
    while waiting:
        value, depth = waiting.pop()
        if depth > MOST_DEPTH:
            raise ExchangeError(_TOO_DEEP)
        parts = value.values() if isinstance(value, dict) else value
        waiting += [(part, depth + 1) for part in parts if isinstance(part, dict | list)]


def too_long(record: dict[str, Any]) -> Change | None:
    """The value for which `record` is refused because it is too long, if there is one."""
    for key, value in record.items():
        if isinstance(value, str) and len(value) > MOST_VALUE:
            reason = f"Deze tekst is {len(value)} tekens lang. Er mogen er hooguit {MOST_VALUE} zijn."
            return change(str(key)[:60], value, None, reason)
    return None


def unreadable(raw: Any) -> Change:
    """The refusal of something that is no record at all."""
    return change("", raw, None, "Dit is geen registratie maar een losse waarde.")
