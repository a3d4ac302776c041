"""The states of everything in the register and the steps between them."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from portal.core.workflow import Step, Workflow

EDITORS = gettext_noop("Redactie AI in mijn zorg")  # who answers for what they write; templates translate it


class Origin(models.TextChoices):
    """Whose words an entry is (decisions.md, Identity)."""

    PROVIDER = "PROVIDER", _("Geschreven door de zorgverlener")
    EDITORIAL = "EDITORIAL", _("Geschreven door de redactie, uit openbare bron")
    IMPORTED = "IMPORTED", _("Overgenomen uit een ander register")


class State(models.TextChoices):
    """Whether the public can read an entry. An ended entry stays readable as a tombstone."""

    DRAFT = "DRAFT", _("Nog niet openbaar")
    PUBLISHED = "PUBLISHED", _("Openbaar")
    WITHDRAWN = "WITHDRAWN", _("Ingetrokken")
    REPLACED = "REPLACED", _("Vervangen")


ENTRY = Workflow(
    initial=State.DRAFT,
    statuses=State,
    steps=[
        Step(name="publish", source=State.DRAFT, target=State.PUBLISHED),
        Step(name="correct", source=State.PUBLISHED, target=State.PUBLISHED),
        Step(name="withdraw", source=State.PUBLISHED, target=State.WITHDRAWN),
        Step(name="replace", source=State.PUBLISHED, target=State.REPLACED),
    ],
)


class DraftState(models.TextChoices):
    """How far a text is that is not published yet."""

    WRITING = "WRITING", _("Wordt geschreven")
    SUBMITTED = "SUBMITTED", _("Wacht op goedkeuring")
    RETURNED = "RETURNED", _("Terug naar de schrijver")
    SCHEDULED = "SCHEDULED", _("Wordt later openbaar")
    PUBLISHED = "PUBLISHED", _("Is openbaar gemaakt")
    DISCARDED = "DISCARDED", _("Weggegooid")


OPEN_DRAFT = (DraftState.WRITING, DraftState.SUBMITTED, DraftState.RETURNED, DraftState.SCHEDULED)
WRITABLE = (DraftState.WRITING, DraftState.RETURNED)

DRAFT = Workflow(
    initial=DraftState.WRITING,
    statuses=DraftState,
    steps=[
        Step(name="submit", source=DraftState.WRITING, target=DraftState.SUBMITTED),
        Step(name="submit", source=DraftState.RETURNED, target=DraftState.SUBMITTED),
        Step(name="take_back", source=DraftState.SUBMITTED, target=DraftState.WRITING),
        Step(name="return", source=DraftState.SUBMITTED, target=DraftState.RETURNED),
        Step(name="approve", source=DraftState.SUBMITTED, target=DraftState.PUBLISHED),
        Step(name="schedule", source=DraftState.SUBMITTED, target=DraftState.SCHEDULED),
        Step(name="publish", source=DraftState.SCHEDULED, target=DraftState.PUBLISHED),
        Step(name="recall", source=DraftState.SCHEDULED, target=DraftState.WRITING),
        Step(name="discard", source=DraftState.WRITING, target=DraftState.DISCARDED),
        Step(name="discard", source=DraftState.RETURNED, target=DraftState.DISCARDED),
        Step(name="restore", source=DraftState.DISCARDED, target=DraftState.WRITING),
        Step(name="fail", source=DraftState.SCHEDULED, target=DraftState.RETURNED),  # its moment came, it could not
        *(Step(name="end", source=state, target=DraftState.DISCARDED) for state in OPEN_DRAFT),  # its entry ended
    ],
)


class DraftPurpose(models.TextChoices):
    """Why there is a draft."""

    FIRST = "FIRST", _("Nieuwe toepassing")
    CORRECTION = "CORRECTION", _("Nieuwe versie")
    RECHECK = "RECHECK", _("Gecontroleerd: klopt nog")
    CLAIM = "CLAIM", _("De zorgverlener neemt de tekst over van de redactie")


class ReadingState(models.TextChoices):
    """How far a patient organisation is with reading a text."""

    ASKED = "ASKED", _("Gevraagd")
    OPEN = "OPEN", _("Wordt gelezen")
    CLOSED = "CLOSED", _("Gelezen")
    DECLINED = "DECLINED", _("Niet gedaan")
    WITHDRAWN = "WITHDRAWN", _("Vraag ingetrokken")


READING = Workflow(
    initial=ReadingState.ASKED,
    statuses=ReadingState,
    steps=[
        Step(name="open", source=ReadingState.ASKED, target=ReadingState.OPEN),
        Step(name="decline", source=ReadingState.ASKED, target=ReadingState.DECLINED),
        Step(name="withdraw", source=ReadingState.ASKED, target=ReadingState.WITHDRAWN),
        Step(name="close", source=ReadingState.OPEN, target=ReadingState.CLOSED),
        Step(name="withdraw", source=ReadingState.OPEN, target=ReadingState.WITHDRAWN),
    ],
)


class Understood(models.TextChoices):
    """What a reader answers to "do you understand it?"."""

    YES = "YES", _("Ja")
    PARTLY = "PARTLY", _("Een beetje")
    NO = "NO", _("Nee")


class NoticeKind(models.TextChoices):
    """What a notice on an entry is about."""

    SAFETY = "SAFETY", _("Waarschuwing")
    INCIDENT = "INCIDENT", _("Er ging iets mis")
    PAUSE = "PAUSE", _("Tijdelijk gestopt")
    STOP = "STOP", _("Gestopt")
    RECALL = "RECALL", _("Teruggeroepen door de maker")


class EventKind(models.TextChoices):
    """What the publication log tells of."""

    ENTRY_PUBLISHED = "ENTRY_PUBLISHED", _("Tekst van een toepassing gepubliceerd")
    ENTRY_WITHDRAWN = "ENTRY_WITHDRAWN", _("Toepassing ingetrokken")
    ENTRY_REPLACED = "ENTRY_REPLACED", _("Toepassing vervangen")
    NOTICE_PUBLISHED = "NOTICE_PUBLISHED", _("Melding gepubliceerd")
    NOTICE_CORRECTED = "NOTICE_CORRECTED", _("Melding verbeterd")
    NOTICE_CONFIRMED = "NOTICE_CONFIRMED", _("Melding bevestigd")
    NOTICE_CLOSED = "NOTICE_CLOSED", _("Melding gesloten")
    SYSTEM_PUBLISHED = "SYSTEM_PUBLISHED", _("Tekst van een AI-systeem gepubliceerd")
    TEXT_REDACTED = "TEXT_REDACTED", _("Tekst weggehaald")


class SubjectType(models.TextChoices):
    """What a line of the publication log is about."""

    ENTRY = "ENTRY", _("Toepassing")
    SYSTEM = "SYSTEM", _("AI-systeem")


class RequestState(models.TextChoices):
    """How far a request is to take a text away by law."""

    ASKED = "ASKED", _("Gevraagd")
    DONE = "DONE", _("Weggehaald")
    REFUSED = "REFUSED", _("Niet weggehaald")


class NoticeState(models.TextChoices):
    """How many people stand behind a notice. All but the closed ones stand on top of their entry."""

    UNCONFIRMED = "UNCONFIRMED", _("Wacht op een tweede persoon")
    CONFIRMED = "CONFIRMED", _("Bevestigd")
    CLOSING = "CLOSING", _("Iemand wil de melding sluiten")
    CLOSED = "CLOSED", _("Gesloten")


OPEN_NOTICE = (NoticeState.UNCONFIRMED, NoticeState.CONFIRMED, NoticeState.CLOSING)

# One person warns at once; a warning goes away only when two people say so.
NOTICE = Workflow(
    initial=NoticeState.UNCONFIRMED,
    statuses=NoticeState,
    steps=[
        Step(name="confirm", source=NoticeState.UNCONFIRMED, target=NoticeState.CONFIRMED),
        Step(name="correct", source=NoticeState.UNCONFIRMED, target=NoticeState.UNCONFIRMED),
        Step(name="correct", source=NoticeState.CONFIRMED, target=NoticeState.UNCONFIRMED),
        Step(name="ask_to_close", source=NoticeState.UNCONFIRMED, target=NoticeState.CLOSING),
        Step(name="ask_to_close", source=NoticeState.CONFIRMED, target=NoticeState.CLOSING),
        Step(name="keep", source=NoticeState.CLOSING, target=NoticeState.UNCONFIRMED),
        Step(name="close", source=NoticeState.CLOSING, target=NoticeState.CLOSED),
    ],
)


class EndingState(models.TextChoices):
    """How far the end of an entry is."""

    ASKED = "ASKED", _("Wacht op een tweede persoon")
    PLANNED = "PLANNED", _("Gaat op een dag uit het register")
    DONE = "DONE", _("Is uit het register")
    CANCELLED = "CANCELLED", _("Gaat niet door")


OPEN_ENDING = (EndingState.ASKED, EndingState.PLANNED)

ENDING = Workflow(
    initial=EndingState.ASKED,
    statuses=EndingState,
    steps=[
        Step(name="confirm", source=EndingState.ASKED, target=EndingState.DONE),
        Step(name="plan", source=EndingState.ASKED, target=EndingState.PLANNED),
        Step(name="cancel", source=EndingState.ASKED, target=EndingState.CANCELLED),
        Step(name="cancel", source=EndingState.PLANNED, target=EndingState.CANCELLED),
        Step(name="end", source=EndingState.PLANNED, target=EndingState.DONE),
    ],
)


# --- What a provider says of what our editors wrote about it ---------------------------------------------------------


class ClaimKind(models.TextChoices):
    """What a provider says of an entry from public sources. Who corrects it writes a draft (`DraftPurpose.CLAIM`)."""

    CONFIRM = "CONFIRM", _("De tekst klopt")
    DISPUTE = "DISPUTE", _("De tekst klopt niet")


class ClaimState(models.TextChoices):
    """How far a claim is; those from FILED on are about disputes only."""

    ASKED = "ASKED", _("Wacht op een collega")
    REFUSED = "REFUSED", _("Afgewezen door een collega")
    CONFIRMED = "CONFIRMED", _("Bevestigd")
    FILED = "FILED", _("Bij de redactie")
    RETURNED = "RETURNED", _("Teruggestuurd door de redactie")
    SHOWN = "SHOWN", _("Iedereen kan het lezen")
    ANSWERING = "ANSWERING", _("Antwoord wacht op goedkeuring")
    ANSWERED = "ANSWERED", _("Beantwoord")
    WITHDRAWN = "WITHDRAWN", _("Ingetrokken")


OPEN_CLAIM = (ClaimState.ASKED, ClaimState.FILED, ClaimState.RETURNED, ClaimState.SHOWN, ClaimState.ANSWERING)
STATES_OF_CLAIM = {
    ClaimKind.CONFIRM: (ClaimState.ASKED, ClaimState.REFUSED, ClaimState.CONFIRMED, ClaimState.WITHDRAWN),
    ClaimKind.DISPUTE: tuple(state for state in ClaimState if state != ClaimState.CONFIRMED),
}

CLAIM = Workflow(
    initial=ClaimState.ASKED,
    statuses=ClaimState,
    steps=[
        Step(name="confirm", source=ClaimState.ASKED, target=ClaimState.CONFIRMED),
        Step(name="file", source=ClaimState.ASKED, target=ClaimState.FILED),
        Step(name="refuse", source=ClaimState.ASKED, target=ClaimState.REFUSED),
        Step(name="withdraw", source=ClaimState.ASKED, target=ClaimState.WITHDRAWN),
        Step(name="withdraw", source=ClaimState.CONFIRMED, target=ClaimState.WITHDRAWN),
        Step(name="show", source=ClaimState.FILED, target=ClaimState.SHOWN),
        Step(name="return", source=ClaimState.FILED, target=ClaimState.RETURNED),
        Step(name="withdraw", source=ClaimState.FILED, target=ClaimState.WITHDRAWN),
        Step(name="file", source=ClaimState.RETURNED, target=ClaimState.FILED),
        Step(name="withdraw", source=ClaimState.RETURNED, target=ClaimState.WITHDRAWN),
        Step(name="answer", source=ClaimState.SHOWN, target=ClaimState.ANSWERING),
        Step(name="withdraw", source=ClaimState.SHOWN, target=ClaimState.WITHDRAWN),
        Step(name="approve_answer", source=ClaimState.ANSWERING, target=ClaimState.ANSWERED),
        Step(name="return_answer", source=ClaimState.ANSWERING, target=ClaimState.SHOWN),
        Step(name="withdraw", source=ClaimState.ANSWERING, target=ClaimState.WITHDRAWN),
    ],
)


class ReturnGround(models.TextChoices):
    """The only reasons for which our editors keep a dispute from the public."""

    PERSON = "PERSON", _("Er staat iets in over een mens die te herkennen is")
    INSULT = "INSULT", _("Er staat een belediging of beschuldiging in")
    UNCLEAR = "UNCLEAR", _("Wij begrijpen niet wat er niet klopt")


class ClaimOutcome(models.TextChoices):
    """What our editors did with a dispute."""

    CHANGED = "CHANGED", _("Wij hebben de tekst veranderd")
    NOT_CHANGED = "NOT_CHANGED", _("Wij hebben de tekst niet veranderd")


# --- Two descriptions of one product ---------------------------------------------------------------------------------


class MergeState(models.TextChoices):
    """How far the joining of two systems is."""

    ASKED = "ASKED", _("Wacht op een andere redacteur")
    REFUSED = "REFUSED", _("Afgewezen")
    WITHDRAWN = "WITHDRAWN", _("Ingetrokken")
    DONE = "DONE", _("Samengevoegd")
    UNDO_ASKED = "UNDO_ASKED", _("Iemand wil dit terugdraaien")
    UNDONE = "UNDONE", _("Teruggedraaid")


MERGE = Workflow(
    initial=MergeState.ASKED,
    statuses=MergeState,
    steps=[
        Step(name="confirm", source=MergeState.ASKED, target=MergeState.DONE),
        Step(name="refuse", source=MergeState.ASKED, target=MergeState.REFUSED),
        Step(name="withdraw", source=MergeState.ASKED, target=MergeState.WITHDRAWN),
        Step(name="ask_undo", source=MergeState.DONE, target=MergeState.UNDO_ASKED),
        Step(name="undo", source=MergeState.UNDO_ASKED, target=MergeState.UNDONE),
        Step(name="refuse", source=MergeState.UNDO_ASKED, target=MergeState.DONE),
    ],
)
OPEN_MERGE = (MergeState.ASKED, MergeState.DONE, MergeState.UNDO_ASKED)


# --- A change elsewhere that an entry may have to follow -------------------------------------------------------------


class ProposalKind(models.TextChoices):
    """What changed."""

    SYSTEM = "SYSTEM", _("Het product")
    LAW = "LAW", _("De wet")


class ProposalState(models.TextChoices):
    """What the writers of an entry did with a change elsewhere."""

    OPEN = "OPEN", _("Wacht op uw keuze")
    TAKEN = "TAKEN", _("Staat in een nieuwe tekst")
    DONE = "DONE", _("Overgenomen")
    LEFT = "LEFT", _("Blijft zoals het is")
    SUPERSEDED = "SUPERSEDED", _("Er is een nieuwer voorstel")


PROPOSAL = Workflow(
    initial=ProposalState.OPEN,
    statuses=ProposalState,
    steps=[
        Step(name="take", source=ProposalState.OPEN, target=ProposalState.TAKEN),
        Step(name="leave", source=ProposalState.OPEN, target=ProposalState.LEFT),
        Step(name="publish", source=ProposalState.OPEN, target=ProposalState.DONE),
        Step(name="supersede", source=ProposalState.OPEN, target=ProposalState.SUPERSEDED),
        Step(name="publish", source=ProposalState.TAKEN, target=ProposalState.DONE),
        Step(name="reopen", source=ProposalState.TAKEN, target=ProposalState.OPEN),
        Step(name="supersede", source=ProposalState.TAKEN, target=ProposalState.SUPERSEDED),
    ],
)


# --- A practice that does not take part in what its group uses -------------------------------------------------------


class LeaveOutState(models.TextChoices):
    """How far the wish of an organisation is to stand outside an entry of one above it."""

    ASKED = "ASKED", _("Wacht op de groep")
    ACCEPTED = "ACCEPTED", _("Geldt niet voor deze organisatie")
    REFUSED = "REFUSED", _("Niet overgenomen door de groep")
    WITHDRAWN = "WITHDRAWN", _("Ingetrokken")


LEAVE_OUT = Workflow(
    initial=LeaveOutState.ASKED,
    statuses=LeaveOutState,
    steps=[
        Step(name="accept", source=LeaveOutState.ASKED, target=LeaveOutState.ACCEPTED),
        Step(name="refuse", source=LeaveOutState.ASKED, target=LeaveOutState.REFUSED),
        Step(name="withdraw", source=LeaveOutState.ASKED, target=LeaveOutState.WITHDRAWN),
        Step(name="withdraw", source=LeaveOutState.ACCEPTED, target=LeaveOutState.WITHDRAWN),
    ],
)
