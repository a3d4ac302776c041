"""Who is mailed what about advice. No mail names a representative, and none repeats a text that is not public."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import override

from participation.advice_dates import judge_by
from participation.advice_page import verdict_label
from participation.emails import coordinators, deciders, members
from participation.models import Advice, AdviceDraft, Assignment, Project, Response
from participation.states import FINISHED, Judgement
from portal.accounts.models import User
from portal.core.mail import send_mail
from portal.organisations.roles import Role

# --- Who -------------------------------------------------------------------------------------------------------------


def leads(project: Project) -> list[User]:
    """Who leads `project`; when nobody does any more, every project lead of its organisation."""
    if project.lead is not None and project.lead.is_active:
        return [project.lead]
    return members(project.organisation, Role.PROJECT_LEAD)


def _people(assignments: Iterable[Assignment]) -> list[User]:
    return list(User.objects.filter(assignments__in=list(assignments), is_active=True).distinct().order_by("pk"))


def givers(advice: Advice) -> list[User]:
    """Who gave `advice` and still has an account; else who acts for the patients: somebody hears of the answer."""
    return _people(advice.givers.all()) or coordinators(advice.project)


def _send(people: Iterable[Any], event: str, project: Project, path: str, **context: Any) -> None:
    for person in {one.pk: one for one in people if one.is_active}.values():
        send_mail(person.email, f"participation/{event}", {**context, "project": project, "path": path})


def _path(name: str, *args: Any) -> str:
    with override("nl"):
        return reverse(f"participation:{name}", args=args)


def work_path(advice: Advice) -> str:
    """The page of `advice` for both sides."""
    return _path("work-advice-one", advice.project.slug, advice.uuid)


def own_path(advice: Advice) -> str:
    """The page of `advice` for who gave it."""
    return _path("my-advice-one", advice.uuid)


# --- Before it is public ---------------------------------------------------------------------------------------------


def advice_waits(draft: AdviceDraft) -> None:
    """To who acts for the patients: read it and release it."""
    _send(coordinators(draft.advice.project), "advice_waits", draft.advice.project, work_path(draft.advice))


def agreement_asked(draft: AdviceDraft) -> None:
    """To who may join: a note that was typed out for them, or advice of another."""
    people = _people(draft.asked.all())
    _send(people, "advice_agreement_asked", draft.advice.project, own_path(draft.advice), draft=draft)


def question_asked(draft: AdviceDraft) -> None:
    """To who gives it: the coordinator has a question."""
    _send(_people(draft.agreed.all()), "advice_question", draft.advice.project, own_path(draft.advice))


def draft_forgotten(draft: AdviceDraft) -> None:
    """To who gives it, and the patient side: the project is over and the text never became public."""
    project = draft.advice.project
    people = [*_people(draft.agreed.all()), *_people(draft.asked.all()), *coordinators(project)]
    _send(people, "advice_forgotten", project, _path("project", project.slug))


def released(advice: Advice, number: int) -> None:
    """To who leads the project, and to who gave it: everybody can read it."""
    event = "advice_released" if number == 1 else "advice_corrected"
    _send(leads(advice.project), event, advice.project, work_path(advice), advice=advice)
    _send(_people(advice.givers.all()), "advice_public", advice.project, own_path(advice), advice=advice, number=number)


# --- Answer and promise ----------------------------------------------------------------------------------------------


def more_time(advice: Advice) -> None:
    """To who gave it, and the patient side: the answer comes later."""
    people = [*givers(advice), *coordinators(advice.project)]
    _send(people, "advice_more_time", advice.project, _path("advice", advice.project.slug, advice.uuid), advice=advice)


def answered(advice: Advice, response: Response) -> None:
    """To who gave it, with the verdict where it can be given at once, and to the patient side."""
    told = {"advice": advice, "response": response, "asks_verdict": advice.state in FINISHED}
    first = givers(advice)
    _send(first, "advice_answered", advice.project, own_path(advice), **told)
    others = [one for one in coordinators(advice.project) if one not in first]
    _send(others, "advice_answered_told", advice.project, work_path(advice), **told)


def due(advice: Advice) -> None:
    """To who leads the project: a day comes near."""
    _send(leads(advice.project), "advice_due", advice.project, work_path(advice), advice=advice)


def late(project: Project, advice: Sequence[tuple[Advice, Any]], *, above: bool) -> None:
    """To who leads `project`: everything that is late, with since when; `above`: to who decides on its phases too."""
    path = _path("work-advice", project.slug)
    _send([*leads(project), *(deciders(project) if above else [])], "advice_late", project, path, found=advice)


# --- The verdict -----------------------------------------------------------------------------------------------------


def verdict_asked(advice: Advice) -> None:
    """To who gave it: was it done? Each of the three links leads straight to the form, with that answer chosen."""
    with override("nl"):
        choices = [(verdict_label(advice, value), value) for value in Judgement.values]
    told = {"advice": advice, "choices": choices, "until": judge_by(advice)}
    _send(givers(advice), "advice_verdict_asked", advice.project, _path("my-verdict", advice.uuid), **told)


def judged(advice: Advice, judgement: str) -> None:
    """To who leads the project, and the patient side."""
    people = [*leads(advice.project), *coordinators(advice.project)]
    with override("nl"):
        words = verdict_label(advice, judgement)
    path = _path("advice", advice.project.slug, advice.uuid)
    _send(people, "advice_judged", advice.project, path, advice=advice, words=words)
