"""Vacancies and who replies to them, for tests."""

import datetime
from typing import Any

import factory
from django.utils import timezone

from participation.models import Assessment, Candidacy, Fit, PaymentWish, Side, Vacancy, Wish
from participation.states import CandidacyState, VacancyState
from portal.core import links
from tests.factories.participation import ProjectFactory

DAY = datetime.timedelta(days=1)
MARKER = "Marijke Geheimzinnig"  # a name, an address and a story that may stand nowhere
MARKER_MAIL = "marijke.geheim@thuis.example"
MARKER_STORY = "Mijn zusje brak vaak haar pols."


class VacancyFactory(factory.django.DjangoModelFactory):
    """An open vacancy, to which somebody can reply for three more weeks."""

    class Meta:
        model = Vacancy

    slug = factory.Sequence(lambda n: f"vacature-{n}")
    project = factory.SubFactory(ProjectFactory)
    state = VacancyState.OPEN
    title = factory.Sequence(lambda n: f"Denk mee over foto’s {n}")
    tasks = "U leest teksten. U zegt wat niet duidelijk is."
    hours = "2 uur per maand"
    fee_offer = "U krijgt geld voor elk uur. Wij betalen uw reis."
    learning_offer = "U leert wat AI is."
    support_offer = "Een vaste persoon belt u elke maand."
    closes_on = factory.LazyFunction(lambda: timezone.localdate() + 21 * DAY)
    created_at = factory.LazyFunction(timezone.now)
    opened_at = factory.LazyAttribute(
        lambda o: None if o.state in {VacancyState.DRAFT, VacancyState.IN_REVIEW} else o.created_at
    )


def withdrawn(**fields: Any) -> Vacancy:
    """A vacancy that was taken back."""
    return VacancyFactory(
        state=VacancyState.WITHDRAWN, ended_at=timezone.now(), ending_reason="Het geld is op.", **fields
    )


class CandidacyFactory(factory.django.DjangoModelFactory):
    """A reply without an account, confirmed."""

    class Meta:
        model = Candidacy

    vacancy = factory.SubFactory(VacancyFactory)
    name = factory.Sequence(lambda n: f"Kandidaat {n}")
    email = factory.LazyAttributeSequence(lambda o, n: "" if o.user else f"kandidaat{n}@thuis.example")
    user = None
    motivation = "Ik wil helpen."
    submitted_at = factory.LazyFunction(timezone.now)
    confirmed_at = factory.LazyAttribute(lambda o: o.submitted_at)
    decided_at = factory.LazyAttribute(
        lambda o: (
            o.submitted_at
            if o.state in {CandidacyState.ACCEPTED, CandidacyState.RESERVE, CandidacyState.DECLINED}
            else None
        )
    )
    state = CandidacyState.SUBMITTED


def linked(candidacy: Candidacy, token: str) -> str:
    """A link of a mail that works for a week; the token."""
    candidacy.token_hash, candidacy.token_sent_at = links.hash_of(token), timezone.now()
    candidacy.token_expires_at = timezone.now() + 7 * DAY
    candidacy.save(update_fields=["token_hash", "token_sent_at", "token_expires_at"])
    return token


def wishing(candidacy: Candidacy, wish: Wish = Wish.FEE) -> PaymentWish:
    """What the candidate wants to be paid."""
    return PaymentWish.objects.create(candidacy=candidacy, wish=wish)


def weighed(candidacy: Candidacy, project_side: Any, patient_side: Any) -> Candidacy:
    """`candidacy` with the judgement of both sides."""
    for side, user in ((Side.PROJECT, project_side), (Side.PATIENTS, patient_side)):
        Assessment.objects.create(
            candidacy=candidacy, side=side, assessor=user, judgement=Fit.FITS, text="Past.", given_at=timezone.now()
        )
    return candidacy
