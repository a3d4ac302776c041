"""The road of a text, with and without a script: submitted, returned, approved, corrected, warned about, gone."""

import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.support.browser_looks import Ear, sticking_out, violations
from tests.support.browser_server import fresh_database, running, to_serve
from tests.support.loaded import do_in

PICTURES = os.environ.get("PICTURES", "")  # a folder: take a picture of every page at three widths
WIDTHS = (1280, 375, 320)
SLUGS = {"script": "breukkijker-met", "no-script": "breukkijker-zonder"}


@dataclass(frozen=True)
class Site:
    """A server with a hospital on it: its address, a session for each person, a draft for each journey."""

    address: str
    sessions: dict[str, str]
    drafts: dict[str, str]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The server of these journeys."""
    with fresh_database(os.environ.get("DATABASE_URL", "")) as database:
        env = to_serve(tmp_path_factory.mktemp("publishing"), database)
        env["EMAIL_BACKEND"] = "django.core.mail.backends.dummy.EmailBackend"
        with running(env) as address:
            made = do_in(env, "tests.support.hospital_for_journey", *SLUGS.values())
            yield Site(address=address, **json.loads(made.splitlines()[-1]))


class Person:
    """Somebody at a browser, signed in, who looks at every page they come to."""

    def __init__(self, context: BrowserContext, site: Site, who: str, kind: str) -> None:
        cookie = {"name": "__Host-sessionid", "value": site.sessions[who], "url": "https://localhost", "secure": True,
                  "httpOnly": True, "sameSite": "Lax"}  # fmt: skip
        context.add_cookies([cookie])  # type: ignore[list-item]
        self.page: Page = context.new_page()
        self.site, self.kind = site, kind
        self.ear = Ear(self.page, site.address)
        self.faults: list[str] = []

    def goes(self, path: str, name: str) -> Page:
        """Open a page and look at it."""
        self.page.goto(f"{self.site.address}{path}")
        return self.looks(name)

    def presses(self, label: str, name: str) -> Page:
        """Press a button or follow a link, and look at where it leads."""
        button = self.page.get_by_role("button", name=label, exact=True)
        (button if button.count() else self.page.get_by_role("link", name=label, exact=True)).first.click()
        self.page.wait_for_load_state()
        return self.looks(name)

    def looks(self, name: str) -> Page:
        """Hold the page against the rules, at three widths; the rules themselves are a script."""
        for width in WIDTHS if PICTURES or self.kind == "script" else ():
            self.page.set_viewport_size({"width": width, "height": 900})
            found = self._faults(is_edge=width != 375) if self.kind == "script" else []
            self.faults += [f"{name}, {width} px: {fault}" for fault in found]
            if PICTURES:
                Path(PICTURES).mkdir(parents=True, exist_ok=True)
                self.page.screenshot(path=Path(PICTURES) / f"{name}-{width}-{self.kind}.png", full_page=True)
        self.page.set_viewport_size({"width": 1280, "height": 900})
        return self.page

    def _faults(self, *, is_edge: bool) -> list[str]:
        return [*(violations(self.page) if is_edge else []), *sticking_out(self.page)]

    def types(self, label: str, text: str) -> None:
        """Fill in a field."""
        self.page.get_by_label(label).first.fill(text)


@pytest.fixture(params=["script", "no-script"])
def journey(request: pytest.FixtureRequest, new_context: Callable[..., BrowserContext], site: Site) -> Any:
    """(slug, path of the draft, function that signs somebody in)."""
    kind = request.param
    people: list[Person] = []

    def sign_in(who: str) -> Person:
        people.append(Person(new_context(java_script_enabled=kind == "script"), site, who, kind))
        return people[-1]

    yield SLUGS[kind], site.drafts[SLUGS[kind]], sign_in
    assert [fault for person in people for fault in (*person.faults, *person.ear.complaints)] == []


def test_text_from_its_writer_to_a_tombstone(journey):
    slug, draft, sign_in = journey
    writer, publisher, other = sign_in("writer"), sign_in("publisher"), sign_in("other")
    entry, public = f"/werk/toepassingen/{slug}/", f"/register/{slug}/"

    submits(writer, draft, "Dit is een nieuwe toepassing.")
    returns(publisher)
    expect(writer.goes(draft, "draft-returned").get_by_text("Schrijf ook wie u kunt bellen.")).to_be_visible()
    submits(writer, draft, "Dit is een nieuwe toepassing. Nu met uitleg.")
    approves(publisher, draft)
    expect(publisher.goes(public, "public").get_by_role("heading", level=1)).to_have_text("Breukkijker")

    corrects(writer, publisher, entry, slug)
    warns(publisher, other, entry, public)
    leaves(writer, publisher, entry, public)


def submits(writer: Person, draft: str, reason: str) -> None:
    """The writer looks whether it is ready, and submits it."""
    writer.goes(draft, "draft-writing")
    writer.presses("Kijk of de tekst klaar is", "submit")
    writer.types("Wat is er nieuw, en waarom?", reason)
    page = writer.presses("Dien in", "draft-submitted")
    expect(page.get_by_text("U diende de tekst in.")).to_be_visible()


def returns(publisher: Person) -> None:
    """The publisher finds it among the work and sends it back."""
    publisher.goes("/werk/", "work").get_by_role("link", name="Keur goed of stuur terug").first.click()
    publisher.looks("decide")
    publisher.types("Wat moet er anders?", "Schrijf ook wie u kunt bellen.")
    expect(
        publisher.presses("Stuur terug met deze opmerkingen", "returned").get_by_text("U stuurde de tekst terug.")
    ).to_be_visible()


def approves(publisher: Person, draft: str) -> None:
    """The publisher reads and approves it."""
    publisher.goes(f"{draft}beoordelen/", "decide-again")
    page = publisher.presses("Keur deze tekst goed", "work-entry-public")
    expect(page.get_by_text("Hij is nu openbaar.")).to_be_visible()


def corrects(writer: Person, publisher: Person, entry: str, slug: str) -> None:
    """A text that still is right gets new dates by two; the difference is told."""
    writer.goes(entry, "work-entry")
    expect(writer.presses("De tekst klopt nog", "rechecks").get_by_text("U keek naar 1 tekst.")).to_be_visible()
    page = publisher.goes("/werk/controle/", "rechecks-to-confirm")
    page.locator("[aria-labelledby=bevestigen]").get_by_label("Breukkijker").first.check()
    expect(publisher.presses("Bevestig wat u koos", "rechecks-done").get_by_text("nieuwe datum")).to_be_visible()
    page = writer.goes(f"/register/{slug}/versies/2/", "difference")
    expect(page.locator(".change ins").first).to_be_visible()
    expect(page.get_by_text("Gecontroleerd: de tekst klopt nog.").first).to_be_visible()


def warns(publisher: Person, other: Person, entry: str, public: str) -> None:
    """A notice: at once by one, confirmed by another, closed by both."""
    publisher.goes(entry, "work-entry-again")
    publisher.presses("Plaats een melding", "notice-new")
    publisher.page.get_by_label("Er ging iets mis").check()
    publisher.types("Wat moeten mensen weten?", "De computer gaf gisteren geen uitslag. Artsen keken zelf.")
    page = publisher.presses("Maak de melding nu openbaar", "notice-unconfirmed")
    address = page.url.removeprefix(publisher.site.address)
    expect(publisher.goes(public, "public-notice").locator(".notice")).to_contain_text("geen uitslag")
    other.goes(address, "notice-to-confirm")
    expect(
        other.presses("De melding klopt", "notice-confirmed").get_by_text("U bevestigde de melding.")
    ).to_be_visible()
    publisher.goes(address, "notice-confirmed-own")
    closing = publisher.page.locator("details", has_text="Waarom kan de melding weg?")
    if closing.get_attribute("open") is None:  # to look at a page opens what can be opened
        closing.locator("summary").click()
    publisher.types("Waarom kan de melding weg?", "De computer werkt weer.")
    publisher.presses("Vraag een collega om te sluiten", "notice-closing")
    other.goes(address, "notice-to-close")
    other.presses("Ja, sluit de melding", "notice-closed")
    page = other.goes(public, "public-notice-closed")
    expect(page.locator(".notice")).to_have_count(0)
    expect(page.get_by_text("De computer werkt weer.")).to_be_visible()


def leaves(writer: Person, publisher: Person, entry: str, public: str) -> None:
    """The writer asks for the end, the publisher confirms it; the page stays as a tombstone."""
    writer.goes(entry, "work-entry-last")
    writer.presses("Haal uit het register", "ending-new")
    writer.types("Waarom gaat deze toepassing uit het register?", "We gebruiken een ander product.")
    writer.presses("Vraag een collega om te bevestigen", "ending-asked")
    publisher.goes(f"{entry}stoppen/", "ending-to-confirm")
    publisher.presses("Ja, haal dit uit het register", "work-entry-ended")
    page = publisher.goes(public, "tombstone")
    expect(page.locator(".utrecht-alert--warning").first).to_contain_text("We gebruiken een ander product.")


def test_lists_and_refusals_break_no_rule(journey):
    _slug, draft, sign_in = journey
    publisher = sign_in("publisher")

    publisher.goes("/werk/toepassingen/", "work-entries")
    publisher.goes("/werk/toepassingen/?q=qqqq&stand=openbaar", "work-entries-none")
    publisher.goes("/werk/controle/", "rechecks-empty")
    publisher.goes("/werk/", "work-empty")
    publisher.goes(f"{draft}beoordelen/", "conflict")
    expect(publisher.page.get_by_role("heading", level=1)).to_have_text("Dit kon niet meer")
