"""What a project holds of the people who work on it: meetings, messages, tasks, advice, decisions."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from participation.models import (
    Advice,
    AdviceDraft,
    Attendance,
    DigestWish,
    GateException,
    GateReview,
    MeetingPaper,
    Message,
    ProjectTask,
    PulseAsked,
    Response,
    Vacancy,
)
from participation.personal.base import EVERYBODY, PROJECT_ONLY, YOU_ONLY, Fact, Held, Row, project_fact, when


def attendances(user: Any) -> Held:
    """Meetings to which somebody was asked."""
    found = Attendance.objects.filter(assignment__user=user).select_related("meeting__project")
    rows: list[Row] = [
        (
            project_fact(one.meeting.project),
            Fact(key="meeting", label=_("Gesprek"), value=one.meeting.title),
            when("starts_at", _("Wanneer"), one.meeting.starts_at),
            Fact(key="will_come", label=_("U zei dat u komt"), value=one.will_come),
            Fact(key="was_there", label=_("U was erbij"), value=one.was_there),
            Fact(key="minutes", label=_("Minuten"), value=one.minutes),
            Fact(key="access_needs", label=_("Wat u daar nodig had"), value=one.access_needs or None),
        )
        for one in found.order_by("meeting__starts_at", "pk")
    ]
    return Held(
        key="attendances", title=_("Gesprekken"), sees=PROJECT_ONLY, rows=rows,
        keep=_("Tot 24 maanden na het einde van het project. Dat er iemand was, blijft, zonder u."),
    )  # fmt: skip


def papers(user: Any) -> Held:
    """Papers that somebody put with a meeting."""
    found = MeetingPaper.objects.filter(added_by=user).select_related("meeting__project").order_by("added_at", "pk")
    rows: list[Row] = [
        (
            project_fact(one.meeting.project),
            Fact(key="paper", label=_("Stuk"), value=one.title),
            when("added_at", _("Toegevoegd op"), one.added_at),
        )
        for one in found
    ]
    keep = _("Tot 24 maanden na het einde van het project.")
    return Held(key="papers", title=_("Stukken die u toevoegde"), sees=PROJECT_ONLY, keep=keep, rows=rows)


def messages(user: Any) -> Held:
    """What somebody wrote to the others of a project."""
    rows: list[Row] = [
        (
            project_fact(one.project),
            Fact(key="text", label=_("Bericht"), value=one.text),
            when("written_at", _("Geschreven op"), one.written_at),
        )
        for one in Message.objects.filter(writer=user).select_related("project").order_by("written_at", "pk")
    ]
    keep = _("Tot 24 maanden na het einde van het project.")
    return Held(key="messages", title=_("Berichten"), sees=PROJECT_ONLY, keep=keep, rows=rows)


def mail_wish(user: Any) -> Held:
    """How often somebody is mailed about messages."""
    rows: list[Row] = [
        (
            Fact(
                key="rhythm", label=_("Hoe vaak u een mail wilt"), value=one.rhythm, as_words=one.get_rhythm_display()
            ),
            when("told_until", _("U las in de mail wat er was tot"), one.told_until),
        )
        for one in DigestWish.objects.filter(user=user)
    ]
    keep = _("Zolang u een account hebt.")
    return Held(key="mail_wish", title=_("Mail over berichten"), sees=YOU_ONLY, keep=keep, rows=rows)


def tasks(user: Any) -> Held:
    """What somebody was asked to do, or asked others."""
    found = ProjectTask.objects.filter(Q(doer=user) | Q(asked_by=user)).select_related("project")
    rows: list[Row] = [
        (
            project_fact(one.project),
            Fact(key="task", label=_("Taak"), value=one.what),
            Fact(key="is_mine", label=_("U doet dit"), value=one.doer_id == user.pk),
            when("due", _("Voor"), one.due_date),
        )
        for one in found.order_by("asked_at", "pk")
    ]
    keep = _("Tot 24 maanden na het einde van het project.")
    return Held(key="tasks", title=_("Taken"), sees=PROJECT_ONLY, keep=keep, rows=rows)


def advice(user: Any) -> Held:
    """Advice that somebody gave, or typed out."""
    gave = Advice.objects.filter(givers__user=user).select_related("project").prefetch_related("versions")
    rows: list[Row] = [(*_advice(one), when("given_at", _("Gegeven op"), one.given_at)) for one in gave.order_by("pk")]
    typed = Advice.objects.filter(typed_out_by=user).select_related("project").prefetch_related("versions")
    rows += [
        (*_advice(one), Fact(key="typed_out", label=_("U typte dit over"), value=True)) for one in typed.order_by("pk")
    ]
    return Held(
        key="advice", title=_("Adviezen"), sees=EVERYBODY, rows=rows,
        keep=_("De tekst altijd. Wie het gaf, ziet alleen het project, zolang wij weten dat u meedeed."),
    )  # fmt: skip


def _advice(one: Advice) -> Row:
    newest = max(one.versions.all(), key=lambda version: version.number, default=None)
    return (project_fact(one.project), Fact(key="text", label=_("Advies"), value=newest.text if newest else ""))


def drafts(user: Any) -> Held:
    """Texts of advice that are not public yet, of which somebody is one of the givers or is asked to join."""
    mine = AdviceDraft.objects.filter(
        Q(advice__givers__user=user) | Q(agreed__user=user) | Q(asked__user=user)
    ).distinct()  # fmt: skip
    rows: list[Row] = [
        (
            project_fact(one.advice.project),
            Fact(key="text", label=_("Advies"), value=one.text),
            Fact(key="dissent", label=_("Wat u er anders over denkt"), value=one.dissent or None),
            Fact(key="question", label=_("Vraag van de coördinator"), value=one.question or None),
        )
        for one in mine.select_related("advice__project").order_by("pk")
    ]
    return Held(
        key="drafts", title=_("Advies dat nog niet openbaar is"), sees=PROJECT_ONLY, rows=rows,
        keep=_("Tot het advies openbaar is, of is ingetrokken."),
    )  # fmt: skip


def pulses(user: Any) -> Held:
    """Rounds of questions about working together; what somebody answered is kept of nobody."""
    rows: list[Row] = [
        (
            project_fact(one.round.project),
            Fact(key="has_answered", label=_("U gaf antwoord"), value=one.has_answered),
            when("closes_on", _("Dat kan tot en met"), one.round.closes_on),
        )
        for one in PulseAsked.objects.filter(user=user).select_related("round__project").order_by("pk")
    ]
    return Held(
        key="pulses", title=_("Vragen over het samenwerken"), sees=YOU_ONLY, rows=rows,
        keep=_("Dat wij het u vroegen: tot de vragen sluiten. Wat u antwoordt, hoort bij niemand."),
    )  # fmt: skip


def decisions(user: Any) -> Held:
    """What somebody asked or decided for a project, and answers that they gave."""
    rows: list[Row] = []
    for model, name, label in _DECIDED:
        found = model._default_manager.filter(**{name: user}).select_related("project").order_by("pk")
        rows += [(project_fact(one.project), when(name, label, getattr(one, name[:-2] + "at"))) for one in found]
    for name, label, moment in _OF_VACANCY:
        written = Vacancy.objects.filter(**{name: user}).select_related("project").order_by("pk")
        rows += [(project_fact(one.project), when(name, label, getattr(one, moment))) for one in written]
    answers = Response.objects.filter(actor_id=user.pk).select_related("advice__project").order_by("pk")
    rows += [
        (project_fact(one.advice.project), when("answered_at", _("U gaf antwoord op een advies"), one.responded_at))
        for one in answers
    ]
    return Held(
        key="decisions", title=_("Wat u vroeg en besliste"), sees=PROJECT_ONLY, rows=rows,
        keep=_("Wat er is besloten altijd. Dat u het was, zolang u een account hebt."),
    )  # fmt: skip


_DECIDED = (
    (GateReview, "asked_by", _("U vroeg om de volgende fase")),
    (GateReview, "decided_by", _("U besliste over de volgende fase")),
    (GateException, "asked_by", _("U vroeg een uitzondering")),
    (GateException, "decided_by", _("U besliste over een uitzondering")),
)
_OF_VACANCY = (
    ("submitted_by", _("U schreef een vacature"), "submitted_at"),
    ("opened_by", _("U keek een vacature na"), "opened_at"),
    ("proposed_by", _("U schreef hoe een vacature afliep"), "proposed_at"),
)
