"""The profile: health only with a consent of its own, each consent dated, withdrawn as easily as it was given."""

import pytest
from django.urls import reverse

from participation.models import Consent, ConsentKind, Perspective, Profile
from participation.vacancy_permissions import put_forward_consents
from portal.audit.models import AuditEvent
from portal.core.dates import long_date
from portal.organisations.models import OrganisationKind
from portal.organisations.roles import Role
from tests.factories.organisations import OrganisationFactory
from tests.factories.people import UserFactory, member
from tests.support.html import soup, words

pytestmark = pytest.mark.django_db
PAGE = reverse("participation:profile")


@pytest.fixture
def person(client):
    made = UserFactory()
    client.force_login(made)
    return made


@pytest.fixture
def side(now):
    made = OrganisationFactory(slug="longen", kind=OrganisationKind.PATIENT_ORGANISATION, verified_at=now)
    member(made, Role.COORDINATOR)
    return made


def withdraw(client, consent):
    return client.post(PAGE, {"stap": "intrekken", "toestemming": consent.pk})


def test_profile_is_kept_and_shown(client, person, side, now):
    client.post(PAGE, {"stap": "profiel", "about": "Ik ben buschauffeur.", "access_needs": "Een lift",
                       "organisation": "longen"})  # fmt: skip

    made = Profile.objects.get()
    assert (made.user, made.about, made.organisation, made.used_at) == (person, "Ik ben buschauffeur.", side, now)
    assert "Ik ben buschauffeur." in client.get(PAGE).text


@pytest.mark.parametrize("kind", [OrganisationKind.HOSPITAL, OrganisationKind.PATIENT_ORGANISATION])
def test_only_a_verified_patient_organisation_supports_somebody(client, person, kind):
    OrganisationFactory(slug="ander", kind=kind)

    assert client.post(PAGE, {"stap": "profiel", "organisation": "ander"}).status_code == 422


def test_no_consent_is_ticked_beforehand(client, person, side, now):
    Profile.objects.create(user=person, organisation=side, used_at=now)

    boxes = soup(client.get(PAGE)).select("input[type=checkbox]")

    assert [box.get("checked") for box in boxes] == [None, None]


def test_experience_is_not_kept_without_the_consent_for_it(client, person):
    answer = client.post(PAGE, {"stap": "ervaring", "lines": "astma"})

    assert (answer.status_code, "astma" in answer.text) == (422, True)
    assert (Perspective.objects.count(), Consent.objects.count()) == (0, 0)


def test_experience_is_kept_with_the_day_of_the_consent_and_erased_when_it_is_withdrawn(client, person, now):
    client.post(PAGE, {"stap": "ervaring", "lines": "reuma\n\nmantelzorger\nreuma", "agrees": "on"})
    assert [one.text for one in Perspective.objects.order_by("pk")] == ["reuma", "mantelzorger"]
    assert f"U gaf toestemming op {long_date(now)}." in words(soup(client.get(PAGE)).select_one("main"))

    withdraw(client, Consent.objects.get())

    assert Perspective.objects.count() == 0
    assert Consent.objects.get().withdrawn_at == now
    assert "reuma" not in client.get(PAGE).text


def test_experience_stands_in_no_log(client, person):
    client.post(PAGE, {"stap": "ervaring", "lines": "astma", "agrees": "on"})

    assert not [event for event in AuditEvent.objects.values() if "astma" in str(event)]


def test_consent_to_be_put_forward_is_for_the_own_organisation_and_ends_with_another(client, person, side):
    assert client.post(PAGE, {"stap": "voordragen", "voordragen-agrees": "on"}).status_code == 422
    client.post(PAGE, {"stap": "profiel", "organisation": "longen"})
    assert client.post(PAGE, {"stap": "voordragen"}).status_code == 422

    client.post(PAGE, {"stap": "voordragen", "voordragen-agrees": "on"})
    assert put_forward_consents(side).count() == 1

    client.post(PAGE, {"stap": "profiel", "organisation": ""})
    assert put_forward_consents(side).count() == 0


def test_nobody_withdraws_the_consent_of_another(client, person, now):
    theirs = Consent.objects.create(user=UserFactory(), kind=ConsentKind.PERSPECTIVE, given_at=now)

    assert withdraw(client, theirs).status_code == 404
    theirs.refresh_from_db()
    assert theirs.withdrawn_at is None


@pytest.mark.parametrize("data", [{"stap": "alles"}, {"stap": "intrekken", "toestemming": "²"}, {"stap": "intrekken"}])
def test_what_the_page_does_not_have_is_not_found(client, person, data):
    assert client.post(PAGE, data).status_code == 404
