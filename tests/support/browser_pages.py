"""Every page template in every state that looks different, with the address that shows it."""

import re
import uuid
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
FOLDERS = ("portal", "transparency", "participation")
IS_PAGE = re.compile(r"""\{%\s*extends\s+["']base\.html["']\s*%\}""")


@dataclass(frozen=True, kw_only=True)
class State:
    """A page in one state. `shows` selects what stands on the page in this state only: proof that we look at it."""

    name: str
    template: str
    address: str
    shows: str
    status: int = 200
    host: str = "localhost"

    def url(self, base: str) -> str:
        """The whole address on the server `base`."""
        parts = urlsplit(base)
        return f"{parts.scheme}://{parts.netloc.replace('localhost', self.host)}{self.address}"


def _portal(name: str, template: str, address: str, shows: str) -> State:
    return State(name=name, template=f"portal/{template}.html", address=address, shows=shows)


def _register(name: str, template: str, address: str, shows: str, status: int = 200) -> State:
    return State(name=name, template=f"transparency/{template}.html", address=address, shows=shows, status=status)


def _of(project: str, name: str) -> uuid.UUID:
    return uuid.uuid5(uuid.UUID(project), name)


def _taking_part(name: str, template: str, address: str, shows: str, status: int = 200) -> State:
    return State(name=name, template=f"participation/{template}.html", address=address, shows=shows, status=status)


ENTRY = "/register/voorbeeld-botbreuken/"
IMPORTED = "/register/voorbeeld-bezettingsmeter/"
HOSPITAL = "voorbeeldziekenhuis-de-linde"
SILENT_HOSPITAL = "academisch-medisch-centrum"
FUND = "/geld/samen-slimmer-geld-voor-patienten-voorbeeld/"
FRACTURES = "/projecten/voorbeeld-breuken-bij-kinderen/"
SKIN, LUNGS = "/projecten/voorbeeld-huidapp-donkere-huid/", "/projecten/voorbeeld-longaanval-voorspellen/"
OPEN_VACANCY = "/meedoen/voorbeeld-kijk-mee-naar-de-huidapp/"
EXAMPLE_FIGURES = "/cijfers/?voorbeelden=ja"
CARE = f"/mijn-zorg/?zorgverlener={HOSPITAL}"

# Advice of the stories in participation/content/examples: the same numbers in every installation.
ADVICE = {"judged": _of("a2f4c0de-7b19-4c53-8d0e-51c7a9e3b601", "kinderen-apart"),
          "late": _of("c9d3b7a4-1e5f-4f0a-a6c2-84b0d5e7f302", "wachten")}  # fmt: skip

STATES = (
    _portal("home", "home", "/", ".hero"),
    _portal("home-english", "home", "/en/", "html[lang=en] .hero"),
    _portal("help", "help_index", "/uitleg/", ".ways__title"),
    _portal("help-page", "help_page", "/uitleg/wat-is-ai/", ".between"),
    _portal("help-page-with-law", "help_page", "/uitleg/rechten/", ".law__line"),
    _portal("help-page-about", "help_page", "/toegankelijkheid/", "article.help"),
    _portal("help-page-figures", "help_page", "/taalcheck-cijfers/", ".help__text table"),
    _portal("glossary", "glossary", "/uitleg/woordenlijst/", ".glossary__term"),
    _portal("glossary-found", "glossary", "/uitleg/woordenlijst/?q=algoritme", "[role=status]"),
    _portal("changes", "changes", "/nieuw/", ".timeline"),
    _register("list", "register", "/register/", "#resultaten .utrecht-pagination"),
    _register("list-english", "register", "/en/register/", "html[lang=en] #resultaten"),
    _register("list-last-page", "register", "/register/?pagina=2", "[aria-current=page]:has-text('2')"),
    _register("list-filtered", "register", "/register/?plek=GP&nee=YES", ".chosen__one >> nth=1"),
    _register("list-search", "register", "/register/?q=botbreuk", ".utrecht-card mark"),
    _register("list-corrected", "register", "/register/?q=botbruek", "#aantal:has-text('botbreuk')"),
    _register("list-did-you-mean", "register", "/register/?q=borts", ".did-you-mean"),
    _register("list-providers", "register", "/register/?q=voorbeeldziekenhuis", ".empty h3:has-text('Zorgverleners')"),
    _register("list-empty", "register", "/register/?q=qqqqqq", ".empty h3:has-text('Niets gevonden')"),
    _register("list-too-narrow", "register", "/register/?q=botbreuk&plek=PHARMACY", ".empty a:has-text('Apotheek')"),
    _register("entry", "entry", ENTRY, "#refuse"),
    _register("entry-english", "entry", f"/en{ENTRY}", "html[lang=en] #refuse"),
    _register("entry-notice", "entry", "/register/voorbeeld-longplekjes/", ".utrecht-alert--warning"),
    _register("entry-editorial", "entry", "/register/boneview-cwz/", ".utrecht-alert a[href='#bronnen']"),
    _register("entry-ended", "entry", "/register/voorbeeld-oude-afsprakenhulp/",
              ".utrecht-alert a[href='/register/voorbeeld-afsprakenchatbot/']"),
    _register("versions", "entry_versions", f"{ENTRY}versies/", ".timeline__title"),
    _register("version-first", "entry_version", f"{ENTRY}versies/1/", ".utrecht-alert a"),
    _register("version-changed", "entry_version", f"{ENTRY}versies/2/", ".change ins"),
    _register("entry-imported", "entry", IMPORTED, f".utrecht-alert a[href='{IMPORTED}aanlevering/']"),
    _register("received", "received", f"{IMPORTED}aanlevering/", ".stacked td"),
    _register("received-english", "received", f"/en{IMPORTED}aanlevering/", "html[lang=en] .stacked td"),
    _register("systems", "system_list", "/systemen/", ".cards--grid"),
    _register("system", "system", "/systemen/boneview/", "#wie li a"),
    _register("system-unused", "system", "/systemen/skinvision/", "#wie p > a"),
    _register("system-versions", "system_versions", "/systemen/boneview/versies/", ".timeline__title"),
    _register("system-version", "system_version", "/systemen/boneview/versies/1/", ".whole__text"),
    _register("providers", "provider_list", "/zorgverleners/", "#resultaten .utrecht-pagination"),
    _register("providers-found", "provider_list", "/zorgverleners/?q=voorbeeld",
              ".rows .utrecht-badge-status--example"),
    _register("providers-empty", "provider_list", "/zorgverleners/?q=qqqqqq", ".empty"),
    _register("providers-nearest", "provider_list", "/zorgverleners/?q=voorbeeldzikenhuis",
              f".empty ~ ul a[href$='{HOSPITAL}/'], .empty a[href$='{HOSPITAL}/']"),
    _register("provider", "provider", f"/zorgverleners/{HOSPITAL}/", "#vroeger"),
    _register("provider-silent", "provider", f"/zorgverleners/{SILENT_HOSPITAL}/", ".utrecht-alert"),
    _register("my-care", "my_care", "/mijn-zorg/", ".steps [aria-current]:nth-child(1)"),
    _register("my-care-found", "my_care", "/mijn-zorg/?q=voorbeeld", ".rows__name"),
    _register("my-care-not-found", "my_care", "/mijn-zorg/?q=qqqqqq", "[role=status]"),
    _register("my-care-nearest", "my_care", "/mijn-zorg/?q=voorbeeldzikenhuis", f"main li a[href$='{HOSPITAL}']"),
    _register("my-care-about", "my_care", CARE, ".steps [aria-current]:nth-child(2)"),
    _register("my-care-result", "my_care", f"{CARE}&bezoek=EMERGENCY", ".take-along"),
    _register("my-care-nothing", "my_care", f"/mijn-zorg/?zorgverlener={SILENT_HOSPITAL}&bezoek=EMERGENCY",
              "h2:has-text('nog niets gemeld')"),
    _register("my-care-unknown", "my_care", "/mijn-zorg/?zorgverlener=weet-ik-niet&lichaam=LUNGS", ".utrecht-card"),
    _register("my-care-all", "my_care", f"{CARE}&bezoek=alles", ".utrecht-card"),
    _register("letter-for-other", "letter", "/mijn-zorg/brief/?voor=ander", "#brief-patient"),
    _register("letter", "letter", f"/mijn-zorg/brief/?zorgverlener={HOSPITAL}&bezoek=EMERGENCY", "#brief"),
    _register("proof", "proof", "/verantwoording/", ".heads td"),
    _register("proof-english", "proof", "/en/verantwoording/", "html[lang=en] .heads td"),
    _register("language-check", "language_check", "/taalcheck/", "#uitslag ul"),
    _register("language-check-hard", "language_check", "/taalcheck/?voorbeeld=lastig", ".check-score__red"),
    _register("language-check-easy", "language_check", "/taalcheck/?voorbeeld=helder", ".check-zones__here"),
    _register("language-check-english", "language_check", "/en/taalcheck/?voorbeeld=lastig",
              "html[lang=en] .check-point"),
    State(name="reading-over", template="transparency/reading_over.html", address="/lezen/bestaat-niet/",
          shows="h1:has-text('werkt niet meer')", status=410),
    _taking_part("projects", "project_list", "/projecten/", "#resultaten .utrecht-badge-status--warning"),
    _taking_part("projects-english", "project_list", "/en/projecten/", "html[lang=en] #resultaten .utrecht-card"),
    _taking_part("projects-found", "project_list", "/projecten/?fase=DEVELOP&zoekt=ja", "#zoekt:checked"),
    _taking_part("projects-empty", "project_list", "/projecten/?provincie=ZEELAND", "#resultaten .empty"),
    _taking_part("project", "project", FRACTURES, "#samenwerken"),
    _taking_part("project-english", "project", f"/en{FRACTURES}", "html[lang=en] .phases"),
    _taking_part("project-late", "project", "/projecten/voorbeeld-wachten-op-de-prostaatscan/",
                 ".marks:has-text('Te laat met patiënten')"),
    _taking_part("project-excepted", "project", LUNGS, "#uitzonderingen"),
    _taking_part("project-over", "project", "/projecten/voorbeeld-uitleg-hartrisico/", "#verantwoording"),
    _taking_part("advice", "advice", f"{FRACTURES}advies/{ADVICE['judged']}/", ".road__one--patients >> nth=1"),
    _taking_part("advice-english", "advice", f"/en{FRACTURES}advies/{ADVICE['judged']}/", "html[lang=en] .road"),
    _taking_part("advice-late", "advice", f"{SKIN}advies/{ADVICE['late']}/", ".road__one--next .utrecht-badge-status"),
    _taking_part("vacancies", "vacancy_list", "/meedoen/", "#resultaten .utrecht-card >> nth=1"),
    _taking_part("vacancies-empty", "vacancy_list", "/meedoen/?q=qqqqqq", "#resultaten .empty"),
    _taking_part("vacancy", "vacancy", OPEN_VACANCY, "a.utrecht-button[href^='/aanmelding/']"),
    _taking_part("vacancy-english", "vacancy", f"/en{OPEN_VACANCY}", "html[lang=en] a.utrecht-button"),
    _taking_part("vacancy-filled", "vacancy", "/meedoen/voorbeeld-denk-mee-over-de-huidapp/", "#afloop"),
    _taking_part("vacancy-withdrawn", "vacancy", "/meedoen/voorbeeld-denk-mee-over-wachten/", ".utrecht-alert"),
    _taking_part("reply", "candidacy_form", "/aanmelding/voorbeeld-kijk-mee-naar-de-huidapp/", "form textarea"),
    _taking_part("reply-too-late", "candidacy_closed", "/aanmelding/voorbeeld-wachten-op-een-uitslag/", "main h1", 410),
    _taking_part("reply-sent", "candidacy_sent", "/aanmelding/verstuurd/", "main h1"),
    _taking_part("reply-new-link", "candidacy_new_link", "/aanmelding/link/", "form input[type=email]"),
    _taking_part("reply-link-gone", "candidacy_link_gone", "/aanmelding/link/verzonnen/", "main h1", 410),
    _taking_part("meeting-link-gone", "meeting_answer_gone", "/deelname/antwoord/verzonnen/", "main h1", 410),
    _taking_part("erased", "my_data_gone", "/deelname/gewist/", "main h1"),
    _taking_part("programmes", "programme_list", "/programmas/", "main a[href='/programmas/voorbeeld-samen-slimmer/']"),
    _taking_part("programme", "programme", "/programmas/voorbeeld-samen-slimmer/", ".utrecht-card"),
    _taking_part("programme-english", "programme", "/en/programmas/voorbeeld-samen-slimmer/",
                 "html[lang=en] .utrecht-card"),
    _taking_part("funds", "money/public_funds", "/geld/", "main .money-bar"),
    _taking_part("fund", "money/public_fund", FUND, "#waarvoor"),
    _taking_part("fund-english", "money/public_fund", f"/en{FUND}", "html[lang=en] #waarvoor"),
    _taking_part("rates", "money/public_rates", "/geld/bedragen/", "main tbody tr"),
    _taking_part("figures-empty", "figures", "/cijfers/", "main .empty"),
    _taking_part("figures", "figures", EXAMPLE_FIGURES, "#cijfer-in_time ~ details >> nth=1"),
    _taking_part("figures-one", "figures", f"/cijfers/?organisatie={HOSPITAL}&voorbeelden=ja", "main strong"),
    _taking_part("figures-english", "figures", f"/en{EXAMPLE_FIGURES}", "html[lang=en] .figure"),
    State(name="not-found", template="404.html", address="/bestaat-niet/", shows=".search-box", status=404),
    State(name="wrong-host", template="400.html", address="/", shows=".search-box", status=400,
          host="elders.localhost"),
)  # fmt: skip
# Pages that are there only after somebody did something; the journey that looks at each.
ON_THE_WAY = {
    "participation/candidacy_done.html": "test_representative.py",
    "participation/candidacy_link.html": "test_representative.py",
    "participation/digest_stop.html": "test_representative.py",
    "participation/meeting_answer.html": "test_representative.py",
    "participation/meeting_answered.html": "test_representative.py",
    "transparency/reading_form.html": "test_reading.py",
    "transparency/reading_thanks.html": "test_reading.py",
}
BY_NAME = {state.name: state for state in STATES}


def page_templates() -> set[str]:
    """Every template of these folders that is a whole page."""
    files = (path for folder in FOLDERS for path in (TEMPLATES / folder).rglob("*.html"))
    return {str(path.relative_to(TEMPLATES)) for path in files if IS_PAGE.search(path.read_text(encoding="utf-8"))}
