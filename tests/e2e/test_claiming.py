"""A provider confirms, corrects and disputes what our editors wrote, and everybody sees it; also without scripts."""

import json
import os
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.support.browser_looks import Ear, sticking_out, violations
from tests.support.browser_server import fresh_database, running, to_serve
from tests.support.loaded import do_in

COOKIE = "__Host-sessionid"
WIDTHS = (1280, 375, 320)


class Place:
    """A server with the people of tests/support/claiming_people.py."""

    def __init__(self, address: str, env: dict[str, str]) -> None:
        self.address, self.env = address, env
        self.made = self.run()

    def run(self, *words: str) -> dict[str, Any]:
        """What the support module prints."""
        told = do_in(self.env | {"PUBLIC_URL": self.address}, "tests.support.claiming_people", *words)
        found: dict[str, Any] = json.loads(told.splitlines()[-1])
        return found

    def page_of(self, context: BrowserContext, name: str) -> Page:
        """A page of `name`, who is signed in."""
        host = urlsplit(self.address).hostname or "localhost"
        cookie = {"name": COOKIE, "value": self.made["sessions"][name], "domain": host, "path": "/"}
        context.add_cookies([{**cookie, "secure": True, "httpOnly": True}])  # type: ignore[list-item]
        return context.new_page()


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    folder = tmp_path_factory.mktemp("claiming")
    with fresh_database(os.environ.get("DATABASE_URL", "")) as database:
        env = to_serve(folder, database)
        with running(env) as address:
            yield Place(address, env)


@pytest.fixture
def somebody(place: Place, new_context: Callable[..., BrowserContext]) -> Callable[..., Page]:
    """A page of somebody: `somebody("schrijver")`; `script=False` without JavaScript."""
    return lambda name, script=True: place.page_of(new_context(java_script_enabled=script), name)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).first.click()


def test_confirmed_by_two_is_seen_by_everybody(place: Place, somebody: Callable[..., Page], page: Page):
    writer, publisher = somebody("schrijver", script=False), somebody("publiceerder", script=False)
    page.goto(f"{place.address}/register/voorbeeld-bevestig/")
    address = page.get_by_role("link", name="Is dit uw organisatie?").get_attribute("href")

    writer.goto(f"{place.address}{address}")
    press(writer, "Vraag een collega om te bevestigen")
    expect(writer.get_by_role("status")).to_contain_text("Een collega krijgt bericht.")

    publisher.goto(f"{place.address}/werk/")
    publisher.get_by_role("link", name="Bevestig dat deze tekst klopt: Botkijker (bevestig)").click()
    press(publisher, "Ja, deze tekst klopt")

    page.reload()
    expect(page.locator(".marks")).to_contain_text("Bevestigd door de zorgverlener op")


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_dispute_and_answer_are_seen_by_everybody(
    place: Place, somebody: Callable[..., Page], page: Page, script: bool
):
    name = "betwist" if script else "betwist-stil"
    slug, text = f"voorbeeld-{name}", "Wij gebruiken dit niet meer."
    publisher = somebody("publiceerder", script=script)
    publisher.goto(f"{place.address}/werk/over-ons/{slug}/")
    publisher.get_by_label("Wat klopt er niet?").fill(text)
    press(publisher, "Stuur naar de redactie")
    expect(publisher.get_by_role("status")).to_contain_text("Binnen twee werkdagen")

    page.goto(f"{place.address}/register/{slug}/")
    expect(page.get_by_text(text)).to_have_count(0)

    editor = somebody("redacteur", script=script)
    editor.goto(f"{place.address}/werk/redactie/")
    editor.get_by_role("link", name=f"Botkijker ({name})").click()
    press(editor, "Laat iedereen dit lezen")
    page.reload()
    expect(page.locator(".utrecht-alert--warning").filter(has_text=text)).to_have_count(1)

    editor.get_by_label("Wij hebben de tekst niet veranderd").check()
    editor.get_by_label("Waarom?").fill("Uw website zegt dat u het gebruikt.")
    press(editor, "Leg voor aan een andere redacteur")
    colleague = somebody("collega", script=script)
    colleague.goto(editor.url)
    press(colleague, "Keur goed: iedereen kan het lezen")

    page.reload()
    shown = page.locator(".utrecht-alert--warning").filter(has_text=text)
    expect(shown).to_contain_text("Uw website zegt dat u het gebruikt.")


def test_corrected_text_is_the_provider_s_own(place: Place, somebody: Callable[..., Page], page: Page):
    writer = somebody("schrijver")
    writer.goto(f"{place.address}/werk/over-ons/voorbeeld-verbeter/")
    press(writer, "Begin met verbeteren")
    expect(writer).to_have_url(f"{place.address}/werk/teksten/{writer.url.rstrip('/').rpartition('/')[2]}/")

    place.run("approve", "voorbeeld-verbeter")

    page.goto(f"{place.address}/register/voorbeeld-verbeter/")
    expect(page.get_by_text("Wij gebruiken het alleen bij volwassenen.")).to_be_visible()
    expect(page.get_by_text("De redactie van deze website schreef deze tekst.")).to_have_count(0)
    page.goto(f"{place.address}/register/voorbeeld-verbeter/versies/1/")
    expect(page.get_by_text("Redactie AI in mijn zorg")).to_be_visible()


def pages_of(made: dict[str, Any]) -> list[tuple[str, str]]:
    """(who, address) of every page of claims, editors, proposals and groups."""
    disputes = made["disputes"]
    editorial = ["", "wet/", "systemen/", "systemen/?q=kijk", "systemen/voorbeeldkijker/", "systeem-maken/",
                 "toepassing-maken/", f"samenvoegen/{made['merge']}/",
                 *(f"betwistingen/{disputes[state]}/" for state in ("FILED", "SHOWN", "ANSWERING"))]  # fmt: skip
    return [
        *(("redacteur", f"/werk/redactie/{rest}") for rest in editorial),
        ("publiceerder", "/werk/"),
        ("publiceerder", "/werk/over-ons/"),
        ("publiceerder", "/werk/over-ons/voorbeeld-gevraagd/"),
        ("publiceerder", "/werk/voorstellen/"),
        ("publiceerder", f"/werk/voorstellen/{made['proposal']}/"),
        ("publiceerder", "/werk/toepassingen/voorbeeld-groep/"),
        ("publiceerder", "/werk/toepassingen/voorbeeld-groep/geldt-voor/"),
        ("praktijk", "/werk/geldt-voor-ons/"),
        ("beheerder", "/werk/organisatieboom/"),
        ("publiceerder", "/register/voorbeeld-groep/"),
        ("publiceerder", "/en/werk/over-ons/voorbeeld-gevraagd/"),
    ]


def test_every_page_breaks_no_rule_and_complains_of_nothing(place: Place, new_context: Callable[..., BrowserContext]):
    found, pages = [], {}
    for who, address in pages_of(place.made):
        if who not in pages:
            page = place.page_of(new_context(), who)
            pages[who] = page, Ear(page, place.address)
        page, ear = pages[who]
        answer = page.goto(f"{place.address}{address}")
        assert answer is not None
        assert answer.status == 200, (who, address, answer.status)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 900})
                found += [f"{address} {scheme} {width}: {fault}" for fault in [*violations(page), *sticking_out(page)]]
                if (folder := os.environ.get("PICTURES")) and scheme == "light":
                    name = address.strip("/").replace("/", "-").replace("?", "-") or "home"
                    page.screenshot(path=f"{folder}/{name[:60]}-{width}.png", full_page=True)
        found += [f"{address}: {complaint}" for complaint in ear.complaints]
        ear.complaints.clear()

    assert found == []
