"""The whole road in one go: invited → second step → a text from a product → approved → corrected → warned → gone."""

import re
import time
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.test_sign_in import as_example, invite, join, set_up_app
from tests.support.browser_looks import settled

HARD = "Indien u m.b.t. dit onderzoek vragen heeft, dient u zich te wenden tot de behandelend arts."
# What the product does not tell: (the question, the kind of field, the answer).
ANSWERS = {
    "effect": {"told_how": "De dokter zegt het u bij de foto."},
    "data": {
        "data_storage": "De foto’s staan in ons ziekenhuis. Na twintig jaar gaan ze weg.",
        "data_shared_with": "Niemand anders krijgt uw gegevens.",
        "leaves_eu": "NO",
        "used_to_improve_ai": "NO",
    },
    "decision": {"can_override": ("YES", "De arts kijkt zelf en beslist.")},
    "risks": {"monitoring": "Elke maand kijken twee artsen of de computer het goed doet."},
    "refuse": {"can_refuse": ("YES", "Zeg het tegen uw arts. Dan kijkt alleen de arts.")},
    "questions": {
        "contact_public": "vragen@linde.example",
        "complain_how": "Bel onze klachtenlijn. U hoort binnen een week van ons.",
    },
    "participation": {"participation": ("NO", "Dat gaan we dit jaar doen.")},
    "status": {"status": "IN_USE", "start_month": "03-2026"},
}


def fill_in(page: Page, step: str, answers: dict[str, Any]) -> None:
    """Answer the questions of one step and keep them."""
    for key, answer in answers.items():
        question = page.locator(f"#vraag-{key}")
        choice, text = answer if isinstance(answer, tuple) else (answer, "")
        if question.locator(f"input[type=radio][value={choice}]").count() if choice.isupper() else 0:
            question.locator(f"input[type=radio][value={choice}]").check()
        else:
            text = choice
        if text:
            question.locator("textarea, input[type=text]").first.fill(text)
    settled(page)
    page.get_by_role("button", name="Bewaar en ga verder").click()
    expect(page).not_to_have_url(re.compile(rf"/stap/{step}/$"))


def from_product(page: Page, name: str) -> str:
    """Begin with a product of the register; the address of the text."""
    page.goto("/werk/nieuw/")
    page.get_by_role("radio", name=re.compile("^Met een AI-systeem")).check()
    page.get_by_role("button", name="Verder").click()
    page.get_by_role("radio", name=re.compile("^BoneView")).check()
    page.get_by_label("Hoe heet de AI bij u?").fill(name)
    page.get_by_role("button", name="Begin met schrijven").click()
    expect(page.get_by_role("heading", name="Stap 1 van 15")).to_be_visible()
    return page.url.split("stap/")[0]


def checked(page: Page, place: str, has_script: bool) -> None:
    """A hard sentence is pointed out while it is written, and then goes."""
    page.goto(f"{place}stap/purpose/")
    field = page.locator("#purpose")
    before = field.input_value()
    field.fill(HARD)
    if not has_script:
        page.get_by_role("button", name="Bewaar en controleer").click()
    expect(page.locator("#na-purpose")).to_contain_text("Afkorting")
    page.locator("#purpose").fill(before)
    page.get_by_role("button", name="Bewaar en controleer").click()
    expect(page.locator("#na-purpose")).not_to_contain_text("Afkorting")


def press(page: Page, label: str) -> None:
    """Press a button or follow a link, and wait until what it does is done."""
    button = page.get_by_role("button", name=label, exact=True)
    with page.expect_navigation():
        (button if button.count() else page.get_by_role("link", name=label, exact=True)).first.click()


def submit(page: Page, place: str, reason: str) -> None:
    page.goto(f"{place}indienen/")
    page.get_by_label("Wat is er nieuw, en waarom?").fill(reason)
    press(page, "Dien in")
    expect(page.get_by_text("U diende de tekst in.")).to_be_visible()


@pytest.mark.parametrize("has_script", [True, False], ids=["script", "no-script"])
def test_from_an_invitation_to_a_tombstone(new_context: Any, has_script: bool):
    def sit_down() -> Page:
        page: Page = new_context(java_script_enabled=has_script).new_page()
        return page

    name = f"Breukhulp {'met' if has_script else 'zonder'} script"
    boss, writer, publisher, reader = (sit_down() for _ in range(4))

    # Invited, an account, a second step.
    link = invite(boss, f"weg-{time.time_ns()}@linde.example", "Schrijver", "Publiceerder")
    join(writer, link, "Wieke Weg")
    set_up_app(writer)
    expect(writer.get_by_role("heading", level=1)).to_have_text("Mijn werk")

    # A text that begins with a product, checked while it is written.
    place = from_product(writer, name)
    checked(writer, place, has_script)
    for step, answers in ANSWERS.items():
        writer.goto(f"{place}stap/{step}/")
        fill_in(writer, step, answers)
    writer.goto(f"{place}zo-ziet-het-eruit/")
    expect(writer.get_by_text("Dit is nog niet openbaar.")).to_be_visible()

    # Submitted, returned, submitted again, approved by another.
    submit(writer, place, "Wij gebruiken dit sinds deze maand.")
    as_example(publisher, "Voorbeeld Publiceerder De Linde")
    publisher.goto(f"{place}beoordelen/")
    publisher.get_by_label("Wat moet er anders?").fill("Noem ook de avond.")
    press(publisher, "Stuur terug met deze opmerkingen")
    writer.goto(place)
    expect(writer.get_by_text("Noem ook de avond.").first).to_be_visible()
    submit(writer, place, "Wij gebruiken dit sinds deze maand, ook op de avond.")
    publisher.goto(f"{place}beoordelen/")
    press(publisher, "Keur deze tekst goed")
    expect(publisher.get_by_text("Hij is nu openbaar.")).to_be_visible()
    work = publisher.url
    press(publisher, "Bekijk de openbare pagina")
    public = publisher.url
    reader.goto(public)
    expect(reader.get_by_role("heading", level=1)).to_have_text(name)

    # Corrected by a new version; the difference is shown per question.
    writer.goto(work)
    press(writer, "Maak een nieuwe versie")
    place = re.sub(r"(/werk/teksten/[0-9a-f-]+/).*", r"\1", writer.url)
    writer.goto(f"{place}stap/refuse/")
    fill_in(writer, "refuse", {"can_refuse": ("NO", "Op de spoedpost kijkt de computer altijd mee.")})
    submit(writer, place, "Nee zeggen kan bij ons niet. Dat stond er verkeerd.")
    publisher.goto(f"{place}beoordelen/")
    press(publisher, "Keur deze tekst goed")
    reader.goto(f"{public}versies/2/")
    expect(reader.locator(".change ins").first).to_be_visible()
    expect(reader.get_by_text("Dat stond er verkeerd.").first).to_be_visible()

    # A notice, at once.
    publisher.goto(work)
    press(publisher, "Plaats een melding")
    publisher.get_by_label("Er ging iets mis").check()
    publisher.get_by_label("Wat moeten mensen weten?").fill("De computer miste gisteren een breuk.")
    press(publisher, "Maak de melding nu openbaar")
    reader.goto(public)
    expect(reader.locator(".notice")).to_contain_text("miste gisteren een breuk")

    # Gone, and a tombstone stays.
    writer.goto(work)
    press(writer, "Haal uit het register")
    writer.get_by_label("Waarom gaat deze toepassing uit het register?").fill("Wij stoppen met dit product.")
    press(writer, "Vraag een collega om te bevestigen")
    publisher.goto(f"{work}stoppen/")
    press(publisher, "Ja, haal dit uit het register")
    answer = reader.goto(public)
    assert answer is not None
    assert answer.status == 200
    expect(reader.locator(".utrecht-alert--warning").first).to_contain_text("Wij stoppen met dit product.")
