"""A hospital reads a list in, sees what it would do, takes it over and back, and makes a key; with and without script.

The job that reads files runs beside the server, as in production.
"""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, ViewportSize, expect

from tests.support.browser_looks import sticking_out, violations
from tests.support.browser_server import INSTALLATIONS, ROOT, stop
from tests.support.loaded import do_in

WIDTHS = (1280, 375, 320)
PASSWORD = "een lang geheim van vier woorden"
PEOPLE = """
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP
from django.utils import timezone
from portal.accounts.models import User
from portal.organisations.models import Membership, Organisation
hospital = Organisation.objects.get(slug="voorbeeldziekenhuis-de-linde")
for mail, roles in (("schrijver@e2e.example", ["EDITOR"]), ("beheerder@e2e.example", ["ADMINISTRATOR"])):
    user = User.objects.create_user(mail, "een lang geheim van vier woorden", name=mail.partition("@")[0].title())
    EmailAddress.objects.create(user=user, email=mail, verified=True, primary=True)
    TOTP.activate(user, "JBSWY3DPEHPK3PXP")
    for role in roles:
        Membership.objects.create(user=user, organisation=hospital, role=role, since=timezone.now())
"""
SESSION = """
import sys
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from portal.accounts.models import User
user = User.objects.get(email={mail!r})
session = SessionStore()
session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(user.pk), settings.AUTHENTICATION_BACKENDS[0]
session[HASH_SESSION_KEY] = user.get_session_auth_hash()
session.create()
sys.stdout.write(session.session_key)
"""
HEAD = "naam;organisatie;In het kort;Wat kan er misgaan?\n"
ROWS = HEAD + (
    "Botkijker;Voorbeeldziekenhuis De Linde;De computer kijkt mee naar foto’s.;De computer kan iets missen.\n"
    "Longkijker;Voorbeeldziekenhuis De Linde;De computer kijkt mee naar longfoto’s.;De computer kan iets missen.\n"
    "Van een ander;Ziekenhuis Elders;Kort.;Weinig.\n"
)


@pytest.fixture(scope="module")
def env(base_url: str) -> dict[str, str]:
    """The environment of the installation that is served."""
    if base_url not in INSTALLATIONS:
        pytest.skip("these journeys need a server of the tests")
    return INSTALLATIONS[base_url]


def shell(env: dict[str, str], code: str) -> str:
    """What a piece of Python says on the installation."""
    return do_in(env, code)


@pytest.fixture(scope="module", autouse=True)
def job(env: dict[str, str]) -> Iterator[None]:
    """The people of the hospital, and the job beside the server."""
    shell(env, PEOPLE)
    running = subprocess.Popen(
        [sys.executable, "manage.py", "run_jobs", "--loop"], cwd=ROOT, env=env, start_new_session=True
    )  # fmt: skip
    yield
    stop(running)


@pytest.fixture
def signed_in(base_url: str, env: dict[str, str], new_context: Callable[..., BrowserContext]) -> Callable[..., Page]:
    """A page of somebody who signed in; `script`: with JavaScript."""

    def open_for(mail: str, *, script: bool = True) -> Page:
        # a cookie of this name is for safe addresses only, and to Chromium this machine is one
        context = new_context(java_script_enabled=script)
        cookie = {
            "name": "__Host-sessionid",
            "value": shell(env, SESSION.format(mail=mail)),
            "url": base_url.replace("http:", "https:"),
        }
        context.add_cookies([{**cookie, "secure": True, "httpOnly": True}])
        return context.new_page()

    return open_for


def looked_at(page: Page, name: str) -> None:
    """The page breaks no rule and fits at every width; with PICTURES it is kept to look at."""
    wide = page.viewport_size
    faults = []
    for width in WIDTHS:
        size: ViewportSize = {"width": width, "height": 800}
        page.set_viewport_size(size)
        faults += [f"{width} px: {fault}" for fault in [*violations(page), *sticking_out(page)]]
        if folder := os.environ.get("PICTURES"):
            page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)
    page.set_viewport_size(wide or {"width": 1280, "height": 900})
    assert faults == []


def until_read(page: Page) -> None:
    """Wait for the job: with a script the page asks by itself, without one the reader does."""
    link = page.get_by_role("link", name="Kijk hoe ver het is")
    for _turn in range(60):
        if not link.count():
            return
        if page.evaluate("typeof htmx === 'object'"):
            page.wait_for_timeout(500)
        else:
            page.wait_for_timeout(500)
            link.click()
    raise AssertionError("the job did not come")


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_list_is_read_looked_at_taken_over_and_taken_back(signed_in: Callable[..., Page], tmp_path: Path, script: bool):
    page = signed_in("schrijver@e2e.example", script=script)
    file = tmp_path / f"lijst-{script}.csv"
    file.write_text(ROWS, encoding="utf-8-sig")

    page.goto("/werk/inlezen/")
    if script:
        looked_at(page, "inlezen")
    page.get_by_label("Bestand").set_input_files(file)
    page.get_by_role("button", name="Stuur het bestand in").click()
    until_read(page)

    expect(page.get_by_text("Er is nog niets veranderd. Hieronder")).to_be_visible()
    expect(page.locator(".bulk-lines__line")).to_have_count(1)
    expect(page.locator(".bulk-lines__line")).to_contain_text("Deze regel is van een andere organisatie")
    page.get_by_role("link", name=re.compile("Alle regels")).click()
    expect(page.locator(".bulk-lines__line")).to_have_count(3)
    if script:
        looked_at(page, "bekijken")

    page.get_by_role("button", name="Neem over").click()
    expect(page.get_by_text("Er is 1 regel niet goed.")).to_be_visible()
    page.get_by_label("Sla 1 regel over").check()
    page.get_by_role("button", name="Neem over").click()
    until_read(page)
    expect(page.get_by_text("Het bestand is overgenomen op")).to_be_visible()
    if script:
        looked_at(page, "overgenomen")

    page.get_by_role("button", name="Draai terug").click()
    until_read(page)
    expect(page.get_by_text("Het overnemen is teruggedraaid op")).to_be_visible()


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_shorter_name_of_the_hospital_is_asked_once(signed_in: Callable[..., Page], tmp_path: Path, script: bool):
    page = signed_in("schrijver@e2e.example", script=script)
    file = tmp_path / f"kort-{script}.csv"
    file.write_text(f"Naam;Ziekenhuis\nHulp {script};De Linde\nKijker {script};de linde\n", encoding="utf-8")

    page.goto("/werk/")
    page.get_by_role("main").get_by_role("link", name="Lees een bestand in").click()
    page.get_by_label("Bestand").set_input_files(file)
    page.get_by_role("button", name="Stuur het bestand in").click()
    until_read(page)
    if script:
        looked_at(page, "vraag")
    page.get_by_label("Ja. Neem alle 2 regels mee").check()
    page.get_by_role("button", name="Lees het bestand zo opnieuw").click()
    until_read(page)

    expect(page.get_by_text("Er komt een nieuwe toepassing")).to_have_count(2)
    if script:
        looked_at(page, "beantwoord")


def test_who_begins_reads_which_columns_there_are(signed_in: Callable[..., Page]):
    page = signed_in("schrijver@e2e.example")
    page.goto("/werk/inlezen/")
    page.locator("summary", has_text="Welke kolommen zijn er?").click()
    looked_at(page, "kolommen")

    with page.expect_download() as coming:
        page.get_by_role("link", name="Haal een leeg voorbeeldbestand op (Excel)").click()

    assert coming.value.suggested_filename == "voorbeeldbestand.xlsx"


def test_file_that_cannot_be_read_says_what_to_do(signed_in: Callable[..., Page], tmp_path: Path):
    page = signed_in("schrijver@e2e.example")
    file = tmp_path / "oud.csv"
    file.write_bytes((HEAD + "Patiënthulp;x;y;z").encode("cp1252"))

    page.goto("/werk/inlezen/")
    page.get_by_label("Bestand").set_input_files(file)
    page.get_by_role("button", name="Stuur het bestand in").click()
    until_read(page)

    expect(page.get_by_text("Sla het op als UTF-8")).to_be_visible()
    looked_at(page, "onleesbaar")


def test_everything_can_be_taken_out(signed_in: Callable[..., Page]):
    page = signed_in("schrijver@e2e.example")
    page.goto("/werk/uitvoer/")
    looked_at(page, "uitvoer")

    with page.expect_download() as coming:
        page.get_by_role("link", name=re.compile("Excel")).click()

    assert coming.value.suggested_filename == "voorbeeldziekenhuis-de-linde-toepassingen.xlsx"


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_key_is_made_seen_once_used_and_revoked(signed_in: Callable[..., Page], script: bool):
    page = signed_in("beheerder@e2e.example", script=script)
    address = "/werk/organisatie/voorbeeldziekenhuis-de-linde/sleutels/"

    page.goto(address)
    page.get_by_label("Naam van het programma").fill(f"Koppeling {script}")
    page.get_by_label("Teksten lezen").check()
    page.get_by_role("button", name="Maak de sleutel").click()
    token = page.locator("#sleutel").inner_text()
    if script:
        looked_at(page, "sleutel")
    asked = page.request.get("/api/v1/concepten", headers={"Authorization": f"Bearer {token}"})
    assert asked.status == 200

    page.goto(address)
    expect(page.get_by_text(token)).to_have_count(0)
    if script:
        looked_at(page, "sleutels")
    page.get_by_role("button", name=re.compile(f"Trek in.*Koppeling {script}")).click()
    expect(page.get_by_text("De sleutel is ingetrokken")).to_be_visible()
    asked = page.request.get("/api/v1/concepten", headers={"Authorization": f"Bearer {token}"})
    assert asked.status == 401
