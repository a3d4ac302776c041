"""A block in which the database can be read but not written."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from functools import lru_cache
from typing import Any

from django.db import connection

from portal.core.replica import only_reading

WRITES = ("insert", "update", "delete", "replace", "create", "drop", "alter", "truncate", "merge")
_COMMENT = re.compile(r"--[^\n]*|/\*.*?\*/", re.DOTALL)
_WRITE_IN_WITH = re.compile(r"\b(insert\s+into|update|delete\s+from|merge\s+into|replace\s+into)\b")


def writes_on_get(reason: str) -> Callable[[Any], Any]:
    """A view whose GET must write; `reason` says why nothing else will do. See portal/docs/adr/0017."""

    def mark(view: Any) -> Any:
        view.writes_on_get = reason
        return view

    return mark


class WriteRefused(Exception):
    """Something tried to write while a GET was answered."""


def _refuse(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    if written := _write_in(sql):
        raise WriteRefused(written)
    return execute(sql, params, many, context)


@lru_cache(maxsize=1000)
def _write_in(sql: str) -> str:
    """With what `sql` begins when it would write, as "UPDATE"; else ""."""
    statement = _COMMENT.sub(" ", sql).lstrip().lower()
    is_write = statement.startswith(WRITES) or (statement.startswith("with") and _WRITE_IN_WITH.search(statement))
    return statement.split(None, 1)[0].upper() if is_write else ""


@contextmanager
def readonly(*, from_replica: bool = True) -> Iterator[None]:
    """Raise WriteRefused for every statement inside that would write; reads may come from the replica.

    Who just wrote something wants to see it: a page of a person is never read `from_replica`.
    """
    with only_reading() if from_replica else nullcontext(), connection.execute_wrapper(_refuse):
        yield
