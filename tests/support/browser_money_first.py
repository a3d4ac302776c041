"""The first part of the road of money around one project: who sets it apart, promises it, and chooses how to get it."""

import re

from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.support.browser_desk import Desk, Person, day_in

COORDINATOR = "coordinator@voorbeeld.example"


class SetApart:
    """The people of one journey, until money is promised. `desk`: where they sit."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.work = desk, desk.work
        kind = "met" if desk.script else "zonder"
        self.name, self.slug = f"Geldhulp {kind} script", f"geldhulp-{kind}"
        self.work.open_money(self.name, self.slug)
        self.home = f"/werk/projecten/{self.slug}/"
        self.organisation = f"Voorbeeldfonds {self.name}"
        self.fund_name = f"Potje {kind} script"
        self.mees, self.bep = desk.of("mees"), desk.of("bep")
        self.lead, self.coordinator = desk.of("lead"), desk.of("coordinator")
        self.fund, self.officer = desk.of("fund"), desk.of("officer")
        self.asked = 0  # cents: what Mees asks for the meeting

    def mail_of(self, who: str) -> str:
        place = "thuis" if who in {"mees", "bep"} else "fonds"
        return f"{who}.{self.slug}@{place}.example"

    def link(self, to: str, about: str, part: str) -> str:
        return self.work.mail(to, about).link(part)

    # --- Set apart -----------------------------------------------------------------------------------------------

    def give_role(self) -> None:
        """The role that pays is given by two people."""
        chair, second = self.desk.of("chair"), self.desk.of("second")
        people = f"/werk/organisatie/fonds-{self.slug}/mensen/"
        chair.goto(people)
        chair.follow("Verander Olaf Betaler")
        chair.pick("Financiële medewerker")
        chair.press("Bewaar de rollen")
        chair.goto(people)
        chair.sees("wacht op iemand anders")
        second.goto(people)
        second.press(re.compile("^Akkoord"))

    def give_account(self) -> None:
        """From which account is paid."""
        officer = self.officer
        officer.goto("/werk/")
        officer.follow("Geld voor patiënten")
        officer.follow("Betalen")
        officer.follow(self.organisation)
        officer.sees("Er is nog geen rekening om van te betalen")
        officer.follow("Verander de rekening")
        officer.fill("Op welke naam staat de rekening?", "Stichting Fonds")
        officer.fill("Rekeningnummer (IBAN)", "NL00ABNA0123456789")
        officer.pick("Wij mogen vrijwilligers betalen")
        officer.press("Bewaar")
        officer.sees("Dit rekeningnummer klopt niet.")
        officer.fill("Rekeningnummer (IBAN)", "NL91 ABNA 0417 1643 00")
        officer.press("Bewaar")
        officer.sees("Stichting Fonds, eindigt op 4300")

    def set_apart(self) -> None:
        """A fund with money and a plan, and a budget for the project."""
        fund = self.fund
        fund.goto("/werk/projecten/")
        fund.follow("Fondsen")
        fund.follow("Begin een fonds")
        fund.fill("Naam van het fonds", self.fund_name)
        fund.fill("Waar is het geld voor?", "Geld voor patiënten die meedenken over AI.")
        fund.fill("Eerste dag", day_in(-60))
        fund.fill("Laatste dag", day_in(700))
        fund.press("Begin het fonds")
        self._book(fund, "Zet geld in het fonds", "Zet erin", "5.000")
        fund.sees("€ 5.000")
        fund.follow("Verander de tekst")
        fund.fill("Waar is het geld voor?", "Geld voor patiënten die meedenken. Ook voor hun reis.")
        fund.press("Bewaar")
        fund.follow(str(timezone.localdate().year))
        fund.fill("Vergoeding voor tijd", "2.000")
        fund.press("Bewaar het plan")
        fund.follow("Open een budget")
        fund.select("Voor welk project?", self.slug)
        fund.select("Wie betaalt uit?", self.organisation)
        fund.press("Open het budget")
        for kind, amount in (("FEE", "600"), ("TRAVEL", "200"), ("ORGANISATION", "300")):
            self._book(fund, "Zet geld apart", "Zet apart", amount, kind)
        fund.sees("€ 1.100")

    def _book(self, person: Person, link: str, button: str, amount: str, kind: str = "") -> None:
        """Fill in an amount, see it once more, and only then book it."""
        person.follow(link)
        if kind:
            person.select("Waar is het geld voor?", kind)
        person.fill("Bedrag", amount)
        person.press(button)
        person.sees(f"€ {amount}", "Klopt dat?")
        person.press(f"Ja, {button.lower()}")

    # --- Promised ------------------------------------------------------------------------------------------------

    def promise(self) -> None:
        """The lead asks for who takes part, the coordinator agrees; and the other way round for the organisation."""
        lead, coordinator = self.lead, self.coordinator
        lead.goto(self.home)
        lead.follow("Geld voor patiënten")
        lead.sees("Nog geen toezegging")
        self._ask(lead, "Mees", "Vergoeding voor tijd", "500", "Vier gesprekken van twee uur")
        self._ask(lead, "Mees", "Reiskosten", "100", "De reis naar Utrecht")
        self._ask(lead, "Bep", "Reiskosten", "50", "De trein")
        coordinator.goto(self.link(COORDINATOR, "Mag dit geld worden toegezegd?", "/geld/"))
        self._agree(coordinator, 3)
        self._ask(coordinator, "Voorbeeldvereniging Breuken", "Werk van de patiëntenorganisatie", "200", "Begeleiding")
        lead.goto(f"{self.home}geld/")
        self._agree(lead, 1)

    def _ask(self, person: Person, who: str, line: str, amount: str, what_for: str) -> None:
        person.goto(f"{self.home}geld/")
        person.follow("Vraag een toezegging")
        person.select("Voor wie?", option(person.page, "Voor wie?", who))
        person.select("Welk soort kosten?", option(person.page, "Welk soort kosten?", line))
        person.fill("Bedrag", amount)
        person.fill("Waar is het voor?", what_for)
        person.press("Vraag het")
        person.press("Ja, vraag het")

    def _agree(self, person: Person, number: int) -> None:
        for _one in range(number):
            person.press(re.compile("^Zeg toe"))
            person.sees("U zegt", "Klopt dat?")
            person.press("Ja, zeg toe")
        expect(person.page.get_by_role("button", name=re.compile("^Zeg toe"))).to_have_count(0)

    def look_at_promises(self) -> None:
        """Who manages the fund sees numbers instead of names, and thinks twice before closing a promise."""
        fund = self.fund
        fund.goto("/werk/geld/fondsen/")
        fund.follow(self.fund_name)
        fund.follow(self.name)
        fund.sees("Vier gesprekken van twee uur")
        expect(fund.page.get_by_role("main")).not_to_contain_text("Mees")
        fund.press(re.compile("^Sluit af"))
        fund.sees("Klopt dat?")
        fund.follow("Nee, ga terug")

    def choose(self) -> None:
        """How somebody wants to be paid: every choice is as good."""
        mees = self.mees
        mees.goto(self.link(self.mail_of("mees"), "Er is geld voor u toegezegd", "/deelname/"))
        mees.sees("€ 500", "Vier gesprekken van twee uur")
        mees.goto("/deelname/")
        mees.follow("Uw declaraties, en hoe u betaald wilt worden")
        mees.sees("U koos nog niet")
        mees.follow(self.name)
        mees.press("Bewaar mijn keuze")
        mees.sees("Dit klopt nog niet", "Geen vergoeding")
        mees.pick("Vrijwilligersvergoeding")
        mees.press("Bewaar mijn keuze")
        mees.sees("hoogstens € 22")
        mees.pick("Ja", group="Bent u 21 jaar of ouder?")
        mees.press(re.compile("^Bewaar$"))


def option(page: Page, label: str, part: str) -> str:
    """The value of the choice with `part` in its words."""
    return str(page.get_by_label(label).first.locator("option", has_text=part).first.get_attribute("value"))
