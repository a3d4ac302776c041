"""Everything that writes agreements and the signatures under them."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from participation import starting_emails as emails
from participation.actions.activation import activate_when_ready
from participation.actions.common import needed, target_of
from participation.agreement_text import hash_of, snapshot
from participation.models import Agreement, Assignment, Signature, SignatureName, SigningLink
from participation.starting_permissions import can_record_paper, can_sign
from participation.states import AssignmentState, SigningSide, SigningWay
from portal.audit.record import record
from portal.core import links
from portal.core.workflow import StepNotAllowed

FIRST_LINK_WORKS = datetime.timedelta(days=14)  # in the mail that asks somebody
LINK_WORKS = datetime.timedelta(hours=24)  # one that was asked for
LONGEST_NAME = 150
MOMENT = {SigningSide.REPRESENTATIVE: "representative_signed_at", SigningSide.PROJECT: "project_signed_at"}


def fix_agreement(*, assignment: Assignment, now: datetime.datetime) -> Agreement:
    """Keep the words of now for this assignment. Called when it is proposed, in that transaction."""
    text = snapshot(assignment)
    return Agreement.objects.create(
        assignment=assignment, version=text["version"], text=text, text_hash=hash_of(text), fixed_at=now
    )


def new_link(
    *, agreement: Agreement, user: Any, side: SigningSide, now: datetime.datetime,
    works: datetime.timedelta = FIRST_LINK_WORKS,
) -> str:  # fmt: skip
    """The address with which `user` signs once; an older one stops. The database keeps a hash of it."""
    token = links.new_token()
    SigningLink.objects.update_or_create(
        agreement=agreement, user=user,
        defaults={"side": side, "token_hash": links.hash_of(token), "expires_at": now + works},
    )  # fmt: skip
    return links.address("participation:sign-by-link", token)


@transaction.atomic
def ask_link(*, assignment: Assignment, side: SigningSide, by: Any, now: datetime.datetime) -> None:
    """Mail `by` a link with which to sign. Raises PermissionDenied, StepNotAllowed when it is signed or over."""
    can_sign(by, assignment, side)
    _refuse_when_done(assignment, side)
    address = new_link(agreement=assignment.agreement, user=by, side=side, now=now, works=LINK_WORKS)
    emails.signing_link(assignment, by, address)


def _refuse_when_done(assignment: Assignment, side: SigningSide) -> None:
    if assignment.state != AssignmentState.PROPOSED or getattr(assignment, MOMENT[side]) is not None:
        raise StepNotAllowed("sign: it is signed already, or over")


def link_of(token: str) -> SigningLink | None:
    """The link that a mail belongs to, also one that is too old; None when it was used, renewed or made up."""
    found = SigningLink.objects.select_related(
        "user", "agreement__assignment__project__organisation", "agreement__assignment__project__patient_side",
        "agreement__assignment__organisation",
    )  # fmt: skip
    return found.filter(token_hash=links.hash_of(token)).first()


@transaction.atomic
def sign(*, assignment: Assignment, side: SigningSide, typed_name: str, by: Any, now: datetime.datetime) -> None:
    """Sign for one side, after a second step that the caller has looked at.

    Raises PermissionDenied, ValidationError without a name, StepNotAllowed when it is signed or over.
    """
    can_sign(by, assignment, side)
    _sign(assignment, side, SigningWay.FACTOR, typed_name, by, by, now)


@transaction.atomic
def sign_by_link(*, link: SigningLink, typed_name: str, now: datetime.datetime) -> Assignment:
    """Sign as who got the link, once. Raises as `sign` does, and StepNotAllowed when the link is used up or too old."""
    assignment, user, side = link.agreement.assignment, link.user, SigningSide(link.side)
    can_sign(user, assignment, side)
    name = _name(typed_name)
    there = SigningLink.objects.filter(pk=link.pk, token_hash=link.token_hash, expires_at__gt=now)
    if not user.is_active or not there.delete()[0]:
        raise StepNotAllowed("sign: the link is gone")
    _sign(assignment, side, SigningWay.MAIL_LINK, name, user, user, now)
    return assignment


@transaction.atomic
def record_paper(*, assignment: Assignment, typed_name: str, by: Any, now: datetime.datetime) -> None:
    """Record that who takes part signed on paper: the road without mail. Raises as `sign` does."""
    can_record_paper(by, assignment)
    _sign(assignment, SigningSide.REPRESENTATIVE, SigningWay.PAPER, typed_name, assignment.user, by, now)


def _name(typed: str) -> str:
    name = " ".join(needed(typed, _("Typ uw naam. Zo tekent u."), "typed_name").split())
    if len(name) > LONGEST_NAME:
        raise ValidationError({"typed_name": _("Deze naam is te lang. Er passen %(most)d tekens.")
                               % {"most": LONGEST_NAME}})  # fmt: skip
    return name


def _sign(
    assignment: Assignment,
    side: SigningSide,
    how: SigningWay,
    typed_name: str,
    signer: Any,
    by: Any,
    now: datetime.datetime,
) -> None:
    """Write the signature, the name beside it, and the moment on the assignment; it may be active after this."""
    name, agreement = _name(typed_name), assignment.agreement
    _refuse_when_done(assignment, side)
    waiting = Assignment.objects.filter(pk=assignment.pk, state=AssignmentState.PROPOSED)
    if not waiting.filter(**{f"{MOMENT[side]}__isnull": True}).update(**{MOMENT[side]: now}):
        raise StepNotAllowed("sign: somebody was first")
    try:
        with transaction.atomic():
            made = Signature.objects.create(
                agreement=agreement, side=side, how=how, text_hash=agreement.text_hash, signed_at=now
            )
    except IntegrityError as error:
        raise StepNotAllowed("sign: somebody was first") from error
    SignatureName.objects.create(signature=made, user=signer, typed_name=name)
    agreement.signing_links.filter(side=side).delete()
    assignment.refresh_from_db()
    record(
        "agreement.signed", by=by, target=target_of(assignment.project), now=now, assignment=str(assignment.uuid),
        side=side, how=how,
    )  # fmt: skip
    if not activate_when_ready(assignment=assignment, by=by, now=now):
        emails.agreement_signed(assignment, side)


@transaction.atomic
def forget_old_links(now: datetime.datetime) -> int:
    """Erase the links that stopped working a day ago (Retention); how many. A job of every minute."""
    old = SigningLink.objects.filter(expires_at__lt=now - datetime.timedelta(days=1))
    return old.delete()[0]
