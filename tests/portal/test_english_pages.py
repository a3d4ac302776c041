"""Everything under /en/ is English: no Dutch words of the user interface on any page, in any state."""

import datetime
import io
import re
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pypdf
import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from bs4 import BeautifulSoup, NavigableString
from django.conf import settings as django_settings
from django.test import override_settings
from django.utils import timezone, translation
from django.utils.translation import gettext, gettext_lazy, ngettext

from participation.actions import exceptions, gates
from participation.actions.money import funds as money
from participation.actions.projects import end_project
from participation.api import urls as participation_urls
from participation.models import Payer, Project
from participation.states import LineKind
from portal.home import views
from portal.home.views import ABOUT, HELP
from portal.messages import CATALOGUE
from portal.organisations.models import OrganisationKind, Province
from portal.organisations.roles import Role
from tests.factories.money import key, rates
from tests.factories.organisations import LocationFactory, OrganisationFactory
from tests.factories.participation import (
    LONG_REASON,
    ProgrammeFactory,
    ProjectFactory,
    given_advice,
    held_meeting,
    representative,
)
from tests.factories.people import member
from tests.factories.recruiting import VacancyFactory, withdrawn
from tests.factories.transparency import EntryFactory, SystemFactory, with_received
from tests.support.addresses import KEYED, PUBLIC
from tests.support.standing import standing
from transparency.actions.publishing import end_entry, publish_entry, publish_notice, publish_system
from transparency.api import urls as api_urls
from transparency.facets import FACETS
from transparency.field import Kind
from transparency.fields import ENTRY_FIELDS, SYSTEM_FIELDS
from transparency.filters import SORT_LABELS
from transparency.models import Entry
from transparency.states import EDITORS, NoticeKind, Origin, State
from transparency.vocabularies import vocabulary

# Words of Dutch pages that are no English words; names of people and places do not hold them.
DUTCH = frozenset("""
    aan afdeling alle anders antwoord artikel beslist bij bron bronnen dat deels deze dit doet een eerst geen gegevens
    gebruik gebruikt gebruiken geldt gemeld gestopt haal heeft het hier hoe huisarts ik ingetrokken ja kies klopt kunt
    lees meer merkt mijn naam naar nee niet niets nieuw nieuwe nog ook openbare pagina plaats redactie reden
    resultaten soort staat tekst toepassing toepassingen uit uitleg uw van veranderd versie vervangen vragen voor
    voorbeeld waar waarom waarvoor waarschuwing wat weet welke wet wie woorden wordt ziekenhuis zoek zoeken zorg
    zorgverlener zorgverleners januari februari maart mei juni juli augustus oktober
""".split())  # fmt: skip

# Names that stay Dutch in an English sentence: of the portal, of a report, of a public body.
NAMES = ("AI in mijn zorg", "AI in de huisartsenpraktijk", "College voor de Rechten van de Mens")

READ_ALOUD = ("aria-label", "title", "alt", "placeholder", "data-stop", "data-done")

ADVICE = uuid.UUID(int=26)
PAGES = {
    "home": ["/en/"],
    "help-index": ["/en/uitleg/"],
    "glossary": ["/en/uitleg/woordenlijst/", "/en/uitleg/woordenlijst/?q=data", "/en/uitleg/woordenlijst/?q=xqxqxq"],
    "changes": ["/en/nieuw/"],
    "help-page": [f"/en/uitleg/{slug}/" for slug in HELP],
    **{name: [f"/en/{name}/"] for name in ABOUT},
    "changes-feed": ["/en/register/wijzigingen.atom"],
    "transparency:register": [
        "/en/register/", "/en/register/?q=hospital", "/en/register/?q=xqxqxq", "/en/register/?q=hosspital",
        "/en/register/?klasse=IIA&status=IN_USE&nee=YES&provincie=UTRECHT&taal=PLAIN&herkomst=PROVIDER",
        "/en/register/?q=hospital&status=PLANNED",
    ],
    "transparency:entry": ["/en/register/whole/", "/en/register/short/", "/en/register/open/", "/en/register/old/",
                           "/en/register/taken/"],
    "transparency:leaflet": ["/en/register/whole/folder.pdf", "/en/register/old/folder.pdf"],
    "transparency:versions": ["/en/register/whole/versies/"],
    "transparency:version": ["/en/register/whole/versies/1/", "/en/register/whole/versies/2/"],
    "transparency:received": ["/en/register/taken/aanlevering/"],
    "transparency:systems": ["/en/systemen/"],
    "transparency:system": ["/en/systemen/finder/", "/en/systemen/unused/"],
    "transparency:system-versions": ["/en/systemen/finder/versies/"],
    "transparency:system-version": ["/en/systemen/finder/versies/1/"],
    "transparency:providers": ["/en/zorgverleners/", "/en/zorgverleners/?q=xqxqxq",
                               "/en/zorgverleners/?provincie=UTRECHT"],
    "transparency:provider": ["/en/zorgverleners/linden/", "/en/zorgverleners/silent/", "/en/zorgverleners/invented/"],
    "transparency:my-care": [
        "/en/mijn-zorg/", "/en/mijn-zorg/?q=linden", "/en/mijn-zorg/?q=xqxqxq", "/en/mijn-zorg/?zorgverlener=linden",
        "/en/mijn-zorg/?zorgverlener=weet-ik-niet", "/en/mijn-zorg/?zorgverlener=linden&bezoek=SCAN",
        "/en/mijn-zorg/?zorgverlener=silent&lichaam=BONES", "/en/mijn-zorg/?zorgverlener=weet-ik-niet&plek=RADIOLOGY",
        "/en/mijn-zorg/?zorgverlener=weet-ik-niet&plek=ELDERLY_CARE", "/en/mijn-zorg/?zorgverlener=linden&bezoek=alles",
    ],
    "transparency:language-check": ["/en/taalcheck/", "/en/taalcheck/?voorbeeld=lastig",
                                    "/en/taalcheck/?voorbeeld=helder"],
    "transparency:proof": ["/en/verantwoording/"],
    "transparency:letter": ["/en/mijn-zorg/brief/", "/en/mijn-zorg/brief/?zorgverlener=linden&bezoek=SCAN",
                            "/en/mijn-zorg/brief/?voor=ander"],
    "participation:projects": ["/en/projecten/", "/en/projecten/?fase=EXPLORE&zoekt=ja"],
    "participation:project": ["/en/projecten/running/", "/en/projecten/stopped/"],
    "participation:programmes": ["/en/programmas/"],
    "participation:programme": ["/en/programmas/together/"],
    "participation:advice": [f"/en/projecten/running/advies/{ADVICE}/"],
    "participation:figures": ["/en/cijfers/"],
    "participation:funds": ["/en/geld/"],
    "participation:fund": ["/en/geld/linden-money/"],
    "participation:rates": ["/en/geld/bedragen/"],
    "participation:vacancies": ["/en/meedoen/", "/en/meedoen/?q=xqxqxq"],
    "participation:vacancies-feed": ["/en/meedoen/feed/"],
    "participation:vacancy": ["/en/meedoen/open/", "/en/meedoen/untranslated/", "/en/meedoen/closed/",
                              "/en/meedoen/filled/", "/en/meedoen/gone/"],
}  # fmt: skip
FOR_MACHINES = {
    "robots", "security-txt", "sitemap", *(f"api:{pattern.name}" for pattern in api_urls.urlpatterns),
    *(f"participation-api:{pattern.name}" for pattern in participation_urls.urlpatterns),
}  # fmt: skip

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The catalogue as it stands now, compiled; what `make messages` left behind may be older."""
    folder = tmp_path_factory.mktemp("locale")
    path = folder / "en" / "LC_MESSAGES" / "django.mo"
    path.parent.mkdir(parents=True)
    with (django_settings.BASE_DIR / CATALOGUE).open("rb") as source, path.open("wb") as target:
        write_mo(target, read_po(source, locale="en"))
    return folder


@pytest.fixture(scope="module")
def english(compiled: Path) -> Iterator[None]:
    with override_settings(LOCALE_PATHS=[compiled]):
        yield


def _dutch(field: Any) -> Any:
    """An answer to `field`, in Dutch where it is in words."""
    if field.kind in {Kind.LINE, Kind.TEXT}:
        return "Het ziekenhuis"
    if field.kind in {Kind.ROWS, Kind.GROUP}:
        row = {part.key: _dutch(part) for part in field.parts}
        return [row] if field.kind == Kind.ROWS else row
    code = next(iter(vocabulary(field.vocabulary).terms)) if field.vocabulary else ""
    return {
        Kind.CHOICE: code, Kind.CHOICES: [code], Kind.ANSWER: {"answer": code, "text": "Dat is nog niet bekend."},
        Kind.URL: "https://linden.example/ai", Kind.CONTACT: "questions@linden.example", Kind.NUMBER: 1200,
        Kind.MONTH: "2025-05", Kind.DATE: "2026-10-01",
    }[field.kind]  # fmt: skip


def _english(field: Any) -> Any:
    """The translation of the answer to `field`."""
    if field.kind in {Kind.ROWS, Kind.GROUP}:
        row = {part.key: _english(part) for part in field.parts if part.translated}
        return [row] if field.kind == Kind.ROWS else row
    words = "The hospital"
    return {"text": words} if field.kind == Kind.ANSWER else words


def _content(fields: Any, **changes: Any) -> dict[str, Any]:
    """An answer to every question, with its English; `changes` replace codes."""
    translated = {field.key: _english(field) for field in fields if field.translated}
    content = {field.key: _dutch(field) for field in fields} | {"provider": "Linden Makers", **changes}
    return {**content, "translations": {"en": translated}}


def _publish(entry: Entry, content: dict[str, Any], responsible: str = "Linden Hospital") -> Entry:
    publish_entry(entry=entry, content=content, reason="Er is iets nieuw.", reason_en="Something is new.",
                  responsible=responsible, by=None, now=timezone.now())  # fmt: skip
    return entry


@pytest.fixture(scope="module")
def world(english: None, django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with standing(django_db_blocker, _everything):
        yield


def _everything() -> None:
    """Every kind of thing that a page can show, each text with its English."""
    linden = OrganisationFactory(slug="linden", name="Linden Hospital")
    LocationFactory(organisation=linden, name="Linden North")
    OrganisationFactory(slug="silent", name="Silent Practice", kind=OrganisationKind.GP_PRACTICE, successor=linden)
    invented = OrganisationFactory(slug="invented", name="Invented Clinic", is_example=True)
    systems = [SystemFactory(slug="finder"), SystemFactory(slug="unused")]
    for system in systems:
        publish_system(system=system, content=_content(SYSTEM_FIELDS), reason="Eerste versie.", responsible=EDITORS,
                       by=None, now=timezone.now())  # fmt: skip
    whole = EntryFactory(slug="whole", organisation=linden, system=systems[0])
    first = _content(ENTRY_FIELDS, status="IN_USE", care_setting=["RADIOLOGY"], visit_reasons=["SCAN"],
                     body_parts=["BONES"])  # fmt: skip
    _publish(_publish(whole, first), first | {"status": "PAUSED", "start_month": "2025-03"})
    publish_notice(entry=whole, kind=NoticeKind.PAUSE, text="Wij zijn gestopt.", text_en="We have stopped for now.",
                   by=None, now=timezone.now())  # fmt: skip
    few = {key: first[key] for key in ("name", "summary", "status", "translations")}
    _publish(EntryFactory(slug="short", organisation=linden, system=systems[0], origin=Origin.EDITORIAL), few, EDITORS)
    taken = _publish(EntryFactory(slug="taken", organisation=linden, origin=Origin.IMPORTED), few)
    for name in ("Kijker", "Zoeker"):
        with_received(taken, {"name": name, "organization": "Linden Hospital", "status": "Sinds mei in gebruik",
                              "Eigen kolom": "Een onbekende kolom", "impact": "Wat u merkt"})  # fmt: skip
    unknown = [field.key for field in ENTRY_FIELDS if field.key not in few]
    _publish(EntryFactory(slug="open", organisation=invented), {**few, "unknown": unknown})
    dutch = {key: value for key, value in first.items() if key != "translations"} | {"name": "Finder"}
    _publish(_publish(EntryFactory(slug="dutch", organisation=invented), dutch), dutch | {"purpose": "Voor de zorg"})
    for slug, successor in (("gone", None), ("old", whole)):
        ended = _publish(EntryFactory(slug=slug, organisation=linden), first)
        end_entry(entry=ended, reason="Wij zijn gestopt.", reason_en="We have stopped.", successor=successor, by=None,
                  now=timezone.now())  # fmt: skip
    _projects(whole)


def _projects(entry: Entry) -> None:
    """A project in which everything happened, one that was stopped, and one without English, in a programme."""
    linden, now = entry.organisation, timezone.now()
    fund = OrganisationFactory(kind=OrganisationKind.FUND, name="Linden Fund", verified_at=now)
    words = {"name_en": "Together", "summary_en": "We pay for projects.", "name": "Together"}
    programme = ProgrammeFactory(slug="together", organisation=fund, **words)
    english = {"name": "Finder", "name_en": "Finder", "summary_en": "It looks too.", "question_en": "And you?",
               "organisation": linden, "patient_side__name": "Patients Together", "programme": programme}  # fmt: skip
    running = ProjectFactory(slug="running", affected=["Ouders van kinderen"], **english)
    running.entries.add(entry)
    running.planned_roles.create(phase="IDEA", influence="ADVISER", places=9, task="Lees de tekst")
    someone = representative(running)
    held_meeting(running, someone)
    given_advice(running, someone, uuid=ADVICE)
    decider = member(linden, Role.GATE_DECIDER)
    gate = gates.ask_gate(project=running, text="Wij zijn klaar met deze fase.", by=running.lead, now=now)
    gates.pass_gate(gate=gate, text="Het is goed.", by=decider, now=now)
    running.refresh_from_db()
    manager = member(fund, Role.FUND_MANAGER)
    exception = exceptions.ask_exception(
        project=running, reason=LONG_REASON, missing="Ouders van kinderen", repair="Wij zoeken op scholen.",
        repair_by=now.date() + datetime.timedelta(days=30), by=running.lead, now=now,
    )  # fmt: skip
    exceptions.grant_exception(exception=exception, text="Voor een keer.", by=manager, now=now)
    _vacancies(running)
    _money(running, fund, manager)
    stopped = ProjectFactory(slug="stopped", is_policy=True, **english)
    end_project(project=stopped, name="stop", reason="Het geld is op.", by=stopped.lead, now=now)
    ProjectFactory(
        slug="dutch", organisation=linden, name="Finder", patient_side=None, affected=["Ouders van kinderen"]
    )


def _money(project: Project, organisation: Any, manager: Any) -> None:
    """The rates, and a fund with a plan, a budget of the project and one that was closed."""
    rates()
    now = timezone.now()
    day, later = now.date(), now.date() + datetime.timedelta(days=100)
    words = {"name": "Linden Money", "name_en": "Linden Money", "summary": "Geld.", "summary_en": "Money."}
    fund = money.begin_fund(organisation=organisation, fields={**words, "starts_on": day, "ends_on": later}, by=manager,
                            now=now)  # fmt: skip
    money.provide(fund=fund, cents=100_000, by=manager, now=now, key=key())
    money.plan(fund=fund, year=day.year, amounts=dict.fromkeys(LineKind.values, 1_000), by=manager, now=now)
    payer = Payer.objects.create(organisation=organisation)
    for about in ({"project": project}, {"purpose": "Een cursus", "purpose_en": "A course"}):
        budget = money.open_budget(fund=fund, payer=payer, starts_on=day, ends_on=later, by=manager, now=now, **about)
        for kind in LineKind:
            money.earmark(budget=budget, kind=kind, cents=1_000, by=manager, now=now, key=key())
    money.close_budget(budget=budget, text="Niemand kwam.", by=manager, now=now, key=key())


def _vacancies(project: Project) -> None:
    """A vacancy that is open, with and without English, and one of each that is over."""
    english = {"project": project, "title": "Finder", "title_en": "Finder", "tasks_en": "You read."}
    asked = VacancyFactory(
        slug="open", perspectives=["ouders"], phases=["IDEA"], language_reason="Het is zo.", **english
    )
    asked.criteria.create(text="U hebt een kind", why="Het gaat over kinderen.", is_must=True, place=1)
    VacancyFactory(slug="untranslated", project=project)
    VacancyFactory(slug="closed", state="CLOSED", **english)
    VacancyFactory(slug="filled", state="FILLED", missing=["ouders"], outcome_text="Het ging goed.",
                   numbers={"responded": 12, "chosen": 3}, **english)  # fmt: skip
    withdrawn(slug="gone", **english)


def _is_english(tag: Any) -> bool:
    speaking = tag if tag.has_attr("lang") else tag.find_parent(lang=True)
    return speaking is None or speaking["lang"] == "en"


def _read(html: str) -> str:
    """Everything that a reader, or a reader's software, reads as English on a page."""
    page = BeautifulSoup(html, "html5lib")
    texts = [
        str(text) for text in page.find_all(string=True)
        if type(text) is NavigableString and _is_english(text.parent)  # no comments, scripts or styles
        and text.find_parent("code") is None  # names in addresses are the same in every language
    ]  # fmt: skip
    texts += [tag[name] for name in READ_ALOUD for tag in page.find_all(attrs={name: True}) if _is_english(tag)]
    texts += [tag["content"] for tag in page.select('meta[name="description"]')]
    return "\n".join(texts)


def _all_words(response: Any) -> str:
    """The English that is read in an answer: a page, a leaflet or a feed."""
    kind = response.headers["Content-Type"].partition(";")[0]
    if kind == "application/pdf":
        return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(response.content)).pages)
    if kind == "application/atom+xml":
        return "\n".join(ElementTree.fromstring(response.content).itertext())  # noqa: S314 (our own feed)
    return _read(response.text)


def _leftovers(text: str) -> list[str]:
    """The Dutch words in `text`, each with what stands around it."""
    for name in NAMES:
        text = text.replace(name, "")
    words = re.finditer(r"[^\W\d_]+", re.sub(r"https?://\S+|\S+@\S+", "", text))
    found = (word for word in words if word[0].casefold() in DUTCH)
    return [" ".join(text.string[max(0, text.start() - 30) : text.end() + 30].split()) for text in found]


def test_every_public_address_is_read_here() -> None:
    assert set(PUBLIC) == {*PAGES, *FOR_MACHINES} - set(KEYED)


@pytest.mark.parametrize("address", [address for pages in PAGES.values() for address in pages])
def test_a_page_under_en_holds_no_dutch(world: None, client: Any, address: str) -> None:
    response = client.get(address)

    assert (response.status_code, _leftovers(_all_words(response))) == (200, [])


@pytest.mark.parametrize(
    "address",
    ["/en/register/dutch/", "/en/register/dutch/versies/", "/en/register/dutch/versies/2/",
     "/en/register/?q=ziekenhuis", "/en/zorgverleners/invented/", "/en/projecten/dutch/"],
)  # fmt: skip
def test_a_text_without_english_is_marked_as_dutch(world: None, client: Any, address: str) -> None:
    body = str(BeautifulSoup(client.get(address).text, "html5lib").body)

    assert _leftovers(_read(body)) == []


def test_the_page_of_what_is_not_there_holds_no_dutch(client: Any) -> None:
    assert _leftovers(_read(client.get("/en/nothing-here/").text)) == []


@pytest.mark.parametrize("handler", [views.bad_request, views.forbidden, views.not_found, views.server_error])
def test_a_page_for_an_error_holds_no_dutch(rf: Any, handler: Any) -> None:
    with translation.override("en"):
        response = handler(rf.get("/en/"))

    assert _leftovers(_read(response.text)) == []


@pytest.mark.parametrize("facet", FACETS, ids=lambda facet: facet.param)
def test_every_value_of_a_filter_is_english_under_en(facet: Any) -> None:
    codes = facet.order() or []
    with translation.override("nl"):
        dutch = [facet.value_label(code) for code in codes]

    with translation.override("en"):
        same = {facet.value_label(code) for code in codes} & set(dutch)

    assert same <= {*Province.labels, "Intensive care"}


@pytest.mark.parametrize("choices", [OrganisationKind, State, NoticeKind, Origin], ids=lambda c: c.__name__)
def test_every_choice_is_english_under_en(choices: Any) -> None:
    with translation.override("en"):
        left = [label for label in map(str, choices.labels) if _leftovers(label)]

    assert left == []


def test_every_order_of_the_list_is_english_under_en() -> None:
    with translation.override("en"):
        assert [str(label) for label in SORT_LABELS.values()] == ["Best match", "Newest first", "Name", "Care provider"]


def test_a_month_is_english_under_en(world: None, client: Any) -> None:
    assert "March 2025" in _read(client.get("/en/register/whole/").text)


@pytest.mark.parametrize(("number", "words"), [(0, "0 entries"), (1, "1 entry"), (2, "2 entries")])
def test_a_number_takes_its_english_plural(number: int, words: str) -> None:
    with translation.override("en"):
        text = ngettext("%(number)s toepassing", "%(number)s toepassingen", number) % {"number": number}

    assert text == words


def test_a_word_with_a_plural_is_also_known_alone() -> None:
    with translation.override("en"):
        assert (gettext("AI-systeem"), str(gettext_lazy("AI-systeem"))) == ("AI system", "AI system")
