"""Our own texts against the language gate: all are found, what is hard fails, exemptions have reasons."""

import pytest
from django.conf import settings
from django.urls import resolve

from portal.management.commands.check_own_texts import failures, summary
from portal.own_texts import exemptions
from portal.own_texts.content import content_texts
from portal.own_texts.exemptions import exempt
from portal.own_texts.pages import BrokenPage, pages
from portal.own_texts.screens import mails, screen_texts
from portal.own_texts.text import OwnText, judge
from tests.factories.money import money
from tests.factories.organisations import OrganisationFactory
from tests.factories.participation import ProgrammeFactory, ProjectFactory, given_advice, representative
from tests.factories.recruiting import VacancyFactory
from tests.factories.transparency import EntryFactory, published_entry, published_system, with_notice
from tests.portal.test_english_pages import PAGES
from tests.transparency.readability.test_check import EASY, HARD
from transparency.actions.publishing import publish_entry
from transparency.readability.names import known_words
from transparency.readability.score import Colour
from transparency.states import Origin

# The same texts in another form; and a page of imported entries, of which there are none here.
NO_PAGES = {"transparency:leaflet", "changes-feed", "transparency:received"}


def own(text, **more):
    return OwnText(kind="field", place="hier", text=text, **more)


def test_a_hard_text_fails_and_says_why_and_where():
    verdict = judge(own(HARD))

    first, *findings = verdict.lines(2)
    assert (verdict.passes, verdict.colour) == (False, Colour.RED)
    assert first.startswith("field hier: red (ongeveer ")
    assert len(findings) == 2


def test_an_easy_text_passes():
    assert judge(own(EASY)).passes


@pytest.mark.parametrize("fault", [" ".join(["man"] * 26) + ".", "U vindt het in het QXR."])
@pytest.mark.parametrize("before", ["", EASY])
def test_an_error_fails_in_a_short_text_and_in_a_green_one(before, fault):
    assert not judge(own(f"{before}\n\n{fault}")).passes


OTHER_FORM = [
    "U heeft een vraag.", "Heeft u een vraag?", "Dan heeft u recht op een kopie.",
    "Dit bewaren wij zolang u een account heeft.", "Vertel wat u nodig heeft.",
]  # fmt: skip
OUR_FORM = [
    "U hebt een vraag.", "Vraag wat zij over u heeft.", "Heeft uw arts een vraag?",
    "Niemand vertelt u dat de computer heeft geholpen.", "Alles wat iemand over u heeft opgeschreven.",
]  # fmt: skip


@pytest.mark.parametrize("text", OTHER_FORM)
def test_our_texts_have_one_form_of_the_same_word(text):
    verdict = judge(own(text, is_short=True))

    assert not verdict.passes
    assert "Onze teksten zeggen overal ‘u hebt’." in verdict.lines(1)[1]


@pytest.mark.parametrize("text", OUR_FORM)
def test_right_form_is_no_fault(text):
    assert judge(own(text, is_short=True)).passes


def test_of_a_text_of_the_screen_only_errors_count():
    assert judge(own(HARD.split(".")[0] + ".", is_short=True)).colour is None
    assert judge(own(EASY, is_short=True)).passes


def test_another_language_fails():
    english = "The patient is told what the computer does and when it makes a mistake. You can always say no to this."

    assert judge(own(english)).lines(3) == ["field hier: kort (te kort): dit lijkt geen Nederlands"]


def test_the_words_of_a_name_are_known_but_not_its_ordinary_words():
    words = known_words(["Zorgcentrum De Qwerk", "het QX ziekenhuis", "EUR-Lex"])

    assert {"qwerk", "qx", "eur-lex"} <= words
    assert not {"de", "het", "ziekenhuis"} & words


def test_the_counts_tell_what_did_not_pass():
    verdicts = [judge(own(EASY)), judge(own(HARD)), judge(own("Bel ons."))]

    assert summary(verdicts)[1] == "velden: 3 (1 groen, 1 rood, 1 te kort voor een kleur; 0 met een fout)"
    assert failures(verdicts, most=1)[-1] == "Niet door de taalcheck: 1."
    assert failures(verdicts[:1], most=1) == []


@pytest.mark.django_db
def test_every_public_page_is_read():
    example = OrganisationFactory(slug="voorbeeldziekenhuis-de-linde", is_example=True)
    published_entry(slug="kijker", organisation=example, system=published_system(slug="finder"))
    published_entry(slug="voorbeeld-botbreuken", organisation=example)
    project = ProjectFactory(programme=ProgrammeFactory())
    given_advice(project, representative(project))
    VacancyFactory(project=project)
    money(project=project)

    found = {page.place.partition("?")[0]: page for page in pages()}

    named = {resolve(place).view_name for place in found if place.startswith("/") and place != "/bestaat-niet/"}
    assert named | {"ontwikkelaars", "taalcheck-cijfers"} == {*PAGES} - NO_PAGES
    assert exempt("page") == {"/ontwikkelaars/", "/taalcheck-cijfers/"}
    assert {f"fout {status}" for status in (400, 403, 404, 500)} <= {*found}
    assert "kijker" in found["/register/kijker/"].text.lower()


@pytest.mark.django_db
def test_a_page_that_is_not_there_is_no_easy_page(monkeypatch):
    monkeypatch.setattr("portal.own_texts.pages.TYPED", ("/register/kwijt/",))

    with pytest.raises(BrokenPage, match="/register/kwijt/ answers 404"):
        list(pages())


@pytest.mark.django_db
def test_a_page_leaves_out_what_is_for_experts_and_knows_its_names():
    published_entry(slug="voorbeeld-botbreuken")
    organisation = OrganisationFactory(name="Qxz Ziekenhuis", also_known_as=["QXZ"])
    published_entry(
        slug="kijker",
        organisation=organisation,
        content={"technical": "Een neuraal netwerk.", "risks": "Het mist iets."},
    )

    (page,) = (page for page in pages() if page.place == "/register/kijker/")

    assert "Het mist iets." in page.text
    assert "Een neuraal" not in page.text
    assert "terug naar de tekst" not in page.text
    assert "qxz" in page.known


@pytest.mark.django_db
def test_every_plain_field_of_our_own_is_read_alone_and_together():
    entry = published_entry(
        slug="kijker",
        content={
            "purpose": "Het zoekt breuken", "technical": "Een netwerk.", "tags": "bot",
            "can_refuse": {"answer": "YES", "text": "Zeg het ons."},
            "sources": [{"title": "Rapport", "states": "Het werkt.", "link": "https://voorbeeld.invalid"}],
        },
    )  # fmt: skip
    with_notice(entry)
    imported = EntryFactory(slug="elders", origin=Origin.IMPORTED)
    publish_entry(entry=imported, content={"name": "X", "purpose": HARD}, reason="Overgenomen.", responsible="X",
                  by=None, now=entry.first_published_at)  # fmt: skip

    found = {one.place: one.text for one in content_texts()}

    assert found["kijker purpose"] == "Het zoekt breuken"
    assert found["kijker can_refuse"] == "Zeg het ons."
    assert found["kijker sources 1 states"] == "Het werkt."
    assert "Het zoekt breuken.\n\n" in found["kijker samen"]
    assert any(place.startswith("kijker melding") for place in found)
    assert "kijker (versie 1) reden" in found
    assert not [place for place in found if place.startswith(("elders", "kijker technical", "kijker tags"))]


def test_a_text_in_a_template_is_read_with_something_in_its_gaps(tmp_path):
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "a.html").write_text(
        "{% blocktranslate %}Bel {{ name }} vandaag.{% endblocktranslate %}"
        "{% blocktranslate count n=x %}{{ n }} <b>huis</b>{% plural %}{{ n }} huizen{% endblocktranslate %}"
    )

    found = {one.text for one in screen_texts(tmp_path) if one.place == "templates/a.html"}

    assert found == {"Bel 2 vandaag.", "2 huis", "2 huizen"}


def test_the_labels_of_fields_for_experts_are_not_read_and_the_words_of_choices_are():
    found = {one.text for one in screen_texts(settings.BASE_DIR)}

    assert {"Kunt u nee zeggen?", "Helpen bij het verslag in het dossier"} <= found
    assert not {"UDI-DI", "KvK-nummer"} & found


def test_a_mail_is_read_without_its_tags(tmp_path):
    folder = tmp_path / "templates" / "emails" / "participation"
    folder.mkdir(parents=True)
    (folder / "invite_body.txt").write_text('{% load i18n %}Dag {{ name }},\n\n{% translate "Kom langs." %}\n')
    (tmp_path / "templates" / "robots.txt").write_text("Disallow: /")

    (mail,) = mails(tmp_path)

    assert (mail.kind, mail.text.strip()) == ("mail", "Dag 2,\n\nKom langs.")
    assert mail.place == "templates/emails/participation/invite_body.txt"


def test_an_exemption_without_a_reason_is_refused(tmp_path, monkeypatch):
    file = tmp_path / "exemptions.toml"
    file.write_text('[[page]]\nname = "/x/"\nreason = " "\n')
    monkeypatch.setattr(exemptions, "FILE", file)
    exempt.cache_clear()

    with pytest.raises(ValueError, match="/x/"):
        exempt("page")
    exempt.cache_clear()
