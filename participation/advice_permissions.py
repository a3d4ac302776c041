"""Who may do what with advice. R is a representative, PC the coordinator of the patient side, PL a project lead."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from participation.models import Advice, AdviceDraft, Assignment
from participation.permissions import can_follow, can_lead
from participation.states import PUBLIC_ADVICE, AdviceDraftState
from portal.core.permissions import Check


def draft_of(advice: Advice) -> AdviceDraft | None:
    """The text of `advice` that is not public yet, if there is one."""
    return AdviceDraft.objects.filter(advice=advice).select_related("advice__project__patient_side").first()


def givers_with_account(advice: Advice) -> QuerySet[Assignment]:
    """Those who gave `advice`, or may still agree to it, and can sign in."""
    theirs = Q(advice=advice) | Q(drafts_agreed__advice=advice) | Q(drafts_asked__advice=advice)
    return Assignment.objects.filter(theirs, user__is_active=True).select_related("user").distinct()


def mine(user: Any) -> QuerySet[Advice]:
    """The advice that `user` gave, or may agree to."""
    theirs = (
        Q(givers__user=user.pk) | Q(draft__agreed__user=user.pk) | Q(draft__asked__user=user.pk)
        if user.is_authenticated
        else Q(pk__in=[])
    )
    return Advice.objects.filter(pk__in=Advice.objects.filter(theirs).values("pk"))


@Check
def can_write_draft(user: Any, draft: AdviceDraft) -> None:
    """Change a text that is not public yet: R who stands behind it, or for whom it was typed out."""
    if not user.is_authenticated or not _writers(draft).filter(user=user.pk).exists():
        raise PermissionDenied(_("Alleen wie het advies geeft, kan dit."))


def _writers(draft: AdviceDraft) -> QuerySet[Assignment]:
    if draft.state == AdviceDraftState.TO_AGREE:
        return Assignment.objects.filter(Q(drafts_agreed=draft) | Q(drafts_asked=draft))
    return Assignment.objects.filter(drafts_agreed=draft)


@Check
def can_join(user: Any, draft: AdviceDraft) -> None:
    """Say whether one stands behind a text: R who was asked."""
    if not user.is_authenticated or not draft.asked.filter(user=user.pk).exists():
        raise PermissionDenied(_("U bent niet gevraagd om dit advies mee te geven."))


@Check
def can_release(user: Any, draft: AdviceDraft) -> None:
    """Let everybody read a text, or send it back with a question: PC. Never change it."""
    can_follow(user, draft.advice.project)


@Check
def can_withdraw(user: Any, draft: AdviceDraft) -> None:
    """Take a text back that is not public yet: R who gives it; PC when none of them has an account any more."""
    if can_write_draft.ok(user, draft):
        return
    if not can_follow.ok(user, draft.advice.project) or givers_with_account(draft.advice).exists():
        raise PermissionDenied(_("Alleen wie het advies geeft, kan dit."))


@Check
def can_correct(user: Any, advice: Advice) -> None:
    """Write a better text of advice that is public: R who gave it."""
    if not user.is_authenticated or not advice.givers.filter(user=user.pk).exists():
        raise PermissionDenied(_("Alleen wie het advies gaf, kan dit."))


@Check
def can_answer(user: Any, advice: Advice) -> None:
    """Answer advice and tell what came of it: PL. Also when the project ended."""
    can_lead(user, advice.project)


@Check
def can_judge(user: Any, advice: Advice) -> None:
    """Give the verdict on what was done: R who gave the advice; PC when none of them has an account any more."""
    if user.is_authenticated and advice.givers.filter(user=user.pk).exists():
        return
    if not can_follow.ok(user, advice.project) or givers_with_account(advice).exists():
        raise PermissionDenied(_("Alleen wie het advies gaf, kan hier een oordeel geven."))


@Check
def can_see_advice(user: Any, advice: Advice) -> None:
    """See advice among the work on its project: what is public; what is not yet, only PC and who gives it."""
    if advice.state not in PUBLIC_ADVICE and not can_follow.ok(user, advice.project):
        raise PermissionDenied(_("Dit advies is nog niet openbaar."))
