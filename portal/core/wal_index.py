"""Whether anything was committed to a SQLite file since we looked, without asking the database.

In WAL mode every commit rewrites the header of the WAL-index, the file "-shm" that all processes at a database share as
memory, before the commit returns (https://www.sqlite.org/walformat.html, section 2). While its bytes are the same,
nothing was committed, by whatever process. To compare them costs nothing, and Python keeps its lock meanwhile: a
question to SQLite lets go of it several times, and threads of a busy worker then wait for each other.
"""

import mmap
import os
import sqlite3
from pathlib import Path
from threading import Lock
from typing import Any

HEADER = 96  # bytes: the 48 of the header and their copy; a commit writes both


class _Watched:
    """The WAL-index of the database in `file`, kept open until the process ends.

    SQLite throws the WAL-index away with the last connection to the database, so we hold one. And nothing here is ever
    closed: for POSIX, who closes a file gives up every lock that his process has on it, those of SQLite too.
    """

    def __init__(self, file: str) -> None:
        self._connection = sqlite3.connect(
            f"{Path(file).absolute().as_uri()}?mode=rw", uri=True, check_same_thread=False
        )
        self._connection.execute("SELECT count(*) FROM sqlite_master").fetchone()  # only now SQLite opens it
        self._handle = os.open(f"{file}-shm", os.O_RDONLY)
        self._header = mmap.mmap(self._handle, HEADER, prot=mmap.PROT_READ)

    def state(self) -> bytes:
        """The header as it is now."""
        return self._header[:]


_files: dict[str, _Watched] = {}
_lock = Lock()


def _watched(file: str) -> _Watched | None:
    """None when the database has no WAL-index that can be read."""
    if file not in _files:
        with _lock:  # one of each: to let go of a second one would close the file
            if file not in _files:
                try:
                    _files[file] = _Watched(file)
                except (OSError, ValueError, sqlite3.Error):
                    return None
    return _files[file]


os.register_at_fork(after_in_child=_files.clear)  # a child has no locks of its parent


def committed_state(connection: Any) -> bytes | None:
    """What stays the same as long as nothing is committed to the database of `connection`.

    None when that cannot be told without asking: another database than SQLite, one in memory or not in WAL mode, and
    inside a transaction, which sees what is not committed yet.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block or connection.is_in_memory_db():
        return None
    watched = _watched(str(connection.settings_dict["NAME"]))
    return watched.state() if watched else None
