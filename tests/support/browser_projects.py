"""A real server with a hospital, a patient organisation, a fund and the people of a project, each signed in."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext

from tests.support.browser_server import ROOT, fresh_database, installation, running

COOKIE = "__Host-sessionid"
START = """
import json
import django
django.setup()
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone
from portal.organisations.models import OrganisationKind as Kind
from portal.organisations.roles import Role
from tests.factories.organisations import OrganisationFactory
from tests.factories.people import member
now = timezone.now()
hospital, patients, fund = (
    OrganisationFactory(name=name, slug=slug, kind=kind, verified_at=now, is_example=True)
    for name, slug, kind in (
        ("Voorbeeldziekenhuis De Es", "de-es", Kind.HOSPITAL),
        ("Voorbeeldvereniging Breuken", "breuken", Kind.PATIENT_ORGANISATION),
        ("Voorbeeldfonds Noord", "noord", Kind.FUND),
    )
)
roles = {
    "lead": (hospital, Role.PROJECT_LEAD), "decider": (hospital, Role.GATE_DECIDER),
    "coordinator": (patients, Role.COORDINATOR), "manager": (fund, Role.FUND_MANAGER),
}
told = {}
for name, (organisation, role) in roles.items():
    user = member(organisation, role, email=f"{name}@voorbeeld.example", name=name.capitalize())
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "portal.accounts.backend.AuthenticationBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    told[name] = session.session_key
print(json.dumps(told))
"""
CONTRIBUTE = """
import sys
import django
django.setup()
from participation.models import Project
from tests.factories.participation import held_meeting, representative
from tests.factories.people import UserFactory
project = Project.objects.get(slug=sys.argv[1])
someone = UserFactory(email=f"{project.slug}@voorbeeld.example")
held_meeting(project, representative(project, user=someone))
"""


@dataclass(frozen=True, kw_only=True)
class Projects:
    """The server, and a session of each person."""

    address: str
    sessions: dict[str, str]
    env: dict[str, str]

    def sign_in(self, context: BrowserContext, name: str) -> BrowserContext:
        """`context` as the person `name`, who is signed in."""
        host = urlsplit(self.address).hostname or "localhost"
        cookie = {"name": COOKIE, "value": self.sessions[name], "domain": host, "path": "/"}
        context.add_cookies([{**cookie, "secure": True, "httpOnly": True}])  # type: ignore[list-item]
        return context

    def contribute(self, slug: str) -> None:
        """A new representative was at a meeting in the phase in which the project is."""
        _run(CONTRIBUTE, self.env, slug)


def _run(script: str, env: dict[str, str], *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments], cwd=ROOT, text=True, capture_output=True, check=True, env=env
    )
    return done.stdout


@contextmanager
def projects_server(folder: Path, database: str) -> Iterator[Projects]:
    """A server of its own with those people."""
    with fresh_database(database) as own:
        env = installation(folder, own) | {"EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"}
        with running(env) as address:
            env |= {"DJANGO_SETTINGS_MODULE": "portal.settings"}
            told = _run(START, env)
            yield Projects(address=address, sessions=json.loads(told.splitlines()[-1]), env=env)
