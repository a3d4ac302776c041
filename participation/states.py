"""The states of everything in participation and the steps between; who may take one stands in permissions.py."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.core.workflow import Step, Workflow


class Phase(models.TextChoices):
    """The seven phases of a project (the ministry's Hulpmiddel Handelingsruimte), in order."""

    IDEA = "IDEA", _("Idee")
    EXPLORE = "EXPLORE", _("Verkennen")
    DEVELOP = "DEVELOP", _("Ontwikkelen")
    PILOT_WORKS = "PILOT_WORKS", _("Proef: werkt het?")
    PILOT_VALUE = "PILOT_VALUE", _("Proef: is het waardevol?")
    INTRODUCE = "INTRODUCE", _("Invoeren")
    IN_USE = "IN_USE", _("In gebruik")


PHASES = tuple(Phase)


def phase_after(phase: str) -> Phase | None:
    """The phase that follows `phase`; None after the last."""
    place = PHASES.index(Phase(phase)) + 1
    return PHASES[place] if place < len(PHASES) else None


class ProjectState(models.TextChoices):
    """Whether a project goes on. Its phase is written by one function only (actions/gates.py)."""

    RUNNING = "RUNNING", _("Loopt")
    STOPPED = "STOPPED", _("Gestopt")
    CLOSED = "CLOSED", _("Afgerond")


PROJECT = Workflow(
    initial=ProjectState.RUNNING,
    statuses=ProjectState,
    steps=[
        Step(name="stop", source=ProjectState.RUNNING, target=ProjectState.STOPPED),
        Step(name="close", source=ProjectState.RUNNING, target=ProjectState.CLOSED),
    ],
)


class Influence(models.TextChoices):
    """The role of a representative: the steps of the participatiematrix, from least to most say."""

    LISTENER = "LISTENER", _("Toehoorder")
    THINKER = "THINKER", _("Meedenker")
    ADVISER = "ADVISER", _("Adviseur")
    PARTNER = "PARTNER", _("Partner")
    DIRECTOR = "DIRECTOR", _("Regisseur")


INFLUENCES = tuple(Influence)
# The least role that a gate out of each phase asks for (participation.md, Phases and gates).
ASKED_FOR = {phase: Influence.ADVISER for phase in PHASES} | {
    Phase.IDEA: Influence.THINKER, Phase.IN_USE: Influence.THINKER,
}  # fmt: skip


def is_enough(influence: str, phase: str) -> bool:
    """Whether a representative in the role `influence` counts for the gate out of `phase`."""
    return INFLUENCES.index(Influence(influence)) >= INFLUENCES.index(ASKED_FOR[Phase(phase)])


class VacancyState(models.TextChoices):
    """How far a vacancy is."""

    DRAFT = "DRAFT", _("Wordt geschreven")
    IN_REVIEW = "IN_REVIEW", _("Bij de patiëntenorganisatie")
    OPEN = "OPEN", _("Open")
    CLOSED = "CLOSED", _("Gesloten")
    FILLED = "FILLED", _("Vervuld")
    NOT_FILLED = "NOT_FILLED", _("Niet vervuld")
    WITHDRAWN = "WITHDRAWN", _("Ingetrokken")


VACANCY = Workflow(
    initial=VacancyState.DRAFT,
    statuses=VacancyState,
    steps=[
        Step(name="submit", source=VacancyState.DRAFT, target=VacancyState.IN_REVIEW),
        Step(name="return", source=VacancyState.IN_REVIEW, target=VacancyState.DRAFT),
        Step(name="open", source=VacancyState.IN_REVIEW, target=VacancyState.OPEN),
        Step(name="close", source=VacancyState.OPEN, target=VacancyState.CLOSED),
        Step(name="fill", source=VacancyState.CLOSED, target=VacancyState.FILLED),
        Step(name="leave_empty", source=VacancyState.CLOSED, target=VacancyState.NOT_FILLED),
        Step(name="withdraw", source=VacancyState.DRAFT, target=VacancyState.WITHDRAWN),
        Step(name="withdraw", source=VacancyState.IN_REVIEW, target=VacancyState.WITHDRAWN),
        Step(name="withdraw", source=VacancyState.OPEN, target=VacancyState.WITHDRAWN),
        Step(name="stop", source=VacancyState.CLOSED, target=VacancyState.WITHDRAWN),  # with its project only
    ],
)


class CandidacyState(models.TextChoices):
    """How far somebody's reply to a vacancy is."""

    SUBMITTED = "SUBMITTED", _("Ontvangen")
    SHORTLISTED = "SHORTLISTED", _("Wij bekijken het samen")
    ACCEPTED = "ACCEPTED", _("U doet mee")
    RESERVE = "RESERVE", _("Reserve")
    DECLINED = "DECLINED", _("Niet gekozen")
    WITHDRAWN = "WITHDRAWN", _("Teruggetrokken")


CANDIDACY = Workflow(
    initial=CandidacyState.SUBMITTED,
    statuses=CandidacyState,
    steps=[
        Step(name="shortlist", source=CandidacyState.SUBMITTED, target=CandidacyState.SHORTLISTED),
        Step(name="decline", source=CandidacyState.SUBMITTED, target=CandidacyState.DECLINED),
        Step(name="accept", source=CandidacyState.SHORTLISTED, target=CandidacyState.ACCEPTED),
        Step(name="reserve", source=CandidacyState.SHORTLISTED, target=CandidacyState.RESERVE),
        Step(name="decline", source=CandidacyState.SHORTLISTED, target=CandidacyState.DECLINED),
        Step(name="accept", source=CandidacyState.RESERVE, target=CandidacyState.ACCEPTED),
        Step(name="decline", source=CandidacyState.RESERVE, target=CandidacyState.DECLINED),
        *(
            Step(name="withdraw", source=state, target=CandidacyState.WITHDRAWN)
            for state in (CandidacyState.SUBMITTED, CandidacyState.SHORTLISTED, CandidacyState.RESERVE)
        ),
    ],
)


class AssignmentState(models.TextChoices):
    """Whether somebody takes part."""

    PROPOSED = "PROPOSED", _("Wacht op handtekeningen")
    ACTIVE = "ACTIVE", _("Doet mee")
    PAUSED = "PAUSED", _("Even niet")
    ENDED = "ENDED", _("Gestopt")


ASSIGNMENT = Workflow(
    initial=AssignmentState.PROPOSED,
    statuses=AssignmentState,
    steps=[
        Step(name="activate", source=AssignmentState.PROPOSED, target=AssignmentState.ACTIVE),
        Step(name="pause", source=AssignmentState.ACTIVE, target=AssignmentState.PAUSED),
        Step(name="resume", source=AssignmentState.PAUSED, target=AssignmentState.ACTIVE),
        Step(name="end", source=AssignmentState.PROPOSED, target=AssignmentState.ENDED),
        Step(name="end", source=AssignmentState.ACTIVE, target=AssignmentState.ENDED),
        Step(name="end", source=AssignmentState.PAUSED, target=AssignmentState.ENDED),
    ],
)


class Side(models.TextChoices):
    """The two sides that sign an agreement."""

    REPRESENTATIVE = "REPRESENTATIVE", _("Patiëntvertegenwoordiger")
    PROJECT = "PROJECT", _("Project")


class SigningWay(models.TextChoices):
    """How somebody showed who they were when they signed."""

    FACTOR = "FACTOR", _("met een tweede stap")
    MAIL_LINK = "MAIL_LINK", _("met een link uit de mail")
    PAPER = "PAPER", _("op papier")


class WelcomeKind(models.TextChoices):
    """The first steps of a representative, in order; each ticks them off for themselves."""

    READ = "READ", _("Ik las waar het project over gaat")
    AGREEMENT = "AGREEMENT", _("Ik las de afspraken en ik weet wat ik teken")
    BUDDY = "BUDDY", _("Ik sprak mijn buddy")
    MEETING = "MEETING", _("Ik was bij een eerste gesprek")
    LESSON = "LESSON", _("Ik las wat AI is")


class InterestState(models.TextChoices):
    """Whether somebody looked at the interests that were declared."""

    DECLARED = "DECLARED", _("Wacht op een besluit")
    DECIDED = "DECIDED", _("Besloten")


INTEREST = Workflow(
    initial=InterestState.DECLARED,
    statuses=InterestState,
    steps=[Step(name="decide", source=InterestState.DECLARED, target=InterestState.DECIDED)],
)


class InterestDecision(models.TextChoices):
    """What follows from an interest."""

    NONE = "NONE", _("Geen bezwaar")
    PUBLISH = "PUBLISH", _("Geen bezwaar, wel openbaar")
    LIMIT = "LIMIT", _("Meedoen met een grens, openbaar")
    EXCLUDE = "EXCLUDE", _("Niet meedoen")


SHOWN_INTERESTS = (InterestDecision.PUBLISH, InterestDecision.LIMIT)


class MeetingState(models.TextChoices):
    """Whether a meeting took place."""

    PLANNED = "PLANNED", _("Gepland")
    HELD = "HELD", _("Geweest")
    CANCELLED = "CANCELLED", _("Afgezegd")


MEETING = Workflow(
    initial=MeetingState.PLANNED,
    statuses=MeetingState,
    steps=[
        Step(name="hold", source=MeetingState.PLANNED, target=MeetingState.HELD),
        Step(name="cancel", source=MeetingState.PLANNED, target=MeetingState.CANCELLED),
    ],
)


class PaperForm(models.TextChoices):
    """What a paper for a meeting is: typed here, or a file of one of these kinds."""

    TEXT = "TEXT", _("Tekst")
    PDF = "PDF", _("PDF")
    DOCX = "DOCX", _("Word")
    ODT = "ODT", _("Tekstbestand")
    PNG = "PNG", _("Afbeelding")
    JPEG = "JPEG", _("Afbeelding")


class TaskState(models.TextChoices):
    """How far something is that somebody was asked to do."""

    OPEN = "OPEN", _("Nog te doen")
    DONE = "DONE", _("Gedaan")
    CANCELLED = "CANCELLED", _("Hoeft niet meer")


TASK = Workflow(
    initial=TaskState.OPEN,
    statuses=TaskState,
    steps=[
        Step(name="finish", source=TaskState.OPEN, target=TaskState.DONE),
        Step(name="cancel", source=TaskState.OPEN, target=TaskState.CANCELLED),
    ],
)


class Rhythm(models.TextChoices):
    """How often somebody is mailed about what is new in their projects."""

    DAILY = "DAILY", _("Elke dag, als er iets nieuws is")
    WEEKLY = "WEEKLY", _("Eén keer in de week, als er iets nieuws is")
    NEVER = "NEVER", _("Nooit")


class AdviceState(models.TextChoices):
    """From advice to verdict. Advice that waits for release is not public yet."""

    WAITING = "WAITING", _("Nog niet openbaar")
    SUBMITTED = "SUBMITTED", _("Gegeven")
    ACKNOWLEDGED = "ACKNOWLEDGED", _("Ontvangen")
    RESPONDED = "RESPONDED", _("Beantwoord")
    IN_PROGRESS = "IN_PROGRESS", _("Wordt uitgevoerd")
    DONE = "DONE", _("Gedaan")
    WILL_NOT_DO = "WILL_NOT_DO", _("Wordt niet gedaan")
    JUDGED = "JUDGED", _("Beoordeeld")
    NO_VERDICT = "NO_VERDICT", _("Geen oordeel")
    WITHDRAWN = "WITHDRAWN", _("Teruggetrokken")


# What is not adopted goes straight to WILL_NOT_DO: RESPONDED always means that something was promised, and every road
# ends where who gave the advice can judge. "amend" corrects an answer; "reconsider" promises something after all.
ADVICE = Workflow(
    initial=AdviceState.WAITING,
    statuses=AdviceState,
    steps=[
        Step(name="release", source=AdviceState.WAITING, target=AdviceState.SUBMITTED),
        Step(name="withdraw", source=AdviceState.WAITING, target=AdviceState.WITHDRAWN),
        Step(name="acknowledge", source=AdviceState.SUBMITTED, target=AdviceState.ACKNOWLEDGED),
        Step(name="more_time", source=AdviceState.SUBMITTED, target=AdviceState.ACKNOWLEDGED),
        Step(name="more_time", source=AdviceState.ACKNOWLEDGED, target=AdviceState.ACKNOWLEDGED),
        Step(name="respond", source=AdviceState.SUBMITTED, target=AdviceState.RESPONDED),
        Step(name="respond", source=AdviceState.ACKNOWLEDGED, target=AdviceState.RESPONDED),
        Step(name="decline", source=AdviceState.SUBMITTED, target=AdviceState.WILL_NOT_DO),
        Step(name="decline", source=AdviceState.ACKNOWLEDGED, target=AdviceState.WILL_NOT_DO),
        Step(name="amend", source=AdviceState.RESPONDED, target=AdviceState.RESPONDED),
        Step(name="amend", source=AdviceState.IN_PROGRESS, target=AdviceState.IN_PROGRESS),
        Step(name="amend", source=AdviceState.WILL_NOT_DO, target=AdviceState.WILL_NOT_DO),
        Step(name="reconsider", source=AdviceState.WILL_NOT_DO, target=AdviceState.RESPONDED),
        Step(name="start", source=AdviceState.RESPONDED, target=AdviceState.IN_PROGRESS),
        Step(name="do", source=AdviceState.RESPONDED, target=AdviceState.DONE),
        Step(name="do", source=AdviceState.IN_PROGRESS, target=AdviceState.DONE),
        Step(name="drop", source=AdviceState.RESPONDED, target=AdviceState.WILL_NOT_DO),
        Step(name="drop", source=AdviceState.IN_PROGRESS, target=AdviceState.WILL_NOT_DO),
        Step(name="judge", source=AdviceState.DONE, target=AdviceState.JUDGED),
        Step(name="judge", source=AdviceState.WILL_NOT_DO, target=AdviceState.JUDGED),
        Step(name="lapse", source=AdviceState.DONE, target=AdviceState.NO_VERDICT),
        Step(name="lapse", source=AdviceState.WILL_NOT_DO, target=AdviceState.NO_VERDICT),
    ],
)
UNANSWERED = (AdviceState.SUBMITTED, AdviceState.ACKNOWLEDGED)
PROMISED = (AdviceState.RESPONDED, AdviceState.IN_PROGRESS)
FINISHED = (AdviceState.DONE, AdviceState.WILL_NOT_DO)  # who gave the advice can judge
OVER = (AdviceState.JUDGED, AdviceState.NO_VERDICT)
ANSWERED = (*PROMISED, *FINISHED, *OVER)
PUBLIC_ADVICE = (*UNANSWERED, *ANSWERED)


class DraftState(models.TextChoices):
    """Whose turn it is with a text of advice that is not public yet: new advice, or a correction."""

    TO_AGREE = "TO_AGREE", _("Wacht op akkoord van wie het gaf")
    WAITING = "WAITING", _("Bij de coördinator")
    RETURNED = "RETURNED", _("De coördinator heeft een vraag")
    RELEASED = "RELEASED", _("Doorgegeven")
    WITHDRAWN = "WITHDRAWN", _("Teruggetrokken")


# A text that is released or withdrawn is no draft any more: its row goes in the same transaction.
ADVICE_DRAFT = Workflow(
    initial=DraftState.TO_AGREE,  # typed out by the coordinator; who writes advice themselves begins at WAITING
    statuses=DraftState,
    steps=[
        Step(name="agree", source=DraftState.TO_AGREE, target=DraftState.WAITING),
        Step(name="rewrite", source=DraftState.TO_AGREE, target=DraftState.WAITING),
        Step(name="rewrite", source=DraftState.WAITING, target=DraftState.WAITING),
        Step(name="rewrite", source=DraftState.RETURNED, target=DraftState.WAITING),
        Step(name="return", source=DraftState.WAITING, target=DraftState.RETURNED),
        Step(name="take_back", source=DraftState.RETURNED, target=DraftState.WAITING),
        Step(name="release", source=DraftState.WAITING, target=DraftState.RELEASED),
        *(
            Step(name="withdraw", source=state, target=DraftState.WITHDRAWN)
            for state in (DraftState.TO_AGREE, DraftState.WAITING, DraftState.RETURNED)
        ),
    ],
)


class Outcome(models.TextChoices):
    """What came of the promise in the end; kept when the state moves on to the verdict."""

    DONE = "DONE", _("Gedaan")
    WILL_NOT_DO = "WILL_NOT_DO", _("Niet gedaan")


class Weight(models.TextChoices):
    """How heavy a piece of advice weighs for who gives it."""

    MUST = "MUST", _("Moet")
    SHOULD = "SHOULD", _("Hoort")
    COULD = "COULD", _("Kan")


class Topic(models.TextChoices):
    """What a piece of advice is about."""

    SAFETY = "SAFETY", _("Veiligheid")
    PRIVACY = "PRIVACY", _("Privacy")
    FAIRNESS = "FAIRNESS", _("Eerlijk voor iedereen")
    INFORMATION = "INFORMATION", pgettext_lazy("topic of advice", "Uitleg")
    CONTROL = "CONTROL", _("Zelf kiezen")
    ACCESS = "ACCESS", _("Kunnen meedoen")
    CONTACT = "CONTACT", _("Contact met zorgverleners")
    COSTS = "COSTS", _("Kosten")
    OTHER = "OTHER", _("Iets anders")


class Decision(models.TextChoices):
    """What the organisation does with a piece of advice."""

    ADOPTED = "ADOPTED", _("Overgenomen")
    PARTLY = "PARTLY", _("Deels overgenomen")
    NOT_ADOPTED = "NOT_ADOPTED", _("Niet overgenomen")


class Judgement(models.TextChoices):
    """What the representative finds of what was done."""

    CONFIRMED = "CONFIRMED", _("Gedaan zoals beloofd")
    PARTLY = "PARTLY", _("Deels gedaan")
    DISPUTED = "DISPUTED", _("Niet gedaan zoals beloofd")


class GateState(models.TextChoices):
    """How far the decision on a next phase is."""

    ASKED = "ASKED", _("Gevraagd")
    PASSED = "PASSED", _("Naar de volgende fase")
    REFUSED = "REFUSED", _("Nog niet")
    WITHDRAWN = "WITHDRAWN", _("Ingetrokken")


GATE = Workflow(
    initial=GateState.ASKED,
    statuses=GateState,
    steps=[
        Step(name="pass", source=GateState.ASKED, target=GateState.PASSED),
        Step(name="refuse", source=GateState.ASKED, target=GateState.REFUSED),
        Step(name="withdraw", source=GateState.ASKED, target=GateState.WITHDRAWN),
    ],
)


class ExceptionState(models.TextChoices):
    """How far an exception to a gate is."""

    ASKED = "ASKED", _("Gevraagd")
    GRANTED = "GRANTED", _("Gegeven")
    REFUSED = "REFUSED", _("Geweigerd")
    WITHDRAWN = "WITHDRAWN", _("Ingetrokken")
    REPAIRED = "REPAIRED", _("Hersteld")


EXCEPTION = Workflow(
    initial=ExceptionState.ASKED,
    statuses=ExceptionState,
    steps=[
        Step(name="grant", source=ExceptionState.ASKED, target=ExceptionState.GRANTED),
        Step(name="refuse", source=ExceptionState.ASKED, target=ExceptionState.REFUSED),
        Step(name="withdraw", source=ExceptionState.ASKED, target=ExceptionState.WITHDRAWN),
        Step(name="repair", source=ExceptionState.GRANTED, target=ExceptionState.REPAIRED),
    ],
)


class PulseReason(models.TextChoices):
    """Why both sides are asked how working together goes."""

    PHASE = "PHASE", _("Na een fase")
    HALF_YEAR = "HALF_YEAR", _("Na een half jaar")
    END = "END", _("Na het einde")


class PulseSide(models.TextChoices):
    """The two sides that answer the same questions."""

    PATIENTS = "PATIENTS", _("Patiëntvertegenwoordigers")
    TEAM = "TEAM", _("Team")


class PulseState(models.TextChoices):
    """Whether people can answer."""

    OPEN = "OPEN", _("Open")
    CLOSED = "CLOSED", _("Gesloten")


PULSE = Workflow(
    initial=PulseState.OPEN,
    statuses=PulseState,
    steps=[Step(name="close", source=PulseState.OPEN, target=PulseState.CLOSED)],
)


class AccountState(models.TextChoices):
    """How far the closing account of a project is."""

    DRAFT = "DRAFT", _("Wordt geschreven")
    OFFERED = "OFFERED", _("Bij de patiëntenorganisatie")
    AGREED = "AGREED", _("Beide kanten zijn het eens")


# "reopen": the project wants to change what was agreed, as long as it is not public.
ACCOUNT = Workflow(
    initial=AccountState.DRAFT,
    statuses=AccountState,
    steps=[
        Step(name="write", source=AccountState.DRAFT, target=AccountState.DRAFT),
        Step(name="offer", source=AccountState.DRAFT, target=AccountState.OFFERED),
        Step(name="take_back", source=AccountState.OFFERED, target=AccountState.DRAFT),
        Step(name="return", source=AccountState.OFFERED, target=AccountState.DRAFT),
        Step(name="agree", source=AccountState.OFFERED, target=AccountState.AGREED),
        Step(name="reopen", source=AccountState.AGREED, target=AccountState.DRAFT),
    ],
)
