"""Example people: easy to be where one tries things out, nobody at all anywhere else."""

import pytest
from allauth.mfa.models import Authenticator
from django.core import checks, mail
from django.core.mail import send_mail
from django.urls import reverse
from django.utils import timezone

from portal.accounts import examples
from portal.accounts.models import PortalDuty, User
from portal.checks import only_to_try
from portal.organisations.models import Membership, Organisation, OrganisationKind
from portal.organisations.roles import Role
from portal.postbox.backend import MOST, EmailBackend
from portal.postbox.models import Mail
from tests.conftest import NOW, StrictClient
from tests.factories.organisations import OrganisationFactory
from tests.factories.people import UserFactory
from tests.support.html import links, soup
from tests.support.signing_in import is_signed_in, second_step

pytestmark = pytest.mark.django_db


@pytest.fixture
def loaded():
    """The example people of a hospital and of patients; beside them a hospital that exists."""
    OrganisationFactory(name="Voorbeeldziekenhuis De Linde", slug="voorbeeldziekenhuis-de-linde", is_example=True)
    OrganisationFactory(
        name="Voorbeeld Patiënten", slug="voorbeeld-patienten", is_example=True,
        kind=OrganisationKind.PATIENT_ORGANISATION,
    )  # fmt: skip
    OrganisationFactory(name="Echt Ziekenhuis", slug="echt")
    examples.load_example_people(now=NOW)


@pytest.fixture
def trying(settings, loaded):
    """An installation to try things out."""
    settings.EXAMPLE_PEOPLE = True


WRITER = "schrijver.ziekenhuis-de-linde@voorbeeld.invalid"
PUBLISHER = "publiceerder.ziekenhuis-de-linde@voorbeeld.invalid"


def by_password(client, email):
    client.post(reverse("account_login"), {"login": email, "password": examples.PASSWORD})


# --- Who they are ----------------------------------------------------------------------------------------------------


def test_there_is_one_for_each_role_of_each_example_organisation(loaded):
    rows = Membership.objects.values_list("organisation__slug", "role", "user__name").order_by("user__pk")

    assert list(rows) == [
        ("voorbeeldziekenhuis-de-linde", "EDITOR", "Voorbeeld Schrijver De Linde"),
        ("voorbeeldziekenhuis-de-linde", "PUBLISHER", "Voorbeeld Publiceerder De Linde"),
        ("voorbeeldziekenhuis-de-linde", "PROJECT_LEAD", "Voorbeeld Projectleider De Linde"),
        ("voorbeeldziekenhuis-de-linde", "GATE_DECIDER", "Voorbeeld Beslisser De Linde"),
        ("voorbeeldziekenhuis-de-linde", "FINANCE_OFFICER", "Voorbeeld Betaler De Linde"),
        ("voorbeeldziekenhuis-de-linde", "ADMINISTRATOR", "Voorbeeld Beheerder De Linde"),
        ("voorbeeld-patienten", "COORDINATOR", "Voorbeeld Coördinator Patiënten"),
        ("voorbeeld-patienten", "ADMINISTRATOR", "Voorbeeld Beheerder Patiënten"),
    ]
    assert sorted(PortalDuty.objects.values_list("role", flat=True)) == ["ADMINISTRATOR"] * 2 + ["EDITORIAL"] * 2


def test_only_example_organisations_count_as_checked(loaded):
    assert Organisation.objects.get(slug="echt").verified_at is None
    assert not Organisation.objects.filter(is_example=True, verified_at=None).exists()


def test_loading_again_makes_nobody_twice(loaded):
    number = User.objects.count()

    assert examples.load_example_people(now=timezone.now()) == 0
    assert User.objects.count() == number


def test_people_of_a_story_cannot_sign_in_until_they_are_let(client, settings):
    OrganisationFactory(name="Voorbeeldziekenhuis De Linde", slug="voorbeeldziekenhuis-de-linde", is_example=True)
    settings.EXAMPLE_PEOPLE = True
    examples.make_example_people(now=NOW)

    by_password(client, PUBLISHER)
    assert not is_signed_in(client)
    assert not Authenticator.objects.exists()

    examples.load_example_people(now=NOW)
    client.post(reverse("account_example"), {"person": PUBLISHER})
    assert is_signed_in(client)


def test_password_that_somebody_chose_stays(loaded):
    user = User.objects.get(email=PUBLISHER)
    user.set_password("een ander geheim")
    user.save()

    examples.load_example_people(now=NOW)

    assert User.objects.get(email=PUBLISHER).check_password("een ander geheim")


def test_example_person_works_for_no_organisation_that_exists(loaded):
    real = Organisation.objects.get(slug="echt")

    with pytest.raises(ValueError, match="no example"):
        examples.works_for(User.objects.get(email=PUBLISHER), real, Role.EDITOR, NOW)


# --- Where it is on --------------------------------------------------------------------------------------------------


def test_sign_in_page_names_them_all(client, trying):
    shown = [button["value"] for button in soup(client.get(reverse("account_login"))).select("button[name=person]")]

    assert len(shown) == User.objects.count() == 12
    assert WRITER in shown
    assert examples.PASSWORD in client.get(reverse("account_login")).text


def test_one_click_signs_in_with_both_steps(client, trying):
    answer = client.post(reverse("account_example"), {"person": PUBLISHER})

    assert answer.headers["Location"] == "/werk/"
    assert client.get("/werk/").status_code == 200


def test_password_and_the_code_on_the_page_sign_in_too(client, trying):
    by_password(client, PUBLISHER)
    assert not is_signed_in(client)
    code = soup(client.get(reverse("mfa_authenticate"))).select_one(".utrecht-alert strong").text

    second_step(client, code)

    assert is_signed_in(client)


def test_code_of_somebody_real_is_not_on_the_page(client, trying):
    from tests.factories.people import with_factor
    from tests.support.signing_in import first_step

    first_step(client, with_factor(UserFactory()))

    assert soup(client.get(reverse("mfa_authenticate"))).select_one(".utrecht-alert") is None


@pytest.mark.parametrize("person", ["", "niemand@voorbeeld.invalid"])
def test_nobody_is_nobody(client, trying, person):
    assert client.post(reverse("account_example"), {"person": person}).status_code == 404


def test_one_click_is_for_example_people_only(client, trying):
    real = UserFactory()

    assert client.post(reverse("account_example"), {"person": real.email}).status_code == 404
    assert not is_signed_in(client)


# --- Where it is off -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("email", [WRITER, PUBLISHER])
def test_known_password_opens_nothing_elsewhere(client, loaded, email):
    by_password(client, email)
    second_step(client, examples.code_now())

    assert not is_signed_in(client)


def test_session_of_an_example_person_ends_when_it_is_turned_off(client, trying, settings):
    client.post(reverse("account_example"), {"person": WRITER})
    assert is_signed_in(client)

    settings.EXAMPLE_PEOPLE = False

    assert not is_signed_in(client)


def test_sign_in_page_names_nobody_elsewhere(client, loaded):
    page = client.get(reverse("account_login")).text

    assert WRITER not in page
    assert examples.PASSWORD not in page


def test_it_is_off_unless_it_is_turned_on(settings):
    assert settings.EXAMPLE_PEOPLE is False


def test_deploy_check_refuses_it(settings):
    assert only_to_try(None) == []
    settings.EXAMPLE_PEOPLE = settings.FETCH_PRIVATE_ADDRESSES = True
    settings.SENDING_BACKEND = "portal.postbox.backend.EmailBackend"

    found = only_to_try(None)

    assert [one.id for one in found] == ["portal.E004", "portal.E005", "portal.E006"]
    assert all(one.level >= checks.ERROR for one in found)


# --- The postbox -----------------------------------------------------------------------------------------------------


@pytest.fixture
def postbox(settings):
    settings.EXAMPLE_PEOPLE = True
    settings.EMAIL_BACKEND = "portal.postbox.backend.EmailBackend"


def test_mail_lands_in_the_postbox_and_can_be_read(client, postbox):
    send_mail("Dag", "Kijk op https://aimz.example/x/\n<script>alert(1)</script>", "a@b.example", ["anna@c.example"])

    page = client.get(reverse("postbox"))
    mail_page = client.get(soup(page).select_one(".rows__name")["href"])

    assert "anna@c.example" in page.text
    assert "https://aimz.example/x/" in links(soup(mail_page))
    assert "<script>alert" not in mail_page.text
    assert mail.outbox == []


def test_mail_to_two_people_lands_twice(postbox):
    send_mail("Dag", "x", "a@b.example", ["anna@c.example", "bram@c.example"])

    assert sorted(Mail.objects.values_list("to", flat=True)) == ["anna@c.example", "bram@c.example"]


def test_postbox_forgets_the_oldest(postbox):
    Mail.objects.bulk_create(Mail(to="a@b.example", subject=str(n), body="", sent_at=NOW) for n in range(MOST + 5))
    Mail.objects.create(to="oud@b.example", subject="oud", body="", sent_at=NOW.replace(year=2025))

    send_mail("nieuw", "x", "a@b.example", ["anna@c.example"])

    kept = list(Mail.objects.values_list("subject", flat=True))
    assert len(kept) == MOST
    assert kept[0] == "nieuw"
    assert "oud" not in kept


def test_postbox_takes_no_mail_at_all_without_complaint(postbox):
    assert EmailBackend().send_messages([]) == 0


def test_postbox_can_only_be_read(postbox):
    assert StrictClient().post(reverse("postbox")).status_code == 405


def test_app_of_every_example_person_is_the_same(loaded):
    assert Authenticator.objects.filter(type="totp").count() == User.objects.count()
