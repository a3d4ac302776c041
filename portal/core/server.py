"""The server of `manage.py serve`: the application is loaded once, and its workers begin as copies of that process.

`python -m portal.core.server [--jobs] OPTION… APPLICATION`: the options are those of granian. A copy of a process that
has loaded everything starts at once and shares its memory; to load it takes some two seconds of CPU. Nothing that is
open may be copied, so nothing here asks the database: what comes by the clock is done by a copy too.
"""

import importlib
import os
import sys
import traceback

from django.conf import settings
from django.core.management import call_command
from granian.cli import entrypoint

JOBS = "--jobs"


def server_command(application: str = "portal.wsgi:application", *, port: int = 0, jobs: bool = False) -> list[str]:
    """The command that serves `application` (a WSGI name), on `port` or that of the settings.

    With `jobs` it does beside that what comes by the clock, and answers nobody before a first round of it.
    """
    options = {
        "--host": settings.SERVER_HOST,
        "--port": port or settings.SERVER_PORT,
        "--workers": settings.SERVER_WORKERS,
        "--blocking-threads": settings.SERVER_THREADS,
        "--blocking-threads-idle-timeout": 600,  # with a thread goes its connection; 600 s is the most it takes
        "--log-level": "warning",
    }
    given = [str(part) for option in options.items() for part in option]
    begin = [sys.executable, "-m", "portal.core.server", *([JOBS] if jobs else [])]
    return [*begin, "--interface", "wsgi", "--no-ws", *given, application]


def main() -> None:
    """Load the application, begin what comes by the clock where that is asked, and serve until somebody stops it."""
    importlib.import_module(sys.argv[-1].partition(":")[0])
    if JOBS in sys.argv:
        sys.argv.remove(JOBS)
        _begin_jobs()
    entrypoint()


def _begin_jobs() -> None:
    """Let a copy of this process do what comes by the clock until this one is gone; its first round is done now.

    Raises SystemExit when that round could not be done.
    """
    server = os.getpid()
    reading, writing = os.pipe()
    if os.fork() == 0:
        os.close(reading)
        try:
            call_command("run_jobs", loop=True, beside=server, ready=writing)
        except Exception:
            traceback.print_exc()
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as told:
        if not told.read():
            sys.exit("What comes by the clock could not be done: see above.")


if __name__ == "__main__":
    main()
