"""A real server with a hospital, a patient organisation, a fund and the people of a project, each signed in."""

import json
import re
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from bs4 import BeautifulSoup
from playwright.sync_api import BrowserContext

from tests.support.browser_server import fresh_database, running, to_serve
from tests.support.loaded import do_in

COOKIE = "__Host-sessionid"
START = """
import json
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone
from portal.organisations.models import OrganisationKind as Kind
from portal.organisations.roles import Role
from tests.factories.organisations import OrganisationFactory
from tests.factories.participation import ProjectFactory, representative
from tests.factories.people import UserFactory, member
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
people = {
    name: member(organisation, role, email=f"{name}@voorbeeld.example", name=name.capitalize())
    for name, (organisation, role) in roles.items()
}
people["buddy"] = UserFactory(email="buddy@voorbeeld.example", name="Bea Buddy")
earlier = ProjectFactory(
    organisation=hospital, patient_side=patients, lead=people["lead"], slug="eerder", name="Eerder project"
)
representative(earlier, user=people["buddy"])
told = {}
for name, user in people.items():
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
from participation.models import Project
from tests.factories.participation import held_meeting, representative
from tests.factories.people import UserFactory
project = Project.objects.get(slug=sys.argv[1])
someone = UserFactory(email=f"{project.slug}@voorbeeld.example")
held_meeting(project, representative(project, user=someone))
"""
VACANCY = """
import sys
from participation.models import Project
from portal.accounts.models import User
from portal.organisations.models import Organisation
from tests.factories.participation import ProjectFactory
from tests.factories.recruiting import VacancyFactory
name, slug = sys.argv[1:]
hospital, patients = (Organisation.objects.get(slug=one) for one in ("de-es", "breuken"))
lead = User.objects.get(email="lead@voorbeeld.example")
project = ProjectFactory(organisation=hospital, patient_side=patients, lead=lead, name=name, slug=slug)
vacancy = VacancyFactory(
    project=project, title=f"Denk mee met {name}", slug=slug, places=2, influence="ADVISER",
    perspectives=["mensen die vaak vallen"],
)
vacancy.criteria.create(text="U brak zelf een bot.", why="Dan weet u hoe het gaat.", is_must=True, place=1)
"""
MONEY = """
import sys
from django.urls import reverse
from participation.actions.money import commitments
from participation.models import Attendance
from participation.states import LineKind
from portal.accounts.models import User
from portal.organisations.models import Organisation
from tests.factories.money import key, money
from tests.factories.organisations import OrganisationFactory
from tests.factories.participation import ProjectFactory, held_meeting, representative
from tests.factories.people import UserFactory
slug, word = sys.argv[1:]
for one in (UserFactory, OrganisationFactory, ProjectFactory):
    one.reset_sequence(int(word, 16))  # another process made the first ones already
hospital, patients = (Organisation.objects.get(slug=one) for one in ("de-es", "breuken"))
lead, buddy = (User.objects.get(email=f"{name}@voorbeeld.example") for name in ("lead", "buddy"))
project = ProjectFactory(organisation=hospital, patient_side=patients, lead=lead, name=f"Geld {word}", slug=slug)
world = money(project=project)
world.earmark(LineKind.ORGANISATION, 20_000)
mine, other = representative(project, user=buddy), representative(project, user=UserFactory(name="Paul Papier"))
for one in (mine, other):
    world.promise(one, 20_000)
    world.promise(one, 10_000, LineKind.TRAVEL)
ours = commitments.ask_commitment(
    line=world.line(LineKind.ORGANISATION), cents=20_000, what_for=f"Werving {word}", organisation=patients,
    by=lead, now=world.now,
)
commitments.agree(commitment=ours, by=world.coordinator, now=world.now, key=key())
meeting = held_meeting(project, mine)
Attendance.objects.filter(meeting=meeting).update(minutes=150)
print(reverse("participation:claim-for-meeting", args=[mine.uuid, meeting.uuid]))
"""
BEGIN = """
import sys
from datetime import timedelta
from django.utils import timezone
from participation.models import Meeting
now = timezone.now()
soon, later = now - timedelta(seconds=1), now + timedelta(hours=1)
assert Meeting.objects.filter(uuid=sys.argv[1]).update(starts_at=soon, ends_at=later) == 1
"""
TOMORROW = """
import sys
from datetime import timedelta
from django.utils import timezone
from portal.home import jobs
morning = timezone.localtime().replace(hour=10) + timedelta(days=1)
for name in sys.argv[1:]:
    getattr(jobs, name)(morning)
"""
CHECK_LEDGER = """
from django.core.management import call_command
call_command("check_ledger")
"""
LINK = re.compile(r"https?://\S+")


@dataclass(frozen=True, kw_only=True)
class Mail:
    """A mail in the postbox of the server."""

    subject: str
    text: str

    @property
    def links(self) -> list[str]:
        """Every address in the text, in its order."""
        return LINK.findall(self.text)

    def link(self, part: str) -> str:
        """The first address with `part` in it."""
        return next(one for one in self.links if part in one)


@dataclass(frozen=True, kw_only=True)
class Projects:
    """The server, and a session of each person."""

    address: str
    sessions: dict[str, str]
    env: dict[str, str]
    # {(with JavaScript, page): the states of it that were held against the rules}
    judged: dict[tuple[bool, str], set[tuple[str, ...]]] = field(default_factory=dict)

    def sign_in(self, context: BrowserContext, name: str) -> BrowserContext:
        """`context` as the person `name`, who is signed in."""
        host = urlsplit(self.address).hostname or "localhost"
        cookie = {"name": COOKIE, "value": self.sessions[name], "domain": host, "path": "/"}
        context.add_cookies([{**cookie, "secure": True, "httpOnly": True}])  # type: ignore[list-item]
        return context

    def contribute(self, slug: str) -> None:
        """A new representative was at a meeting in the phase in which the project is."""
        do_in(self.env, CONTRIBUTE, slug)

    def open_vacancy(self, name: str, slug: str) -> None:
        """A project called `name` at the address `slug`, that looks for two people."""
        do_in(self.env, VACANCY, name, slug)

    def promise_money(self, slug: str, word: str) -> str:
        """A project with money for `buddy`, Paul Papier and the organisation; the link after a meeting."""
        return do_in(self.env, MONEY, slug, word).splitlines()[-1]

    def open_money(self, name: str, slug: str) -> None:
        """A project called `name` with two representatives, and a fund of its own; all of them are signed in."""
        told = do_in(self.env, "tests.support.money_people", name, slug)
        self.sessions.update(json.loads(told.splitlines()[-1]))

    def check_ledger(self) -> str:
        """What `manage.py check_ledger` says. Raises RuntimeError when the ledger is not right."""
        return do_in(self.env, CHECK_LEDGER)

    def begin_meeting(self, key: str) -> None:
        """The meeting `key` begins now."""
        do_in(self.env, BEGIN, key)

    def tomorrow(self, *jobs: str) -> None:
        """What `jobs` do tomorrow morning is done now."""
        do_in(self.env, TOMORROW, *jobs)

    def mail(self, to: str, about: str) -> Mail:
        """The newest mail to `to` with `about` in its subject. Raises LookupError with what came."""
        rows = [row for row in self._page("/postbus/").select(".rows__row") if f"aan {to}," in row.get_text()]
        for row in rows:
            if about in row.a.get_text():
                found = self._page(row.a["href"])
                return Mail(subject=found.h1.get_text(), text=found.select_one(".mail").get_text("\n"))
        raise LookupError(f"no mail to {to} about {about!r}, only {[row.a.get_text() for row in rows]}")

    def _page(self, path: str) -> BeautifulSoup:
        with urllib.request.urlopen(f"{self.address}{path}", timeout=30) as answer:  # noqa: S310 (our own server)
            return BeautifulSoup(answer.read(), "html.parser")


@contextmanager
def projects_server(folder: Path, database: str) -> Iterator[Projects]:
    """A server of its own with those people."""
    with fresh_database(database) as own:
        env = to_serve(folder, own) | {"EMAIL_BACKEND": "portal.postbox.backend.EmailBackend"}
        with running(env) as address:
            env |= {"DJANGO_SETTINGS_MODULE": "portal.settings", "PUBLIC_URL": address}
            told = do_in(env, START)
            yield Projects(address=address, sessions=json.loads(told.splitlines()[-1]), env=env)
