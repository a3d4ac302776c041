"""People who are signed in on the real server: a session each, made in the installation itself."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext

from tests.support.browser_server import fresh_database, running, to_serve
from tests.support.loaded import do_in

COOKIE = "__Host-sessionid"
# Each of NAMES writes for the hospital; told: {name: key of a session}.
SIGN_IN = """
import json, sys
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone
from portal.accounts.models import User
from portal.organisations.models import Membership, Organisation
hospital = Organisation.objects.get(slug=sys.argv[1])
told = {}
for name in sys.argv[2:]:
    user = User.objects.create_user(f"{name.lower()}@voorbeeld.example", "een lang geheim van vier woorden", name=name)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    Membership.objects.create(user=user, organisation=hospital, role="EDITOR", since=timezone.now())
    TOTP.activate(user, generate_totp_secret())
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "portal.accounts.backend.AuthenticationBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    told[name] = session.session_key
print(json.dumps(told))
"""


@dataclass(frozen=True, kw_only=True)
class Workplace:
    """A server with people who write for one hospital."""

    address: str
    sessions: dict[str, str]

    def sign_in(self, context: BrowserContext, name: str) -> BrowserContext:
        """`context` as `name`, who is signed in."""
        host = urlsplit(self.address).hostname or "localhost"
        cookie = {"name": COOKIE, "value": self.sessions[name], "domain": host, "path": "/"}
        context.add_cookies([{**cookie, "secure": True, "httpOnly": True}])  # type: ignore[list-item]
        return context


@contextmanager
def workplace(folder: Path, database: str, hospital: str, names: tuple[str, ...]) -> Iterator[Workplace]:
    """A server of its own on which `names` are signed in and write for `hospital`."""
    with fresh_database(database) as own:
        env = to_serve(folder, own)
        with running(env) as address:
            told = do_in(env, SIGN_IN, hospital, *names)
            yield Workplace(address=address, sessions=json.loads(told.splitlines()[-1]))
