"""A project from idea to its account: a vacancy, a gate refused and passed, an exception that is mended, the end."""

import re

from playwright.sync_api import Browser, expect

from tests.support.browser_desk import Desk, day_in, desk_in
from tests.support.browser_projects import Projects
from tests.support.browser_roads import OF_FUND, OF_LEAD

REASON = (
    "Wij zochten drie maanden naar een ouder die wil meedenken. Twee mensen zeiden ja, maar werden ziek. "
    "De proef moet voor de winter beginnen, omdat dan de meeste kinderen vallen. Daarom gaan wij nu verder."
)
HARD = "Indien u m.b.t. dit onderzoek vragen heeft, dient u zich te wenden tot de behandelend arts."
LEAD, COORDINATOR, DECIDER = "lead@voorbeeld.example", "coordinator@voorbeeld.example", "decider@voorbeeld.example"


def begin(desk: Desk, name: str) -> str:
    """The lead begins a project; returns its address in the workspace."""
    lead = desk.of("lead")
    lead.goto("/werk/projecten/")
    lead.follow("Begin een project")
    lead.fill("Naam van het project", name)
    lead.fill("Wat wilt u van patiënten weten?", "Wat wilt u weten voordat een computer meekijkt?")
    lead.press("Begin het project")
    lead.sees("Schrijf in het kort wat het project doet.")
    lead.fill("Wat doet het project, in het kort?", "Een computer kijkt mee naar foto’s van botten.")
    lead.select("Welke patiëntenorganisatie kijkt mee?", "Voorbeeldvereniging Breuken")
    lead.press("Begin het project")
    expect(lead.page.get_by_role("heading", name=name)).to_be_visible()
    return lead.page.url


def slug_of(home: str) -> str:
    return home.rstrip("/").rpartition("/")[2]


def public(home: str) -> str:
    return home.replace("/werk", "")


def ask(desk: Desk, home: str) -> None:
    """The lead asks to go on."""
    lead = desk.of("lead")
    lead.goto(f"{home}fase/")
    lead.fill("Waarom kan het project verder?", "Wij weten wat patiënten willen.")
    lead.press("Vraag het")
    lead.sees("Gevraagd. Wie beslist, krijgt een mail.")


def go_on(desk: Desk, home: str) -> None:
    """The decider lets the project into its next phase."""
    decider = desk.of("decider")
    decider.goto(f"{home}fase/")
    decider.fill("Waarom mag het verder?", "Akkoord.")
    decider.press("Naar de volgende fase")
    decider.sees("Het project is nu in de volgende fase.")


# --- The steps of the road -------------------------------------------------------------------------------------------


def set_up(desk: Desk, home: str) -> None:
    """The team grows, and declares its interests; a fund of another organisation decides on them."""
    lead, manager = desk.of("lead"), desk.of("manager")
    lead.goto(home)
    lead.follow("Team")
    lead.fill("Mailadres van uw collega", DECIDER)
    lead.fill("Wat doet deze collega in het project?", "kinderarts")
    lead.press("Zet erbij")
    lead.goto(f"{home}belangen/")
    lead.press("Nee, geen andere belangen")
    manager.goto(desk.work.mail("manager@voorbeeld.example", "beslissen over belangen").link("/belangen/"))
    manager.pick("Geen bezwaar", group="Wat besluit u?")
    manager.press("Besluit")
    lead.goto(f"{home}tekst/")
    lead.fill("Voor wie maakt dit verschil?", "ouders van jonge kinderen")
    lead.press("Bewaar")


def recruit(desk: Desk, home: str, title: str) -> None:
    """A vacancy: too hard, returned once, opened; and in the end nobody came."""
    lead, coordinator = desk.of("lead"), desk.of("coordinator")
    lead.goto(home)
    lead.follow("Vacatures")
    lead.follow("Schrijf een vacature")
    lead.fill("Titel", title)
    lead.fill("Wat gaat iemand doen?", HARD)
    lead.fill("Hoeveel tijd kost het?", "2 uur per maand")
    lead.fill("Welke vergoeding krijgt iemand?", "U krijgt geld voor elk uur.")
    lead.fill("Wat kan iemand leren?", "U leert wat AI is.")
    lead.fill("Wie helpt, en hoe?", "Een vaste persoon belt u elke maand.")
    lead.fill("Tot en met welke dag", day_in(30))
    lead.press("Bewaar")
    lead.press("Dien in bij de coördinator")
    lead.sees("Deze afkorting is niet uitgelegd.")
    lead.follow("Verander de tekst")
    lead.fill("Wat gaat iemand doen?", "U leest teksten. U zegt wat niet duidelijk is.")
    lead.press("Bewaar")
    lead.press("Dien in bij de coördinator")

    coordinator.goto(desk.work.mail(COORDINATOR, "vacature van").link("/vacatures/"))
    coordinator.fill("Wat moet er beter?", "Schrijf ook dat u de reis betaalt.")
    coordinator.press("Stuur terug naar het project")
    lead.goto(desk.work.mail(LEAD, "moet nog beter").link("/vacatures/"))
    lead.sees("Schrijf ook dat u de reis betaalt.")
    lead.follow("Verander de tekst")
    lead.fill("Welke vergoeding krijgt iemand?", "U krijgt geld voor elk uur. Wij betalen uw reis.")
    lead.press("Bewaar")
    lead.press("Dien in bij de coördinator")
    coordinator.goto(desk.work.mail(COORDINATOR, "vacature van").link("/vacatures/"))
    coordinator.press("Open de vacature voor iedereen")
    coordinator.follow("De pagina die iedereen ziet")
    coordinator.sees("Wij betalen uw reis.", "Meld u aan")

    lead.goto(lead.page.url)
    lead.press("Sluit de vacature nu")
    lead.pick("Er doet niemand mee")
    lead.fill("Hoe ging het?", "Niemand meldde zich. Wij zoeken nu op scholen.")
    lead.press("Stel dit voor")
    coordinator.goto(desk.work.mail(COORDINATOR, "Klopt het einde van de vacature").link("/vacatures/"))
    coordinator.press("Akkoord: laat iedereen dit lezen")
    coordinator.sees("Niemand meldde zich.")


def be_refused(desk: Desk, home: str) -> None:
    """No gate without patients; the decider cannot let it pass either."""
    lead, decider = desk.of("lead"), desk.of("decider")
    lead.goto(home)
    lead.follow("Volgende fase")
    lead.sees("nog geen patiëntvertegenwoordiger echt mee")
    ask(desk, home)
    decider.goto("/werk/")
    decider.follow(re.compile("^Beslis over de volgende fase"))
    decider.goto(f"{home}fase/")
    expect(decider.page.get_by_role("button", name="Naar de volgende fase")).to_have_count(0)
    decider.fill("Wat moet er eerst gebeuren?", "Eerst een gesprek met ouders.")
    decider.press("Nog niet")
    lead.goto(f"{home}fase/")
    lead.sees("Eerst een gesprek met ouders.")


def give_account(desk: Desk, home: str) -> None:
    """The closing account: offered, returned, agreed; public when the project has ended."""
    lead, coordinator = desk.of("lead"), desk.of("coordinator")
    lead.goto(home)
    lead.follow("Verantwoording aan het einde")
    lead.press("Begin, met wat wij al weten")
    lead.fill("Wat ging goed, en wat kan beter?", "Het eerste gesprek ging goed.")
    lead.press("Vraag de patiëntenorganisatie om akkoord")
    coordinator.goto(desk.work.mail(COORDINATOR, "Leest u de verantwoording").link("/verantwoording/"))
    coordinator.unfold("Wij zijn het er niet mee eens")
    coordinator.fill("Wat moet er anders?", "Schrijf ook wat beter kan.")
    coordinator.press("Stuur terug")
    lead.goto(desk.work.mail(LEAD, "De verantwoording").link("/verantwoording/"))
    lead.sees("Schrijf ook wat beter kan.")
    lead.fill("Wat ging goed, en wat kan beter?", "Het eerste gesprek ging goed. Wij begonnen te laat met zoeken.")
    lead.press("Vraag de patiëntenorganisatie om akkoord")
    coordinator.goto(desk.work.mail(COORDINATOR, "Leest u de verantwoording").link("/verantwoording/"))
    coordinator.press("Wij zijn het ermee eens")
    lead.goto(f"{home}stoppen/")
    lead.press("Beëindig het project")
    lead.sees("Kies wat er is gebeurd.")
    lead.pick("Het project is klaar")
    lead.fill("Waarom?", "Wij weten nu wat mensen willen.")
    lead.press("Beëindig het project")


# --- The roads -------------------------------------------------------------------------------------------------------


def test_project_goes_from_vacancy_and_refused_gate_to_its_account(desk: Desk):
    home = begin(desk, f"Breukkijker {'met' if desk.script else 'zonder'} script")
    reader = desk.of("reader")

    set_up(desk, home)
    recruit(desk, home, f"Kijk mee {'met' if desk.script else 'zonder'} script")
    be_refused(desk, home)
    desk.work.contribute(slug_of(home))
    ask(desk, home)
    go_on(desk, home)

    reader.goto(public(home))
    expect(reader.page.locator("[aria-current=step]")).to_contain_text("Verkennen")
    expect(reader.page.locator("#besluiten ~ .change").first).to_contain_text("Akkoord.")
    reader.sees("Niemand meldde zich.")

    give_account(desk, home)
    reader.goto(public(home))
    reader.sees("Wij begonnen te laat met zoeken.", "Afgerond")
    assert desk.complaints() == []
    assert desk.missed(OF_LEAD) == set()


def test_project_goes_on_by_a_public_exception_and_mends_it(desk: Desk):
    home = begin(desk, f"Huidkijker {'met' if desk.script else 'zonder'} script")
    lead, manager, coordinator = desk.of("lead"), desk.of("manager"), desk.of("coordinator")
    reader = desk.of("reader")

    lead.goto(f"{home}fase/")
    lead.follow("Vraag een uitzondering")
    lead.fill("Waarom kan het project nu niet verder mét patiënten?", "Te druk.")
    if desk.script:
        expect(lead.page.get_by_text("Nog 192 tekens te gaan.")).to_be_visible()
    lead.fill("Wie mist u nu?", "Ouders van jonge kinderen")
    lead.press("Vraag het")
    expect(lead.page.locator("#id_vragen-reason_error")).to_contain_text("Nu zijn het er 8.")
    expect(lead.page.get_by_label("Wie mist u nu?")).to_have_value("Ouders van jonge kinderen")
    lead.fill("Waarom kan het project nu niet verder mét patiënten?", REASON)
    lead.fill("Hoe maakt u dat goed?", "Wij vragen het op scholen.")
    lead.fill("Op welke dag doen er weer patiënten mee?", day_in(60))
    lead.press("Vraag het")
    lead.sees("Gevraagd. Een fonds van een andere organisatie beslist.")

    manager.goto("/werk/")
    manager.goto(f"{home}uitzondering/")
    manager.fill("Waarom vindt u dit goed?", "Voor één keer.")
    manager.press("Geef de uitzondering")
    manager.sees("De uitzondering is gegeven.")
    ask(desk, home)
    go_on(desk, home)
    reader.goto(public(home))
    expect(reader.page.locator("#uitzonderingen ~ .change")).to_contain_text("Voorbeeldfonds Noord")

    desk.work.contribute(slug_of(home))
    coordinator.goto(f"{home}uitzondering/")
    coordinator.press("Ja, er doen weer patiënten mee")
    coordinator.sees("Gemeld: er doen weer patiënten mee.")
    reader.goto(public(home))
    expect(reader.page.locator("#uitzonderingen ~ .change")).to_contain_text("Hersteld")
    assert desk.complaints() == []
    assert desk.missed({"project-exception"}) == set()


def test_fund_begins_a_programme(desk: Desk):
    manager = desk.of("manager")
    manager.goto("/werk/projecten/")
    manager.follow("Begin een programma")
    manager.fill("Naam van het programma", f"Samen {'met' if desk.script else 'zonder'} script")
    manager.fill("Wat doet het programma, in het kort?", "Wij betalen projecten waarin patiënten meedenken.")
    manager.pick("Voorbeeldvereniging Breuken")
    manager.press("Bewaar")
    manager.sees("Het programma staat erop.")
    assert desk.missed(OF_FUND - {"project-exception"}) == set()
    assert desk.complaints() == []


def test_language_is_told_while_typing(work: Projects, browser: Browser):
    with desk_in(work, browser, script=True) as desk:
        lead = desk.of("lead")
        lead.goto("/werk/projecten/nieuw/")

        field = lead.page.get_by_label("Wat wilt u van patiënten weten?")
        field.press_sequentially("Bel ons indien u vragen heeft.", delay=5)

        expect(lead.page.locator("#taal-question")).to_contain_text("Vervang formele woorden")
        expect(lead.page.locator("#taal-summary")).to_be_empty()
        assert desk.complaints() == []


def test_who_is_signed_out_while_typing_is_told_and_keeps_the_text(work: Projects, browser: Browser):
    with desk_in(work, browser, script=True) as desk:
        lead = desk.of("lead")
        lead.goto("/werk/projecten/nieuw/")
        lead.page.context.clear_cookies()

        field = lead.page.get_by_label("Wat wilt u van patiënten weten?")
        field.press_sequentially("Bel ons indien u vragen heeft.", delay=5)

        told = lead.page.locator("#niet-verstuurd")
        expect(told).to_contain_text("U bent niet meer ingelogd.")
        expect(told.get_by_role("link")).to_have_attribute("href", "/account/aanmelden/?next=/werk/projecten/nieuw/")
        expect(lead.page.locator("#taal-question")).to_be_empty()
        lead.press("Begin het project")
        lead.sees("Bel ons indien u vragen heeft.")


def test_list_is_filtered(desk: Desk):
    begin(desk, "Longkijker")
    reader = desk.of("reader")
    reader.goto("/projecten/")

    reader.page.get_by_label("Soort organisatie").select_option("HOSPITAL")
    reader.page.get_by_label("Zoekt mensen").check()
    if not desk.script:
        reader.press("Toon projecten")

    expect(reader.page.locator(".empty")).to_contain_text("Er is geen project dat hierbij past.")
    expect(reader.page).to_have_url(re.compile("soort=HOSPITAL.*zoekt=ja"))
    reader.follow("Toon alle projecten")
    expect(reader.page.get_by_role("link", name="Longkijker").first).to_be_visible()
    assert desk.complaints() == []
