"""A block in which the database can be read but not written."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

from django.db import connection

from portal.core.replica import only_reading
from portal.core.statements import write_in


def writes_on_get(reason: str) -> Callable[[Any], Any]:
    """A view whose GET must write; `reason` says why nothing else will do. See portal/docs/adr/0017."""

    def mark(view: Any) -> Any:
        view.writes_on_get = reason
        return view

    return mark


class WriteRefused(Exception):
    """Something tried to write while a GET was answered."""


def _refuse(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    if written := write_in(sql):
        raise WriteRefused(written)
    return execute(sql, params, many, context)


@contextmanager
def readonly(*, from_replica: bool = True) -> Iterator[None]:
    """Raise WriteRefused for every statement inside that would write; reads may come from the replica.

    Who just wrote something wants to see it: a page of a person is never read `from_replica`.
    """
    with only_reading() if from_replica else nullcontext(), connection.execute_wrapper(_refuse):
        yield
