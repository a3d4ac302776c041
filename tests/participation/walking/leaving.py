"""The clock with every job, the pulse, the closing account, people who leave, and the end of the project."""

import datetime
from typing import Any

from participation.account import ITEMS
from participation.actions import account, leaving, projects, pulse
from participation.models import ClosingAccount, PulseAsked
from portal.organisations.models import Membership
from portal.organisations.roles import Role
from tests.participation.walking.engine import rule
from tests.participation.walking.ground import COORDINATORS, LEADS, Ground

HOURS = [*[1, 6, 24, 24 * 4, 24 * 8] * 4, *[24 * 31, 24 * 62] * 2, 24 * 180, 24 * 400, 24 * 760]


class Leaving(Ground):
    """Rules on what ends."""

    @rule(3)
    def clock_goes_on(self) -> None:
        self.time_goes_by(datetime.timedelta(hours=self.dice.choice(HOURS)))

    @rule()
    def answers_the_pulse(self) -> None:
        for asked in PulseAsked.objects.filter(has_answered=False).select_related("round", "user").order_by("pk"):
            values = dict.fromkeys(range(1, 7), self.dice.randint(1, 5) if not self.one_in(8) else 6)
            by = self.people["nobody"] if self.one_in(8) else asked.user
            if self.attempt(pulse.answer, round_=asked.round, values=values, by=by):
                key = asked.round_id, asked.side
                self.answered[key] = self.answered.get(key, 0) + 1

    @rule()
    def writes_the_account(self) -> None:
        leads, coordinators = self.who(*LEADS), self.who(*COORDINATORS)
        made = ClosingAccount.objects.select_related("project__organisation", "project__patient_side").first()
        if made is None:
            self.attempt(account.begin, project=self.project, by=leads)
            return
        texts = {**dict.fromkeys(ITEMS, "Patiënten dachten mee over de folder."), "language_reason": ""}
        acts: dict[str, Any] = {
            "write": (account.write, {"texts": texts, "by": leads}),
            "offer": (account.offer, {"by": leads}),
            "take_back": (account.take_back, {"by": leads}),
            "return": (account.send_back, {"remarks": "Korter.", "by": coordinators}),
            "agree": (account.agree, {"by": coordinators}),
            "reopen": (account.reopen, {"by": leads}),
        }
        act, more = acts[self.dice.choice([*acts, "write", "offer", "offer", "agree"])]
        self.attempt(act, account=made, revision=made.revision - self.one_in(8), **more)

    # --- The end -----------------------------------------------------------------------------------------------------

    @rule(1)
    def ends_the_project(self) -> None:
        if self.one_in(4):
            name, by = self.dice.choice(["stop", "close"]), self.who(*LEADS)
            self.attempt(projects.end_project, project=self.project, name=name, reason="Het geld is op.", by=by)

    @rule(1)
    def leaves_for_good(self) -> None:
        gone = self.patient()
        if len(self.patients) > 2 and self.one_in(3):
            self.patients.remove(gone)
            if not self.attempt(leaving.erase_myself, by=gone):
                self.patients.append(gone)

    @rule(1)
    def loses_or_gets_a_role(self) -> None:
        """A hospital or patient organisation changes its people, outside the project."""
        name = self.dice.choice(["coordinator", "second_coordinator", "colleague", "other_lead"])
        role = {"colleague": Role.EDITOR, "other_lead": Role.PROJECT_LEAD}.get(name, Role.COORDINATOR)
        side = self.project.organisation if name in {"colleague", "other_lead"} else self.project.patient_side
        if side is None:
            return
        user = self.people[name]
        if not Membership.objects.filter(user=user, organisation=side, role=role).delete()[0]:
            Membership.objects.create(user=user, organisation=side, role=role, since=self.now)
        self.known = self.print()
