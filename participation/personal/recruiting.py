"""What the portal holds of who replied to a vacancy, and of who chose."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from participation.models import Assessment, Candidacy
from participation.personal.base import PROJECT_ONLY, Fact, Held, Row, when
from participation.states import CandidacyState


def candidacies(user: Any) -> Held:
    """Replies to vacancies, with what both sides wrote of them once it was decided; and who this person put forward."""
    mine = Candidacy.objects.filter(user=user).select_related("vacancy", "payment_wish").prefetch_related("assessments")
    rows: list[Row] = [_mine(one) for one in mine.order_by("submitted_at", "pk")]
    put = Candidacy.objects.filter(put_forward_by=user).select_related("vacancy").order_by("submitted_at", "pk")
    rows += [(_vacancy(one), when("put_forward_at", _("U droeg iemand voor op"), one.submitted_at)) for one in put]
    return Held(
        key="candidacies", title=_("Uw aanmeldingen"), sees=PROJECT_ONLY, rows=rows,
        keep=_("Tot vier weken nadat het project anderen koos. Een jaar als u dat goed vindt."),
    )  # fmt: skip


_DECIDED = (CandidacyState.ACCEPTED, CandidacyState.RESERVE, CandidacyState.DECLINED)


def _mine(one: Candidacy) -> Row:
    wish = getattr(one, "payment_wish", None)
    found = one.assessments.all() if one.state in _DECIDED else ()
    return (
        _vacancy(one),
        Fact(key="name", label=_("Naam"), value=one.name or None),
        Fact(key="email", label=_("Mailadres"), value=one.email or None),
        Fact(key="motivation", label=_("Waarom u mee wilt doen"), value=one.motivation),
        Fact(key="wish", label=_("Vergoeding. Wie kiest, ziet dit niet."), value=wish.wish if wish else None,
             as_words=wish.get_wish_display() if wish else ""),
        Fact(key="state", label=_("Stand"), value=one.state, as_words=one.get_state_display()),
        when("submitted_at", _("Verstuurd op"), one.submitted_at),
        Fact(key="decision_text", label=_("Waarom"), value=one.decision_text or None),
        Fact(key="assessments", label=_("Wat beide kanten van uw aanmelding vonden"),
             value=" / ".join(assessment.text for assessment in found) or None),
    )  # fmt: skip


def choosing(user: Any) -> Held:
    """What somebody thought of who replied, and proposed."""
    given = Assessment.objects.filter(assessor=user).select_related("candidacy__vacancy").order_by("given_at", "pk")
    rows: list[Row] = [
        (
            _vacancy(one.candidacy),
            Fact(key="judgement", label=_("Uw oordeel"), value=one.judgement, as_words=one.get_judgement_display()),
            when("given_at", _("Gegeven op"), one.given_at),
        )
        for one in given
    ]
    proposed = Candidacy.objects.filter(proposed_by=user).select_related("vacancy").order_by("proposed_at", "pk")
    rows += [
        (_vacancy(one), when("proposed_at", _("U stelde een besluit voor op"), one.proposed_at)) for one in proposed
    ]
    return Held(
        key="choosing", title=_("Wat u van aanmeldingen vond"), sees=PROJECT_ONLY, rows=rows,
        keep=_("Zolang de aanmelding er is."),
    )  # fmt: skip


def _vacancy(one: Candidacy) -> Fact:
    return Fact(key="vacancy", label=_("Vacature"), value=one.vacancy.title)
