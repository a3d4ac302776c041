"""A real OpenID provider on this machine, and a person who signs in there."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import requests

from tests.support.browser_server import free_port, stop, wait


class Provider:
    """The provider at `issuer`."""

    def __init__(self, issuer: str) -> None:
        self.issuer = issuer

    def knows(self, person: str, **claims: Any) -> None:
        """Let it say `claims` of `person`."""
        requests.put(f"{self.issuer}/users/{person}", json=claims, timeout=5).raise_for_status()

    def sign_in(self, client: Any, slug: str, person: str, **more: str) -> Any:
        """The last answer to who begins on our page, signs in there as `person`, and comes back."""
        begun = client.get(f"/account/aanmelden/organisatie/{slug}/", more)
        assert begun.status_code == 302
        assert begun.headers["Location"].startswith(f"{self.issuer}/oauth2/authorize?")
        there = requests.post(begun.headers["Location"], data={"sub": person}, allow_redirects=False, timeout=5)
        back = urlsplit(there.headers["Location"])
        return client.get(f"{back.path}?{back.query}")


@contextmanager
def serving_provider(folder: Path) -> Iterator[Provider]:
    """A provider on a free port until the block ends. Raises RuntimeError when it does not answer."""
    port = free_port()
    log = folder / "provider.log"
    command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(port)]
    with log.open("wb") as out:
        server = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT, start_new_session=True)
    try:
        wait(server, port, log, "/.well-known/openid-configuration")
        yield Provider(f"http://localhost:{port}")
    finally:
        stop(server)
