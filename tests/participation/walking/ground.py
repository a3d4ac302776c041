"""What every part of the walk stands on: one project with everybody around it, a clock, and one way to try a step."""

import datetime
import hashlib
import re
from collections.abc import Callable, Iterable, Sequence
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import time_machine
from django.apps import apps
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.mail import EmailMessage
from django.db import connection, transaction
from django.db.models import QuerySet

from participation.actions import team
from participation.models import Project
from participation.states import PHASES
from portal.accounts.models import User
from portal.audit.models import AuditEvent
from portal.audit.revision import current_revision
from portal.core.workflow import StepNotAllowed
from portal.organisations.models import OrganisationKind
from portal.organisations.roles import Role
from tests.conftest import NOW
from tests.factories.organisations import OrganisationFactory
from tests.factories.participation import ProjectFactory
from tests.factories.people import UserFactory, member
from tests.factories.transparency import published_entry

REFUSED = (PermissionDenied, ValidationError, StepNotAllowed)
MINUTE = datetime.timedelta(minutes=1)
AMSTERDAM = ZoneInfo("Europe/Amsterdam")
STAFF = (
    "lead", "other_lead", "decider", "deciding_lead", "coordinator", "second_coordinator", "manager", "own_manager",
    "centre", "colleague", "nobody",
)  # fmt: skip
LEADS, COORDINATORS = ("lead", "other_lead", "deciding_lead"), ("coordinator", "second_coordinator")
MODELS = [*apps.get_app_config("participation").get_models(), User]
LINK = re.compile(r"/(aanmelding/link|deelname/tekenen|deelname/uitnodiging)/([\w-]{20,})/")


class Ground:
    """The world, and how a step is tried. `dice` gives every choice of the step that is being taken."""

    def __init__(self) -> None:
        self.dice = Random(0)
        self.database = transaction.atomic()
        self.database.__enter__()
        self.now = NOW
        self.clock = time_machine.travel(NOW, tick=False)
        self.time = self.clock.start()
        mail.outbox.clear()

    def stop(self) -> None:
        """Nothing of the walk stays."""
        self.clock.stop()
        transaction.set_rollback(True)
        self.database.__exit__(None, None, None)

    def begin(self) -> None:
        """A project about an entry of the register; sometimes the expertise centre acts for its patients."""
        entry_phase, follows = self.dice.choice(PHASES[:3]), not self.one_in(3)
        entry = published_entry(slug="breukkijker")
        own = entry.organisation
        type(own).objects.filter(pk=own.pk).update(verified_at=NOW)
        own.refresh_from_db()
        self.project = ProjectFactory(slug="botten", organisation=own, phase=entry_phase, entry_phase=entry_phase)
        self.project.entries.add(entry)
        fund = OrganisationFactory(kind=OrganisationKind.FUND, verified_at=NOW)
        centre = OrganisationFactory(kind=OrganisationKind.EXPERTISE_CENTRE, verified_at=NOW)
        if not follows:
            Project.objects.filter(pk=self.project.pk).update(patient_side=None)
        patients = self.project.patient_side if follows else centre
        self.people: dict[str, User] = {
            "lead": self.project.lead,
            "other_lead": member(own, Role.PROJECT_LEAD),
            "decider": member(own, Role.GATE_DECIDER),
            "deciding_lead": member(own, Role.GATE_DECIDER, Role.PROJECT_LEAD),
            "coordinator": member(patients, Role.COORDINATOR),
            "second_coordinator": member(patients, Role.COORDINATOR),
            "manager": member(fund, Role.FUND_MANAGER),
            "own_manager": member(own, Role.FUND_MANAGER),
            "centre": member(centre, Role.COORDINATOR) if follows else UserFactory(),
            "colleague": member(own, Role.EDITOR),
            "nobody": UserFactory(),
        }
        self.project.refresh_from_db()
        for name in ("colleague", "lead"):
            email = self.people[name].email
            team.add_colleague(project=self.project, email=email, function="arts", by=self.project.lead, now=NOW)
        self.number = 0
        self.patients: list[User] = [self.newcomer() for _n in range(3)]
        self.tokens: list[tuple[str, str]] = []  # (page, token) of the links in all mails
        self.read = 0  # mails of which the links were taken
        self.prepare()
        self.known = self.print()

    def prepare(self) -> None:
        """What a part keeps apart, before its first rule."""

    @property
    def today(self) -> datetime.date:
        """The day in Amsterdam."""
        return self.now.astimezone(AMSTERDAM).date()

    def newcomer(self) -> User:
        """Somebody who may take part; name and address are words that may stand nowhere."""
        self.number += 1
        return UserFactory(name=f"Wuzzel{self.number} Vos", email=f"wuzzel{self.number}@thuis.example")

    # --- Trying a step -----------------------------------------------------------------------------------------------

    def attempt(self, action: Callable[..., Any], **arguments: Any) -> bool:
        """Whether the step was carried out; a refused one changed nothing at all."""
        self.wait(MINUTE)
        try:
            action(now=self.now, **arguments)
        except REFUSED:
            assert self.print() == self.known, f"{action.__name__} was refused and changed something"
            return False
        self.known = self.print()
        self.deliver()
        self.project.refresh_from_db()
        return True

    def wait(self, length: datetime.timedelta) -> None:
        """Let the clock go on, and nothing else."""
        self.now += length
        self.time.move_to(self.now)

    def print(self) -> str:
        """The whole of participation as one number, with people, log and revision."""
        rows = [list(model._default_manager.order_by("pk").values_list()) for model in MODELS]
        return hashlib.sha256(repr([rows, AuditEvent.objects.count(), current_revision()]).encode()).hexdigest()

    def deliver(self) -> None:
        """Send what waits for the commit that this walk never makes; links in mails are kept to be clicked."""
        waiting, connection.run_on_commit = connection.run_on_commit, []
        for _savepoints, send, _robust in waiting:
            if isinstance(getattr(send, "__self__", None), EmailMessage):
                send()
        for message in mail.outbox[self.read :]:
            self.tokens += LINK.findall(message.body)
        self.read = len(mail.outbox)

    # --- Choosing ----------------------------------------------------------------------------------------------------

    def one_in(self, number: int) -> bool:
        """Whether it happens, once in so many times."""
        return self.dice.randrange(number) == 0

    def who(self, *right: str) -> User:
        """Mostly one of those who may; now and then anybody."""
        return self.people[self.dice.choice(STAFF if self.one_in(8) or not right else right)]

    def patient(self) -> User:
        """One of those who take part, may, or did."""
        return self.dice.choice(self.patients)

    def one(self, rows: QuerySet[Any], *states: str) -> Any:
        """One of `rows`: mostly in one of `states`; None when there is none."""
        every = list(rows.order_by("pk"))
        fit = [row for row in every if row.state in states]
        chosen = fit if fit and not self.one_in(8) else every
        return self.dice.choice(chosen) if chosen else None

    def some(self, things: Iterable[Any]) -> Sequence[Any]:
        """Most of `things`, in their order."""
        return [thing for thing in things if not self.one_in(4)]

    def link(self, page: str) -> str:
        """The token of a link of a mail to this page: mostly of a new one; "" when there was none."""
        found = [token for where, token in self.tokens if where == page]
        return self.dice.choice(found[-2:] if not self.one_in(4) else found) if found else ""
