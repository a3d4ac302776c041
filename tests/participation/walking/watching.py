"""What holds after every step: public pages, personal data, advice, small groups; asked without the code it watches."""

import datetime
import re
from difflib import unified_diff
from typing import Any

from django.core import mail
from django.db.models import Q, Sum

from participation.actions.erasing import due_by_kind
from participation.models import (
    AdviceDraft,
    AdviceVersion,
    Assignment,
    Attendance,
    Candidacy,
    Consent,
    Interest,
    MeetingPaper,
    Message,
    Perspective,
    Profile,
    ProjectTask,
    PulseAsked,
    PulseCount,
    PulseRound,
    Response,
    RoleOffer,
    SignatureName,
    SigningLink,
    TeamMember,
    Vacancy,
    Verdict,
    Viewing,
    WelcomeStep,
)
from portal.audit.models import AuditEvent
from portal.audit.revision import current_revision
from portal.core.dates import months_before
from portal.home.jobs import JOBS
from tests.conftest import StrictClient, forget_all
from tests.participation.walking.engine import promise
from tests.participation.walking.ground import Ground

DAY = datetime.timedelta(days=1)
PERSONAL = re.compile(r"wuzzel(?!tekst)\w*", re.IGNORECASE)  # advice is public, with its own word
AT_A_TIME = 3
EMPTY_FEED = re.compile(r"<updated>[^<]*</updated>(?=<subtitle>)")  # its moment is that of asking
TOLD = {"wuzzelbericht", "wuzzeltaak"}  # to everybody who works along
UNCHANGING = (AdviceVersion, Response, Verdict)
LISTS = (
    "/projecten/", "/meedoen/", "/meedoen/feed/", "/cijfers/", "/register/breukkijker/", "/api/v1/projecten",
    "/api/v1/vacatures", "/api/v1/adviezen", "/cijfers/cijfers.json",
)  # fmt: skip


class Watching(Ground):
    """What always holds."""

    def prepare(self) -> None:
        super().prepare()
        self.said: dict[tuple[str, int], tuple[Any, ...]] = {}
        self.answered: dict[tuple[int, str], int] = {}  # (round, side) → answers
        self.shown: dict[str, Any] = {}  # path → (day and revision, what everybody read there)
        self.looked_at: Any = None  # the state of everything and the day of the last look
        self.turn = 0
        self.mails = 0
        self.client = StrictClient()

    def time_goes_by(self, length: datetime.timedelta) -> None:
        """Let the clock go on, do every job, and see that nothing is kept past its term."""
        self.wait(length)
        for job in JOBS:
            job(self.now)
        self.deliver()
        self.known = self.print()
        self.project.refresh_from_db()
        assert {kind: number for kind, number in due_by_kind(self.now).items() if number} == {}
        assert {name: rows.count() for name, rows in self.past_their_term().items() if rows.exists()} == {}

    # --- Personal data -----------------------------------------------------------------------------------------------

    def past_their_term(self) -> dict[str, Any]:
        """What may not be there any more, by the terms of participation.md written out once more."""
        now = self.now
        old, year, needs = months_before(now, 24), months_before(now, 12), months_before(now, 3)
        ended = Q(project__ended_at__lte=old)
        known = ~Q(name="") | ~Q(email="") | ~Q(motivation="") | Q(user__isnull=False)
        kept = [
            one.about.removeprefix("candidacy:")
            for one in Consent.objects.filter(kind="KEEP_CANDIDACY", withdrawn_at=None)
        ]
        without = Q(keep_consent_at=None) & ~Q(uuid__in=[one for one in kept if one])
        return {
            "unconfirmed": Candidacy.objects.filter(confirmed_at=None, submitted_at__lte=now - 7 * DAY),
            "taken back": Candidacy.objects.filter(known, state="WITHDRAWN"),
            "declined": Candidacy.objects.filter(known, without, state="DECLINED", decided_at__lte=now - 28 * DAY),
            "kept a year": Candidacy.objects.filter(
                known, state__in=["DECLINED", "RESERVE", "ACCEPTED"], decided_at__lte=now - 365 * DAY
            ),
            "people": Assignment.objects.filter(ended & (Q(user__isnull=False) | Q(buddy__isnull=False))),
            "reasons": Assignment.objects.filter(ended).exclude(reason=""),
            "messages": Message.objects.filter(ended).exclude(text="", writer=None),
            "tasks": ProjectTask.objects.filter(ended),
            "interests": Interest.objects.filter(ended),
            "papers": MeetingPaper.objects.filter(meeting__project__ended_at__lte=old),
            "names": SignatureName.objects.filter(signature__agreement__assignment__project__ended_at__lte=old),
            "first steps": WelcomeStep.objects.filter(assignment__project__ended_at__lte=old),
            "answers": Attendance.objects.filter(meeting__project__ended_at__lte=old).exclude(
                will_come=None, minutes=None
            ),
            "team": TeamMember.objects.filter(project__ended_at__lte=year),
            "needs at meetings": Attendance.objects.filter(meeting__ends_at__lte=needs).exclude(access_needs=""),
            "needs of who stopped": Assignment.objects.filter(ended_at__lte=needs, access_needs_at__lte=needs),
            "profiles": Profile.objects.filter(used_at__lte=old, user__last_login=None),
            "experiences": Perspective.objects.filter(consent__withdrawn_at__isnull=False),
            "consents": Consent.objects.filter(withdrawn_at__lte=old),
            "looks": Viewing.objects.filter(seen_at__lte=year),
            "offers": RoleOffer.objects.filter(expires_at__lt=now - 30 * DAY),
            "links": SigningLink.objects.filter(expires_at__lt=now - DAY),
            "asked": PulseAsked.objects.filter(round__state="CLOSED"),
        }

    # --- What everybody reads ----------------------------------------------------------------------------------------

    def addresses(self) -> list[str]:
        """Public pages of the project and its documents for programs: its own page each time, the others in turn."""
        advice = [f"/projecten/botten/advies/{one.uuid}/" for one in self.project.advice.public().order_by("-pk")[:2]]
        vacancies = [f"/meedoen/{one.slug}/" for one in Vacancy.objects.public().order_by("-pk")[:2]]
        others = [f"/api/v1/projecten/{self.project.uuid}", *LISTS, *advice, *vacancies]
        self.turn += AT_A_TIME
        return ["/projecten/botten/", *(others[n % len(others)] for n in range(self.turn, self.turn + AT_A_TIME))]

    @promise
    def public_pages_answer_name_nobody_and_change_with_the_revision(self) -> None:
        if self.looked_at == (self.known, self.today):
            return  # nothing happened
        self.looked_at = (self.known, self.today)
        forget_all()
        at, wanted = (self.today, current_revision()), self.named()
        for path in self.addresses():
            response = self.client.get(path)
            assert response.status_code == 200, path
            text = EMPTY_FEED.sub("", response.content.decode())
            found = set(PERSONAL.findall(text)) - (wanted if path == "/projecten/botten/" else set())
            assert found == set(), path
            then, before = self.shown.get(path, (at, text))
            assert then != at or before == text, f"{path} changed, the revision did not: {_differs(before, text)}"
            self.shown[path] = (at, text)

    def named(self) -> set[str]:
        """The names that their owners want on the page of the project."""
        running = Consent.objects.filter(kind="NAME", withdrawn_at=None, about=f"project:{self.project.uuid}")
        return {one.user.name.split()[0] for one in running.select_related("user")}

    @promise
    def no_mail_to_others_and_no_log_names_anybody(self) -> None:
        for message in mail.outbox[self.mails :]:
            own = message.to[0].startswith("wuzzel")
            found = set(PERSONAL.findall(message.subject + message.body)) - TOLD
            assert own or found == set(), (message.subject, found)
        self.mails = len(mail.outbox)
        newest = AuditEvent.objects.order_by("-pk").values_list("kind", "target", "data")[:5]
        assert PERSONAL.findall(str(list(newest))) == []

    # --- After the end -----------------------------------------------------------------------------------------------

    @promise
    def nothing_of_a_project_that_ended_goes_on(self) -> None:
        if self.project.state == "RUNNING":
            return
        mine = {"project": self.project}
        going_on = {
            "roles": Assignment.objects.running().filter(**mine),
            "offers": RoleOffer.objects.filter(**mine),
            "links": SigningLink.objects.filter(agreement__assignment__project=self.project),
            "interests": Interest.objects.filter(state="DECLARED", **mine),
            "vacancies": Vacancy.objects.filter(state__in=["DRAFT", "IN_REVIEW", "OPEN", "CLOSED"], **mine),
            "candidacies": Candidacy.objects.live().filter(vacancy__project=self.project),
            "meetings": self.project.meetings.filter(state="PLANNED"),
            "tasks": ProjectTask.objects.filter(state="OPEN", **mine),
            "gates": self.project.gate_reviews.filter(state="ASKED"),
            "exceptions": self.project.exceptions.filter(state="ASKED"),
            "drafts": AdviceDraft.objects.filter(advice__project__ended_at__lte=self.now - 61 * DAY),
        }
        assert {name: rows.count() for name, rows in going_on.items() if rows.exists()} == {}

    # --- Advice, and small groups ------------------------------------------------------------------------------------

    @promise
    def nothing_that_was_said_is_edited(self) -> None:
        now = {
            (model.__name__, row[0]): row
            for model in UNCHANGING
            for row in model.objects.order_by("pk").values_list(*[field.attname for field in model._meta.fields])
        }
        assert {key: now.get(key) for key in self.said} == self.said
        self.said = now

    @promise
    def no_group_under_five_is_told(self) -> None:
        for one in PulseRound.objects.filter(state="CLOSED"):
            for side in ("PATIENTS", "TEAM"):
                told = PulseCount.objects.filter(round=one, side=side, question=1).aggregate(n=Sum("number"))["n"] or 0
                answered = self.answered.get((one.pk, side), 0)
                assert told == (answered if answered >= 5 else 0)
        for one in Vacancy.objects.filter(state__in=["FILLED", "NOT_FILLED"]):
            document = self.client.get(f"/api/v1/vacatures/{one.uuid}").json()
            for name in ("responded", "chosen"):
                assert document["account"][name] in {None, 0} or document["account"][name] >= 5


def _differs(before: str, after: str) -> list[str]:
    return [line for line in unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm="")][:20]
