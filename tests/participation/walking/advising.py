"""Advice from its first text to the verdict, with corrections on both sides."""

import datetime
from typing import Any

from participation.actions import advice, responses
from participation.models import Advice, AdviceDraft, Assignment
from participation.states import FINISHED, PROMISED, PUBLIC_ADVICE, UNANSWERED, Judgement
from portal.accounts.models import User
from tests.factories.advice import NO, answer
from tests.participation.walking.engine import rule
from tests.participation.walking.ground import COORDINATORS, LEADS, Ground


class Advising(Ground):
    """Rules on advice."""

    def giver(self) -> User:
        """Mostly somebody who takes part."""
        active = [one.user for one in Assignment.objects.active().select_related("user").order_by("pk") if one.user]
        return self.dice.choice(active) if active and not self.one_in(8) else self.patient()

    def draft(self, *states: str) -> Any:
        """A text that is not public, mostly in one of these states."""
        return self.one(AdviceDraft.objects.select_related("advice__project__patient_side"), *states)

    def given(self, *states: str) -> Any:
        """Advice, mostly in one of these states."""
        rows = Advice.objects.filter(project=self.project).select_related("project__organisation")
        return self.one(rows, *states)

    @rule(3)
    def gives_advice(self) -> None:
        fields = {
            "text": "wuzzeltekst. Leg het uit.", "topic": "INFORMATION", "dissent": "",
            "weight": self.dice.choice(["MUST", "SHOULD", "COULD"]),
        }  # fmt: skip
        numbers = self.some(one.number for one in Assignment.objects.active().order_by("pk"))
        if self.one_in(4):
            by = self.who(*COORDINATORS)
            self.attempt(advice.type_out, project=self.project, fields=fields, givers=numbers[:2], by=by)
        else:
            together = numbers if self.one_in(2) else []
            self.attempt(advice.give, project=self.project, fields=fields, together=together, by=self.giver())

    @rule(3)
    def reads_a_draft(self) -> None:
        what = self.dice.choice(["release", "release", "release", "return", "take_back", "paper"])
        state = {"release": "WAITING", "return": "WAITING", "take_back": "RETURNED", "paper": "TO_AGREE"}[what]
        one, by = self.draft(state), self.who(*COORDINATORS)
        if one is None:
            return
        seen = {"draft": one, "by": by, "revision": one.revision - self.one_in(8)}
        if what == "take_back":
            self.attempt(advice.take_back_question, draft=one, by=by)
        elif what == "return":
            self.attempt(advice.ask_back, question="Wie is wuzzelmens?", **seen)
        elif what == "paper":
            self.attempt(advice.agree_on_paper, **seen)
        elif self.attempt(advice.release, nobody_recognised=not self.one_in(10), **seen):
            self.released(Advice.objects.get(pk=one.advice_id))

    def released(self, made: Advice) -> None:
        """Keep apart who did something, and what must be answered."""
        if made.versions.count() == 1:
            for pk in made.givers.values_list("pk", flat=True):
                self.did.setdefault(pk, set()).add(self.project.phase)
            if made.weight == "MUST":
                self.must[made.pk] = self.project.phase

    @rule()
    def changes_a_draft(self) -> None:
        what = self.dice.choice(["join", "join", "stay_out", "rewrite", "withdraw"])
        one = self.draft("TO_AGREE", "WAITING", "RETURNED")
        if one is None:
            return
        part = one.asked if what in {"join", "stay_out"} else one.agreed
        mine = part.select_related("user").order_by("pk").first()
        by = mine.user if mine is not None and mine.user else self.giver()
        fields = {"text": "wuzzeltekst. Anders.", "topic": "ACCESS", "weight": "COULD", "dissent": ""}
        acts: dict[str, Any] = {
            "join": (advice.join, {"revision": one.revision, "dissent": self.dice.choice(["", "wuzzeltekst"])}),
            "stay_out": (advice.stay_out, {}),
            "rewrite": (advice.rewrite, {"revision": one.revision, "fields": fields}),
            "withdraw": (advice.withdraw, {}),
        }
        act, more = acts[what]
        self.attempt(act, draft=one, by=by, **more)

    @rule(1)
    def corrects_advice(self) -> None:
        one = self.given(*PUBLIC_ADVICE)
        mine = one.givers.select_related("user").order_by("pk").first() if one else None
        if mine is not None:
            by = mine.user or self.patient()
            self.attempt(advice.correct, advice=one, text="wuzzeltekst. Beter.", dissent="", by=by)

    # --- The organisation and the verdict ----------------------------------------------------------------------------

    @rule(3)
    def answers_advice(self) -> None:
        what = self.dice.choice(["answer", "answer", "acknowledge", "time", "amend"])
        one, by = self.given(*((*PROMISED, "WILL_NOT_DO") if what == "amend" else UNANSWERED)), self.who(*LEADS)
        if one is None:
            return
        fields = NO if self.one_in(3) else answer(self.now)
        if what == "acknowledge":
            self.attempt(responses.acknowledge, advice=one, by=by)
        elif what == "time":
            until = one.respond_by and one.respond_by + datetime.timedelta(days=self.dice.randint(0, 40))
            self.attempt(responses.take_more_time, advice=one, until=until, reason="De arts is ziek.", by=by)
        elif what == "amend":
            self.attempt(responses.amend, advice=one, after=one.responses.count(), fields=fields, by=by)
        elif self.attempt(responses.respond, advice=one, fields=fields, by=by):
            self.must.pop(one.pk, None)

    @rule(3)
    def carries_out_and_judges(self) -> None:
        what = self.dice.choice(["start", "do", "drop", "judge", "judge"])
        one, text = self.given(*(FINISHED if what == "judge" else PROMISED)), "De folder ligt er."
        if one is None:
            return
        if what == "judge":
            mine = one.givers.select_related("user").order_by("pk").first()
            by = mine.user if mine is not None and mine.user else self.who(*COORDINATORS)
            self.attempt(responses.judge, advice=one, judgement=Judgement.PARTLY, text="Het is half.", by=by)
        elif what == "start":
            self.attempt(responses.start, advice=one, by=self.who(*LEADS))
        else:
            act = responses.finish if what == "do" else responses.drop
            self.attempt(act, advice=one, text=text, by=self.who(*LEADS))
