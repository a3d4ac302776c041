"""Everybody around a project, each at their own desk: what they press and type is counted, what they see is judged."""

import datetime
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.urls import resolve
from playwright.sync_api import Browser, Locator, Page, expect

from tests.support.browser_chromium import CONTEXT
from tests.support.browser_looks import Ear, settled, sticking_out, violations
from tests.support.browser_projects import Projects

WIDTHS = (1280, 375, 320)
NARROW = 320
PICTURES = os.environ.get("PICTURES")  # the folder for pictures to look at with one's own eyes
PARTS = "main :is(h1, h2, summary)"  # what tells one state of a page from another


def day_in(days: int) -> str:
    """A day after today, as a field for a day wants it."""
    return (datetime.datetime.now(tz=datetime.UTC).date() + datetime.timedelta(days=days)).isoformat()


@dataclass
class Effort:
    """What somebody had to do: clicks (a choice is one too), and fields to type in."""

    clicks: int = 0
    fields: int = 0


class Person:
    """One person with a browser."""

    def __init__(self, desk: "Desk", page: Page) -> None:
        self.desk, self.page = desk, page
        self.effort = Effort()
        self._status = 200
        page.on("response", lambda answer: self._note(answer))
        self.ear = Ear(page, desk.work.address) if desk.script else None

    def _note(self, answer: object) -> None:
        request = answer.request  # type: ignore[attr-defined]
        if request.is_navigation_request() and request.frame == self.page.main_frame:
            self._status = answer.status  # type: ignore[attr-defined]

    # --- Going about ---------------------------------------------------------------------------------------------

    def goto(self, address: str) -> None:
        self.page.goto(address)
        self.arrived()

    def press(self, name: str | re.Pattern[str], *, within: Locator | None = None) -> None:
        """Press the button called `name`, and arrive where it leads."""
        self._click((within or self.page).get_by_role("button", name=name))

    def follow(self, name: str | re.Pattern[str], *, within: Locator | None = None) -> None:
        """Follow the link called `name`."""
        self._click((within or self.page).get_by_role("link", name=name))

    def _click(self, what: Locator) -> None:
        settled(self.page)
        with self.page.expect_navigation():
            what.first.click()
        self.effort.clicks += 1
        self.arrived()

    def unfold(self, name: str) -> None:
        """Open what is folded; looking at a page may have opened it already."""
        part = self.page.locator("details", has=self.page.locator("summary", has_text=name)).first
        if part.get_attribute("open") is None:
            part.locator("summary").click()
        self.effort.clicks += 1

    def fill(self, label: str, text: str) -> None:
        self.page.get_by_label(label).first.fill(text)
        self.effort.fields += 1

    def pick(self, label: str, *, group: str = "") -> None:
        """Choose one of several, or tick a box."""
        place = self.page.get_by_role("group", name=group) if group else self.page
        place.get_by_label(label, exact=bool(group)).first.check()
        self.effort.clicks += 1

    def select(self, label: str, value: str) -> None:
        self.page.get_by_label(label).first.select_option(value)
        self.effort.clicks += 1

    def sees(self, *texts: str) -> None:
        for text in texts:
            expect(self.page.get_by_role("main")).to_contain_text(text)

    @contextmanager
    def act(self, name: str) -> Iterator[None]:
        """What is done in this block is counted as the act `name`."""
        self.effort = Effort()
        yield
        self.desk.efforts[name], self.effort = self.effort, Effort()

    # --- Looking -------------------------------------------------------------------------------------------------

    def arrived(self) -> None:
        """Hold the page against the rules: in full the first time, and shorter in each other state of it."""
        name = resolve(urlsplit(self.page.url).path).view_name + ("" if self._status < 400 else f" {self._status}")
        self.desk.seen.add(name)
        state = tuple(self.page.locator(PARTS).all_inner_texts())
        known = self.desk.work.judged.setdefault((self.desk.script, name), set())
        if state not in known:
            known.add(state)
            self._judge(name, in_full=len(known) == 1)

    def _judge(self, what: str, *, in_full: bool) -> None:
        if not self.desk.script and not PICTURES:  # rules are run by a script
            return
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": 900})
            if self.desk.script:
                self._faults(what, str(width), with_axe=in_full or width == NARROW)
            self._picture(what, str(width))
        self.page.set_viewport_size({"width": WIDTHS[0], "height": 900})
        if self.desk.script and in_full:
            self.page.emulate_media(color_scheme="dark")
            self._faults(what, "dark", with_axe=True)
            self._picture(what, "dark")
            self.page.emulate_media(color_scheme="light")

    def _faults(self, what: str, how: str, *, with_axe: bool) -> None:
        found = [*sticking_out(self.page), *(violations(self.page) if with_axe else [])]
        self.desk.faults += [f"{what} {how}: {fault}" for fault in found]

    def _picture(self, what: str, how: str) -> None:
        if PICTURES:
            kind = "" if self.desk.script else "plain-"
            name = re.sub(r"\W+", "-", what.removeprefix("participation:"))
            self.page.screenshot(
                path=f"{PICTURES}/{kind}{sum(map(len, self.desk.work.judged.values())):03}-{name}-{how}.png",
                full_page=True,
            )


@dataclass
class Desk:
    """The desks, and what was seen from them. `script`: whether their browsers have JavaScript."""

    work: Projects
    browser: Browser
    script: bool
    seen: set[str] = field(default_factory=set)  # pages
    faults: list[str] = field(default_factory=list)
    efforts: dict[str, Effort] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)

    def of(self, name: str) -> Person:
        """Who is called `name`: signed in, when the server knows them."""
        if name not in self.people:
            size = {"width": 1280, "height": 900}
            context = self.browser.new_context(
                **CONTEXT,
                viewport=size,
                base_url=self.work.address,
                java_script_enabled=self.script,  # type: ignore
            )
            if name in self.work.sessions:
                self.work.sign_in(context, name)
            self.people[name] = Person(self, context.new_page())
        return self.people[name]

    def complaints(self) -> list[str]:
        """What the rules and the browsers found wrong."""
        return [*self.faults, *(one for person in self.people.values() if person.ear for one in person.ear.complaints)]

    def missed(self, pages: set[str]) -> set[str]:
        """Which `pages` of participation nobody came by."""
        return pages - {name.removeprefix("participation:") for name in self.seen}

    def close(self) -> None:
        """Everybody goes home."""
        for person in self.people.values():
            person.page.context.close()


@contextmanager
def desk_in(work: Projects, browser: Browser, script: bool) -> Iterator[Desk]:
    """Desks on the server of `work`, until the block ends."""
    made = Desk(work, browser, script)
    yield made
    made.close()
