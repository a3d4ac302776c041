"""A colleague is invited, sets up a second step and works; with and without JavaScript, and with a passkey."""

import re
import time
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Page, ViewportSize, expect

from tests.support.browser_keys import never_reached, stops
from tests.support.browser_looks import Ear, sticking_out, violations

SIGN_IN = "/account/aanmelden/"
BOSS = "Voorbeeld Beheerder De Linde"
PORTAL = "Voorbeeld Beheer Portaal"
PEOPLE = "/werk/organisatie/voorbeeldziekenhuis-de-linde/mensen/"
PASSWORD = "vier losse woorden samen"
WIDTHS: tuple[ViewportSize, ...] = (
    {"width": 1280, "height": 900}, {"width": 375, "height": 700}, {"width": 320, "height": 640},
)  # fmt: skip


def as_example(page: Page, name: str) -> None:
    """Sign in with one click."""
    page.goto(SIGN_IN)
    page.get_by_role("button", name=name, exact=True).click()
    expect(page.get_by_role("heading", level=1, name="Mijn werk")).to_be_visible()


def invite(page: Page, email: str, *roles: str) -> str:
    """Ask somebody, and read the mail in the postbox; the link in it."""
    as_example(page, BOSS)
    page.goto(PEOPLE)
    page.get_by_label("Mailadres").fill(email)
    for role in roles:
        page.get_by_label(re.compile(rf"^{role}\.")).check()
    page.get_by_role("button", name="Stuur de uitnodiging").click()
    expect(page.get_by_role("status")).to_contain_text(f"verstuurd aan {email}")
    page.goto("/postbus/")
    page.locator(".rows__row", has_text=email).first.get_by_role("link").click()
    link = page.locator(".mail a", has_text="/account/uitnodiging/").get_attribute("href")
    assert link is not None
    return link


def join(page: Page, link: str, name: str) -> None:
    """Make an account."""
    page.goto(link)
    page.get_by_label("Uw naam").fill(name)
    page.get_by_label("Kies een wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Maak mijn account").click()


def code(secret: str) -> str:
    """What the app with this secret shows now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def set_up_app(page: Page) -> str:
    """Set up an app for codes and keep the emergency codes; the secret of the app."""
    page.get_by_role("link", name="Een app op uw telefoon").click()
    secret = page.locator(".set-up__secret").inner_text()
    page.get_by_label("De code in uw app").fill(code(secret))
    page.get_by_role("button", name="Zet de app aan").click()
    expect(page.locator(".codes code")).to_have_count(10)
    page.get_by_role("button", name="Ik heb de codes bewaard").click()
    return secret


@pytest.mark.parametrize("has_script", [True, False], ids=["script", "no-script"])
def test_invited_colleague_sets_up_a_second_step_and_works(new_context: Any, has_script: bool):
    boss = new_context(java_script_enabled=has_script).new_page()
    colleague = new_context(java_script_enabled=has_script).new_page()
    email = f"nieuw-{has_script}@linde.example".lower()
    link = invite(boss, email, "Schrijver", "Publiceerder")

    join(colleague, link, "Nieuwe Collega")
    expect(colleague.get_by_role("heading", level=1)).to_have_text("Stel een tweede stap in")
    colleague.goto("/werk/toepassingen/")
    expect(colleague.get_by_role("heading", level=1)).to_have_text("Stel een tweede stap in")
    secret = set_up_app(colleague)
    expect(colleague.get_by_role("heading", level=1)).to_have_text("Mijn werk")
    expect(colleague.locator(".work-bar")).to_contain_text("Voorbeeldziekenhuis De Linde")

    colleague.get_by_role("button", name="Uitloggen").click()
    colleague.goto("/werk/")
    colleague.get_by_label("Uw mailadres").fill(email)
    colleague.get_by_label("Uw wachtwoord").fill(PASSWORD)
    colleague.get_by_role("button", name="Inloggen", exact=True).click()
    colleague.get_by_label("De code uit uw app").fill("000000")
    colleague.get_by_role("button", name="Inloggen", exact=True).click()
    expect(colleague.get_by_role("alert").first).to_contain_text("klopt niet")
    colleague.get_by_label("De code uit uw app").fill(code(secret))
    colleague.get_by_role("button", name="Inloggen", exact=True).click()
    expect(colleague.get_by_role("heading", level=1)).to_have_text("Mijn werk")

    colleague.goto(link)
    expect(colleague.get_by_role("heading", level=1)).to_have_text("Deze uitnodiging werkt niet meer")


def test_administrator_changes_roles_and_sees_it_in_the_log(new_context: Any, plain: Page):
    colleague = new_context(java_script_enabled=False).new_page()
    join(colleague, invite(plain, "rol@linde.example", "Schrijver"), "Rolf Rol")
    expect(colleague.get_by_role("heading", level=1)).to_have_text("Mijn werk")

    plain.goto(PEOPLE)
    plain.get_by_role("link", name="Verander Rolf Rol").click()
    plain.get_by_label(re.compile(r"^Publiceerder\.")).check()
    plain.get_by_role("button", name="Bewaar de rollen").click()
    expect(plain.get_by_role("status")).to_contain_text("De rollen zijn veranderd")
    colleague.goto("/werk/")
    expect(colleague.get_by_role("heading", level=1)).to_have_text("Stel een tweede stap in")

    plain.goto("/werk/organisatie/voorbeeldziekenhuis-de-linde/logboek/?over=mensen")
    expect(plain.locator("tbody tr").first).to_contain_text("Een collega kreeg andere rollen. Rolf Rol")


def with_authenticator(page: Page) -> None:
    """Give the browser a device that knows who touches it (Chromium's virtual authenticator)."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }})  # fmt: skip


def test_passkey_is_set_up_and_signs_in_by_itself(new_context: Any, base_url: str):
    boss, page = new_context().new_page(), new_context().new_page()
    ear = Ear(page, base_url)
    with_authenticator(page)
    page.goto(invite(boss, "sleutel@linde.example", "Publiceerder"))
    page.get_by_label("Uw naam").fill("Sara Sleutel")
    page.get_by_label(re.compile("Met een passkey")).check()
    page.get_by_role("button", name="Maak mijn account").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Een passkey instellen")
    page.get_by_role("button", name="Maak de passkey").click()
    expect(page.locator(".codes code")).to_have_count(10)
    page.get_by_role("button", name="Ik heb de codes bewaard").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mijn werk")

    page.get_by_role("button", name="Uitloggen").click()
    page.goto(SIGN_IN)
    page.get_by_role("button", name="Inloggen met een passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mijn werk")
    expect(page.locator(".work-bar")).to_contain_text("Sara Sleutel")
    assert ear.complaints == []


def test_without_a_script_no_button_asks_for_a_passkey(plain: Page):
    plain.goto(SIGN_IN)
    expect(plain.get_by_role("button", name="Inloggen met een passkey")).to_be_hidden()

    as_example(plain, BOSS)
    plain.goto("/account/tweede-stap/passkeys/nieuw/")

    expect(plain.get_by_role("button", name="Maak de passkey")).to_be_hidden()
    expect(plain.get_by_text("Kies dan een app")).to_be_visible()


def test_session_elsewhere_is_ended(new_context: Any):
    here, there = new_context().new_page(), new_context().new_page()
    as_example(here, "Voorbeeld Schrijver De Brug")
    as_example(there, "Voorbeeld Schrijver De Brug")

    here.goto("/account/sessies/")
    here.get_by_role("button", name="Meld mij overal af, behalve hier").click()

    there.goto("/werk/")
    expect(there.get_by_role("heading", level=1)).to_have_text("Inloggen")
    here.goto("/werk/")
    expect(here.get_by_role("heading", level=1)).to_have_text("Mijn werk")


# --- How it looks ----------------------------------------------------------------------------------------------------


ENTRANCE = [SIGN_IN, "/account/wachtwoord/vergeten/", "/account/wachtwoord/vergeten/verstuurd/",
            "/account/aanmelden/organisatie/", "/account/gestopt/", "/account/uitnodiging/verzonnen/",
            "/account/registreren/", "/account/mailadres/bevestigen/x/", "/account/wachtwoord/nieuw/1-x/",
            "/account/aanmelden/organisatie/fout/", "/postbus/", "/en/account/aanmelden/"]  # fmt: skip
INSIDE = ["/werk/", "/account/", "/account/sessies/", "/account/mailadres/", "/account/wachtwoord/",
          "/account/tweede-stap/", "/account/tweede-stap/passkeys/", "/account/tweede-stap/passkeys/nieuw/",
          "/account/tweede-stap/app/weg/", "/account/tweede-stap/noodcodes/nieuw/", "/account/afmelden/",
          "/account/opnieuw-aanmelden/", "/account/verlaten/voorbeeldziekenhuis-de-linde/",
          "/werk/organisatie/", PEOPLE, "/werk/organisatie/voorbeeldziekenhuis-de-linde/aanmelden/",
          "/werk/organisatie/voorbeeldziekenhuis-de-linde/logboek/", "/en/werk/"]  # fmt: skip
OF_PORTAL = ["/werk/portaal/organisaties/", "/werk/portaal/organisaties/?q=linde",
             "/werk/portaal/organisaties/voorbeeldziekenhuis-de-linde/",
             "/werk/portaal/organisaties/amsterdam-umc/", "/werk/portaal/mensen/"]  # fmt: skip


def faults(page: Page, addresses: list[str]) -> list[str]:
    """What is wrong with these pages, at every width."""
    found = []
    for address in addresses:
        page.goto(address)
        expect(page.locator("main h1")).to_have_count(1)
        for size in WIDTHS:
            page.set_viewport_size(size)
            found += [f"{address} {size['width']}: {fault}" for fault in [*violations(page), *sticking_out(page)]]
    return found


def test_pages_to_sign_in_break_no_rule(page: Page, base_url: str):
    ear = Ear(page, base_url)

    assert faults(page, ENTRANCE) == []
    assert ear.complaints == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_of_somebody_break_no_rule(page: Page, base_url: str, scheme: Any):
    page.emulate_media(color_scheme=scheme)
    ear = Ear(page, base_url)
    as_example(page, BOSS)

    assert faults(page, INSIDE) == []
    assert ear.complaints == []


def test_pages_of_the_portal_break_no_rule(page: Page):
    as_example(page, PORTAL)

    assert faults(page, OF_PORTAL) == []


def test_page_with_mistakes_breaks_no_rule_and_leads_to_each(page: Page):
    page.goto(SIGN_IN)
    page.get_by_label("Uw mailadres").fill("geen adres")
    page.get_by_role("button", name="Inloggen", exact=True).click()

    assert violations(page) == []
    page.get_by_role("link", name=re.compile("geen mailadres")).click()
    expect(page.get_by_label("Uw mailadres")).to_be_focused()
    expect(page.get_by_label("Uw mailadres")).to_have_value("geen adres")


@pytest.mark.parametrize("address", [SIGN_IN, PEOPLE, "/account/"])
def test_everything_is_reached_by_keyboard_and_seen(page: Page, address: str):
    if address != SIGN_IN:
        as_example(page, BOSS)
    page.goto(address)

    found = stops(page)

    assert [stop.label for stop in found if not stop.is_seen] == []
    assert never_reached(page) == []
