"""CPU seconds from /proc: of a server with all its children, of the back ends of a database, of the whole machine."""

import os
import resource
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import psycopg

TICKS = os.sysconf("SC_CLK_TCK")
SESSION, UTIME, CSTIME = 3, 11, 14  # places in /proc/PID/stat after the name of the command
IDLE, IOWAIT, COUNTED = 3, 4, 8  # places in the first line of /proc/stat; what comes after COUNTED is counted there


def _stat(pid: str) -> list[str]:
    with suppress(OSError):  # it ended meanwhile
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return []


def _seconds(stat: list[str]) -> float:
    return sum(int(ticks) for ticks in stat[UTIME : CSTIME + 1]) / TICKS


def of_session(leader: int) -> float:
    """What the processes of a session used since they began, with their children that ended."""
    stats = (_stat(path.name) for path in Path("/proc").iterdir() if path.name.isdigit())
    return sum(_seconds(stat) for stat in stats if stat and int(stat[SESSION]) == leader)


def of_processes(pids: Iterable[int]) -> float:
    """What these processes used since they began."""
    return sum(_seconds(stat) for pid in pids if (stat := _stat(str(pid))))


def of_own() -> float:
    """What this process used, with its children that ended."""
    both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in both)


def back_ends(url: str) -> list[int]:
    """The processes of a local PostgreSQL server that serve the database `url`; none for SQLite."""
    if not url.startswith("postgres"):
        return []
    with psycopg.connect(url) as connection:
        rows = connection.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        ).fetchall()
    return [row[0] for row in rows]


def of_machine() -> float:
    """What everything on this machine used since it was started."""
    ticks = [int(part) for part in Path("/proc/stat").read_text().splitlines()[0].split()[1:]]
    return sum(ticks[:COUNTED][:IDLE] + ticks[IOWAIT + 1 : COUNTED]) / TICKS
