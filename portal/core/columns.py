"""What tells two columns of a question to the database apart, told at once.

Django asks that of every column of every ordered question, to see whether the order names one that is read, and finds
it by holding what a column was made of against the signature of its class. That took a seventh of a page of the
workspace (portal/docs/adr/0039).
"""

from typing import Any

from django.db.models.expressions import Col
from django.utils.functional import cached_property

ALL = 3  # what a column may be made of: an alias, a field, and what comes out
_COL: Any = Col
_asked = _COL.identity


def _identity(column: Any) -> Any:
    """What Django finds for a `Col`, without asking its signature; a test holds the two against each other."""
    given, named = column._constructor_args
    if named:
        return _asked.func(column)
    alias, target, output = given if len(given) == ALL else (*given, None)
    kind = column._identity
    return (column.__class__, ("alias", alias), ("target", kind(target)), ("output_field", kind(output)))


def tell_at_once() -> None:
    """Let Django ask it here."""
    _COL.identity = cached_property(_identity)
    _COL.identity.__set_name__(Col, "identity")
