"""What somebody does who wants to take part: reply, confirm, correct, take back; with an account or with a link.

The log knows a candidacy by its key and never says who it is: these acts are recorded without their person.
"""

import datetime
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from participation import recruiting_emails as emails
from participation.actions.candidate_links import link_of, new_link, tell_candidate, was_mailed_just_now
from participation.actions.common import day_of
from participation.actions.consents import give_consent, withdraw_consent
from participation.actions.erasing import erase_within
from participation.erasure import work as erased
from participation.models import Candidacy, Consent, ConsentKind, PaymentWish, Profile, Vacancy, Wish
from participation.states import CANDIDACY, CandidacyState, VacancyState
from participation.vacancy_permissions import can_withdraw_candidacy
from portal.audit.record import record
from portal.core import links
from portal.core.text import clean
from portal.core.workflow import StepNotAllowed

LONGEST_MOTIVATION = 4000
LONGEST_NAME = 150


def target_of_candidacy(candidacy: Candidacy) -> str:
    """How the log names a candidacy: it belongs to no organisation and to no person."""
    return f"candidacy:{candidacy.uuid}"


def checked_reply(fields: Mapping[str, Any]) -> dict[str, str]:
    """Name, motivation and wish, clean. Raises ValidationError by field."""
    made = {
        "name": " ".join(clean(str(fields.get("name", ""))).split()),
        "motivation": clean(str(fields.get("motivation", ""))).strip(),
        "wish": str(fields.get("wish", "") or Wish.LATER),
    }
    faults = {}
    if not made["name"]:
        faults["name"] = _("Schrijf hoe wij u mogen noemen.")
    if not made["motivation"]:
        faults["motivation"] = _("Schrijf waarom u mee wilt doen.")
    for key, most in (("name", LONGEST_NAME), ("motivation", LONGEST_MOTIVATION)):
        if len(made[key]) > most:
            faults[key] = _("De tekst is te lang. Er passen %(most)d tekens.") % {"most": most}
    if made["wish"] not in Wish.values:
        faults["wish"] = _("Kies iets uit de lijst.")
    if faults:
        raise ValidationError(faults)
    return made


def mail_address(value: str) -> str:
    """A mail address as it is kept. Raises ValidationError."""
    made = clean(value).strip().lower()
    if not made:
        raise ValidationError({"email": _("Schrijf uw mailadres. Daar sturen wij een link naartoe.")})
    try:
        validate_email(made)
    except ValidationError as error:
        raise ValidationError({"email": _("Dit is geen mailadres. Kijk het na.")}) from error
    if len(made) > 254:
        raise ValidationError({"email": _("Dit mailadres is te lang.")})
    return made


def refuse_closed(vacancy: Vacancy, now: datetime.datetime) -> None:
    """Raise StepNotAllowed when nobody can reply any more."""
    if not vacancy.is_open_on(day_of(now)):
        raise _not_open(vacancy)


def _not_open(vacancy: Vacancy) -> StepNotAllowed:
    return StepNotAllowed(f"reply: {vacancy.slug} is not open", told=_("U kunt zich hier niet meer melden."))


# --- Without an account ----------------------------------------------------------------------------------------------


@transaction.atomic
def reply(*, vacancy: Vacancy, email: str, fields: Mapping[str, Any], now: datetime.datetime) -> None:
    """Reply without an account. Whatever is known of the address, the same happens for who asks: a mail goes there.

    `fields`: name, motivation, wish, keep (consent to keep it for a year). Raises ValidationError, StepNotAllowed.
    """
    refuse_closed(vacancy, now)
    address, made = mail_address(email), checked_reply(fields)
    known = vacancy.candidacies.exclude(state=CandidacyState.WITHDRAWN).filter(email=address).first()
    if known is None:
        try:
            with transaction.atomic():
                known = Candidacy.objects.create(
                    vacancy=vacancy, email=address, name=made["name"], motivation=made["motivation"], submitted_at=now
                )
        except IntegrityError:  # a double click: the first one sends the mail
            return
        record("candidacy.sent", by=None, target=target_of_candidacy(known), now=now)
    if known.confirmed_at is None:  # nobody has seen it: what was typed last counts
        _write(known, made, keep=bool(fields.get("keep")), now=now)
    if not was_mailed_just_now(known, now):
        emails.candidacy_link(known, new_link(known, now=now))


@transaction.atomic
def confirm(*, token: str, now: datetime.datetime) -> Candidacy:
    """Confirm a reply with the link of the mail: from now on both sides see it. Raises StepNotAllowed."""
    candidacy = _used(token, now)
    vacancy = Vacancy.objects.select_for_update().get(pk=candidacy.vacancy_id)
    if candidacy.confirmed_at is not None or vacancy.state not in {VacancyState.OPEN, VacancyState.CLOSED}:
        raise StepNotAllowed("confirm: it was confirmed, or the vacancy is over")
    Candidacy.objects.filter(pk=candidacy.pk).update(confirmed_at=now)
    candidacy.refresh_from_db()
    record("candidacy.received", by=None, target=target_of_candidacy(candidacy), now=now)
    tell_candidate(candidacy, now=now)
    emails.somebody_replied(candidacy)
    return candidacy


@transaction.atomic
def correct_by_link(*, token: str, fields: Mapping[str, Any], now: datetime.datetime) -> Candidacy:
    """Correct a reply with the link of a mail; a new link is mailed. Raises ValidationError, StepNotAllowed."""
    made = checked_reply(fields)
    candidacy = _used(token, now)
    _correct(candidacy, made, keep=bool(fields.get("keep")), now=now)
    emails.candidacy_link(candidacy, new_link(candidacy, now=now))
    return candidacy


@transaction.atomic
def keep_by_link(*, token: str, keep: bool, now: datetime.datetime) -> Candidacy:
    """Give or withdraw the consent to keep a reply for a year, with the link of a mail. Raises StepNotAllowed."""
    candidacy = _used(token, now)
    Candidacy.objects.filter(pk=candidacy.pk).update(keep_consent_at=now if keep else None)
    candidacy.refresh_from_db()
    emails.candidacy_link(candidacy, new_link(candidacy, now=now))
    return candidacy


@transaction.atomic
def withdraw_by_link(*, token: str, now: datetime.datetime) -> None:
    """Take a reply back with the link of a mail: everything in it is erased. Raises StepNotAllowed."""
    _withdraw(_used(token, now), now)


def _used(token: str, now: datetime.datetime) -> Candidacy:
    """The candidacy of a link, which is used up by this. Raises StepNotAllowed when it does not work any more."""
    found = link_of(token, now)
    there = Candidacy.objects.filter(token_hash=links.hash_of(token))
    if found is None or not there.filter(pk=found.pk).update(token_hash=None, token_sent_at=None):
        raise StepNotAllowed("link: used, too old or made up", told=_("Deze link werkt niet meer. Vraag een nieuwe."))
    found.refresh_from_db()
    return found


# --- With an account -------------------------------------------------------------------------------------------------


@transaction.atomic
def reply_signed_in(*, vacancy: Vacancy, fields: Mapping[str, Any], by: Any, now: datetime.datetime) -> Candidacy:
    """Reply with an account: both sides see it at once. Raises ValidationError, StepNotAllowed."""
    refuse_closed(vacancy, now)
    made = checked_reply(fields)
    known = vacancy.candidacies.exclude(state=CandidacyState.WITHDRAWN)
    if known.received().filter(user__isnull=True, email=by.email).exists() or known.filter(user=by).exists():
        raise ValidationError(_("U hebt zich hier al gemeld."))
    profile = Profile.objects.filter(user=by).first()
    candidacy = start_for(vacancy, by, made, now=now, organisation=profile.organisation if profile else None)
    _write(candidacy, made, keep=bool(fields.get("keep")), now=now)
    record("candidacy.received", by=None, target=target_of_candidacy(candidacy), now=now)
    tell_candidate(candidacy, now=now)
    emails.somebody_replied(candidacy)
    return candidacy


def start_for(
    vacancy: Vacancy, user: Any, made: Mapping[str, str], *, now: datetime.datetime, **more: Any
) -> Candidacy:
    """A confirmed candidacy of `user`; for a caller that holds a transaction.

    Raises ValidationError for a second, StepNotAllowed when the vacancy closed meanwhile.
    """
    still_open = Vacancy.objects.select_for_update(no_key=True).filter(pk=vacancy.pk, state=VacancyState.OPEN)
    if not still_open.values_list("pk", flat=True):
        raise _not_open(vacancy)
    try:
        with transaction.atomic():
            return Candidacy.objects.create(
                vacancy=vacancy, user=user, name=made["name"], motivation=made["motivation"], submitted_at=now,
                confirmed_at=now, **more,
            )  # fmt: skip
    except IntegrityError as error:
        raise ValidationError(_("Deze persoon heeft zich hier al gemeld.")) from error


@transaction.atomic
def correct(*, candidacy: Candidacy, fields: Mapping[str, Any], by: Any, now: datetime.datetime) -> None:
    """Correct one's own reply. Raises PermissionDenied, ValidationError, StepNotAllowed once others weigh it."""
    can_withdraw_candidacy(by, candidacy)
    _correct(candidacy, checked_reply(fields), keep=bool(fields.get("keep")), now=now)


@transaction.atomic
def keep(*, candidacy: Candidacy, keeps: bool, by: Any, now: datetime.datetime) -> None:
    """Give or withdraw the consent to keep one's own reply for a year. Raises PermissionDenied."""
    can_withdraw_candidacy(by, candidacy)
    _keep_with_account(candidacy, keeps, now)


@transaction.atomic
def withdraw(*, candidacy: Candidacy, by: Any, now: datetime.datetime) -> None:
    """Take one's own reply back, without a reason: everything in it is erased. Raises as `correct` does."""
    can_withdraw_candidacy(by, candidacy)
    _withdraw(candidacy, now)


# --- Both ------------------------------------------------------------------------------------------------------------


def _write(candidacy: Candidacy, made: Mapping[str, str], *, keep: bool, now: datetime.datetime) -> None:
    kept = (candidacy.keep_consent_at or now) if keep and candidacy.user_id is None else None
    Candidacy.objects.filter(pk=candidacy.pk, state=CandidacyState.SUBMITTED).update(
        name=made["name"], motivation=made["motivation"], keep_consent_at=kept
    )
    candidacy.refresh_from_db()
    PaymentWish.objects.update_or_create(candidacy=candidacy, defaults={"wish": made["wish"]})
    if candidacy.user is not None:
        _keep_with_account(candidacy, keep, now)


def _keep_with_account(candidacy: Candidacy, keep: bool, now: datetime.datetime) -> None:
    """Who has an account gives the consent as every other one, for this candidacy."""
    about, user = target_of_candidacy(candidacy), candidacy.user
    if keep:
        give_consent(kind=ConsentKind.KEEP_CANDIDACY, by=user, now=now, about=about)
        return
    running = Consent.objects.filter(user=user, kind=ConsentKind.KEEP_CANDIDACY, about=about, withdrawn_at=None)
    for consent in running:
        withdraw_consent(consent=consent, by=user, now=now)


def _correct(candidacy: Candidacy, made: Mapping[str, str], *, keep: bool, now: datetime.datetime) -> None:
    if candidacy.state != CandidacyState.SUBMITTED:
        raise StepNotAllowed("correct: others weigh it already", told=_("Anderen lezen uw aanmelding al."))
    _write(candidacy, made, keep=keep, now=now)
    record("candidacy.corrected", by=None, target=target_of_candidacy(candidacy), now=now)


def _withdraw(candidacy: Candidacy, now: datetime.datetime) -> None:
    step = CANDIDACY.step(candidacy.state, "withdraw")
    if not Candidacy.objects.filter(pk=candidacy.pk, state=step.source).update(state=step.target):
        raise StepNotAllowed("withdraw: it was decided meanwhile")
    erase_within(erased.CANDIDACY, candidacy, now)
    record("candidacy.withdrawn", by=None, target=target_of_candidacy(candidacy), now=now)
