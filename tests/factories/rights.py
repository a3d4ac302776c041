"""Somebody of whom every model of participation holds something, with words that can be looked for."""

import datetime
from types import SimpleNamespace

from django.utils import timezone

from participation.models import (
    AdviceDraft,
    Assessment,
    Assignment,
    Attendance,
    Budget,
    BudgetLine,
    Claim,
    ClaimItem,
    Commitment,
    Consent,
    ConsentKind,
    DigestWish,
    Fund,
    GateException,
    Interest,
    Meeting,
    MeetingPaper,
    Message,
    PaidElsewhere,
    Payer,
    PaymentChoice,
    PaymentProfile,
    PeriodTotal,
    Perspective,
    Profile,
    Project,
    ProjectTask,
    PulseAsked,
    PulseRound,
    Receipt,
    Response,
    RoleOffer,
    Seen,
    Signature,
    SignatureName,
    SigningLink,
    TeamMember,
    ViewerRole,
    Viewing,
    WelcomeStep,
)
from participation.states import WelcomeKind
from portal.accounts.models import User
from portal.organisations.models import OrganisationKind
from portal.organisations.roles import Role
from tests.factories.organisations import OrganisationFactory
from tests.factories.participation import LONG_REASON, ProjectFactory, given_advice, held_meeting, representative
from tests.factories.people import UserFactory, member
from tests.factories.recruiting import CandidacyFactory, wishing


def full_person(**fields: str) -> SimpleNamespace:
    """A representative who also works on another project; `user`, `project`, `assignment`, `consent`, `advice`."""
    now = timezone.now()
    user = UserFactory(**({"name": "Geheime Naam", "email": "geheim@thuis.example"} | fields))
    project, other = ProjectFactory(), ProjectFactory()
    assignment = representative(project, user=user)
    representative(other, buddy=user)
    meeting = held_meeting(project, assignment)
    Attendance.objects.filter(meeting=meeting).update(will_come=True, minutes=90)
    advice = given_advice(project, assignment, text="Leg de kans uit met een plaatje.", typed_out_by=user)
    Response.objects.create(
        advice=advice, number=1, decision="NOT_ADOPTED", reason="Daarom.", responded_at=now, actor_id=user.pk
    )
    TeamMember.objects.create(project=other, user=user, function="verpleegkundige", since=now)
    Profile.objects.create(user=user, about="Ik was kok.", access_needs="Een tolk", used_at=now)
    consent = Consent.objects.create(user=user, kind=ConsentKind.PERSPECTIVE, given_at=now)
    Perspective.objects.create(consent=consent, text="Longziekte")
    GateException.objects.create(
        project=other, from_phase="IDEA", reason=LONG_REASON, missing="x", repair="x", repair_by=now.date(),
        asked_by=user, asked_at=now,
    )  # fmt: skip
    looked_at(user, by=project.lead, project=project)
    _began(assignment, now)
    _works_along(assignment, meeting, now)
    _recruits(user, other)
    _claims(assignment, now)
    return SimpleNamespace(
        user=user, project=project, other=other, assignment=assignment, consent=consent, advice=advice
    )


def _began(assignment: Assignment, now: datetime.datetime) -> None:
    """How somebody was asked, signed and settled in."""
    user, project = assignment.user, assignment.project
    later = now + datetime.timedelta(days=7)
    RoleOffer.objects.create(
        project=project, email=user.email, influence="ADVISER", token_hash=f"offer {user.pk}", offered_at=now,
        offered_by=project.lead, expires_at=later,
    )  # fmt: skip
    signature = Signature.objects.create(
        agreement=assignment.agreement, side="REPRESENTATIVE", how="MAIL_LINK", text_hash="0", signed_at=now
    )
    SignatureName.objects.create(signature=signature, user=user, typed_name="Geheime Naam")
    SigningLink.objects.create(
        agreement=assignment.agreement, user=user, side="REPRESENTATIVE", token_hash=f"link {user.pk}", expires_at=later
    )
    WelcomeStep.objects.create(assignment=assignment, kind=WelcomeKind.values[0], done_at=now)
    Interest.objects.create(
        project=project, user=user, assignment=assignment, has_none=False, text="Aandelen in Fotokijker",
        declared_at=now, valid_until=now.date() + datetime.timedelta(days=365),
    )  # fmt: skip
    type(assignment).objects.filter(pk=assignment.pk).update(access_needs="Grote letters", access_needs_at=now)


def _works_along(assignment: Assignment, meeting: Meeting, now: datetime.datetime) -> None:
    """What somebody says, does and is asked."""
    user, project = assignment.user, assignment.project
    MeetingPaper.objects.create(
        meeting=meeting, title="Mijn foto’s", form="TEXT", text="Zie hier.", added_by=user, added_at=now
    )
    Message.objects.create(project=project, writer=user, text="Ik kom met de trein.", written_at=now)
    DigestWish.objects.create(user=user, told_until=now)
    ProjectTask.objects.create(
        project=project, what="Lees de folder na", doer=user, asked_by=project.lead, due_date=now.date(), asked_at=now
    )
    waiting = given_advice(project, state="WAITING", released_at=None, acknowledge_by=None, respond_by=None)
    draft = AdviceDraft.objects.create(advice=waiting, state="WAITING", text="Bel mensen na een week.", since=now)
    draft.agreed.add(assignment)  # as it is before the release; only then are there givers
    asked = PulseRound.objects.create(
        project=project, phase="IDEA", reason="HALF_YEAR", opened_at=now, closes_on=now.date()
    )
    PulseAsked.objects.create(round=asked, user=user, side="PATIENTS")


def _recruits(user: User, project: Project) -> None:
    """A reply to a vacancy, and what this person thought of somebody else's."""
    mine = CandidacyFactory(user=user, name="Geheime Naam", motivation="Ik ken longziekte.")
    wishing(mine)
    other = CandidacyFactory(vacancy__project=project, vacancy__submitted_by=user)
    Assessment.objects.create(
        candidacy=other, side="PATIENTS", assessor=user, judgement="FITS", text="Past.", given_at=timezone.now()
    )


def _claims(assignment: Assignment, now: datetime.datetime) -> None:
    """How somebody wants to be paid, and a claim that was sent and one that was not."""
    user, project = assignment.user, assignment.project
    fund = Fund.objects.create(
        slug=f"fonds-{project.pk}", organisation=OrganisationFactory(kind=OrganisationKind.FUND), name="Fonds",
        summary="Geld.", starts_on=now.date(), ends_on=now.date(), amount=10_000, earmarked=10_000,
    )  # fmt: skip
    payer = Payer.objects.create(organisation=fund.organisation, may_pay_volunteers=True)
    budget = Budget.objects.create(
        fund=fund, project=project, payer=payer, starts_on=now.date(), ends_on=now.date(), opened_at=now
    )
    line = BudgetLine.objects.create(budget=budget, kind="FEE", earmarked=10_000, committed=10_000)
    promise = Commitment.objects.create(
        line=line, assignment=assignment, state="RESERVED", amount=10_000, claimed=1_150, what_for="Meelezen",
        asked_by=user, asked_side="PATIENTS", asked_at=now,
    )  # fmt: skip
    PaymentChoice.objects.create(assignment=assignment, regime="VOLUNTEER", chosen_at=now)
    PaymentProfile.objects.create(
        user=user, is_21=False, turns_21_in=now.date().replace(year=now.year + 1, day=1), ceiling=12_300, usual_km=340
    )
    PaidElsewhere.objects.create(user=user, month=now.date().replace(day=1), amount=4_500)
    PeriodTotal.objects.create(user=user, period=f"{now:%Y-%m}", amount=1_150)
    PeriodTotal.objects.create(user=user, period=f"{now:%Y}", amount=1_150)
    values = {"project": project, "budget": budget, "assignment": assignment, "user": user, "regime": "VOLUNTEER",
              "begun_at": now, "holder": "Rekening van twee", "iban_end": "4300",
              "iban_sealed": "verzegeld"}  # fmt: skip
    sent = Claim.objects.create(
        state="SUBMITTED", amount=1_150, submitted_at=now, counts_in=now.date().replace(day=1), answer="Dat klopt.",
        question="Klopt dit?", **values,
    )  # fmt: skip
    ClaimItem.objects.create(
        claim=sent, place=1, kind="TIME", commitment=promise, day=now.date(), quantity=120, amount=1_150,
        text="Folder gelezen",
    )  # fmt: skip
    Receipt.objects.create(claim=sent, form="PDF", data=b"%PDF-1.7\n%%EOF\n", size=15, added_at=now)
    Claim.objects.create(**values)


def looked_at(subject: User, **fields: object) -> Viewing:
    """That somebody looked at the data of `subject`, today."""
    now = timezone.now()
    values = {"role": ViewerRole.LEAD, "what": Seen.ASSIGNMENT, "seen_at": now, "seen_date": now.date()}
    by = fields.pop("by", None) or UserFactory()
    project = fields.get("project")
    organisation = project.organisation if project else None
    return Viewing.objects.create(subject=subject, viewer=by, organisation=organisation, **{**values, **fields})


def administrator(organisation):
    """The only administrator of an organisation."""
    return member(organisation, Role.ADMINISTRATOR)
