"""Advice, from its first text to the verdict."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.core.workflow import Step, Workflow


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


class AdviceDraftState(models.TextChoices):
    """Whose turn it is with a text of advice that is not public yet: new advice, or a correction."""

    TO_AGREE = "TO_AGREE", _("Wacht op akkoord van wie het gaf")
    WAITING = "WAITING", _("Bij de coördinator")
    RETURNED = "RETURNED", _("De coördinator heeft een vraag")
    RELEASED = "RELEASED", _("Doorgegeven")
    WITHDRAWN = "WITHDRAWN", _("Teruggetrokken")


# A text that is released or withdrawn is no draft any more: its row goes in the same transaction.
ADVICE_DRAFT = Workflow(
    initial=AdviceDraftState.TO_AGREE,  # typed out by the coordinator; who writes advice themselves begins at WAITING
    statuses=AdviceDraftState,
    steps=[
        Step(name="agree", source=AdviceDraftState.TO_AGREE, target=AdviceDraftState.WAITING),
        Step(name="rewrite", source=AdviceDraftState.TO_AGREE, target=AdviceDraftState.WAITING),
        Step(name="rewrite", source=AdviceDraftState.WAITING, target=AdviceDraftState.WAITING),
        Step(name="rewrite", source=AdviceDraftState.RETURNED, target=AdviceDraftState.WAITING),
        Step(name="return", source=AdviceDraftState.WAITING, target=AdviceDraftState.RETURNED),
        Step(name="take_back", source=AdviceDraftState.RETURNED, target=AdviceDraftState.WAITING),
        Step(name="release", source=AdviceDraftState.WAITING, target=AdviceDraftState.RELEASED),
        *(
            Step(name="withdraw", source=state, target=AdviceDraftState.WITHDRAWN)
            for state in (AdviceDraftState.TO_AGREE, AdviceDraftState.WAITING, AdviceDraftState.RETURNED)
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
