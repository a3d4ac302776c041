"""The processes that `manage.py serve` starts; the server in production and under the bench alike."""

import os
import sys

from django.conf import settings


def server_command(application: str = "portal.wsgi:application", *, port: int = 0) -> list[str]:
    """The command that serves `application` (a WSGI name), on `port` or that of the settings."""
    options = {
        "--host": settings.SERVER_HOST,
        "--port": port or settings.SERVER_PORT,
        "--workers": settings.SERVER_WORKERS,
        "--blocking-threads": settings.SERVER_THREADS,
        "--blocking-threads-idle-timeout": 600,  # with a thread goes its connection; 600 s is the most it takes
        "--log-level": "warning",
    }
    given = [str(part) for option in options.items() for part in option]
    return [sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws", *given, application]


def jobs_once_command() -> list[str]:
    """The command that does once what comes by the clock: a process of its own, with the settings of the server."""
    return [sys.executable, str(settings.BASE_DIR / "manage.py"), "run_jobs"]


def jobs_command() -> list[str]:
    """The command that does what comes by the clock, until the process that started it is gone.

    The server takes the place of that process (`execv`) and keeps its number. So nobody has to pass signals on, and
    jobs end also when the server is killed.
    """
    return [*jobs_once_command(), "--loop", "--with", str(os.getpid())]
