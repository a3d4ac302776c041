"""Write the docs that the code itself tells: states, fields, personal data. `--check` says if they are up to date."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from participation.states import (
    ACCOUNT,
    ADVICE,
    ADVICE_DRAFT,
    ASSIGNMENT,
    BATCH,
    BUDGET,
    CANDIDACY,
    COMMITMENT,
    INTEREST,
    MEETING,
    PULSE,
    TASK,
    VACANCY,
    AccountState,
    AdviceDraftState,
    AdviceState,
    AssignmentState,
    BatchState,
    BudgetState,
    CandidacyState,
    CommitmentState,
    InterestState,
    MeetingState,
    PulseState,
    TaskState,
    VacancyState,
)
from participation.states import CLAIM as MONEY_CLAIM
from participation.states import ClaimState as MoneyClaimState
from portal.accounts.tables_of_others import TABLES
from portal.core.workflow import Workflow
from transparency.facets import FACETS
from transparency.field import Field, always, never
from transparency.fields import FIELDS, SECTIONS
from transparency.states import (
    CLAIM,
    DRAFT,
    ENDING,
    ENTRY,
    LEAVE_OUT,
    MERGE,
    NOTICE,
    PROPOSAL,
    READING,
    ClaimState,
    DraftState,
    EndingState,
    LeaveOutState,
    MergeState,
    NoticeState,
    ProposalState,
    ReadingState,
    State,
)
from transparency.uploads.states import UPLOAD, UploadState

FOLDER = Path(settings.BASE_DIR) / "portal" / "docs"
HEAD = "<!-- Made by `manage.py write_docs`. Change the code, not this file. -->\n\n"
OWN_APPS = (
    "accounts", "audit", "keys", "limits", "organisations", "outbox", "postbox", "transparency", "participation",
)  # fmt: skip
WORKFLOWS: dict[str, tuple[Workflow, Any]] = {
    "Toepassing (Entry)": (ENTRY, State),
    "Nieuwe tekst (Draft)": (DRAFT, DraftState),
    "Melding (Notice)": (NOTICE, NoticeState),
    "Einde van een toepassing (Ending)": (ENDING, EndingState),
    "Lezen door patiënten (Reading)": (READING, ReadingState),
    "Bestand om in te lezen (Upload)": (UPLOAD, UploadState),
    "Wat een zorgverlener zegt van een tekst van de redactie (Claim)": (CLAIM, ClaimState),
    "Samenvoegen van AI-systemen (Merge)": (MERGE, MergeState),
    "Voorstel om een verandering over te nemen (Proposal)": (PROPOSAL, ProposalState),
    "Niet meedoen met een groep (LeaveOut)": (LEAVE_OUT, LeaveOutState),
    "Deelname (Assignment)": (ASSIGNMENT, AssignmentState),
    "Gemelde belangen (Interest)": (INTEREST, InterestState),
    "Advies (Advice)": (ADVICE, AdviceState),
    "Tekst van een advies die nog niet openbaar is (AdviceDraft)": (ADVICE_DRAFT, AdviceDraftState),
    "Gesprek (Meeting)": (MEETING, MeetingState),
    "Taak (ProjectTask)": (TASK, TaskState),
    "Vragen over samenwerken (PulseRound)": (PULSE, PulseState),
    "Verantwoording aan het einde (ClosingAccount)": (ACCOUNT, AccountState),
    "Vacature (Vacancy)": (VACANCY, VacancyState),
    "Aanmelding voor een vacature (Candidacy)": (CANDIDACY, CandidacyState),
    "Budget (Budget)": (BUDGET, BudgetState),
    "Toezegging (Commitment)": (COMMITMENT, CommitmentState),
    "Declaratie (Claim)": (MONEY_CLAIM, MoneyClaimState),
    "Bestand voor de bank (PaymentBatch)": (BATCH, BatchState),
}


def states() -> str:
    """Every workflow as a drawing and a table of labels."""
    parts = ["# Statussen\n"]
    for name, (workflow, labels) in WORKFLOWS.items():
        parts.append(f"## {name}\n\n```mermaid\n{workflow.as_mermaid()}\n```\n")
        parts.append("| code | op het scherm |\n| --- | --- |")
        parts += [f"| `{status.value}` | {status.label} |" for status in labels]
        parts.append("")
    return "\n".join(parts)


def _needed(field: Field) -> str:
    if field.needed_when is always:
        return "altijd"
    return "" if field.needed_when is never else f"soms: {field.needed_when.__name__}"


def fields() -> str:
    """The table of fields and the filters."""
    parts = ["# Velden van het register\n"]
    for section in SECTIONS:
        rows = [field for field in FIELDS if field.section == section.key]
        parts.append(f"## {section.label}\n\n| sleutel | vraag | soort | nodig | voor wie | ook van een systeem |")
        parts.append("| --- | --- | --- | --- | --- | --- |")
        parts += [
            f"| `{f.key}` | {f.label} | {f.kind.value} {f.vocabulary} | {_needed(f)} | {f.audience.value} | "
            f"{'ja' if f.on_system else ''} |"
            for f in rows
        ]
        parts.append("")
    parts.append("## Filters\n\n| in het adres | sleutel | vraag |\n| --- | --- | --- |")
    parts += [f"| `{facet.param}` | `{facet.key}` | {facet.label} |" for facet in FACETS]
    return "\n".join(parts) + "\n"


def personal_data() -> str:
    """What is personal in each model and how long it stays."""
    parts = ["# Persoonsgegevens\n", "| model | persoonlijk | hoe lang |", "| --- | --- | --- |"]
    for label in OWN_APPS:
        for model in apps.get_app_config(label).get_models():
            kept = model.Retention  # type: ignore[attr-defined]
            parts.append(f"| `{model._meta.label}` | {', '.join(kept.personal) or 'niets'} | {kept.keep} |")
    parts += [
        "\n## Tabellen van pakketten\n", "| model | persoonlijk | hoe lang |", "| --- | --- | --- |",
        *(f"| `{label}` | {', '.join(one.personal) or 'niets'} | {one.keep} |" for label, one in TABLES.items()),
    ]  # fmt: skip
    return "\n".join(parts) + "\n"


DOCS: dict[str, Callable[[], str]] = {
    "statussen.md": states,
    "velden.md": fields,
    "gegevens.md": personal_data,
}


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """`--check` writes nothing and fails when a file differs."""
        parser.add_argument("--check", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write or check every file. Raises CommandError that names the files to write anew."""
        with translation.override("nl"):
            made = {FOLDER / name: HEAD + make() for name, make in DOCS.items()}
        stale = [path for path, text in made.items() if not path.exists() or path.read_text() != text]
        if options["check"] and stale:
            raise CommandError(f"Run `manage.py write_docs`: {', '.join(path.name for path in stale)}")
        if not options["check"]:
            for path in stale:
                path.write_text(made[path])
