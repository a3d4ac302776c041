"""The texts of projects that promise plain language: of the project, its vacancies, meetings, advice and answers."""

from collections.abc import Iterable, Iterator

from participation.account import ITEMS
from participation.models import (
    Advice,
    AdviceDraft,
    Claim,
    ClosingAccount,
    Commitment,
    Fund,
    GateException,
    GateReview,
    Interest,
    Meeting,
    Message,
    Programme,
    Project,
    ProjectTask,
    Vacancy,
)
from portal.own_texts.content import product_names
from portal.own_texts.exemptions import exempt
from portal.own_texts.text import OwnText
from transparency.readability.gate import as_one
from transparency.readability.names import known_words

Place = tuple[str, str]  # where it stands, the text


def project_texts() -> Iterator[OwnText]:
    """Every text of every project and programme alone, and those of each project as one."""
    for programme in Programme.objects.order_by("pk"):
        yield from _judged(programme.slug, [("summary", programme.summary)], [programme.name])
    for fund in Fund.objects.select_related("organisation").order_by("pk"):
        yield from _judged(fund.slug, _fund(fund), [fund.name, fund.organisation.name])
    for project in Project.objects.select_related("organisation", "patient_side", "programme").order_by("pk"):
        texts = [text for source in SOURCES for text in source(project) if text[1].strip()]
        yield from _judged(project.slug, texts, _names(project))
        yield OwnText(kind="field", place=f"{project.slug} samen", text=as_one(text for _place, text in texts),
                      known=_known(_names(project)))  # fmt: skip


def _judged(slug: str, texts: Iterable[Place], names: list[str]) -> Iterator[OwnText]:
    for place, text in texts:
        yield OwnText(kind="field", place=f"{slug} {place}", text=text, known=_known(names))


def _known(names: list[str]) -> frozenset[str]:
    return known_words([*names, *exempt("name")])


def _names(project: Project) -> list[str]:
    """The names that stand on the page of a project: of it, its organisations, and what it is about."""
    organisations = [project.organisation, *([project.patient_side] if project.patient_side else [])]
    names = [project.name, *(name for one in organisations for name in (one.name, *one.also_known_as))]
    for entry in project.entries.select_related("current_version", "system__current_version"):
        names += [entry.current_version.content["name"] if entry.current_version else "", *product_names(entry.system)]
    return [*names, project.programme.name if project.programme else ""]


# --- Each part -------------------------------------------------------------------------------------------------------


def _own(project: Project) -> Iterator[Place]:
    for key in ("summary", "question", "entry_reason", "ending_reason"):
        yield key, getattr(project, key)
    yield "affected", "\n".join(f"- {one}" for one in project.affected)
    for role in project.planned_roles.order_by("pk"):
        yield f"role {role.phase}", role.task


def _vacancies(project: Project) -> Iterator[Place]:
    for one in Vacancy.objects.filter(project=project).order_by("pk"):
        for key in ("title", "tasks", "hours", "fee_offer", "learning_offer", "support_offer", "review_text",
                    "outcome_text", "ending_reason"):  # fmt: skip
            yield f"{one.slug} {key}", getattr(one, key)
        for criterion in one.criteria.order_by("place"):
            yield f"{one.slug} criterion {criterion.place}", f"{criterion.text}. {criterion.why}"
        for reply in one.candidacies.order_by("pk"):
            yield f"{one.slug} reply {reply.pk}", reply.motivation
            yield f"{one.slug} reply {reply.pk} decision", reply.decision_text or reply.proposed_text


def _meetings(project: Project) -> Iterator[Place]:
    for one in Meeting.objects.filter(project=project).order_by("pk"):
        for key in ("title", "agenda", "summary", "cancel_reason"):
            yield f"meeting {one.pk} {key}", getattr(one, key)
        for paper in one.papers.order_by("pk"):
            yield f"meeting {one.pk} paper {paper.pk}", f"{paper.title}.\n\n{paper.text}"


def _advice(project: Project) -> Iterator[Place]:
    for one in Advice.objects.filter(project=project).select_related("verdict").order_by("pk"):
        for version in one.versions.order_by("number"):
            yield f"advice {one.pk} version {version.number}", version.text
            yield f"advice {one.pk} version {version.number} dissent", version.dissent
        for response in one.responses.order_by("number"):
            for key in ("reason", "promise", "promised_by"):
                yield f"advice {one.pk} answer {response.number} {key}", getattr(response, key)
        yield f"advice {one.pk} more time", one.more_time_reason
        yield f"advice {one.pk} finish", one.finish_text
        verdict = getattr(one, "verdict", None)
        yield f"advice {one.pk} verdict", verdict.text if verdict else ""
    for draft in AdviceDraft.objects.filter(advice__project=project).order_by("pk"):
        for key in ("text", "dissent", "question"):
            yield f"draft {draft.pk} {key}", getattr(draft, key)


def _gates(project: Project) -> Iterator[Place]:
    for gate in GateReview.objects.filter(project=project).order_by("pk"):
        yield f"gate {gate.to_phase} asked", gate.asked_text
        yield f"gate {gate.to_phase}", gate.text
    for one in GateException.objects.filter(project=project).order_by("pk"):
        for key in ("reason", "missing", "repair", "decision_text"):
            yield f"exception {one.from_phase} {key}", getattr(one, key)


def _people(project: Project) -> Iterator[Place]:
    for interest in Interest.objects.filter(project=project).order_by("pk"):
        yield f"interest {interest.pk}", interest.text
        yield f"interest {interest.pk} decision", interest.decision_text
    for member in project.team.order_by("pk"):
        yield f"team {member.pk}", member.function
    for message in Message.objects.filter(project=project).order_by("pk"):
        yield f"message {message.pk}", message.text
    for task in ProjectTask.objects.filter(project=project).order_by("pk"):
        yield f"task {task.pk}", task.what


def _account(project: Project) -> Iterator[Place]:
    for one in ClosingAccount.objects.filter(project=project):
        for key in ITEMS:
            yield f"account {key}", getattr(one, key)


def _fund(fund: Fund) -> Iterator[Place]:
    yield "summary", fund.summary
    for budget in fund.budgets.order_by("pk"):
        yield f"budget {budget.pk} purpose", budget.purpose
        yield f"budget {budget.pk} closing", budget.closing_text


def _money(project: Project) -> Iterator[Place]:
    for promise in Commitment.objects.filter(line__budget__project=project).order_by("pk"):
        yield f"promise {promise.pk}", promise.what_for
        yield f"promise {promise.pk} decision", promise.decision_text
    for claim in Claim.objects.filter(project=project).order_by("pk"):
        for key in ("question", "reason", "failed_reason"):
            yield f"claim {claim.pk} {key}", getattr(claim, key)


SOURCES = (_own, _vacancies, _meetings, _advice, _gates, _people, _money, _account)
