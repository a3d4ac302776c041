"""A patient reads a text with the link of a mail and answers three questions, with and without a script."""

import pytest
from playwright.sync_api import Page, expect

from tests.support.browser_looks import Ear, sticking_out, violations
from tests.support.browser_pages import ENTRY
from tests.support.browser_server import INSTALLATIONS
from tests.support.loaded import do_in

# A publisher asks the example patient organisation to read a text; its coordinator sends one link. Says the token.
ASK = """
import datetime, secrets, sys
from django.utils import timezone
from portal.organisations.models import OrganisationKind
from portal.organisations.roles import Role
from tests.factories.organisations import OrganisationFactory
from tests.factories.people import member
from transparency.actions.readings import ask_readers, hash_of
from transparency.models import Entry, Reading, ReadingLink
entry, now, token = Entry.objects.get(slug=sys.argv[1]), timezone.now(), secrets.token_hex(8)
patients = OrganisationFactory(
    kind=OrganisationKind.PATIENT_ORGANISATION, name="Voorbeeldvereniging Lezers", slug=token, verified_at=now,
    is_example=True,
)
member(patients, Role.COORDINATOR, email=f"{token}@voorbeeld.example")
publisher = member(entry.organisation, Role.PUBLISHER, email=f"p{token}@voorbeeld.example")
reading = ask_readers(entry=entry, draft=None, organisation=patients, note="", by=publisher, now=now)
Reading.objects.filter(pk=reading.pk).update(state="OPEN")
ReadingLink.objects.create(
    reading=reading, token_hash=hash_of(token), sent_at=now, expires_at=now + datetime.timedelta(days=3)
)
print(token)
"""


@pytest.fixture
def link(base_url: str) -> str:
    """The address that a reader got by mail."""
    if base_url not in INSTALLATIONS:
        pytest.skip("a server that runs already has no link for us")
    env = INSTALLATIONS[base_url] | {"EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"}
    slug = ENTRY.strip("/").split("/")[-1]
    return f"/lezen/{do_in(env, ASK, slug).split()[-1]}/"


def look(page: Page) -> list[str]:
    """What is wrong with the page, wide and narrow."""
    found = []
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 800})
        found += [f"{page.url} {width}: {fault}" for fault in [*violations(page), *sticking_out(page)]]
    return found


def answer(page: Page, link: str) -> None:
    """Three times yes, and a remark."""
    page.goto(link)
    for group in page.locator("fieldset").all():
        group.get_by_label("Ja", exact=True).check()
    page.get_by_label("Welk stuk is niet duidelijk?").fill("Wat is een scan?")
    page.get_by_role("button", name="Stuur mijn antwoorden").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Dank u wel voor het lezen")


def test_reader_answers_once_with_the_link(visitor: Page, link: str):
    answer(visitor, link)

    visitor.goto(link)

    expect(visitor.get_by_role("heading", level=1)).to_have_text("Deze link werkt niet meer")


def test_pages_of_a_reader_break_no_rule(page: Page, base_url: str, link: str):
    ear = Ear(page, base_url)
    page.goto(link)
    found = look(page)

    answer(page, link)

    assert [*found, *look(page), *ear.complaints] == []
