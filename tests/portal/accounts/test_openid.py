"""Signing in by the own sign-in of an organisation: with a real client against a real provider on this machine."""

import datetime
import json
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
import time_machine
from allauth.socialaccount.models import SocialAccount
from django.urls import reverse

from portal.accounts import openid
from portal.accounts.actions.own_sign_in import save_own_sign_in
from portal.accounts.models import OwnSignIn, PortalRole, User
from portal.accounts.openid import ProviderFault, _may_be_asked, discover, says_second_step
from portal.audit.models import AuditEvent
from portal.core.sealing import unseal
from portal.organisations.models import Membership
from portal.organisations.roles import Role
from tests.conftest import NOW, StrictClient
from tests.factories.organisations import OrganisationFactory
from tests.factories.people import UserFactory, member, on_duty, with_factor
from tests.support.answering import answering
from tests.support.openid_provider import Provider, serving_provider
from tests.support.signing_in import code_of, is_signed_in, second_step, sign_in

pytestmark = pytest.mark.django_db

EMAIL = "anna@linde.example"


@pytest.fixture(scope="module")
def provider(tmp_path_factory) -> Iterator[Provider]:
    with serving_provider(tmp_path_factory.mktemp("provider")) as one:
        yield one


@pytest.fixture(autouse=True)
def clock_of_the_provider() -> Iterator[None]:
    """The provider runs by the real clock, and so does what it signs."""
    real = time_machine.escape_hatch.datetime.datetime.now(datetime.UTC)
    with time_machine.travel(real):
        yield


@pytest.fixture(autouse=True)
def on_this_machine(settings) -> None:
    settings.FETCH_PRIVATE_ADDRESSES = True
    openid.forget()


@pytest.fixture
def hospital():
    return OrganisationFactory(name="Ziekenhuis De Linde", slug="de-linde", verified_at=NOW)


@pytest.fixture
def own(hospital, provider):
    """The own sign-in of the hospital."""
    boss = member(hospital, Role.ADMINISTRATOR)
    save_own_sign_in(
        organisation=hospital, issuer=provider.issuer, client_id="aimz", secret="geheim van de linde",
        domains=["linde.example"], asks_second_step=False, by=boss, now=NOW,
    )  # fmt: skip
    return OwnSignIn.objects.get()


def editor(hospital, **fields):
    """An editor without a second factor."""
    user = UserFactory(email=EMAIL, **fields)
    Membership.objects.create(user=user, organisation=hospital, role=Role.EDITOR, since=NOW)
    return user


# --- Signing in ------------------------------------------------------------------------------------------------------


def test_colleague_signs_in_there_and_works_here(client, hospital, own, provider):
    user = editor(hospital)
    provider.knows("anna", email=EMAIL, email_verified=True)

    answer = provider.sign_in(client, "de-linde", "anna")

    assert (answer.status_code, answer.headers["Location"]) == (302, "/werk/")
    assert is_signed_in(client)
    assert SocialAccount.objects.get(user=user).extra_data == {}
    ways = AuditEvent.objects.get(kind="account.signed_in").data["ways"]
    assert ways == ["socialaccount"]


def test_it_works_from_the_english_pages_too(client, hospital, own, provider):
    editor(hospital)
    provider.knows("anna", email=EMAIL, email_verified=True)
    begun = client.get("/en/account/aanmelden/organisatie/de-linde/")

    assert "aimz.example%2Faccount%2Faanmelden" in begun.headers["Location"]


def test_it_leads_to_the_page_that_was_asked_and_nowhere_else(client, hospital, own, provider):
    editor(hospital)
    provider.knows("anna", email=EMAIL, email_verified=True)

    here = provider.sign_in(client, "de-linde", "anna", next="/werk/toepassingen/")
    elsewhere = provider.sign_in(StrictClient(), "de-linde", "anna", next="https://elders.example/")

    assert (here.headers["Location"], elsewhere.headers["Location"]) == ("/werk/toepassingen/", "/werk/")


def test_session_has_another_key_afterwards(client, hospital, own, provider):
    editor(hospital)
    provider.knows("anna", email=EMAIL, email_verified=True)
    client.get("/account/aanmelden/organisatie/de-linde/")
    before = client.session.session_key

    provider.sign_in(client, "de-linde", "anna")

    assert client.session.session_key != before


def test_second_time_the_number_of_the_person_is_enough(client, hospital, own, provider):
    editor(hospital)
    provider.knows("anna", email=EMAIL, email_verified=True)
    provider.sign_in(client, "de-linde", "anna")
    provider.knows("anna", email="anna.nieuw@linde.example", email_verified=True)
    other = StrictClient()

    provider.sign_in(other, "de-linde", "anna")

    assert is_signed_in(other)


@pytest.mark.parametrize("claims", [
    {"email": EMAIL, "email_verified": False},
    {"email": EMAIL, "email_verified": "true"},
    {"email": EMAIL, "email_verified": "false"},
    {"email": EMAIL, "email_verified": 1},
    {"email": EMAIL},
    {"email_verified": True},
    {"email": [EMAIL], "email_verified": True},
    {"email": "anna@elders.example", "email_verified": True},
    {"email": "anna@kwaad.linde.example", "email_verified": True},
    {"email": "niemand@linde.example", "email_verified": True},
])  # fmt: skip
def test_whoever_is_not_vouched_for_stays_outside(client, hospital, own, provider, claims):
    editor(hospital)
    number = User.objects.count()
    provider.knows("wie", **claims)

    answer = provider.sign_in(client, "de-linde", "wie")

    assert answer.status_code in {403, 401, 502}
    assert not is_signed_in(client)
    assert User.objects.count() == number
    assert not SocialAccount.objects.exists()


def test_account_of_somebody_who_works_elsewhere_is_not_opened(client, hospital, own, provider):
    UserFactory(email=EMAIL)
    provider.knows("anna", email=EMAIL, email_verified=True)

    answer = provider.sign_in(client, "de-linde", "anna")

    assert answer.status_code == 403
    assert "uitnodiging" in answer.text


def test_who_left_cannot_sign_in_this_way_any_more(client, hospital, own, provider):
    user = editor(hospital)
    provider.knows("anna", email=EMAIL, email_verified=True)
    provider.sign_in(client, "de-linde", "anna")
    Membership.objects.filter(user=user).delete()

    assert provider.sign_in(StrictClient(), "de-linde", "anna").status_code == 403


def test_address_that_was_given_to_somebody_else_opens_nothing(client, hospital, own, provider):
    editor(hospital)
    provider.knows("anna", email=EMAIL, email_verified=True)
    provider.sign_in(client, "de-linde", "anna")
    provider.knows("anna2", email=EMAIL, email_verified=True)

    answer = provider.sign_in(StrictClient(), "de-linde", "anna2")

    assert answer.status_code == 403
    assert "iemand anders" in answer.text


# --- The second step -------------------------------------------------------------------------------------------------


def test_second_step_of_ours_is_asked_after_it(client, hospital, own, provider):
    user = with_factor(editor(hospital))
    provider.knows("anna", email=EMAIL, email_verified=True, amr=["pwd", "mfa"])

    answer = provider.sign_in(client, "de-linde", "anna")
    assert answer.headers["Location"] == reverse("mfa_authenticate")
    assert not is_signed_in(client)
    second_step(client, code_of(user))

    assert is_signed_in(client)


def test_heavy_role_without_a_factor_is_led_to_set_one_up(client, hospital, own, provider):
    user = editor(hospital)
    Membership.objects.create(user=user, organisation=hospital, role=Role.PUBLISHER, since=NOW)
    provider.knows("anna", email=EMAIL, email_verified=True, amr=["mfa"])

    provider.sign_in(client, "de-linde", "anna")

    assert client.get("/werk/").headers["Location"] == reverse("mfa_index")


@pytest.mark.parametrize(("claims", "is_enough"), [
    ({"amr": ["pwd", "mfa"]}, True), ({"acr": "https://refeds.org/profile/mfa"}, True),
    ({"amr": ["pwd"]}, False), ({"amr": "mfa"}, False), ({"acr": "mfa"}, False), ({}, False),
])  # fmt: skip
def test_word_of_the_organisation_is_taken_when_it_was_asked_to_give_it(
    client, hospital, own, provider, claims, is_enough
):
    OwnSignIn.objects.update(asks_second_step=True)
    user = editor(hospital)
    Membership.objects.create(user=user, organisation=hospital, role=Role.PUBLISHER, since=NOW)
    provider.knows("anna", email=EMAIL, email_verified=True, **claims)

    provider.sign_in(client, "de-linde", "anna")

    assert (client.get("/werk/").status_code == 200) == is_enough
    assert says_second_step(claims) == is_enough


def test_word_of_one_organisation_says_nothing_for_another(client, hospital, own, provider):
    OwnSignIn.objects.update(asks_second_step=True)
    user = with_factor(editor(hospital))
    Membership.objects.create(user=user, organisation=OrganisationFactory(), role=Role.PUBLISHER, since=NOW)
    provider.knows("anna", email=EMAIL, email_verified=True, amr=["mfa"])

    answer = provider.sign_in(client, "de-linde", "anna")

    assert answer.headers["Location"] == reverse("mfa_authenticate")


def test_who_works_elsewhere_too_needs_a_factor_of_ours_to_sign_in_this_way(client, hospital, own, provider):
    user = editor(hospital)
    Membership.objects.create(user=user, organisation=OrganisationFactory(), role=Role.EDITOR, since=NOW)
    provider.knows("anna", email=EMAIL, email_verified=True)

    answer = provider.sign_in(client, "de-linde", "anna")

    assert answer.status_code == 403
    assert "ook voor een ander" in answer.text


# --- What may go wrong on the way ------------------------------------------------------------------------------------


def test_answer_without_its_beginning_signs_nobody_in(client, hospital, own, provider):
    editor(hospital)
    provider.knows("anna", email=EMAIL, email_verified=True)
    begun = StrictClient().get("/account/aanmelden/organisatie/de-linde/").headers["Location"]
    there = requests.post(begun, data={"sub": "anna"}, allow_redirects=False, timeout=5)
    query = there.headers["Location"].partition("?")[2]

    answer = client.get(f"/account/aanmelden/organisatie/de-linde/terug/?{query}")

    assert answer.status_code == 401
    assert not is_signed_in(client)


def test_who_stops_there_is_told_so(client, hospital, own, provider):
    begun = client.get("/account/aanmelden/organisatie/de-linde/").headers["Location"]
    there = requests.post(begun, data={"action": "deny"}, allow_redirects=False, timeout=5)
    state = parse_qs(urlsplit(begun).query)["state"][0]  # this provider forgets to give it back
    query = f"{there.headers['Location'].partition('?')[2]}&state={state}"

    answer = client.get(f"/account/aanmelden/organisatie/de-linde/terug/?{query}")

    assert answer.headers["Location"] == reverse("socialaccount_login_cancelled")


def test_code_works_once(client, hospital, own, provider):
    editor(hospital)
    provider.knows("anna", email=EMAIL, email_verified=True)
    begun = client.get("/account/aanmelden/organisatie/de-linde/").headers["Location"]
    there = requests.post(begun, data={"sub": "anna"}, allow_redirects=False, timeout=5)
    place = f"/account/aanmelden/organisatie/de-linde/terug/?{there.headers['Location'].partition('?')[2]}"
    client.get(place)
    client.post(reverse("account_logout"))

    client.get(place)

    assert not is_signed_in(client)


def test_signing_in_never_links_the_account_of_who_is_signed_in(client, hospital, own, provider):
    other = UserFactory()
    sign_in(client, other)
    editor(hospital)
    provider.knows("anna", email=EMAIL, email_verified=True)

    provider.sign_in(client, "de-linde", "anna", process="connect")

    assert not SocialAccount.objects.filter(user=other).exists()


def test_provider_that_does_not_answer_is_said(client, hospital, own):
    OwnSignIn.objects.update(issuer="http://localhost:9")

    answer = client.get("/account/aanmelden/organisatie/de-linde/")

    assert answer.status_code == 502
    assert "probeer het" in answer.text.lower()


# --- Setting it up ---------------------------------------------------------------------------------------------------


def form(provider, **other):
    return {"issuer": provider.issuer, "client_id": "aimz", "secret": "geheim", "domains": "linde.example", **other}


def test_administrator_sets_it_up_and_the_secret_is_never_shown(client, hospital, provider):
    sign_in(client, member(hospital, Role.ADMINISTRATOR))
    place = reverse("organisation-sign-in", args=["de-linde"])

    client.post(place, form(provider, domains="@Linde.example, umc.example"))

    kept = OwnSignIn.objects.get()
    assert (kept.domains, unseal(kept.sealed_secret)) == (["linde.example", "umc.example"], "geheim")
    assert "geheim" not in kept.sealed_secret
    assert 'geheim"' not in client.get(place).text
    assert "geheim" not in str(list(AuditEvent.objects.values()))


def test_secret_stays_when_nothing_is_typed(client, hospital, own, provider):
    sign_in(client, member(hospital, Role.ADMINISTRATOR))

    client.post(reverse("organisation-sign-in", args=["de-linde"]), form(provider, secret="", client_id="anders"))

    own.refresh_from_db()
    assert (own.client_id, unseal(own.sealed_secret)) == ("anders", "geheim van de linde")


@pytest.mark.parametrize("wrong", [
    {"secret": ""}, {"issuer": "http://localhost:9"}, {"issuer": "geen adres"}, {"client_id": ""}, {"domains": "x y"},
    {"domains": ""}, {"issuer": "ftp://localhost/"},
])  # fmt: skip
def test_mistake_is_told_and_nothing_is_kept(client, hospital, provider, wrong):
    sign_in(client, member(hospital, Role.ADMINISTRATOR))

    answer = client.post(reverse("organisation-sign-in", args=["de-linde"]), form(provider, **wrong))

    assert answer.status_code == 422
    assert not OwnSignIn.objects.exists()


def test_organisation_that_was_not_checked_cannot(client, provider):
    hospital = OrganisationFactory(slug="de-eik")
    sign_in(client, member(hospital, Role.ADMINISTRATOR))

    assert client.get(reverse("organisation-sign-in", args=["de-eik"])).status_code == 403


def test_administrator_of_the_portal_can_help(client, hospital, provider):
    sign_in(client, on_duty(PortalRole.ADMINISTRATOR))

    client.post(reverse("organisation-sign-in", args=["de-linde"]), form(provider))

    assert OwnSignIn.objects.exists()


def document(issuer, **other):
    return json.dumps({
        "issuer": issuer, "authorization_endpoint": f"{issuer}/a", "token_endpoint": f"{issuer}/t",
        "jwks_uri": f"{issuer}/k", **other,
    }).encode()  # fmt: skip


@pytest.mark.parametrize("body", [
    document("https://elders.example"), b"", b"[]", b"{}", b"{", b'{"issuer": 3}', b"[" * 100_000,
])  # fmt: skip
def test_document_in_another_form_is_no_provider(body):
    with answering(body=body) as address, pytest.raises(ProviderFault):
        discover(address)


def test_document_may_name_no_address_without_https(settings):
    config = json.loads(document("https://linde.example", token_endpoint="http://linde.example/t"))

    settings.FETCH_PRIVATE_ADDRESSES = False

    assert [_may_be_asked(config[name]) for name in ("authorization_endpoint", "token_endpoint")] == [True, False]


def test_provider_that_sends_us_on_is_no_provider():
    with (
        answering(body=b"{}") as other,
        answering(status=302, headers={"Location": other}) as address,
        pytest.raises(ProviderFault),
    ):
        discover(address)


def test_private_address_is_not_asked_in_production(provider, settings):
    settings.FETCH_PRIVATE_ADDRESSES = False

    with pytest.raises(ProviderFault):
        discover(provider.issuer)
    with pytest.raises(ProviderFault):
        discover(provider.issuer.replace("http:", "https:"))


def test_sign_in_page_says_that_it_is_there(client, own):
    assert reverse("account_organisations") in client.get(reverse("account_login")).text
    assert "Ziekenhuis De Linde" in client.get(reverse("account_organisations")).text
