"""Somebody takes part, from a vacancy to a verdict: with and without JavaScript, and how few clicks each mail asks."""

import re
from pathlib import Path

from playwright.sync_api import Browser, expect

from participation.urls import urlpatterns
from tests.support.browser_desk import Desk, Effort, day_in, desk_in
from tests.support.browser_keys import never_reached, stops, tab_to
from tests.support.browser_projects import Projects
from tests.support.browser_roads import NO_PAGES, OF_FUND, OF_LEAD, OF_MONEY, OF_REPRESENTATIVE

FEW_CLICKS = Path(__file__).resolve().parents[2] / "portal" / "docs" / "adr" / "0032-few-clicks.md"
PASSWORD = "vier losse woorden samen"
ADVICE = "Leg uit wat de computer ziet. Doe dat met een tekening. Dan schrikken mensen niet."


class Road:
    """The people of one journey, and the addresses that they meet on the way."""

    def __init__(self, desk: Desk, name: str = "Breukhulp") -> None:
        self.desk, self.work = desk, desk.work
        kind = "met" if desk.script else "zonder"
        self.name, self.slug = f"{name} {kind} script", f"{name.lower()}-{kind}"
        self.mail = f"mees.{self.slug}@thuis.example"
        self.mees, self.lead, self.coordinator = (desk.of(one) for one in ("mees", "lead", "coordinator"))
        self.home = f"/werk/projecten/{self.slug}/"

    def link(self, to: str, about: str, part: str) -> str:
        return self.work.mail(to, about).link(part)

    # --- Recruited -----------------------------------------------------------------------------------------------

    def find_and_reply(self) -> None:
        """Find a vacancy with the filters, reply without an account, and confirm by the mail."""
        mees = self.mees
        mees.goto("/meedoen/")
        mees.page.get_by_label("Rol", exact=True).select_option("ADVISER")
        mees.page.get_by_label("Waar wilt u over meedenken?").fill(self.name)
        mees.page.keyboard.press("Enter")
        expect(mees.page).to_have_url(re.compile("q=.*rol=ADVISER"))
        expect(mees.page.locator("#aantal")).to_have_text("1 vacature gevonden")
        mees.follow(f"Denk mee met {self.name}")
        mees.follow("Meld u aan")
        mees.press("Verstuur")
        mees.sees("Dit klopt nog niet")
        mees.fill("Hoe mogen wij u noemen?", "Mees")
        mees.fill("Uw mailadres", self.mail)
        mees.fill("Waarom wilt u meedoen?", "Ik brak twee keer mijn pols. Ik wil andere mensen helpen.")
        mees.pick("Alleen mijn kosten")
        mees.press("Verstuur")
        mees.sees("Kijk in uw mail")

        mees.goto(self.link(self.mail, "Bevestig uw aanmelding", "/aanmelding/link/"))
        with mees.act("confirm a reply"):
            mees.press("Ja, dit ben ik: bevestig")
        mees.sees("Uw aanmelding is binnen")
        mees.goto(self.link(self.mail, "Bevestig uw aanmelding", "/aanmelding/link/"))
        mees.sees("Deze link werkt niet meer")
        mees.follow("Vraag een nieuwe link")

    def weigh(self) -> None:
        """Both sides look, weigh, and decide together."""
        lead, coordinator = self.lead, self.coordinator
        lead.goto(self.link(LEAD, f"meedoen aan {self.name}", self.home))
        lead.press("Bekijk samen")
        coordinator.goto(self.link(COORDINATOR, f"aanmelding voor {self.name}", self.home))
        for person in (lead, coordinator):
            person.pick("Past goed")
            person.fill("Waarom vindt u dat?", "Mees weet hoe het is om iets te breken.")
            person.press("Geef uw oordeel")
        coordinator.pick("Deze persoon doet mee")
        coordinator.fill("Waarom?", "U weet hoe het is. U vertelt het goed.")
        coordinator.press("Stel dit voor")
        lead.goto(self.link(LEAD, "Gaat u akkoord met een besluit", self.home))
        lead.press("Akkoord: mail dit besluit")

    def join(self) -> None:
        """Make an account by the link, sign and declare by the next mail; the other side decides and signs."""
        mees, lead, coordinator = self.mees, self.lead, self.coordinator
        mees.goto(self.link(self.mail, f"U doet mee met {self.name}", "/aanmelding/link/"))
        with mees.act("make an account"):
            mees.fill("Kies een wachtwoord", PASSWORD)
            mees.press("Maak mijn account")
        mees.sees("Mijn deelname", "Lees en teken de afspraken")
        welcome = self.work.mail(self.mail, f"Welkom bij {self.name}")
        mees.goto(welcome.link("/deelname/tekenen/"))
        with mees.act("sign"):
            mees.fill("Typ uw naam om te tekenen", "Mees de Vries")
            mees.press("Ik teken")
        mees.sees("Getekend")
        mees.follow("Meld uw belangen")
        mees.goto(next(one for one in welcome.links if "/tekenen/" not in one))
        with mees.act("declare no interests"):
            mees.press("Nee, geen andere belangen")
        coordinator.goto(self.link(COORDINATOR, f"belangen bij {self.name}", "/belangen/"))
        coordinator.pick("Geen bezwaar", group="Wat besluit u?")
        coordinator.press("Besluit")
        lead.goto(self.link(LEAD, f"de afspraken voor {self.name}", "/afspraken/"))
        lead.press("Mail mij een link om te tekenen")
        lead.goto(self.link(LEAD, "Uw link om te tekenen", "/deelname/tekenen/"))
        lead.fill("Typ uw naam om te tekenen", "Lea Lead")
        lead.press("Ik teken")
        lead.sees("Het meedoen begint nu")
        lead.goto(self.link(LEAD, "Uw link om te tekenen", "/deelname/tekenen/"))
        lead.sees("Deze link werkt niet meer")

    # --- Settled -------------------------------------------------------------------------------------------------

    def settle(self) -> None:
        """First steps, a buddy, and what somebody needs."""
        mees, coordinator, buddy = self.mees, self.coordinator, self.desk.of("buddy")
        mees.goto(self.link(self.mail, f"U doet mee aan {self.name}", "/deelname/"))
        mees.press(re.compile("^Klaar.*Ik las waar het project over gaat"))
        mees.fill("Wat hebt u nodig om mee te doen?", "Grote letters, graag.")
        mees.press("Bewaar")
        coordinator.goto(f"{self.home}deelnemers/")
        coordinator.sees("Grote letters, graag.")
        coordinator.unfold("Vraag een buddy")
        coordinator.select("Wie vraagt u als buddy?", "Bea Buddy")
        coordinator.press("Vraag als buddy")
        buddy.goto(self.link(BUDDY, "Wilt u buddy zijn?", "/deelname/"))
        buddy.press("Ja, ik wil buddy zijn")
        mees.goto(self.link(self.mail, f"een buddy bij {self.name}", "/deelname/"))
        mees.sees("Bea Buddy", BUDDY)

    def tell_and_be_asked(self) -> None:
        """Tell of oneself, with a consent to be put forward; and somebody else is asked for the same project."""
        mees, lead, coordinator, other = self.mees, self.lead, self.coordinator, self.desk.of("other")
        mees.goto("/deelname/")
        mees.follow(f"Denk mee met {self.name}")
        mees.sees("Ik brak twee keer mijn pols.")
        mees.goto("/deelname/")
        mees.follow("Mijn profiel")
        mees.select("Welke patiëntenorganisatie steunt u?", "Voorbeeldvereniging Breuken")
        mees.press("Bewaar")
        mees.pick("Ik vind goed dat mijn patiëntenorganisatie mij voordraagt")
        mees.press("Geef toestemming")
        coordinator.goto("/werk/projecten/")
        coordinator.follow("Draag iemand voor")
        coordinator.sees("Mees")
        coordinator.follow(f"Denk mee met {self.name}")
        coordinator.select("Wie draagt u voor?", "Mees")
        lead.goto(f"{self.home}deelnemers/")
        lead.fill("Mailadres", f"ander.{self.slug}@thuis.example")
        lead.press("Stuur de vraag")
        other.goto(self.link(f"ander.{self.slug}@thuis.example", "Wilt u meedoen aan", "/deelname/uitnodiging/"))
        other.sees("Maak uw account")

    # --- Together ------------------------------------------------------------------------------------------------

    def meet(self) -> None:
        """Planned, invited, answered by the mail, read, held and told."""
        mees, lead = self.mees, self.lead
        lead.goto(self.home)
        lead.follow("Gesprekken")
        lead.follow("Plan een gesprek")
        lead.fill("Waar gaat het gesprek over?", "Wat wilt u weten?")
        lead.fill("Op welke dag?", day_in(20))
        lead.fill("Hoe laat begint het?", "14:00")
        lead.press("Plan het gesprek")
        lead.sees("Dit klopt nog niet")
        lead.fill("Hoe laat is het klaar?", "15:30")
        lead.fill("Waar?", "Zaal 3, Utrecht")
        lead.fill("Wat bespreekt u?", "- Kennismaken\n- De eerste foto’s")
        lead.press("Plan het gesprek")
        lead.unfold("Zet er een stuk bij")
        lead.fill("Hoe heet het stuk?", "De vragen")
        lead.fill("Of plak hier de tekst", "Wat wilt u weten voordat de computer meekijkt?")
        lead.press("Zet erbij")
        lead.press("Nodig uit")
        lead.press("Stuur de stukken")
        meeting = re.sub(r".*/gesprekken/([0-9a-f-]+)/.*", r"\1", lead.page.url)

        lead.follow("Verander dit gesprek")
        lead.fill("Waar?", "Zaal 4, Utrecht")
        lead.press("Bewaar")

        mees.goto(self.link(self.mail, f"Komt u naar het gesprek over {self.name}", "/deelname/antwoord/"))
        with mees.act("answer a meeting"):
            mees.press("Ik kom")
        mees.goto(f"{self.link(self.mail, 'Komt u naar', '/deelname/antwoord/')[:-5]}/")
        mees.sees("Deze link werkt niet meer")
        mees.goto(self.link(self.mail, "Lees dit voor het gesprek", "/deelname/gesprekken/"))
        mees.sees("U zei: ik kom.")
        mees.follow("De vragen")
        mees.sees("Wat wilt u weten voordat de computer meekijkt?")

        self.work.begin_meeting(meeting)
        lead.goto(f"{self.home}gesprekken/{meeting}/")
        lead.follow("Schrijf wie er was en wat er is gezegd")
        lead.fill("Wat is er gezegd?", "Wij maakten kennis. Mees vertelde over zijn pols.")
        lead.fill("Hoeveel mensen van het project", "1")
        lead.press("Bewaar en maak openbaar")
        lead.sees("Wij maakten kennis.")

    def talk(self) -> None:
        """A question, a message, and one mail about both that can be turned off."""
        mees, lead = self.mees, self.lead
        lead.goto(self.home)
        lead.follow("Berichten")
        lead.fill("Uw bericht", "Dank voor het gesprek.")
        lead.press("Plaats het bericht")
        lead.goto(f"{self.home}taken/")
        lead.fill("Wat moet er gebeuren?", "Lees de folder")
        lead.select("Wie doet het?", "patiëntvertegenwoordiger 1")
        lead.fill("Voor welke dag?", day_in(10))
        lead.press("Vraag het")
        self.work.tomorrow("send_digests")
        news = self.work.mail(self.mail, "Nieuw in uw projecten")
        mees.goto(news.link("/taken/"))
        mees.press(re.compile("^Gedaan"))
        mees.goto(news.link("/berichten/"))
        mees.sees("Dank voor het gesprek.")
        mees.goto(news.link("/mail-uit/"))
        with mees.act("turn the mail off"):
            mees.press("Stop deze mail")
        mees.sees("U krijgt deze mail niet meer")

    # --- Advice --------------------------------------------------------------------------------------------------

    def advise(self) -> None:
        """Written, released, answered with a promise, done, and judged."""
        mees, lead, coordinator = self.mees, self.lead, self.coordinator
        mees.goto("/deelname/")
        mees.follow("Mijn advies")
        mees.follow(f"Geef advies aan {self.name}")
        mees.fill("Uw advies", ADVICE)
        mees.press("Stuur uw advies")
        mees.sees("Dit klopt nog niet")
        expect(mees.page.get_by_label("Uw advies")).to_have_value(ADVICE)
        mees.select("Waar gaat het over?", "Uitleg")
        mees.press("Stuur uw advies")
        coordinator.goto(self.link(COORDINATOR, f"klaar bij {self.name}", "/advies/"))
        coordinator.pick("Ik heb gekeken")
        coordinator.press("Geef door")
        lead.goto(self.link(LEAD, f"Nieuw advies van patiënten voor {self.name}", "/advies/"))
        lead.pick("Overgenomen", group="Wat doet u met dit advies?")
        lead.fill("Waarom?", "Een tekening helpt. Dat willen wij ook.")
        lead.press("Geef antwoord")
        lead.sees("Dit klopt nog niet")
        lead.fill("Wat gaat u doen?", "Wij maken een tekening bij elke foto.")
        lead.fill("Welke functie doet dit?", "hoofd röntgen")
        lead.fill("Op welke dag is het klaar?", day_in(30))
        lead.press("Geef antwoord")
        mees.goto(self.link(self.mail, "gaf antwoord op uw advies", "/advies/"))
        mees.sees("Wij maken een tekening bij elke foto.")
        lead.fill("Wat is er gedaan?", "De tekening staat nu bij elke foto.")
        lead.press("Meld dat het is gedaan")
        mees.goto(self.link(self.mail, f"wat {self.name} beloofde", "oordeel=CONFIRMED"))
        with mees.act("give a verdict"):
            mees.press("Stuur uw oordeel")

    def read_in_public(self) -> None:
        """Everybody reads the whole road, from asking to verdict."""
        reader = self.desk.of("reader")
        reader.goto(f"/projecten/{self.slug}/")
        reader.sees("Wij maakten kennis.", "Gedaan zoals beloofd")
        reader.page.locator("#adviezen ~ * a, .advice-list a").first.click()
        reader.arrived()
        reader.sees(
            ADVICE[:20], "Een tekening helpt.", "Wij maken een tekening", "De tekening staat nu", "zoals beloofd"
        )
        expect(reader.page.get_by_role("main")).not_to_contain_text("Mees")

    def agree_to_typed_out(self) -> None:
        """What was said on the telephone is typed out, and agreed to by the mail."""
        mees, coordinator = self.mees, self.coordinator
        coordinator.goto(f"{self.home}advies/")
        coordinator.follow("Typ een advies uit")
        coordinator.pick("Patiëntvertegenwoordiger 1")
        coordinator.fill("Het advies", "Bel mensen een dag later op.")
        coordinator.select("Waar gaat het over?", "Contact met zorgverleners")
        coordinator.press("Bewaar, en vraag of het klopt")
        mees.goto(self.link(self.mail, f"dit advies voor {self.name} na", "/deelname/advies/"))
        with mees.act("agree to advice"):
            mees.press("Ja, dit is mijn advies")

    # --- The end -------------------------------------------------------------------------------------------------

    def look_back(self) -> None:
        """The project ends, and both sides are asked how it went."""
        mees, lead = self.mees, self.lead
        lead.goto(self.home)
        lead.follow("Stoppen of afronden")
        lead.pick("Het project is klaar")
        lead.fill("Waarom?", "Wij weten nu wat mensen willen.")
        lead.press("Beëindig het project")
        self.work.tomorrow("open_pulses")
        mees.goto(self.link(self.mail, f"Zes korte vragen over {self.name}", "/peiling/"))
        with mees.act("answer the pulse"):
            for group in mees.page.get_by_role("main").get_by_role("group").all():
                group.get_by_label("Meestal", exact=True).check()
                mees.effort.clicks += 1
            mees.press("Stuur uw antwoorden")

    def leave(self) -> None:
        """Take a copy along, and go."""
        mees = self.mees
        mees.goto("/deelname/")
        mees.follow("Mijn gegevens")
        copy = mees.page.request.get("/deelname/gegevens/kopie/")
        assert "Ik brak twee keer mijn pols." in copy.text()
        mees.follow("Haal mijn gegevens weg")
        mees.press("Ja, haal alles weg")
        mees.sees("Uw gegevens zijn weg")
        assert self.work.mail(self.mail, "Uw gegevens zijn weg")
        mees.goto("/deelname/")
        expect(mees.page.get_by_role("heading", level=1)).to_have_text("Inloggen")


LEAD, COORDINATOR, BUDDY = "lead@voorbeeld.example", "coordinator@voorbeeld.example", "buddy@voorbeeld.example"

# What each act asks after the click on the link in the mail (clicks, fields to type in).
LEAST = {
    "confirm a reply": Effort(1, 0),
    "make an account": Effort(1, 1),
    "sign": Effort(1, 1),
    "declare no interests": Effort(1, 0),
    "answer a meeting": Effort(1, 0),
    "agree to advice": Effort(1, 0),
    "give a verdict": Effort(1, 0),
    "answer the pulse": Effort(7, 0),
    "turn the mail off": Effort(1, 0),
}


def test_representative_from_vacancy_to_verdict_and_goodbye(desk: Desk):
    road = Road(desk)
    desk.work.open_vacancy(road.name, road.slug)

    road.find_and_reply()
    road.weigh()
    road.join()
    road.settle()
    road.tell_and_be_asked()
    road.meet()
    road.talk()
    road.advise()
    road.read_in_public()
    road.agree_to_typed_out()
    road.look_back()
    road.leave()

    assert desk.complaints() == []
    assert desk.missed(OF_REPRESENTATIVE) == set()
    assert desk.efforts == LEAST


def test_table_of_clicks_in_the_docs_is_what_is_counted():
    rows = re.findall(r"^\| ([a-z ]+) \| (\d+) \| (\d+) \|", FEW_CLICKS.read_text(encoding="utf-8"), re.MULTILINE)

    assert {name: Effort(int(clicks), int(fields)) for name, clicks, fields in rows} == LEAST


def test_every_page_stands_on_a_road():
    names = {pattern.name for pattern in urlpatterns}

    assert names == OF_REPRESENTATIVE | OF_LEAD | OF_FUND | OF_MONEY | NO_PAGES


def test_advice_is_given_by_keyboard_only(work: Projects, browser: Browser):
    with desk_in(work, browser, script=True) as desk:
        buddy = desk.of("buddy")
        page = buddy.page
        buddy.goto("/deelname/")

        tab_to(page, page.get_by_role("main").get_by_role("link", name="Eerder project", exact=True))
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile(r"/deelname/[0-9a-f-]+/$"))
        tab_to(page, page.get_by_role("link", name="Geef advies"))
        page.keyboard.press("Enter")
        page.wait_for_url("**/advies/nieuw/")
        tab_to(page, page.get_by_label("Uw advies"))
        page.keyboard.type(ADVICE)
        tab_to(page, page.get_by_label("Waar gaat het over?"))
        page.keyboard.type("Uit")
        tab_to(page, page.get_by_label("Dit hoort zo"))
        page.keyboard.press("ArrowUp")
        tab_to(page, page.get_by_role("button", name="Stuur uw advies"))
        page.keyboard.press("Enter")

        buddy.sees("Uw advies is bij de coördinator.", "Advies: uitleg, moet")
        page.goto("/deelname/eerder/advies/nieuw/")
        found = stops(page)
        assert [one.label for one in found if not (one.is_seen and one.in_order)] == []
        assert [one for one in never_reached(page) if "weight" not in one] == []  # the arrows reach the other choices
        assert desk.complaints() == []
