"""What a draft tells of itself: how far it is, what is missing, how it reads and looks, what colleagues say."""

import datetime

import pytest
from django.urls import reverse

from portal.accounts.models import PortalRole
from portal.organisations.roles import Role
from tests.conftest import NOW
from tests.factories.life import make_hospital, new_draft, scheduled, submitted
from tests.factories.organisations import OrganisationFactory
from tests.factories.people import member, on_duty
from tests.factories.transparency import COMPLETE, published_entry, published_system
from tests.support.html import soup, words
from transparency.actions.drafts import (
    approve,
    discard,
    return_draft,
    start_correction,
    start_entry,
    start_system,
    submit,
)
from transparency.actions.writing import comment, save_answers
from transparency.around import around
from transparency.entry_page import page_context, page_of
from transparency.fields import FIELDS
from transparency.models import Draft, DraftComment, PublicRecord, Version
from transparency.shape import sound
from transparency.states import DraftState
from transparency.writing.hints import hints
from transparency.writing.preview import as_public
from transparency.writing.steps import gaps, progress

pytestmark = pytest.mark.django_db

BOTH = "U gaf een antwoord én zei dat u het niet weet. Haal een van de twee weg."
HARD = "Indien de patiënt m.b.t. het onderzoek vragen heeft, dient deze zich te wenden tot de behandelend zorgverlener."


@pytest.fixture
def hospital(now):
    return OrganisationFactory(name="Ziekenhuis De Linde", verified_at=now)


@pytest.fixture
def anna(hospital):
    return member(hospital, Role.EDITOR, name="Anna")


@pytest.fixture
def draft(hospital, anna, now):
    return start_entry(organisation=hospital, slug="breukkijker", content=COMPLETE, by=anna, now=now)


@pytest.fixture
def signed_in(client, anna):
    client.force_login(anna)
    return client


def page(client, draft, name="draft"):
    return soup(client.get(reverse(f"transparency:{name}", args=[draft.uuid])))


def save(draft, anna, now, **answers):
    save_answers(draft=draft, answers=answers, seen=draft.revision, by=anna, now=now)
    return draft


# --- How far --------------------------------------------------------------------------------------------------------


def test_whole_text_lacks_nothing(draft):
    far = progress(draft)

    assert (far.lacks, far.percent, far.in_words) == ([], 100, "Alles wat nodig is, is ingevuld.")


def test_what_is_not_known_counts_as_an_answer(draft, anna, now):
    save(draft, anna, now, **{"purpose": None, "unknown.purpose": True})

    assert progress(draft).lacks == []


@pytest.mark.parametrize(
    ("answers", "kind", "told"),
    [
        ({"purpose": None}, "missing", "Dit antwoord ontbreekt nog."),
        ({"last_checked_on": "morgen"}, "wrong", "Geef een datum als 2026-11-22."),
        ({"unknown.purpose": True}, "wrong", BOTH),
        ({"purpose": "Voor [naam]."}, "gap", "Vul zelf nog in: [naam]"),
        ({"status": "STOPPED", "end_month": "2026-01"}, "missing", "Dit antwoord ontbreekt nog."),
    ],
)  # fmt: skip
def test_what_is_not_done_is_told(draft, anna, now, answers, kind, told):
    (lack,) = progress(save(draft, anna, now, **answers)).lacks

    assert (lack.kind, lack.message) == (kind, told)
    assert progress(draft).percent < 100 or not lack.field.needed_when(draft.content)


def test_overview_says_of_each_step_whether_it_is_done_or_may_stay_empty(signed_in, draft, anna, now):
    def marks():
        rows = page(signed_in, draft).select(".write-overview li")
        return {words(row.select_one(".rows__name")).split(". ")[1]: words(row.select_one(".marks")) for row in rows}

    save(draft, anna, now, purpose=None)
    before = marks()
    save(draft, anna, now, sources=[{"title": "Een rapport"}])

    assert set(before.values()) == {"▲ nog 1 vraag", "✓ klaar", "○ mag leeg blijven"}
    assert before["Waarvoor is het?"] == "▲ nog 1 vraag"
    assert (before["Bronnen"], marks()["Bronnen"]) == ("○ mag leeg blijven", "✓ klaar")


def test_state_of_a_text_stands_on_its_page_once(client, now):
    hospital = make_hospital()
    draft = submitted(hospital)
    return_draft(draft=draft, remarks="Schrijf korter.", by=hospital.publisher, now=now)
    client.force_login(hospital.writer)

    marks = [words(mark) for mark in page(client, draft).select(".marks > *")]

    assert [mark for mark in marks if "Terug naar de schrijver" in mark] == ["▲ Terug naar de schrijver"]


def test_empty_text_is_not_begun(hospital, anna, now):
    far = progress(start_entry(organisation=hospital, slug="x", content={}, by=anna, now=now))

    assert (far.percent, far.in_words, far.ready) == (0, "Er is nog niets ingevuld.", 0)


@pytest.mark.parametrize(
    ("text", "found"),
    [("[naam organisatie] en {{naam}}", ["[naam organisatie]", "{{naam}}"]), ("XXX ___", ["XXX", "___"]),
     ("<naam>", ["<naam>"]), ("[1] en [12]", []), ("gewone tekst (met haken)", []),
     (["[een]", {"a": "[twee]"}], ["[een]", "[twee]"]), (None, []), (3, [])],
)  # fmt: skip
def test_gaps_are_what_somebody_left_to_fill_in(text, found):
    assert gaps(text) == found


def test_missing_page_says_what_and_why_and_leads_there(signed_in, draft, anna, now):
    save(draft, anna, now, can_refuse=None)

    shown = page(signed_in, draft, "draft-missing").select_one("main")

    assert "Kunt u nee zeggen?" in words(shown)
    assert "Waarom: Dit is wat patiënten het vaakst willen weten." in words(shown)
    assert shown.select(f'a[href="{reverse("transparency:draft-step", args=[draft.uuid, "refuse"])}#vraag-can_refuse"]')


def test_every_public_question_has_an_example_and_every_needed_one_says_why():
    assert [f.key for f in FIELDS if not f.is_expert() and not hints().get(f.key, {}).get("example")] == []
    needed = [f.key for f in FIELDS if f.needed_when.__name__ != "never"]
    assert [key for key in needed if not hints()[key].get("why")] == []
    assert set(hints()) <= {f.key for f in FIELDS}


def test_every_hint_is_there_in_english():
    for key, texts in hints().items():
        assert {name.removesuffix("_en") for name in texts if name.endswith("_en")} == {
            name for name in texts if not name.endswith("_en")
        }, key


# --- The overview ---------------------------------------------------------------------------------------------------


def test_overview_tells_state_steps_language_and_who_wrote_last(signed_in, draft, anna, now):
    save(draft, anna, now, purpose=HARD, risks=None)
    comment(draft=draft, text="Kijk eens.", by=anna, now=now)

    told = words(page(signed_in, draft).select_one("main"))

    assert "Wordt geschreven" in told
    assert "Voor het laatst veranderd om 10:00 door Anna." in told
    assert "6. Wat kan er misgaan? ▲ nog 1 vraag" in told
    assert "2. Waarvoor is het? ✓ klaar ▲ tekst is moeilijk" in told
    assert "1 antwoord is nog te moeilijk." in told
    assert "(1 open)" in told
    assert "Hoe nu verder?" in told


def test_overview_of_yesterday_names_the_day(signed_in, draft, now):
    Draft.objects.update(edited_at=now - datetime.timedelta(days=1))

    assert "op 21 november 2026 om 10:00" in words(page(signed_in, draft).select_one("main"))


def test_who_only_reads_gets_no_way_into_the_form(client, draft, hospital):
    client.force_login(member(hospital, Role.COORDINATOR))

    for name in ("draft", "draft-missing", "draft-language"):
        assert page(client, draft, name).select('a[href*="/stap/"]') == [], name


def test_submitted_text_has_no_way_into_the_form(signed_in, draft, anna, now):
    submit(draft=draft, reason="Nieuw.", by=anna, now=now)

    assert page(signed_in, draft).select('a[href*="/stap/"]') == []


def test_text_of_a_colleague_who_left_is_still_told(signed_in, draft, anna, now):
    Draft.objects.update(edited_by=None)

    assert "door Een collega" in words(page(signed_in, draft).select_one("main"))


# --- The language ---------------------------------------------------------------------------------------------------


def test_language_page_tells_the_whole_and_the_worst_first(signed_in, draft, anna, now):
    save(draft, anna, now, for_whom=HARD)

    shown = page(signed_in, draft, "draft-language")

    assert shown.select_one(".check-score__here")
    assert words(shown.select_one(".write-lack h3")) == "Voor wie is het?"
    assert "Zo kan de tekst niet openbaar worden." in words(shown.select_one(".write-lack"))


def test_empty_text_has_nothing_to_check(signed_in, hospital, anna, now):
    empty = start_entry(organisation=hospital, slug="x", content={"name": "X"}, by=anna, now=now)

    assert "Er is nog geen tekst om te controleren." in words(
        page(signed_in, empty, "draft-language").select_one("main")
    )


# --- How it will look -----------------------------------------------------------------------------------------------


def test_preview_is_the_public_page_of_the_next_version(signed_in, draft, now):
    shown = page(signed_in, draft, "draft-preview")

    assert "Zo komt het eruit te zien. Dit is nog niet openbaar." in words(shown.select_one("main"))
    preview = shown.select_one(".write-preview")
    assert words(preview.select_one("h1")) == "Breukkijker"
    assert COMPLETE["purpose"] in words(preview.select_one("#purpose"))
    assert "Versie 1, 22 november 2026" in words(preview)
    assert words(shown.select_one(".write-card")).startswith("Breukkijker Ziekenhuis De Linde")


def test_preview_of_a_correction_is_letter_for_letter_what_is_published(signed_in, hospital, anna, now):
    entry = published_entry(organisation=hospital, slug="breukkijker")
    draft = start_correction(entry=entry, by=anna, now=now)

    made, version = as_public(draft, now)

    assert version.number == 2
    assert page_context(made, version)["content"] == entry.current_version.content
    assert "tombstone" not in page_of(made, version, [version], around(made))


def test_preview_changes_nothing(signed_in, draft):
    page(signed_in, draft, "draft-preview")

    draft.entry.refresh_from_db()
    assert (draft.entry.state, draft.entry.first_published_at) == ("DRAFT", None)
    assert not Version.objects.exists()
    assert not PublicRecord.objects.exists()


def test_preview_of_any_half_written_text_can_be_seen(signed_in, hospital, anna, now):
    wrong = {
        "last_checked_on": "morgen", "people_per_year": "veel", "can_refuse": {"text": "Ja."}, "use_kind": "X",
        "care_setting": "GP", "evidence": [{"title": 3}], "name": "x" * 300, "works_less_well_for": {"a": 1},
    }  # fmt: skip
    draft = start_entry(organisation=hospital, slug="half", content=wrong, by=anna, now=now)

    for name in ("draft", "draft-preview", "draft-missing", "draft-language"):
        assert signed_in.get(reverse(f"transparency:{name}", args=[draft.uuid])).status_code == 200
    assert "Nog zonder naam" in words(page(signed_in, draft, "draft-preview").select_one(".write-preview h1"))


def test_preview_is_kept_by_nobody(signed_in, draft):
    response = signed_in.get(reverse("transparency:draft-preview", args=[draft.uuid]))

    assert "no-store" in response.headers["Cache-Control"]


def test_leaflet_says_that_it_is_not_public_yet(signed_in, draft):
    response = signed_in.get(reverse("transparency:draft-leaflet", args=[draft.uuid]))

    assert response.content.startswith(b"%PDF")
    assert "no-store" in response.headers["Cache-Control"]


def test_product_has_a_preview_and_no_leaflet(client, now):
    editor = on_duty(PortalRole.EDITORIAL)
    draft = start_system(system=published_system(content={"purpose": "Om te kijken."}), by=editor, now=now)
    client.force_login(editor)

    assert "Om te kijken." in words(page(client, draft, "draft-preview").select_one(".write-preview"))
    assert client.get(reverse("transparency:draft-leaflet", args=[draft.uuid])).status_code == 404
    assert client.get(reverse("transparency:draft", args=[draft.uuid])).status_code == 200


def test_sound_leaves_out_what_has_the_wrong_shape():
    english = {"name": "Spotter", "use_kind": "x", "purpose": 3, "fallback": "x"}
    wrong = {"last_checked_on": "morgen", "state": "x", "unknown": ["fallback", 3, "state"]}

    kept = sound(COMPLETE | wrong | {"translations": {"en": english}}, [f for f in FIELDS if f.on_entry])

    assert kept == COMPLETE | {"unknown": ["fallback"], "translations": {"en": {"name": "Spotter"}}}


# --- Colleagues -----------------------------------------------------------------------------------------------------


def test_remark_is_said_and_dealt_with(signed_in, draft, anna):
    address = reverse("transparency:draft-comments", args=[draft.uuid])

    response = signed_in.post(address, {"tekst": "Leg dit <b>uit</b>.", "vraag": "purpose"})
    said = DraftComment.objects.get()
    open_ones = words(soup(signed_in.get(response.headers["Location"])).select_one(f"#opmerking-{said.pk}"))
    signed_in.post(reverse("transparency:draft-comment-done", args=[draft.uuid, said.pk]))

    assert "Waarvoor is het? Leg dit <b>uit</b>. Anna, 22 november 2026" in open_ones
    done = words(soup(signed_in.get(address)).select_one(".write-remark--done"))
    assert "Gedaan door Anna, 22 november 2026." in done


def test_empty_remark_is_told_and_keeps_the_question(signed_in, draft):
    response = signed_in.post(
        reverse("transparency:draft-comments", args=[draft.uuid]), {"tekst": " ", "vraag": "purpose"}
    )

    shown = soup(response)
    assert response.status_code == 422
    assert shown.select_one("option[selected]")["value"] == "purpose"
    assert shown.select_one("#tekst-opmerking")["aria-invalid"] == "true"
    assert shown.select_one(".utrecht-alert--error a")["href"] == "#tekst-opmerking"


def test_remark_on_another_draft_is_not_settled_here(signed_in, draft, hospital, anna, now):
    other = start_entry(organisation=hospital, slug="ander", content=COMPLETE, by=anna, now=now)
    said = comment(draft=other, text="Kijk.", by=anna, now=now)

    response = signed_in.post(reverse("transparency:draft-comment-done", args=[draft.uuid, said.pk]))

    assert response.status_code == 404
    assert DraftComment.objects.get().done_at is None


# --- In English ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "rest", ["", "stap/purpose/", "stap/risks/engels/", "ontbreekt/", "taal/", "zo-ziet-het-eruit/", "opmerkingen/"]
)
def test_page_is_there_in_english(signed_in, draft, rest):
    shown = soup(signed_in.get(f"/en/werk/teksten/{draft.uuid}/{rest}"))

    assert shown.html["lang"] == "en"
    assert "%(" not in words(shown.select_one("main"))


def test_new_text_can_be_begun_in_english_and_its_credit_is_in_dutch(signed_in):
    published_system(slug="bonefinder", content={"purpose": "Om te kijken."})
    signed_in.post("/en/werk/nieuw/", {"begin": "systeem", "bron": "bonefinder"})

    (credit,) = Draft.objects.get().credit

    assert credit["title"] == "“BoneFinder” in dit register, geschreven door de redactie"
    assert credit["title_en"] == "“BoneFinder” in this register, written by the editors"


# --- In every state --------------------------------------------------------------------------------------------------

FAR = NOW + datetime.timedelta(days=3)
MAKE = {
    "WRITING": new_draft,
    "SUBMITTED": submitted,
    "RETURNED": lambda hospital: in_return(hospital),
    "SCHEDULED": lambda hospital: scheduled(hospital, FAR),
    "PUBLISHED": lambda hospital: done(hospital, "approve"),
    "DISCARDED": lambda hospital: done(hospital, "discard"),
}
PAGES = ("draft", "draft-missing", "draft-language", "draft-preview", "draft-comments")


def in_return(hospital):
    """Twice back, so that there are two remarks."""
    draft = submitted(hospital)
    for remark in ("Korter.", "Noem ook de avond."):
        return_draft(draft=draft, remarks=remark, by=hospital.publisher, now=NOW)
        if remark == "Korter.":
            submit(draft=draft, reason="Korter.", by=hospital.writer, now=NOW)
    return draft


def done(hospital, how):
    draft = submitted(hospital) if how == "approve" else new_draft(hospital)
    if how == "approve":
        approve(draft=draft, revision=draft.revision, by=hospital.publisher, now=NOW)
    else:
        discard(draft=draft, by=hospital.writer, now=NOW)
    return draft


@pytest.mark.parametrize("who", ["writer", "publisher"])
@pytest.mark.parametrize("state", DraftState.values)
def test_every_page_of_a_draft_is_there_in_every_state(client, state, who):
    made = make_hospital()
    draft = MAKE[state](made)
    client.force_login(getattr(made, who))

    answers = {page: client.get(reverse(f"transparency:{page}", args=[draft.uuid])).status_code for page in PAGES}

    assert (draft.state, answers) == (state, dict.fromkeys(PAGES, 200))


def test_writer_reads_every_remark_with_which_it_came_back(client):
    made = make_hospital()
    draft = in_return(made)
    client.force_login(made.writer)

    text = words(soup(client.get(reverse("transparency:draft", args=[draft.uuid]))).select_one("main"))

    assert ("Korter." in text, "Noem ook de avond." in text) == (True, True)
