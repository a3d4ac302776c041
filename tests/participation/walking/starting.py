"""Being asked, signing, interests, a buddy, pauses and ends; what somebody tells of themselves and consents to."""

from typing import Any

from participation.actions import agreements, assignments, consents, interests, offers, profiles, viewings, welcome
from participation.models import Assignment, Consent, ConsentKind, Interest, RoleOffer
from participation.states import Influence, SigningSide
from portal.accounts.models import User
from tests.factories.starting import fresh
from tests.participation.walking.engine import rule
from tests.participation.walking.ground import COORDINATORS, LEADS, Ground


class Starting(Ground):
    """Rules on assignments, agreements, interests, offers and consents."""

    def role(self, *states: str) -> Any:
        """Somebody's role, mostly in one of these states."""
        found = self.one(Assignment.objects.filter(project=self.project), *states)
        return fresh(found) if found is not None else None

    def theirs(self, role: Any) -> User:
        """Mostly who it is; now and then another."""
        return self.patient() if role.user is None or self.one_in(10) else role.user

    def prepare(self) -> None:
        """Some people take part already, so that a walk does not spend itself on beginning."""
        super().prepare()
        coordinator, lead = self.people["coordinator"], self.people["lead"]
        for user in self.patients[: self.dice.randint(0, 3)]:
            made = assignments.propose(
                project=self.project, user=user, influence=Influence.ADVISER, by=lead, now=self.now
            )
            for side, by in ((SigningSide.REPRESENTATIVE, user), (SigningSide.PROJECT, lead)):
                agreements.sign(assignment=fresh(made), side=side, typed_name="Wuzzelhand", by=by, now=self.now)
            told = interests.declare(project=self.project, has_none=True, text="", by=user, now=self.now)
            interests.decide(interest=told, decision="NONE", text="", by=coordinator, now=self.now)
        self.deliver()

    # --- Being asked -------------------------------------------------------------------------------------------------

    @rule(3)
    def is_asked(self) -> None:
        if len(self.patients) < 9 and self.one_in(2):
            self.patients.append(self.newcomer())
            self.known = self.print()
        influence = self.dice.choice([*Influence, Influence.ADVISER, Influence.ADVISER, Influence.PARTNER])
        user, by = self.patient(), self.who(*LEADS)
        if self.attempt(assignments.propose, project=self.project, user=user, influence=influence, by=by):
            self.starts(fresh(Assignment.objects.latest("pk")))

    def starts(self, role: Any) -> None:
        """Mostly everything that makes somebody active."""
        for side in self.some(SigningSide):
            by = self.theirs(role) if side == SigningSide.REPRESENTATIVE else self.who(*LEADS)
            self.attempt(agreements.sign, assignment=fresh(role), side=side, typed_name="Wuzzelhand", by=by)
        if not self.one_in(6):
            self.attempt(interests.declare, project=self.project, has_none=True, text="", by=self.theirs(role))
        if not self.one_in(6):
            self.decides_on_interests()

    @rule(1)
    def is_offered_a_role(self) -> None:
        what = self.dice.choice(["offer", "offer", "accept", "withdraw"])
        if what == "offer":
            self.number += 1
            email = f"wuzzel{self.number}@thuis.example"
            self.attempt(offers.offer_role, project=self.project, email=email, influence="ADVISER",
                         by=self.who(*LEADS))  # fmt: skip
        elif what == "withdraw":
            if offer := RoleOffer.objects.select_related("project__organisation").order_by("pk").last():
                self.attempt(offers.withdraw_offer, offer=offer, by=self.who(*LEADS))
        elif offer := offers.offer_of(self.link("deelname/uitnodiging")):
            if self.attempt(offers.accept_anew, offer=offer, name=f"Wuzzel{self.number} Vos", password=None):
                made = fresh(Assignment.objects.latest("pk"))
                self.patients.append(made.user)
                self.starts(made)

    # --- Starting ----------------------------------------------------------------------------------------------------

    @rule()
    def signs(self) -> None:
        role, name = self.role("PROPOSED"), "Wuzzelhand"
        if role is None:
            return
        what = self.dice.choice([SigningSide.REPRESENTATIVE, SigningSide.PROJECT, "paper", "link", "ask"])
        if what == "paper":
            self.attempt(agreements.record_paper, assignment=role, typed_name=name, by=self.who(*COORDINATORS))
        elif what == "ask":
            self.attempt(agreements.ask_link, assignment=role, side=SigningSide.REPRESENTATIVE, by=self.theirs(role))
        elif what == "link":
            if link := agreements.link_of(self.link("deelname/tekenen")):
                self.attempt(agreements.sign_by_link, link=link, typed_name=name)
        else:
            by = self.theirs(role) if what == SigningSide.REPRESENTATIVE else self.who(*LEADS)
            self.attempt(agreements.sign, assignment=role, side=what, typed_name=name, by=by)

    @rule()
    def declares_interests(self) -> None:
        role = self.role("PROPOSED", "ACTIVE", "PAUSED")
        by = self.who("lead", "colleague") if role is None or self.one_in(5) else self.theirs(role)
        text = "wuzzelbelang" if self.one_in(3) else ""
        self.attempt(interests.declare, project=self.project, has_none=not text, text=text, by=by)

    @rule()
    def decides_on_interests(self) -> None:
        rows = Interest.objects.select_related("assignment", "user", "project__organisation__parent")
        one, decision = self.one(rows, "DECLARED"), self.dice.choice(["NONE"] * 6 + ["PUBLISH", "LIMIT", "EXCLUDE"])
        if one is None:
            return
        right = COORDINATORS if one.assignment_id else ("manager",)
        text = "" if decision == "NONE" else "Zit niet bij dit onderwerp."
        self.attempt(interests.decide, interest=one, decision=decision, text=text, by=self.who(*right))

    @rule()
    def pauses_or_stops(self) -> None:
        what = self.dice.choice(["pause", "resume", "resume", "end"])
        role = self.role("PAUSED" if what == "resume" else "ACTIVE")
        if role is None or (what == "end" and self.one_in(2)):  # else nobody stays
            return
        act: Any = {"pause": assignments.pause, "resume": assignments.resume, "end": assignments.end}[what]
        by = self.who(*LEADS, *COORDINATORS) if self.one_in(3) else self.theirs(role)
        more = {} if what == "resume" else {"reason": "Om wuzzelpauze."}
        self.attempt(act, assignment=role, by=by, **more)

    @rule()
    def settles_in(self) -> None:
        role = self.role("ACTIVE")
        if role is None:
            return
        what, buddy = self.dice.choice(["ask", "agree", "leave", "needs", "needs", "tick"]), role.buddy
        if what == "ask":
            self.attempt(welcome.ask_buddy, assignment=role, buddy=self.patient(), by=self.who(*COORDINATORS))
        elif what == "agree":
            self.attempt(welcome.agree_as_buddy, assignment=role, by=buddy or self.patient())
        elif what == "leave":
            self.attempt(welcome.leave_buddy, assignment=role, by=buddy or self.theirs(role))
        elif what == "needs":
            self.attempt(welcome.tell_needs, assignment=role, text="wuzzelnood", by=self.theirs(role))
        else:
            self.attempt(welcome.tick, assignment=role, kind="READ", is_done=True, by=self.theirs(role))

    # --- Themselves --------------------------------------------------------------------------------------------------

    @rule(1)
    def tells_of_themselves(self) -> None:
        by, what = self.patient(), self.dice.choice(["profile", "experience", "forward"])
        if what == "profile":
            self.attempt(
                profiles.save_profile, about="wuzzelverhaal", access_needs="wuzzelnood",
                organisation=self.project.patient_side, by=by,
            )  # fmt: skip
        elif what == "experience":
            self.attempt(profiles.tell_perspectives, lines=["wuzzelziekte"], agrees=not self.one_in(3), by=by)
        else:
            self.attempt(profiles.agree_to_be_put_forward, agrees=not self.one_in(3), by=by)

    @rule()
    def consents(self) -> None:
        by, kind = self.patient(), self.dice.choice([ConsentKind.NAME, ConsentKind.NAME, ConsentKind.PERSPECTIVE])
        about = f"project:{self.project.uuid}" if kind == ConsentKind.NAME else ""
        running = Consent.objects.filter(user=by, kind=kind, withdrawn_at=None).first()
        if running is not None:
            self.attempt(consents.withdraw_consent, consent=running, by=by)
        elif kind == ConsentKind.NAME:
            self.attempt(consents.give_consent, kind=kind, about=about, by=by)

    @rule(1)
    def looks_at_somebody(self) -> None:
        viewings.record_viewing(
            subjects=[self.patient()], by=self.who(*LEADS), role="LEAD", organisation=None, project=self.project,
            what="PEOPLE", now=self.now,
        )  # fmt: skip
        self.known = self.print()
