"""In a browser: somebody asks money for a meeting, an organisation sends an invoice, a paper is typed out."""

import uuid
from urllib.parse import urlsplit

from tests.factories.money import IBAN
from tests.factories.money_pictures import photo
from tests.support.browser_desk import Desk, Person
from tests.support.browser_projects import Projects
from tests.support.browser_roads import OF_CLAIMANT


def add_receipt(person: Person, name: str = "bon.jpg") -> None:
    """Take a photo of it, as a phone would send it."""
    person.page.get_by_label("Bon of rekening").set_input_files(
        {"name": name, "mimeType": "image/jpeg", "buffer": photo(size=(800, 600))}
    )
    person.press("Voeg de bon toe")
    person.sees("De bon zit erbij.")


def ask_after_a_meeting(desk: Desk, link: str) -> None:
    """From the link of the mail to sent: how to be paid, rows, a receipt, the limits."""
    buddy = desk.of("buddy")
    buddy.goto("/deelname/geld/")
    buddy.sees("Hier vroeg u nog niets voor", "U koos nog niet")
    buddy.goto(link)
    buddy.sees("Kies eerst hoe u betaald wilt worden.", "Geen vergoeding")
    buddy.pick("Vrijwilligersvergoeding")
    buddy.press("Bewaar mijn keuze")
    buddy.pick("Ja", group="Bent u 21 jaar of ouder?")
    buddy.press("Bewaar", within=buddy.page.locator("section[aria-labelledby=leeftijd]"))

    buddy.goto(link)
    buddy.page.get_by_label("Hoeveel kilometer, heen en terug?").fill("34")
    buddy.press("Openbaar vervoer, taxi of parkeren")
    row = buddy.page.get_by_role("group", name="Regel 3: Openbaar vervoer, taxi of parkeren")
    row.get_by_label("Hoeveel euro?").fill("twaalf")
    row.get_by_label("Wat was het?").fill("Parkeren")
    buddy.press("Kijk na")
    buddy.sees("Dit klopt nog niet", "Schrijf het bedrag zo: 12,50.")
    row.get_by_label("Hoeveel euro?").fill("12,50")
    buddy.fill("Op welke naam staat de rekening?", "B. Buddy")
    buddy.page.get_by_label("Rekeningnummer (IBAN)").fill("NL91 ABNA 0417 1643 00")
    buddy.press("Kijk na")
    buddy.sees("Samen: € 34,69", "Met dit bedrag komt u deze maand op")
    buddy.press("Verstuur")
    buddy.sees("Voeg een bon of rekening toe.")
    add_receipt(buddy)
    buddy.follow("Verander deze declaratie")
    buddy.fill("Wat deed u?", "Gesprek over de folder")
    buddy.press("Kijk na")
    buddy.press("Verstuur")
    buddy.sees("Verstuurd. U ziet hier hoe het verdergaat.", "kijkt nu of alles klopt")
    buddy.goto(link)
    buddy.sees("kijkt nu of alles klopt")  # the link of the mail leads to the same claim
    buddy.unfold("Bewaar haar toch voor later")
    buddy.press("Bewaar")
    buddy.sees("U krijgt een mail als die maand begint.")


def send_an_invoice(desk: Desk, key: str) -> None:
    """The patient organisation asks what was promised to it."""
    coordinator = desk.of("coordinator")
    coordinator.goto("/deelname/geld/organisatie/breuken/")
    coordinator.follow(f"Stuur een rekening: Werving {key}")
    coordinator.page.get_by_label("Hoeveel euro?").fill("150")
    coordinator.page.get_by_label("Nummer van de rekening").fill(f"2026-{key}")
    coordinator.fill("Op welke naam staat de rekening?", "Vereniging")
    coordinator.page.get_by_label("Rekeningnummer (IBAN)").fill(IBAN)
    coordinator.press("Kijk na")
    add_receipt(coordinator, "rekening.jpg")
    coordinator.press("Verstuur")
    coordinator.sees("Verstuurd. U ziet hier hoe het verdergaat.")


def type_out_a_paper(desk: Desk, slug: str) -> None:
    """Somebody without mail signed a paper."""
    coordinator = desk.of("coordinator")
    coordinator.goto(f"/werk/projecten/{slug}/declaraties-op-papier/")
    coordinator.follow("Paul Papier")
    coordinator.pick("Alleen mijn kosten, met een bon")
    coordinator.press("Verder")
    coordinator.page.get_by_label("Hoeveel kilometer, heen en terug?").fill("10")
    coordinator.fill("Op welke naam staat de rekening?", "P. Papier")
    coordinator.page.get_by_label("Rekeningnummer (IBAN)").fill(IBAN)
    coordinator.press("Kijk na")
    coordinator.sees("overgetypt van een papier met een handtekening")
    add_receipt(coordinator, "papier.jpg")
    coordinator.press("Verstuur")
    coordinator.sees("Verstuurd. U ziet hier hoe het verdergaat.")


def test_money_is_asked_by_a_person_an_organisation_and_on_paper(desk: Desk, work: Projects):
    key = uuid.uuid4().hex[:8]
    link = urlsplit(work.promise_money(f"geld-{key}", key)).path

    ask_after_a_meeting(desk, link)
    desk.of("buddy").goto(link.split("/nieuw/")[0] + "/nieuw/")
    desk.of("buddy").sees("Zelfde rekening als vorige keer, eindigt op 4300")
    send_an_invoice(desk, key)
    type_out_a_paper(desk, f"geld-{key}")

    assert desk.complaints() == []
    assert desk.missed(OF_CLAIMANT) == set()
