"""Every page template in every state that looks different, with the address that shows it."""

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
FOLDERS = ("portal", "transparency")
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


def _register(name: str, template: str, address: str, shows: str) -> State:
    return State(name=name, template=f"transparency/{template}.html", address=address, shows=shows)


ENTRY = "/register/voorbeeld-botbreuken/"
IMPORTED = "/register/voorbeeld-bezettingsmeter/"
HOSPITAL = "voorbeeldziekenhuis-de-linde"
SILENT_HOSPITAL = "academisch-medisch-centrum"
CARE = f"/mijn-zorg/?zorgverlener={HOSPITAL}"

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
    State(name="not-found", template="404.html", address="/bestaat-niet/", shows=".search-box", status=404),
    State(name="wrong-host", template="400.html", address="/", shows=".search-box", status=400,
          host="elders.localhost"),
)  # fmt: skip
# Pages that are there only after somebody did something; the journey that looks at each.
ON_THE_WAY = {
    "transparency/reading_form.html": "test_reading.py",
    "transparency/reading_thanks.html": "test_reading.py",
}
BY_NAME = {state.name: state for state in STATES}


def page_templates() -> set[str]:
    """Every template of these folders that is a whole page."""
    files = (path for folder in FOLDERS for path in (TEMPLATES / folder).rglob("*.html"))
    return {str(path.relative_to(TEMPLATES)) for path in files if IS_PAGE.search(path.read_text(encoding="utf-8"))}
