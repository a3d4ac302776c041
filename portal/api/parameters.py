"""What a question may ask: the query keys of an address, read strictly and told to OpenAPI from one table."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from portal.api.problems import InvalidQuestion
from portal.core.nul import NUL

LONGEST = 200  # characters of one value
WITHOUT_NUL = r"^[^\x00]*$"


@dataclass(frozen=True, kw_only=True)
class Parameter:
    """One query key, in lower camel case. Its values are free text unless `codes`, `largest` or `pattern` say more."""

    name: str
    description: str
    codes: tuple[str, ...] = ()
    most: int = 1  # how often it may be given
    smallest: int = 0
    largest: int = 0  # a whole number when not 0
    pattern: str = ""

    def wrong(self, values: list[str]) -> Iterator[str]:
        """What is wrong with the values given for this key."""
        if len(values) > self.most:
            yield f"Dit mag {self.most} keer in een vraag staan." if self.most > 1 else "Dit mag één keer in een vraag."
        for value in values:
            if message := self._wrong(value):
                yield message

    def _wrong(self, value: str) -> str:
        if self.codes and value not in self.codes:
            return f"“{value[:LONGEST]}” kennen wij niet. Kies uit: {', '.join(self.codes)}."
        if self.largest and not self._fits(value):
            return f"Geef een heel getal van {self.smallest} tot en met {self.largest}."
        if self.pattern and not re.fullmatch(self.pattern, value):
            return "Deze waarde heeft niet de goede vorm. Neem haar over uit een antwoord."
        if NUL in value:
            return "Hierin staat een teken dat niet in een tekst hoort (NUL). Haal het weg."
        return f"Er passen {LONGEST} tekens." if len(value) > LONGEST else ""

    def _fits(self, value: str) -> bool:
        return value.isascii() and value.isdigit() and self.smallest <= int(value[:9]) <= self.largest

    def as_openapi(self) -> dict[str, Any]:
        """The Parameter Object of OpenAPI."""
        one: dict[str, Any] = {"type": "string", "maxLength": LONGEST, "pattern": WITHOUT_NUL}
        if self.codes:
            one = {"type": "string", "enum": list(self.codes)}
        elif self.largest:
            one = {"type": "integer", "minimum": self.smallest, "maximum": self.largest}
        elif self.pattern:
            one["pattern"] = self.pattern
        schema = one if self.most == 1 else {"type": "array", "items": one, "maxItems": self.most}
        return {"name": self.name, "in": "query", "description": self.description, "required": False, "schema": schema}


def read(parameters: Iterable[Parameter], data: QueryDict) -> dict[str, list[str]]:
    """{name: values} of what was asked. Raises InvalidQuestion with every fault, unknown keys among them."""
    known = {parameter.name: parameter for parameter in parameters}
    errors = [
        {
            "in": "query",
            "name": name[:LONGEST],
            "detail": f"Deze sleutel kennen wij niet. Kies uit: {', '.join(known)}.",
        }
        for name in data
        if name not in known
    ]
    for name, parameter in known.items():
        errors += [{"in": "query", "name": name, "detail": text} for text in parameter.wrong(data.getlist(name))]
    if errors:
        raise InvalidQuestion(errors)
    return {name: list(dict.fromkeys(data.getlist(name))) for name in known if name in data}
