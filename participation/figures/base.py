"""What a figure is: how it is read, how it is measured, and that small groups of people are never shown."""

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise

Words = str | Promise
FEWEST_PEOPLE = 5  # a group of fewer is never shown; 10 for background


class Unit(StrEnum):
    """What the two numbers of a row are."""

    SHARE = "share"  # so many of so many
    DAYS = "days"  # the middle number of days, over so many
    CENTS = "cents"  # so much money of so much, in euro cents


class Subject(StrEnum):
    """Of what a figure is counted; each belongs to an organisation."""

    PROJECTS = "projects"
    FUNDS = "funds"
    PAYERS = "payers"


@dataclass(frozen=True, kw_only=True)
class Row:
    """One line of a figure. `people`: how many people it is about, where it is about people."""

    code: str
    label: Words
    numerator: int | None  # None: not shown, or nothing to take the middle of
    denominator: int | None
    people: int | None = None

    @property
    def percentage(self) -> int | None:
        """The share in whole percents; None when there is nothing to divide."""
        if self.numerator is None or not self.denominator:
            return None
        return round(100 * self.numerator / self.denominator)


@dataclass(frozen=True, kw_only=True)
class Listed:
    """One thing that a figure counts, told by name: only what is public already."""

    label: str
    url: str
    about: Words
    is_late: bool = False


@dataclass(frozen=True, kw_only=True)
class Measured:
    """A figure as it is now."""

    rows: Sequence[Row]
    listed: Sequence[Listed] = ()


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One figure. `load` reads what it needs of many projects at once; `measure` counts over some of them.

    Loading apart from counting gives every organisation and all together from the same few questions.
    """

    code: str  # never changes: frozen figures name it
    title: Words
    formula: Words  # in plain words: what is divided by what
    counted: tuple[Words, Words]  # what the denominator counts, of one and of more: "advies", "adviezen"
    load: Callable[[Sequence[int], datetime.date], Mapping[int, Any]]
    measure: Callable[[Sequence[Any]], Measured]
    unit: Unit = Unit.SHARE
    subject: Subject = Subject.PROJECTS
    fewest: int = FEWEST_PEOPLE

    def counts(self, number: int | None) -> Words:
        """What is counted, in the form for `number` of it."""
        return self.counted[0 if number == 1 else 1]


# --- Small groups ----------------------------------------------------------------------------------------------------


def hide_small_groups(groups: Mapping[Any, Measured], fewest: int) -> dict[Any, Measured]:
    """`groups` (all together under None) without rows about fewer than `fewest` people.

    One hidden group could be found by taking the others from the whole, so where one is hidden the next smallest is
    hidden too. A row that is about no people is never hidden.
    """
    hidden: set[tuple[Any, str]] = set()
    for code in {row.code for measured in groups.values() for row in measured.rows}:
        sizes = sorted(
            (row.people, str(key), key)
            for key, measured in groups.items()
            for row in measured.rows
            if row.code == code and row.people
        )
        small = [key for people, _name, key in sizes if people < fewest]
        parts = [key for _people, _name, key in sizes if key is not None]
        if len([key for key in small if key is not None]) == 1 and len(parts) > 1:
            small.append(parts[1])
        hidden |= {(key, code) for key in small}
    return {
        key: replace(
            measured, rows=[_without_numbers(row) if (key, row.code) in hidden else row for row in measured.rows]
        )
        for key, measured in groups.items()
    }


def _without_numbers(row: Row) -> Row:
    return replace(row, numerator=None, denominator=None, people=None)
