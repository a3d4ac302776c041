"""Whoever can publish, decide or administer has a second factor, on every door, and keeps one."""

import json
import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import mail
from django.urls import reverse

from portal.accounts.models import PortalRole
from portal.accounts.second_factor import is_enough
from portal.audit.models import AuditEvent
from portal.organisations.models import Membership
from portal.organisations.roles import HEAVY, Role
from tests.conftest import NOW, StrictClient
from tests.factories.organisations import OrganisationFactory
from tests.factories.people import UserFactory, member, on_duty
from tests.support.addresses import PRIVATE
from tests.support.html import soup
from tests.support.passkeys import Passkey
from tests.support.signing_in import code_of, first_step, is_signed_in, sign_in

pytestmark = pytest.mark.django_db

WORK = ["work", "transparency:work-entries", "organisations", "portal-organisations", "portal-people"]


def with_role(role):
    """Somebody with a heavy role who has not set up anything."""
    user = UserFactory()
    Membership.objects.create(user=user, organisation=OrganisationFactory(), role=role, since=NOW)
    return user


def ask_for_a_code(client, user):
    """The set-up page of the app, and the code that belongs to it."""
    page = soup(client.get(reverse("mfa_activate_totp")))
    secret = page.select_one(".set-up__secret").text
    return page, format_hotp_value(hotp_value(secret, int(NOW.timestamp()) // 30))


# --- Every door ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", HEAVY)
@pytest.mark.parametrize("name", WORK)
def test_heavy_role_without_a_factor_is_led_to_set_one_up(client, role, name):
    sign_in(client, with_role(role))

    answer = client.get(reverse(name))

    assert (answer.status_code, answer.headers["Location"]) == (302, reverse("mfa_index"))


@pytest.mark.parametrize("role", PortalRole)
def test_role_for_the_portal_without_a_factor_is_led_to_set_one_up(client, role):
    user = on_duty(role)
    Authenticator.objects.filter(user=user).delete()
    sign_in(client, user)

    assert client.get("/werk/").headers["Location"] == reverse("mfa_index")


def test_role_that_is_given_later_asks_for_a_factor_at_the_next_page(client):
    user = UserFactory()
    sign_in(client, user)
    assert client.get("/werk/").status_code == 200

    Membership.objects.create(user=user, organisation=OrganisationFactory(), role=Role.PUBLISHER, since=NOW)

    assert client.get("/werk/").headers["Location"] == reverse("mfa_index")


def test_editor_needs_none(client):
    user = UserFactory()
    Membership.objects.create(user=user, organisation=OrganisationFactory(), role=Role.EDITOR, since=NOW)
    sign_in(client, user)

    assert client.get("/werk/").status_code == 200


def test_every_page_of_the_workspace_is_behind_the_second_factor():
    early = {name for name, pattern in PRIVATE.items() if getattr(pattern.callback, "before_second_factor", False)}
    for_everybody = {name for name, pattern in PRIVATE.items() if not getattr(pattern.callback, "login_required", True)}

    reachable = {name for name in early | for_everybody if not name.startswith(("account", "mfa_", "socialaccount_"))}

    # Those of participation are for whoever wants to reply, and links from a mail: who has the link, reads that mail.
    assert reachable == {
        "invitation", "leave-organisation", "openid_connect_callback", "openid_connect_login",
        "participation:candidacy-link", "participation:candidacy-new", "participation:candidacy-new-link",
        "participation:candidacy-sent", "participation:digest-stop", "participation:erased",
        "participation:meeting-answer-link", "participation:role-offer", "participation:sign-by-link", "postbox",
        "postbox-mail", "transparency:read",
        "usersessions_list",
    }  # fmt: skip


# --- Setting up ------------------------------------------------------------------------------------------------------


def test_road_from_the_first_sign_in_to_work(client):
    user = with_role(Role.PUBLISHER)
    sign_in(client, user)
    choice = client.get("/werk/", follow=True)
    assert [link["href"] for link in soup(choice).select(".ways__title a")] == [
        reverse("mfa_activate_totp"), reverse("mfa_add_webauthn"),
    ]  # fmt: skip
    page, code = ask_for_a_code(client, user)
    assert page.select_one("svg.qr path")

    codes = client.post(reverse("mfa_activate_totp"), {"code": code}, follow=True)
    assert len(soup(codes).select(".codes code")) == 10
    done = client.post(reverse("mfa_view_recovery_codes"))

    assert done.headers["Location"] == "/werk/"
    assert client.get("/werk/").status_code == 200
    assert "codes uit een app" in mail.outbox[-1].body
    kinds = AuditEvent.objects.filter(actor_id=user.pk).values_list("data__sort", flat=True)
    assert {"totp", "recovery_codes"} <= set(kinds)


def test_wrong_code_keeps_the_same_qr_code(client):
    user = with_role(Role.PUBLISHER)
    sign_in(client, user)
    page, _code = ask_for_a_code(client, user)

    again = client.post(reverse("mfa_activate_totp"), {"code": "000000"})

    assert again.status_code == 422
    assert soup(again).select_one(".set-up__secret").text == page.select_one(".set-up__secret").text


def test_emergency_codes_are_shown_until_they_are_kept_and_never_again(client):
    user = with_role(Role.PUBLISHER)
    sign_in(client, user)
    _page, code = ask_for_a_code(client, user)
    client.post(reverse("mfa_activate_totp"), {"code": code})
    there, file = reverse("mfa_view_recovery_codes"), reverse("mfa_download_recovery_codes")
    shown = soup(client.get(there)).select(".codes code")
    assert [one.text for one in shown] == re.findall(r"^\d{8}$", client.get(file).text, re.MULTILINE)

    client.post(there)

    assert soup(client.get(there)).select(".codes code") == []
    assert "nog 10 noodcodes" in client.get(there).text
    assert client.get(file).status_code == 404


def test_new_emergency_codes_replace_the_old_ones(client):
    user = member(OrganisationFactory(), Role.PUBLISHER)
    sign_in(client, user)
    client.post(reverse("mfa_generate_recovery_codes"))
    first = [one.text for one in soup(client.get(reverse("mfa_view_recovery_codes"))).select(".codes code")]

    client.post(reverse("mfa_generate_recovery_codes"))

    second = [one.text for one in soup(client.get(reverse("mfa_view_recovery_codes"))).select(".codes code")]
    assert set(first) & set(second) == set()


def test_page_to_set_up_a_passkey_asks_the_browser_and_holds_no_script(client):
    sign_in(client, with_role(Role.PUBLISHER))

    form = soup(client.get(reverse("mfa_add_webauthn"))).select_one("form[data-passkey=create]")

    assert '"challenge"' in form["data-options"]
    assert '"AI in mijn zorg"' in form["data-options"]


@pytest.mark.parametrize("name", ["mfa_add_webauthn", "mfa_reauthenticate_webauthn"])
@pytest.mark.parametrize("credential", ["", "null", "[]", "{}", '"x"', "7", '{"id": []}', '{"response": 3}', "{" * 5000,
                                        '{"id":"eA","rawId":"eA","type":"public-key","response":{}}'])  # fmt: skip
def test_answer_of_a_passkey_in_another_form_is_a_wrong_answer(client, name, credential):
    user = member(OrganisationFactory(), Role.PUBLISHER)
    sign_in(client, user)
    with_passkey(client, user)
    client.get(reverse(name))

    answer = client.post(reverse(name), {"name": "x", "credential": credential})

    assert answer.status_code == 422


@pytest.mark.parametrize("credential", ["", "null", "[]", "{}", '"x"', '{"response": {"userHandle": 3}}',
                                        '{"response": {"userHandle": "AAAA"}}'])  # fmt: skip
def test_passkey_in_another_form_signs_nobody_in(client, credential):
    client.get(reverse("mfa_login_webauthn"), headers={"Accept": "application/json"})

    answer = client.post(reverse("mfa_login_webauthn"), {"credential": credential})

    assert (answer.status_code, answer.headers["Location"]) == (302, reverse("account_login"))
    assert not is_signed_in(client)


def options_of(client, name):
    """What the page `name` asks of a passkey."""
    form = soup(client.get(reverse(name))).select_one("form[data-passkey]")
    return json.loads(form["data-options"])


def with_passkey(client, user):
    """`user`, who is signed in, sets up a passkey; it and its number."""
    key = Passkey()
    answer = key.create(options_of(client, "mfa_add_webauthn"))
    client.post(reverse("mfa_add_webauthn"), {"name": "telefoon", "credential": answer, "passwordless": "on"})
    return key, Authenticator.objects.get(user=user, type="webauthn")


def test_passkey_counts_as_the_second_factor(client):
    user = with_role(Role.PUBLISHER)
    sign_in(client, user)

    with_passkey(client, user)

    assert client.get("/werk/").status_code == 200


def test_passkey_is_asked_after_the_password(client):
    user = with_role(Role.PUBLISHER)
    sign_in(client, user)
    key, _kept = with_passkey(client, user)
    other = StrictClient()
    first_step(other, user)
    assert not is_signed_in(other)

    other.post(reverse("mfa_authenticate"), {"credential": key.get(options_of(other, "mfa_authenticate"))})

    assert is_signed_in(other)


def test_passkey_alone_signs_in(client):
    user = with_role(Role.PUBLISHER)
    sign_in(client, user)
    key, _kept = with_passkey(client, user)
    other = StrictClient()
    asked = other.get(reverse("mfa_login_webauthn"), headers={"Accept": "application/json"}).json()

    other.post(reverse("mfa_login_webauthn"), {"credential": key.get(asked["request_options"])})

    assert is_signed_in(other)
    assert other.get("/werk/").status_code == 200


def test_passkey_of_another_site_does_not_sign_in(client, monkeypatch):
    user = with_role(Role.PUBLISHER)
    sign_in(client, user)
    key, _kept = with_passkey(client, user)
    other = StrictClient()
    first_step(other, user)
    monkeypatch.setattr("tests.support.passkeys.ORIGIN", "https://elders.example")

    answer = other.post(reverse("mfa_authenticate"), {"credential": key.get(options_of(other, "mfa_authenticate"))})

    assert answer.status_code == 422
    assert not is_signed_in(other)


def test_answer_of_a_passkey_works_once(client):
    user = with_role(Role.PUBLISHER)
    sign_in(client, user)
    key, _kept = with_passkey(client, user)
    other = StrictClient()
    first_step(other, user)
    answer = key.get(options_of(other, "mfa_authenticate"))
    other.post(reverse("mfa_authenticate"), {"credential": answer})
    third = StrictClient()
    first_step(third, user)
    third.get(reverse("mfa_authenticate"))

    assert third.post(reverse("mfa_authenticate"), {"credential": answer}).status_code == 422


# --- Keeping one -----------------------------------------------------------------------------------------------------


def test_last_factor_of_a_heavy_role_stays(client):
    user = member(OrganisationFactory(), Role.PUBLISHER)
    sign_in(client, user)

    assert "moet een tweede stap houden" in client.get(reverse("mfa_deactivate_totp")).text
    client.post(reverse("mfa_deactivate_totp"))

    assert Authenticator.objects.filter(user=user, type="totp").exists()


def test_last_passkey_of_a_heavy_role_stays(client):
    user = member(OrganisationFactory(), Role.PUBLISHER)
    sign_in(client, user)
    _key, key = with_passkey(client, user)
    Authenticator.objects.filter(user=user, type="totp").delete()

    assert "moet een tweede stap houden" in client.get(reverse("mfa_remove_webauthn", args=[key.pk])).text
    client.post(reverse("mfa_remove_webauthn", args=[key.pk]))

    assert Authenticator.objects.filter(pk=key.pk).exists()


def test_one_of_two_may_go(client):
    user = member(OrganisationFactory(), Role.PUBLISHER)
    sign_in(client, user)
    _key, key = with_passkey(client, user)

    client.post(reverse("mfa_remove_webauthn", args=[key.pk]))
    assert not Authenticator.objects.filter(pk=key.pk).exists()
    client.post(reverse("mfa_deactivate_totp"))

    assert Authenticator.objects.filter(user=user, type="totp").exists()


def test_who_needs_none_may_take_it_away(client):
    user = member(OrganisationFactory(), Role.EDITOR)
    sign_in(client, user)

    client.post(reverse("mfa_deactivate_totp"))

    assert not Authenticator.objects.filter(user=user).exists()


def test_passkey_of_somebody_else_is_not_there(client):
    other, other_client = UserFactory(), StrictClient()
    sign_in(other_client, other)
    _key, key = with_passkey(other_client, other)
    sign_in(client, member(OrganisationFactory(), Role.EDITOR))

    assert client.get(reverse("mfa_remove_webauthn", args=[key.pk])).status_code == 404
    assert client.post(reverse("mfa_edit_webauthn", args=[key.pk]), {"name": "mijn"}).status_code == 404


# --- Asking again ----------------------------------------------------------------------------------------------------


SENSITIVE = ["mfa_activate_totp", "mfa_add_webauthn", "mfa_generate_recovery_codes"]


@pytest.mark.parametrize("name", SENSITIVE)
def test_sensitive_page_opens_just_after_signing_in(client, name):
    sign_in(client, UserFactory())

    assert client.get(reverse(name)).status_code == 200


@pytest.mark.parametrize("name", SENSITIVE)
def test_sensitive_page_asks_again_after_ten_minutes(client, name, monkeypatch):
    user = UserFactory()
    sign_in(client, user)
    monkeypatch.setattr("portal.accounts.adapter.time.time", lambda: NOW.timestamp() + 601)

    asked = client.get(reverse(name))

    assert asked.headers["Location"].startswith(reverse("account_reauthenticate"))
    assert client.get(asked.headers["Location"]).status_code == 200


def test_another_address_asks_again_after_ten_minutes(client, monkeypatch):
    sign_in(client, UserFactory())
    monkeypatch.setattr("portal.accounts.adapter.time.time", lambda: NOW.timestamp() + 601)

    asked = client.post(reverse("account_email"), {"email": "dief@elders.example", "action_add": ""})

    assert asked.headers["Location"].startswith(reverse("account_reauthenticate"))
    assert mail.outbox == []


def test_telling_who_you_are_leads_on_to_what_you_asked(client, monkeypatch):
    user = UserFactory()
    sign_in(client, user)
    with monkeypatch.context() as later:
        later.setattr("portal.accounts.adapter.time.time", lambda: NOW.timestamp() + 601)
        asked = client.get(reverse("mfa_activate_totp"))

    answer = client.post(asked.headers["Location"], {"password": "een lang geheim van vier woorden"})

    assert (answer.status_code, answer.headers["Location"]) == (302, reverse("mfa_activate_totp"))


# --- The word of an organisation -------------------------------------------------------------------------------------


def test_word_of_an_organisation_is_enough_for_its_own_people_only():
    group = OrganisationFactory()
    practice = OrganisationFactory(parent=group)
    elsewhere = OrganisationFactory()

    own = member(group, Role.PUBLISHER)
    below = member(practice, Role.ADMINISTRATOR, user=member(group, Role.EDITOR))
    both = member(elsewhere, Role.PUBLISHER, user=member(group, Role.PUBLISHER))
    light = member(elsewhere, Role.EDITOR, user=member(group, Role.PUBLISHER))
    portal = member(group, Role.PUBLISHER, user=on_duty(PortalRole.EDITORIAL))

    assert [is_enough(user, group.pk) for user in (own, below, both, light, portal)] == [True, True, False, True, False]


def test_second_step_of_one_browser_says_nothing_about_another(client):
    user = member(OrganisationFactory(), Role.PUBLISHER)
    sign_in(client, user)
    other = StrictClient()
    first_step(other, user)

    assert not is_signed_in(other)
    assert code_of(user)
