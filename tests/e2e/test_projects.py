"""A project goes from idea to its next phases: refused without patients, passed with them, or by a public exception."""

import datetime
import os
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

from tests.support.browser_chromium import CONTEXT
from tests.support.browser_looks import Ear, sticking_out, violations
from tests.support.browser_projects import Projects, projects_server

REASON = (
    "Wij zochten drie maanden naar een ouder die wil meedenken. Twee mensen zeiden ja, maar werden ziek. "
    "De proef moet voor de winter beginnen, omdat dan de meeste kinderen vallen. Daarom gaan wij nu verder."
)
WIDTHS = (1280, 375, 320)


@pytest.fixture(scope="session")
def work(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Projects]:
    """A server on which everybody around a project is signed in."""
    with projects_server(tmp_path_factory.mktemp("projecten"), os.environ.get("DATABASE_URL", "")) as found:
        yield found


@pytest.fixture
def new_context(work: Projects, browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Begins a context on that server; the arguments that all journeys share name another one."""
    made: list[BrowserContext] = []

    def begin_context(**more: Any) -> BrowserContext:
        size: ViewportSize = {"width": 1280, "height": 900}
        made.append(browser.new_context(**CONTEXT, viewport=size, base_url=work.address, **more))
        return made[-1]

    yield begin_context
    for one in made:
        one.close()


class Desk:
    """Everybody around a project, each at their own desk; with a script every page that is looked at is held to axe."""

    def __init__(self, work: Projects, new_context: Callable[..., BrowserContext], script: bool) -> None:
        self.work, self.script = work, script
        self.pages = {
            name: work.sign_in(
                new_context(java_script_enabled=script), name
            ).new_page()
            for name in work.sessions
        }  # fmt: skip
        self.faults: list[str] = []

    def of(self, name: str) -> Page:
        return self.pages[name]

    def look(self, page: Page) -> None:
        """Hold the page against axe, wide and narrow."""
        if not self.script:
            return
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            if folder := os.environ.get("PICTURES"):  # to look at with one's own eyes
                name = re.sub(r"\W+", "-", page.url.partition("//")[2].partition("/")[2]).strip("-")
                page.screenshot(path=f"{folder}/{name}-{len(self.faults)}-{width}.png", full_page=True)
            self.faults += [f"{page.url} {width}: {fault}" for fault in [*violations(page), *sticking_out(page)]]
        page.set_viewport_size({"width": 1280, "height": 900})


@pytest.fixture(params=[True, False], ids=["script", "no-script"])
def desk(request: pytest.FixtureRequest, work: Projects, new_context: Callable[..., BrowserContext]) -> Desk:
    return Desk(work, new_context, request.param)


def begin(desk: Desk, name: str) -> str:
    """The lead begins a project; returns its address in the workspace."""
    page = desk.of("lead")
    page.goto("/werk/projecten/")
    desk.look(page)
    page.get_by_role("link", name="Begin een project").click()
    page.get_by_label("Naam van het project").fill(name)
    page.get_by_label("Wat wilt u van patiënten weten?").fill("Wat wilt u weten voordat een computer meekijkt?")
    page.get_by_role("button", name="Begin het project").click()
    expect(page.locator(".utrecht-alert--error")).to_contain_text("Schrijf in het kort wat het project doet.")
    desk.look(page)
    page.get_by_label("Wat doet het project, in het kort?").fill("Een computer kijkt mee naar foto’s van botten.")
    page.get_by_label("Welke patiëntenorganisatie kijkt mee?").select_option("breuken")
    page.get_by_role("button", name="Begin het project").click()
    expect(page.get_by_role("heading", name=name)).to_be_visible()
    desk.look(page)
    return page.url


def ask(desk: Desk, home: str) -> None:
    page = desk.of("lead")
    page.goto(f"{home}fase/")
    page.get_by_label("Waarom kan het project verder?").fill("Wij weten wat patiënten willen.")
    page.get_by_role("button", name="Vraag het").click()
    expect(page.get_by_text("Gevraagd. Wie beslist, krijgt een mail.")).to_be_visible()


def go_on(desk: Desk, home: str) -> None:
    """The decider lets the project into its next phase."""
    page = desk.of("decider")
    page.goto("/werk/")
    page.get_by_role("link", name=re.compile("^Beslis over de volgende fase")).first.click()
    page.goto(f"{home}fase/")
    page.get_by_label("Waarom mag het verder?").fill("Akkoord.")
    page.get_by_role("button", name="Naar de volgende fase").click()
    expect(page.get_by_text("Het project is nu in de volgende fase.")).to_be_visible()


def public(home: str) -> str:
    return home.replace("/werk", "")


def test_gate_is_refused_without_patients_and_passed_with_them(desk: Desk):
    home = begin(desk, f"Breukkijker {'met' if desk.script else 'zonder'} script")
    lead, decider = desk.of("lead"), desk.of("decider")

    lead.get_by_role("link", name="Volgende fase").click()
    expect(lead.locator(".utrecht-alert--error")).to_contain_text("nog geen patiëntvertegenwoordiger echt mee")
    desk.look(lead)
    ask(desk, home)
    decider.goto(f"{home}fase/")
    expect(decider.get_by_role("button", name="Naar de volgende fase")).to_have_count(0)
    decider.get_by_label("Wat moet er eerst gebeuren?").fill("Eerst een gesprek met ouders.")
    desk.look(decider)
    decider.get_by_role("button", name="Nog niet").click()
    lead.goto(f"{home}fase/")
    expect(lead.get_by_text("Eerst een gesprek met ouders.")).to_be_visible()

    desk.work.contribute(home.rstrip("/").rpartition("/")[2])
    ask(desk, home)
    go_on(desk, home)

    lead.goto(public(home))
    expect(lead.locator("[aria-current=step]")).to_contain_text("Verkennen")
    expect(lead.locator("#besluiten ~ .change").first).to_contain_text("Akkoord.")
    desk.look(lead)
    assert desk.faults == []


def test_project_goes_on_by_a_public_exception_and_mends_it(desk: Desk):
    home = begin(desk, f"Huidkijker {'met' if desk.script else 'zonder'} script")
    lead, manager, coordinator = desk.of("lead"), desk.of("manager"), desk.of("coordinator")

    lead.goto(f"{home}fase/")
    lead.get_by_role("link", name="Vraag een uitzondering").click()
    lead.get_by_label("Waarom kan het project nu niet verder mét patiënten?").fill("Te druk.")
    if desk.script:
        expect(lead.get_by_text("Nog 192 tekens te gaan.")).to_be_visible()
    lead.get_by_label("Wie mist u nu?").fill("Ouders van jonge kinderen")
    lead.get_by_role("button", name="Vraag het").click()
    expect(lead.locator("#id_vragen-reason_error")).to_contain_text("Nu zijn het er 8.")
    expect(lead.get_by_label("Wie mist u nu?")).to_have_value("Ouders van jonge kinderen")
    desk.look(lead)
    lead.get_by_label("Waarom kan het project nu niet verder mét patiënten?").fill(REASON)
    lead.get_by_label("Hoe maakt u dat goed?").fill("Wij vragen het op scholen.")
    day = datetime.datetime.now(tz=datetime.UTC).date() + datetime.timedelta(days=60)
    lead.get_by_label("Op welke dag doen er weer patiënten mee?").fill(day.isoformat())
    lead.get_by_role("button", name="Vraag het").click()
    expect(lead.get_by_text("Gevraagd. Een fonds van een andere organisatie beslist.", exact=True)).to_be_visible()

    manager.goto("/werk/")
    desk.look(manager)
    manager.goto(f"{home}uitzondering/")
    manager.get_by_label("Waarom vindt u dit goed?").fill("Voor één keer.")
    desk.look(manager)
    manager.get_by_role("button", name="Geef de uitzondering").click()
    expect(manager.get_by_text("De uitzondering is gegeven.")).to_be_visible()
    ask(desk, home)
    go_on(desk, home)
    lead.goto(public(home))
    expect(lead.locator("#uitzonderingen ~ .change")).to_contain_text("Voorbeeldfonds Noord")
    desk.look(lead)

    desk.work.contribute(home.rstrip("/").rpartition("/")[2])
    coordinator.goto(f"{home}uitzondering/")
    desk.look(coordinator)
    coordinator.get_by_role("button", name="Ja, er doen weer patiënten mee").click()
    expect(coordinator.get_by_text("Gemeld: er doen weer patiënten mee.")).to_be_visible()
    lead.goto(public(home))
    expect(lead.locator("#uitzonderingen ~ .change")).to_contain_text("Hersteld")
    assert desk.faults == []


def test_language_is_told_while_typing(work: Projects, new_context: Callable[..., BrowserContext]):
    page = work.sign_in(new_context(), "lead").new_page()
    ear = Ear(page, work.address)
    page.goto("/werk/projecten/nieuw/")

    page.get_by_label("Wat wilt u van patiënten weten?").press_sequentially("Bel ons indien u vragen heeft.", delay=5)

    expect(page.locator("#taal-question")).to_contain_text("Vervang formele woorden")
    expect(page.locator("#taal-summary")).to_be_empty()
    assert ear.complaints == []


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_list_is_filtered(work: Projects, new_context: Callable[..., BrowserContext], script: bool):
    desk = Desk(work, new_context, script)
    begin(desk, "Longkijker")
    page = new_context(java_script_enabled=script, base_url=work.address).new_page()
    page.goto("/projecten/")

    page.get_by_label("Soort organisatie").select_option("HOSPITAL")
    page.get_by_label("Zoekt mensen").check()
    if not script:
        page.get_by_role("button", name="Toon projecten").click()

    expect(page.locator(".empty")).to_contain_text("Er is geen project dat hierbij past.")
    expect(page).to_have_url(re.compile("soort=HOSPITAL.*zoekt=ja"))
    page.get_by_role("link", name="Toon alle projecten").click()
    expect(page.get_by_role("link", name="Longkijker").first).to_be_visible()
    desk.look(page)
    assert desk.faults == []
