"""Give the whole register as one JSON file, as `/downloads/toepassingen.json` does: through the WSGI application.

`python -m tests.bench.exporting` reads the database of DATABASE_URL and tells what it used.
"""

import os
from typing import Any
from wsgiref.util import setup_testing_defaults

from portal.wsgi import application
from tests.bench.tasks import tell

ADDRESS = "/downloads/toepassingen.json"


def export(method: str = "GET") -> int:
    """Read the file to its end. Gives how many entries stood in it. Raises RuntimeError when it is no 200."""
    asked: dict[str, Any] = {"PATH_INFO": ADDRESS, "REQUEST_METHOD": method, "HTTP_HOST": "localhost"}
    setup_testing_defaults(asked)
    heard: list[str] = []
    answer: Any = application(asked, lambda status, headers, *error: heard.append(status))
    lines = sum(piece.count(b"\n") for piece in answer)
    if hasattr(answer, "close"):
        answer.close()
    if not heard[-1].startswith("200"):
        raise RuntimeError(f"{ADDRESS}: {heard[-1]}")
    return lines - 2  # one line an entry, and one before and after


if __name__ == "__main__":
    export("HEAD")  # a server has loaded its views already
    tell(export, database=os.environ["DATABASE_URL"])
