"""Plain SQL that reads, asked of PostgreSQL's own library: a cursor of the driver costs as much as the answer.

See portal/docs/adr/0037.
"""

from collections import OrderedDict
from collections.abc import Sequence
from itertools import count
from typing import Any
from weakref import WeakKeyDictionary

from psycopg import Connection, OperationalError
from psycopg.adapt import PyFormat, Transformer
from psycopg.errors import error_from_result
from psycopg.pq import ConnStatus, DiagnosticField, ExecStatus, Format
from psycopg.pq.abc import PGresult

MOST = 100  # statements that a connection keeps prepared, as many as the driver itself
UNKNOWN_NAME = b"26000"  # SQLSTATE invalid_sql_statement_name
Asked = tuple[str, tuple[int, ...]]  # a text with the types of its parameters

_prepared: WeakKeyDictionary[Any, OrderedDict[Asked, bytes]] = WeakKeyDictionary()  # the name of each at the server
_numbers = count()


def rows_of(connection: "Connection[Any]", sql: str, parameters: Sequence[Any]) -> list[tuple[Any, ...]]:
    """What `sql` reads, the values as a cursor of `connection` gives them; each "%s" in it is one of `parameters`.

    Not inside a transaction: the driver begins one with the first statement of a cursor. Raises the driver's own
    errors (psycopg.Error).
    """
    values = Transformer(connection)
    sent: Any = values.dump_sequence(parameters, [PyFormat.AUTO] * len(parameters))
    known = _prepared.setdefault(connection, OrderedDict())
    asked = (sql, values.types or ())
    result = connection.pgconn.exec_prepared(_name(connection, known, asked), sent, values.formats, Format.TEXT)
    if _is_forgotten(result):
        known.clear()
        result = connection.pgconn.exec_prepared(_name(connection, known, asked), sent, values.formats, Format.TEXT)
    if result.status != ExecStatus.TUPLES_OK:
        known.pop(asked)  # what it reads may have changed since
        raise _error(connection, result)
    values.set_pgresult(result)
    return values.load_rows(0, result.ntuples, tuple)


def _is_forgotten(result: PGresult) -> bool:
    """Whether the server knows the name no more: after a ROLLBACK or a DROP the driver has it forget all names."""
    return result.error_field(DiagnosticField.SQLSTATE) == UNKNOWN_NAME


def _name(connection: "Connection[Any]", known: OrderedDict[Asked, bytes], asked: Asked) -> bytes:
    """The name under which the server remembers the statement."""
    name = known.get(asked) or _prepare(connection, known, asked)
    known.move_to_end(asked)
    return name


def _prepare(connection: "Connection[Any]", known: OrderedDict[Asked, bytes], asked: Asked) -> bytes:
    """The name under which the server remembers the statement now; what was asked longest ago it may forget."""
    sql, types = asked
    first, *others = sql.split("%s")
    text = first + "".join(f"${number}{part}" for number, part in enumerate(others, 1))
    name = f"aimz_{next(_numbers)}".encode()
    result = connection.pgconn.prepare(name, text.encode(), types)
    if result.status != ExecStatus.COMMAND_OK:
        raise _error(connection, result)
    known[asked] = name
    if len(known) > MOST:
        connection.pgconn.exec_(b"DEALLOCATE " + known.popitem(last=False)[1])
    return name


def _error(connection: "Connection[Any]", result: PGresult) -> Exception:
    if connection.pgconn.status == ConnStatus.BAD:  # a server that is gone gives no code
        return OperationalError(result.get_error_message())
    return error_from_result(result)
