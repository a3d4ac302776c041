"""Vacancies and who replies to them, with an account and without."""

import datetime
from typing import Any

from participation.actions import candidacies, choosing, joining_candidates, vacancies, vacancy_ends
from participation.models import Candidacy, Vacancy
from tests.participation.walking.engine import rule
from tests.participation.walking.ground import COORDINATORS, LEADS, Ground

BOTH = (*LEADS, *COORDINATORS)
TEXTS = {
    "title": "Denk mee over foto’s", "tasks": "U leest teksten. U zegt wat niet duidelijk is.",
    "hours": "2 uur per maand", "fee_offer": "U krijgt geld voor elk uur.", "learning_offer": "U leert wat AI is.",
    "support_offer": "Een vaste persoon belt u elke maand.", "influence": "ADVISER", "places": 1,
}  # fmt: skip
CRITERIA = [{"text": "U kwam in een ziekenhuis.", "is_must": True, "why": "Dan weet u hoe het is."}]


class Recruiting(Ground):
    """Rules on vacancies and candidacies."""

    def vacancy(self, *states: str) -> Any:
        """A vacancy, mostly in one of these states."""
        return self.one(Vacancy.objects.filter(project=self.project).select_related("project"), *states)

    def candidacy(self, *states: str) -> Any:
        """A reply, mostly in one of these states."""
        rows = Candidacy.objects.select_related("vacancy__project__organisation", "user")
        return self.one(rows.filter(vacancy__project=self.project), *states)

    @rule()
    def writes_a_vacancy(self) -> None:
        day = (self.now + datetime.timedelta(days=self.dice.randint(-1, 130))).date()
        fields, by = {**TEXTS, "closes_on": day}, self.who(*LEADS)
        if self.attempt(vacancies.write_vacancy, project=self.project, fields=fields, criteria=CRITERIA, by=by):
            made = Vacancy.objects.latest("pk")
            if self.attempt(vacancies.submit_vacancy, vacancy=made, by=self.who(*LEADS)) and not self.one_in(3):
                self.attempt(vacancies.open_vacancy, vacancy=made, by=self.who(*COORDINATORS))

    @rule()
    def handles_a_vacancy(self) -> None:
        acts: dict[str, Any] = {
            "open": (vacancies.open_vacancy, ["IN_REVIEW"], COORDINATORS),
            "return": (vacancies.return_vacancy, ["IN_REVIEW"], COORDINATORS),
            "submit": (vacancies.submit_vacancy, ["DRAFT"], LEADS),
            "close": (vacancies.close_vacancy, ["OPEN"], LEADS),
            "withdraw": (vacancies.withdraw_vacancy, ["DRAFT", "IN_REVIEW", "OPEN"], LEADS),
        }
        what = self.dice.choice(["open", "open", "submit", "return", "close", "close", "withdraw"])
        act, states, right = acts[what]
        why = self.dice.choice(["Het geld is op.", "Wij hebben genoeg mensen.", ""])
        if one := self.vacancy(*states):
            more = {"text": why} if what in {"return", "withdraw"} else {}
            self.attempt(act, vacancy=one, by=self.who(*right), **more)

    @rule()
    def ends_a_vacancy(self) -> None:
        one, outcome = self.vacancy("CLOSED"), self.dice.choice(["FILLED", "NOT_FILLED"])
        if one is None:
            return
        if one.proposed_at is not None and not self.one_in(3):
            self.attempt(vacancy_ends.agree_outcome, vacancy=one, seen=one.proposed_at, by=self.who(*BOTH))
        else:
            self.attempt(
                vacancy_ends.propose_outcome, vacancy=one, outcome=outcome, text="Zo ging het.", missing=[],
                by=self.who(*BOTH),
            )  # fmt: skip

    # --- Who replies -------------------------------------------------------------------------------------------------

    @rule(4)
    def replies(self) -> None:
        one = self.vacancy("OPEN")
        if one is None:
            return
        self.number += 1
        fields = {
            "name": f"Wuzzel{self.number}", "motivation": f"wuzzelreden{self.number}",
            "wish": self.dice.choice(["FEE", "FEE", "NONE", "?"]), "keep": self.one_in(2),
        }  # fmt: skip
        if self.one_in(2):
            self.attempt(candidacies.reply_signed_in, vacancy=one, fields=fields, by=self.patient())
        else:
            email = f"wuzzel{self.number}@thuis.example"
            if self.attempt(candidacies.reply, vacancy=one, email=email, fields=fields) and not self.one_in(4):
                self.attempt(candidacies.confirm, token=self.link("aanmelding/link"))

    @rule()
    def clicks_a_link(self) -> None:
        token, name = self.link("aanmelding/link"), f"Wuzzel{self.number} Vos"
        what = self.dice.choice(["confirm", "withdraw", "keep", "correct", "join", "join"])
        if not token:
            return
        if what == "confirm":
            self.attempt(candidacies.confirm, token=token)
        elif what == "withdraw":
            self.attempt(candidacies.withdraw_by_link, token=token)
        elif what == "keep":
            self.attempt(candidacies.keep_by_link, token=token, keep=self.one_in(2))
        elif what == "correct":
            fields = {"name": "Wuzzel0", "motivation": "wuzzelreden0", "wish": "COSTS"}
            self.attempt(candidacies.correct_by_link, token=token, fields=fields)
        elif self.attempt(joining_candidates.join_anew, token=token, name=name, password=None):
            self.patients.append(Candidacy.objects.filter(user__isnull=False).latest("user__pk").user)

    @rule(1)
    def changes_their_reply(self) -> None:
        one = self.candidacy("SUBMITTED")
        if one is None:
            return
        by = self.patient() if one.user is None or self.one_in(4) else one.user
        fields = {"name": "Wuzzel0", "motivation": "wuzzelreden0"}
        act, more = self.dice.choice([
            (candidacies.correct, {"fields": fields}),
            (candidacies.keep, {"keeps": self.one_in(2)}),
            (candidacies.withdraw, {}),
        ])  # fmt: skip
        self.attempt(act, candidacy=one, by=by, **more)

    @rule(4)
    def chooses(self) -> None:
        one = self.candidacy("SHORTLISTED", "SUBMITTED", "RESERVE")
        if one is None:
            return
        if one.state == "SUBMITTED" and not self.one_in(3):
            self.attempt(choosing.shortlist, candidacy=one, by=self.who(*LEADS))
        for side, right in (("PROJECT", LEADS), ("PATIENTS", COORDINATORS)):
            one = Candidacy.objects.select_related("vacancy__project__organisation", "user").get(pk=one.pk)
            if not one.proposed and not self.one_in(4):
                by = self.who(*right)
                self.attempt(choosing.assess, candidacy=one, side=side, judgement="FITS", text="Past.", by=by)
        if one.proposed_at is not None:
            self.attempt(choosing.agree, candidacy=one, seen=one.proposed_at, by=self.who(*BOTH))
        else:
            choice = self.dice.choice(["ACCEPT", "ACCEPT", "RESERVE", "DECLINE"])
            text = "U past hier goed bij."
            self.attempt(choosing.propose_choice, candidacy=one, choice=choice, text=text, by=self.who(*BOTH))
