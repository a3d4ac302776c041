"""The road of money around one project: who asks it, judges it, pays it and gets it."""

import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from portal.core.money import cents_of
from tests.factories.money import IBAN
from tests.factories.money_pictures import photo
from tests.support.browser_desk import Person, day_in
from tests.support.browser_money_first import COORDINATOR, SetApart

OTHER_IBAN = "NL02ABNA0123456789"
PHOTO = {"name": "bon.jpg", "mimeType": "image/jpeg", "buffer": photo()}
EUROS = r"€\s[\d.]+(?:,\d\d)?"


class MoneyRoad(SetApart):
    """The whole road: what the people of one journey do with money."""

    # --- Asked ---------------------------------------------------------------------------------------------------

    def meet(self) -> None:
        """A meeting is planned, held and told: Mees was there for two hours and a half."""
        mees, lead = self.mees, self.lead
        lead.goto(f"{self.home}gesprekken/nieuw/")
        lead.fill("Waar gaat het gesprek over?", "Wat kost meedoen?")
        lead.fill("Op welke dag?", day_in(20))
        lead.fill("Hoe laat begint het?", "14:00")
        lead.fill("Hoe laat is het klaar?", "15:30")
        lead.fill("Waar?", "Zaal 3, Utrecht")
        lead.fill("Wat bespreekt u?", "- Kennismaken")
        lead.press("Plan het gesprek")
        lead.press("Nodig uit")
        meeting = re.sub(r".*/gesprekken/([0-9a-f-]+)/.*", r"\1", lead.page.url)
        mees.goto(self.link(self.mail_of("mees"), "Komt u naar het gesprek", "/deelname/antwoord/"))
        mees.press("Ik kom")
        self.work.begin_meeting(meeting)
        lead.goto(f"{self.home}gesprekken/{meeting}/")
        lead.follow("Schrijf wie er was en wat er is gezegd")
        lead.fill("Wat is er gezegd?", "Wij maakten kennis. Wij spraken over de reis.")
        lead.fill("Minuten van", "150")
        lead.fill("Hoeveel mensen van het project", "1")
        lead.press("Bewaar en maak openbaar")

    def claim(self) -> None:
        """By the link in the mail: the time is filled in, the sum is shown before anything is sent."""
        mees = self.mees
        mees.goto(self.link(self.mail_of("mees"), "Vraag uw vergoeding", "/nieuw/"))
        expect(mees.page.get_by_label("Hoeveel uur?")).to_have_value("2,5")
        told = mees.page.get_by_role("main").inner_text()
        with mees.act("fill a claim in"):
            mees.fill("Hoeveel kilometer", "34")
            mees.fill("Op welke naam staat de rekening?", "M. de Vries")
            mees.fill("Rekeningnummer (IBAN)", IBAN)
            mees.press("Kijk na")
        self.asked = amount(mees.page, "Samen: ")
        hour, kilometre = (cents_of(one) for one in re.findall(EUROS, told)[:2])
        assert self.asked == hour * 5 // 2 + kilometre * 34
        mees.sees("U hebt deze declaratie nog niet verstuurd.", "Met dit bedrag komt u deze maand op")
        assert amount(mees.page, "komt u deze maand op ") == self.asked
        with mees.act("send a claim"):
            mees.press("Verstuur")
        mees.sees("De projectleider of de coördinator kijkt nu of alles klopt.")

    def return_and_answer(self) -> None:
        """The coordinator asks; Mees puts a photo of the receipt with it, answers and sends once more."""
        mees, coordinator = self.mees, self.coordinator
        self._open_to_check(coordinator, "Mees")
        coordinator.unfold("Stel eerst een vraag")
        coordinator.fill("Wat wilt u weten?", "Reed u heen en terug?")
        coordinator.press("Stuur terug met deze vraag")
        mees.goto(self.link(self.mail_of("mees"), "Er is een vraag over uw declaratie", "/deelname/"))
        mees.sees("Reed u heen en terug?")
        self._photo(mees)
        mees.follow("Verander deze declaratie")
        mees.fill("Van waar naar waar?", "Van Amersfoort naar Utrecht, en terug")
        mees.press("Kijk na")
        mees.fill("Uw antwoord op de vraag", "Ja, heen en terug.")
        mees.press("Verstuur")

    def _photo(self, person: Person) -> None:
        person.press("Voeg de bon toe")
        person.sees("Kies eerst een foto of een bestand.")
        person.page.get_by_label("Bon of rekening").set_input_files([PHOTO])  # type: ignore[list-item]
        person.press("Voeg de bon toe")
        person.sees("Bon 1")

    def _open_to_check(self, person: Person, who: str) -> None:
        person.goto("/werk/geld/")
        person.follow("Nakijken")
        group = person.page.get_by_role("region", name=self.name)
        person.follow(re.compile(f"^{who}"), within=group)

    def hold(self) -> None:
        """More than a month allows: kept for the next one."""
        mees = self.mees
        self._begin(mees)
        mees.fill("Hoeveel uur?", "20")
        mees.press("Tijd", within=mees.page.get_by_role("group", name="Voeg een regel toe"))
        mees.page.get_by_label("Hoeveel uur?").last.fill("20")
        mees.press("Kijk na")
        mees.sees("Dat is te veel.", "Dit is meer dan u nu kunt krijgen.")
        expect(mees.page.get_by_role("button", name="Verstuur")).to_have_count(0)
        mees.press("Bewaar")
        mees.sees("Bewaard voor later", "U kunt haar versturen vanaf 1 ")

    def be_refused(self) -> None:
        """A claim is refused with a reason, that whose claim it is reads in the mail and on the page."""
        mees, lead = self.mees, self.lead
        self._begin(mees)
        mees.fill("Hoeveel uur?", "1")
        with mees.act("send a second claim"):
            mees.press("Kijk na")
            mees.press("Verstuur")
        self._open_to_check(lead, "Mees: € 5,")
        lead.unfold("Wijs af")
        lead.press("Wijs deze declaratie af")
        lead.fill("Waarom niet?", "Dit uur staat al in uw eerste declaratie.")
        lead.press("Wijs deze declaratie af")
        mail = self.work.mail(self.mail_of("mees"), "Uw declaratie is afgewezen")
        assert "Dit uur staat al in uw eerste declaratie." in mail.text
        mees.goto(mail.link("/deelname/"))
        mees.sees("U krijgt dit geld niet.", "Dit uur staat al in uw eerste declaratie.")
        mees.follow("Uw vergoeding")
        expect(mees.page.locator("main .rows__row", has_text="Afgewezen")).to_have_count(1)

    def _begin(self, person: Person) -> None:
        person.goto("/deelname/geld/")
        person.follow("Nieuwe declaratie")

    def send_invoice(self) -> None:
        """The patient organisation sends an invoice for what it does."""
        coordinator = self.coordinator
        coordinator.goto(self.home)
        coordinator.follow("Rekeningen van uw organisatie")
        coordinator.follow("Stuur een rekening", within=row(coordinator.page, self.name))
        coordinator.fill("Hoeveel euro?", "121")
        coordinator.fill("Nummer van de rekening", "2026-7")
        coordinator.fill("Op welke naam staat de rekening?", "Vereniging Breuken")
        coordinator.fill("Rekeningnummer (IBAN)", OTHER_IBAN)
        coordinator.press("Kijk na")
        coordinator.press("Verstuur")
        coordinator.sees("Voeg een bon of rekening toe.")
        self._photo(coordinator)
        coordinator.press("Verstuur")

    def type_out(self) -> None:
        """What Bep wrote on paper is typed out, with a photo of that paper."""
        coordinator = self.coordinator
        coordinator.goto(self.home)
        coordinator.follow("Declaraties op papier")
        coordinator.follow(re.compile("Bep"))
        coordinator.sees("Wat staat er op het papier?")
        coordinator.pick("Alleen mijn kosten")
        coordinator.press("Verder")
        coordinator.press("Openbaar vervoer")
        coordinator.page.get_by_label("Hoeveel euro?").last.fill("18,40")
        coordinator.page.get_by_label("Wat was het?").last.fill("Trein")
        coordinator.fill("Op welke naam staat de rekening?", "B. Jansen")
        coordinator.fill("Rekeningnummer (IBAN)", IBAN)
        coordinator.press("Kijk na")
        self._photo(coordinator)
        coordinator.press("Verstuur")

    # --- Judged and paid -----------------------------------------------------------------------------------------

    def check(self) -> None:
        """The lead looks at each: with the answer and the receipt."""
        lead = self.lead
        self._open_to_check(lead, "Mees")
        lead.sees("Reed u heen en terug?", "Ja, heen en terug.")
        with lead.page.expect_download() as told:
            lead.page.get_by_role("link", name="Bon 1").click()
        assert Path(told.value.path()).read_bytes().startswith(b"\xff\xd8")
        lead.press("Ja, dit klopt")
        for who in ("Bep", "Voorbeeldvereniging Breuken"):
            self._open_to_check(lead, who)
            lead.press("Ja, dit klopt")

    def approve(self) -> None:
        """All at once, with what stands out first."""
        fund = self.fund
        fund.goto("/werk/geld/")
        fund.follow("Goedkeuren")
        for box in fund.page.get_by_role("main").get_by_role("checkbox").all():
            box.check()
        fund.press("Keur goed wat is aangevinkt")
        fund.sees("Er wacht nu geen declaratie op u.")
        expect(fund.page.get_by_text("Goedgekeurd: 3 declaraties, samen")).to_be_visible()
        fund.follow("Eerder goedgekeurd")
        expect(fund.page.locator("main .rows__row", has_text="Goedgekeurd")).to_have_count(3)

    def make_batch(self) -> dict[str, bytes]:
        """{form: the file for the bank}."""
        officer, files = self.officer, {}
        officer.goto("/werk/")
        officer.follow(re.compile("Betaal declaraties|" + re.escape(self.organisation)))
        officer.press("Maak een bestand van wat is aangevinkt")
        for form, button in (("xml", "Voor de bank (XML)"), ("csv", "Als tabel (CSV)")):
            with officer.page.expect_download() as told:
                officer.page.get_by_role("button", name=button).click()
            assert told.value.suggested_filename.endswith(f".{form}")
            files[form] = Path(told.value.path()).read_bytes()
        return files

    def pay(self) -> None:
        """The bank paid, but for one: Bep gives another account, and is paid after all."""
        officer, bep = self.officer, self.bep
        shown = row(officer.page, "Bep")
        if shown.locator("details").get_attribute("open") is None:  # looking at the page may have opened it
            shown.locator("summary").click()
        shown.get_by_label("Wat zei de bank?").fill("Rekening opgeheven")
        officer.press("Deze betaling is niet gelukt", within=shown)
        self._paid("Uitbetaling 1, dag 1")
        bep.goto(self.link(self.mail_of("bep"), "Wij konden uw declaratie niet betalen", "/rekening/"))
        bep.sees("Rekening opgeheven", "€ 18,40")
        bep.fill("Op welke naam staat de rekening?", "B. Jansen")
        with bep.act("give another account"):
            bep.fill("Rekeningnummer (IBAN)", OTHER_IBAN)
            bep.press("Betaal op deze rekening")
        officer.goto(f"/werk/geld/betalen/fonds-{self.slug}/")
        officer.press("Maak een bestand van wat is aangevinkt")
        self._paid("Uitbetaling 2, dag 1")

    def _paid(self, reference: str) -> None:
        self.officer.fill("Kenmerk van de bank", reference)
        self.officer.press("De bank heeft betaald")
        self.officer.sees(reference)

    def get_money(self) -> None:
        """Both are mailed that the bank paid, and see it."""
        for who in ("mees", "bep"):
            person, mail = self.desk.of(who), self.work.mail(self.mail_of(who), "Uw declaratie is betaald")
            assert "heeft € " in " ".join(mail.text.split())
            person.goto(mail.link("/deelname/"))
            person.sees("Betaald", "Het geld is betaald. U hoeft niets te doen.")
        assert self.work.mail(COORDINATOR, "Uw declaratie is betaald")

    def undo(self) -> None:
        """An invoice was paid twice: who manages the fund asks, who pays decides."""
        fund, officer = self.fund, self.officer
        fund.goto("/werk/geld/goedgekeurd/")
        fund.follow(re.compile("€ 121"))
        fund.unfold("Vraag om terug te draaien")
        fund.fill("Waarom moet het terug?", "Deze rekening was al betaald.")
        fund.press("Vraag dit")
        fund.sees("Iemand die betaalt, beslist.")
        officer.goto(f"/werk/geld/betalen/fonds-{self.slug}/")
        officer.follow(re.compile("^Voorbeeldvereniging Breuken"))
        officer.sees("Deze rekening was al betaald.")
        officer.press("Draai terug")
        officer.sees("Teruggedraaid")

    # --- Seen ----------------------------------------------------------------------------------------------------

    def read_in_public(self) -> None:
        """Everybody sees what is set apart, and nobody what one person got."""
        reader = self.desk.of("reader")
        reader.goto("/geld/")
        reader.follow("Hoeveel geld mag een vrijwilliger krijgen?")
        reader.goto("/geld/")
        reader.follow(self.fund_name)
        reader.sees("€ 5.000", "€ 1.100", "Geld voor patiënten die meedenken.")
        expect(reader.page.get_by_role("main")).not_to_contain_text("Mees")
        reader.follow(self.name)
        reader.sees("Voor patiënten in dit project staat € 1.100 apart.")
        expect(reader.page.get_by_role("main")).not_to_contain_text(euros_of(self.asked))


def row(page: Page, text: str) -> Locator:
    """The first row of a list with `text` in it."""
    return page.locator("main .rows__row", has_text=text).first


def amount(page: Page, before: str) -> int:
    """The cents that stand behind `before`."""
    found = re.search(f"{re.escape(before)}({EUROS})", page.get_by_role("main").inner_text())
    assert found, before
    return cents_of(found[1])


def euros_of(cents: int) -> str:
    """ "22,19" from 2219."""
    return f"{cents // 100},{cents % 100:02d}"
