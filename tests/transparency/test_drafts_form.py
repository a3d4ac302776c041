"""The form of a draft: in steps without a script, kept while typing with one, and nothing on it that is no question."""

import re

import pytest
from django.urls import reverse

from portal.organisations.roles import Role
from tests.factories.organisations import OrganisationFactory
from tests.factories.people import member
from tests.factories.transparency import COMPLETE, published_system
from tests.support.html import HTMX, fill, main, soup, swap, words
from tests.support.writing import form_data
from transparency.actions.drafts import return_draft, start_entry, submit
from transparency.actions.writing import comment, save_answers
from transparency.fields import ENTRY_FIELDS, SECTIONS
from transparency.models import Draft
from transparency.readability import lexicon
from transparency.writing.beginning import from_system

pytestmark = pytest.mark.django_db

STEPS = [section.key for section in SECTIONS if any(field.section == section.key for field in ENTRY_FIELDS)]
HARD = "Indien de patiënt m.b.t. het onderzoek vragen heeft, dient deze zich te wenden tot de behandelend zorgverlener."
NOT_OURS = ("nieuws", "gehoord", "niet-bewaard")  # live regions: what was heard is not said again after a reload


@pytest.fixture
def hospital(now):
    return OrganisationFactory(name="Ziekenhuis De Linde", verified_at=now)


@pytest.fixture
def anna(hospital):
    return member(hospital, Role.EDITOR, name="Anna")


@pytest.fixture
def bram(hospital):
    return member(hospital, Role.EDITOR, name="Bram")


@pytest.fixture
def draft(hospital, anna, now):
    return start_entry(organisation=hospital, slug="breukkijker", content=COMPLETE, by=anna, now=now)


@pytest.fixture
def signed_in(client, anna):
    client.force_login(anna)
    return client


def address(draft, step="purpose", name="draft-step"):
    return reverse(f"transparency:{name}", args=[draft.uuid, step])


def stored(draft):
    return Draft.objects.get(pk=draft.pk)


def shown(client, draft, step="purpose", name="draft-step"):
    return soup(client.get(address(draft, step, name)))


def send(client, draft, page, button="verder", step="purpose", name="draft-step", **typed):
    for field, value in typed.items():
        fill(page, field, value)
    return client.post(address(draft, step, name), form_data(page, button))


# --- In steps, without a script ----------------------------------------------------------------------------------


@pytest.mark.parametrize("step", STEPS)
def test_every_step_shows_its_questions_with_what_is_kept(signed_in, draft, step):
    page = shown(signed_in, draft, step)

    questions = {section["id"].removeprefix("vraag-") for section in page.select(".write-question")}
    assert questions == {field.key for field in ENTRY_FIELDS if field.section == step}


@pytest.mark.parametrize("step", STEPS)
def test_step_sent_as_it_stands_changes_nothing(signed_in, draft, step):
    send(signed_in, draft, shown(signed_in, draft, step), step=step)

    kept = stored(draft)
    assert (kept.content, kept.revision, kept.stamps) == (COMPLETE, 1, {})


def test_answer_is_kept_and_the_next_step_follows(signed_in, draft):
    page = shown(signed_in, draft)
    page.select_one("textarea[name=purpose]").string = "Zo zien wij meer breuken."

    response = signed_in.post(address(draft), form_data(page))

    assert stored(draft).content["purpose"] == "Zo zien wij meer breuken."
    assert response.headers["Location"] == address(draft, "effect")


def test_last_step_leads_to_what_is_missing(signed_in, draft):
    response = send(signed_in, draft, shown(signed_in, draft, "sources"), step="sources")

    assert response.headers["Location"] == reverse("transparency:draft-missing", args=[draft.uuid])


def test_only_the_question_that_changed_is_kept_anew(signed_in, draft):
    page = shown(signed_in, draft)
    page.select_one("textarea[name=purpose]").string = "Zo zien wij meer breuken."

    signed_in.post(address(draft), form_data(page, "blijf"))

    assert list(stored(draft).stamps) == ["purpose"]


def test_step_that_is_none_is_not_found(signed_in, draft):
    assert signed_in.get(address(draft, "nergens")).status_code == 404


def test_box_says_that_it_is_not_known_yet(signed_in, draft):
    page = shown(signed_in, draft, "decision")
    page.select_one("[name='unknown.fallback']")["checked"] = ""

    signed_in.post(address(draft, "decision"), form_data(page))

    assert stored(draft).content["unknown"] == ["fallback"]
    again = shown(signed_in, draft, "decision")
    assert again.select_one("[name='unknown.fallback']").has_attr("checked")


def test_date_that_is_none_stays_and_is_told(signed_in, draft):
    send(signed_in, draft, shown(signed_in, draft, "risks"), "blijf", "risks", last_checked_on="volgende week")

    page = shown(signed_in, draft, "risks")
    field = page.select_one("[name=last_checked_on]")
    assert (field["value"], field["aria-invalid"]) == ("volgende week", "true")
    assert "Geef een datum" in words(page.select_one("#fout-last_checked_on"))
    assert "fout-last_checked_on" in field["aria-describedby"]


def test_date_is_forgiven_how_it_is_written(signed_in, draft):
    send(signed_in, draft, shown(signed_in, draft, "risks"), "blijf", "risks", last_checked_on="3 maart 2026")

    assert stored(draft).content["last_checked_on"] == "2026-03-03"
    assert shown(signed_in, draft, "risks").select_one("[name=last_checked_on]")["value"] == "03-03-2026"


def test_rows_are_added_and_taken_away_without_a_script(signed_in, draft):
    send(signed_in, draft, shown(signed_in, draft, "sources"), "erbij:sources", "sources", **{"sources.0.title": "Een"})
    page = shown(signed_in, draft, "sources")
    response = send(signed_in, draft, page, "erbij:sources", "sources", **{"sources.1.title": "Twee"})
    assert response.headers["Location"].endswith("#rij-sources-2")
    assert stored(draft).content["sources"] == [{"title": "Een"}, {"title": "Twee"}]

    send(signed_in, draft, shown(signed_in, draft, "sources"), "weg:sources.0", "sources")

    assert stored(draft).content["sources"] == [{"title": "Twee"}]


def test_taking_away_a_row_keeps_what_was_typed_elsewhere_on_the_step(signed_in, draft):
    page = shown(signed_in, draft, "risks")
    page.select_one("textarea[name=risks]").string = "De computer kan een breuk missen."

    signed_in.post(address(draft, "risks"), form_data(page, "weg:works_less_well_for.0"))

    content = stored(draft).content
    assert content["risks"] == "De computer kan een breuk missen."
    assert "works_less_well_for" not in content


def test_undo_is_a_button_of_the_question(signed_in, draft):
    page = shown(signed_in, draft)
    page.select_one("textarea[name=purpose]").string = "Anders."
    signed_in.post(address(draft), form_data(page, "blijf"))
    page = shown(signed_in, draft)
    button = page.select_one("#vraag-purpose button[value^=terug]")["value"]

    response = signed_in.post(address(draft), form_data(page, button))

    assert response.headers["Location"].endswith("#vraag-purpose")
    assert stored(draft).content["purpose"] == COMPLETE["purpose"]


def test_first_button_of_the_form_keeps_and_stays_so_that_enter_does_no_harm(signed_in, draft):
    assert shown(signed_in, draft).select_one("form[data-writing] button[type=submit]")["value"] == "blijf"


def test_answer_that_is_too_long_to_keep_stays_on_the_form(signed_in, draft):
    page = shown(signed_in, draft)
    page.select_one("textarea[name=purpose]").string = "Zo zien wij meer. " * 4000

    response = signed_in.post(address(draft), form_data(page))

    assert response.status_code == 422
    again = soup(response)
    assert again.select_one("textarea[name=purpose]").text.strip() == ("Zo zien wij meer. " * 4000).strip()
    assert "veel te lang" in words(again.select_one(".utrecht-alert--error"))
    assert stored(draft).content == COMPLETE


# --- In English ----------------------------------------------------------------------------------------------------


def test_english_text_stands_beside_the_dutch(signed_in, draft):
    page = shown(signed_in, draft, name="draft-english")
    assert COMPLETE["purpose"] in words(page.select_one("#vraag-en-purpose .write-dutch"))
    page.select_one("textarea[name='en.purpose']").string = "So we miss fewer fractures."

    response = signed_in.post(address(draft, name="draft-english"), form_data(page))

    assert stored(draft).content["translations"] == {"en": {"purpose": "So we miss fewer fractures."}}
    assert response.headers["Location"] == address(draft, "effect", "draft-english")


def test_only_what_is_a_text_and_has_dutch_can_be_translated(signed_in, draft):
    page = shown(signed_in, draft, "decision", "draft-english")

    names = {
        field["name"] for field in page.select(".write-question [name]") if not re.match("was|seen", field["name"])
    }
    assert names == {"en.who_decides", "en.can_override.text"}


def test_english_of_rows_has_a_row_for_each_dutch_row(signed_in, draft):
    page = shown(signed_in, draft, "risks", "draft-english")
    fill(page, "en.works_less_well_for.0.group", "Children")

    signed_in.post(address(draft, "risks", "draft-english"), form_data(page))

    assert stored(draft).content["translations"]["en"]["works_less_well_for"] == [{"group": "Children"}]


# --- While typing ----------------------------------------------------------------------------------------------------


def without_live_regions(page):
    for name in NOT_OURS:
        if found := page.select_one(f"#{name}"):
            found.clear()
    for counter in page.select(".write-box__count"):
        counter.clear()
    for field in page.select("[name=blad], [name=beurt], [name=csrfmiddlewaretoken], [name^='seen.']"):
        field["value"] = ""
    for field in page.select("[aria-invalid]"):  # the script says so while one types
        del field["aria-invalid"]
    return page


@pytest.mark.parametrize(
    ("step", "name", "value"),
    [("purpose", "purpose", HARD), ("purpose", "for_whom", ""), ("risks", "last_checked_on", "morgen"),
     ("decision", "can_override.text", "Ja hoor."), ("risks", "works_less_well_for.0.text", HARD),
     ("short", "name", "Botkijker"), ("purpose", "purpose", "Voor [naam van het ziekenhuis].")],
)  # fmt: skip
def test_answer_of_htmx_makes_the_page_what_a_reload_shows(signed_in, draft, step, name, value):
    page = shown(signed_in, draft, step)
    field = page.select_one(f"[name='{name}']")
    if field.name == "textarea":
        field.string = f"\n{value}"
    else:
        field["value"] = value
    data = {key: texts for key, texts in form_data(page).items() if key != "doe"}

    answer = signed_in.post(address(draft, step), data, headers=HTMX)

    assert answer.status_code == 200
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.headers["Draft-Revision"] == "2"
    answered = swap_all(page, answer)
    assert main(without_live_regions(answered)) == main(without_live_regions(shown(signed_in, draft, step)))


def swap_all(page, answer):
    """`page` after htmx put every part of `answer` in its place."""
    for part in soup(answer).select("[data-hx-swap-oob=innerHTML]"):
        place = page.select_one(f"#{part['id']}")
        place.clear()
        place.extend(list(part.children))
    text = re.sub(r'<p id="\w+" data-hx-swap-oob="innerHTML">.*?</p>', "", answer.content.decode(), flags=re.DOTALL)
    answer.content = text.encode()
    page.select_one("main").append(page.new_tag("div", id="nergens"))
    swapped = swap(page, answer, "#nergens")
    return swapped


IN_USE, ENDED = "nodig als de AI in gebruik is of was", "nodig als u met de AI stopte"


def status_marks(page):
    """What stands beside the questions that the status makes needed, and whether each says why."""
    keys = ("start_month", "end_month", "stop_reason")
    return [
        (words(page.select_one(f"#nodig-{key}")), bool(page.select_one(f"#waarom-{key}").text.strip())) for key in keys
    ]  # fmt: skip


@pytest.mark.parametrize(("status", "marks"), [
    ("PLANNED", [(IN_USE, False), (ENDED, False), (ENDED, False)]),
    ("IN_USE", [("nodig", True), (ENDED, False), (ENDED, False)]),
    ("STOPPED", [("nodig", True), ("nodig", True), ("nodig", True)]),
])  # fmt: skip
def test_mark_of_a_question_follows_what_makes_it_needed(signed_in, draft, anna, now, status, marks):
    before = "IN_USE" if status == "PLANNED" else "PLANNED"
    save_answers(draft=draft, answers={"status": before}, seen=1, by=anna, now=now)
    page = shown(signed_in, draft, "status")
    assert status_marks(page) != marks
    data = form_data(page) | {"status": [status]}
    signed_in.post(address(draft, "status"), data)
    reloaded = shown(signed_in, draft, "status")
    assert status_marks(reloaded) == marks

    save_answers(draft=stored(draft), answers={"status": before}, seen=9, by=anna, now=now)
    page = shown(signed_in, draft, "status")
    data = form_data(page) | {"status": [status]}
    answer = signed_in.post(address(draft, "status"), data, headers=HTMX)

    assert status_marks(swap_all(page, answer)) == marks


def test_question_that_is_never_needed_is_for_who_knows(signed_in, draft):
    assert words(shown(signed_in, draft, "status").select_one("#nodig-tags")) == "als u het weet"


def test_answer_of_htmx_tells_only_of_what_changed(signed_in, draft):
    page = shown(signed_in, draft)
    page.select_one("textarea[name=purpose]").string = "Anders."

    answer = soup(signed_in.post(address(draft), form_data(page), headers=HTMX))

    assert [part["id"] for part in answer.select(".write-after")] == ["na-purpose"]
    assert "Bewaard om 10:00" in words(answer.select_one("#bewaard"))


def test_wrong_answer_is_kept_by_htmx_too(signed_in, draft):
    page = shown(signed_in, draft, "risks")
    fill(page, "last_checked_on", "volgende week")

    answer = signed_in.post(address(draft, "risks"), form_data(page), headers=HTMX)

    assert answer.status_code == 200
    assert stored(draft).content["last_checked_on"] == "volgende week"


def test_too_long_is_told_to_htmx_and_not_kept(signed_in, draft):
    page = shown(signed_in, draft)
    page.select_one("textarea[name=purpose]").string = "x" * 70_000

    answer = signed_in.post(address(draft), form_data(page), headers=HTMX)

    assert (answer.status_code, stored(draft).content) == (422, COMPLETE)
    assert "veel te lang" in words(soup(answer).select_one("#nieuws"))


# --- Two writers ------------------------------------------------------------------------------------------------------


def test_second_writer_sees_both_texts_and_chooses(client, draft, anna, bram, now):
    client.force_login(bram)
    page = shown(client, draft)
    save_answers(draft=stored(draft), answers={"purpose": "Van Anna."}, seen=1, by=anna, now=now)
    page.select_one("textarea[name=purpose]").string = "Van Bram."

    response = client.post(address(draft), form_data(page))

    assert response.headers["Location"].endswith("#vraag-purpose")
    page = shown(client, draft)
    two = words(page.select_one("#vraag-purpose .write-two"))
    assert "Van Bram." in two
    assert "Van Anna." in two
    assert "Wat er nu staat (van Anna)" in two
    button = page.select_one("#vraag-purpose button[value$=':both']")["value"]
    client.post(address(draft), form_data(page, button))
    assert stored(draft).content["purpose"] == "Van Anna.\n\nVan Bram."


def test_second_writer_with_a_script_goes_on_typing_and_loses_nothing(client, draft, anna, bram, now):
    client.force_login(bram)
    page = shown(client, draft)
    save_answers(draft=stored(draft), answers={"purpose": "Van Anna."}, seen=1, by=anna, now=now)
    page.select_one("textarea[name=purpose]").string = "Van Bram."
    answer = client.post(address(draft), form_data(page), headers=HTMX)
    page = swap_all(page, answer)
    page.select_one("textarea[name=purpose]").string = "Van Bram, en meer."

    answer = client.post(address(draft), form_data(page), headers=HTMX)
    page = swap_all(page, answer)
    client.post(address(draft), form_data(page, page.select_one("button[value$=':use']")["value"]))

    kept = stored(draft)
    assert (kept.content["purpose"], kept.aside) == ("Van Bram, en meer.", {})


def test_writer_is_told_what_a_colleague_changed_meanwhile(client, draft, anna, bram, now):
    client.force_login(bram)
    page = shown(client, draft)
    save_answers(draft=stored(draft), answers={"for_whom": "Van Anna."}, seen=1, by=anna, now=now)
    page.select_one("textarea[name=purpose]").string = "Van Bram."

    answer = client.post(address(draft), form_data(page), headers=HTMX)

    assert "Anna veranderde net “Voor wie is het?”." in words(soup(answer).select_one("#nieuws"))


def test_what_is_typed_while_a_colleague_submits_is_kept_aside(client, draft, anna, bram, now):
    client.force_login(bram)
    page = shown(client, draft)
    submit(draft=stored(draft), reason="Nieuw.", by=anna, now=now)
    page.select_one("textarea[name=purpose]").string = "Van Bram."

    answer = client.post(address(draft), form_data(page), headers=HTMX)
    response = client.post(address(draft), form_data(page))

    assert (answer.status_code, response.status_code) == (409, 302)
    assert "apart bewaard" in words(soup(answer).select_one("#nieuws"))
    kept = stored(draft)
    said = {key: value for key, value in kept.content.items() if key != "next_review_date"}
    assert (said, kept.aside["purpose"][str(bram.pk)]["value"]) == (COMPLETE, "Van Bram.")
    assert "Van Bram" not in kept.content["purpose"]
    overview = soup(client.get(response.headers["Location"]))
    assert "apart bewaard" in words(overview.select_one("main"))


def test_submitted_draft_leads_to_its_overview(signed_in, draft, anna, now):
    submit(draft=draft, reason="Nieuw.", by=anna, now=now)

    response = signed_in.get(address(draft))

    assert response.headers["Location"] == reverse("transparency:draft", args=[draft.uuid])


# --- What is no question -------------------------------------------------------------------------------------------

ELSE = {
    "state": "PUBLISHED", "revision": "99", "content": "{}", "stamps": "{}", "credit": "[]", "entry": "1",
    "system": "1",
    "responsible_editor": "1", "publish_at": "2026-01-01", "organisation": "elders", "origin": "EDITORIAL",
    "unknown.state": "ja", "en.state": "x", "was.state": "x", "seen.state": "0", "translations": "{}",
    "unknown": "name",
    "risks": "Uit een andere stap.", "sources.0.title": "Uit een andere stap.", "__class__": "x",
    "purpose.answer": "YES",
    "leave_out": "name", "edited_by": "1",
}  # fmt: skip


def test_what_is_no_question_of_the_step_changes_nothing(signed_in, draft):
    before = Draft.objects.filter(pk=draft.pk).values().get()

    signed_in.post(address(draft), form_data(shown(signed_in, draft)) | ELSE)

    assert Draft.objects.filter(pk=draft.pk).values().get() == before


@pytest.mark.parametrize(
    "button",
    ["weg:risks.0", "weg:name", "weg:", "weg", "erbij:risks", "terug:risks:1", "terug:purpose", "terug:purpose:x",
     "kies:purpose:1", "kies:purpose:x:use", "kies:risks:1:use", "publiceer", "", "::::", "kies:en.purpose:1:both"],
)  # fmt: skip
def test_button_that_is_none_changes_nothing(signed_in, draft, button):
    response = signed_in.post(address(draft), form_data(shown(signed_in, draft), button))

    assert response.status_code == 302
    assert (stored(draft).content, stored(draft).revision) == (COMPLETE, 1)


@pytest.mark.parametrize(
    "value", ["<script>alert(1)</script>", "</textarea><b>x", '" onfocus="x', "{{ draft }}", "&amp;"]
)
def test_markup_is_shown_as_it_was_typed(signed_in, draft, value):
    page = shown(signed_in, draft, "short")
    fill(page, "name", value)
    page.select_one("textarea[name=summary]").string = value
    response = signed_in.post(address(draft, "short"), form_data(page, "blijf"))

    if "{{" not in value:  # the strict client takes that for a template that is not rendered
        again = soup(signed_in.get(response.headers["Location"]))
        assert again.select_one("[name=name]")["value"] == value
        assert again.select_one("textarea[name=summary]").text.strip() == value
        assert again.select(".write-question b") == []


def test_post_without_any_field_takes_nothing_away(signed_in, draft):
    signed_in.post(address(draft), {})

    assert stored(draft).content == COMPLETE


# --- What helps -----------------------------------------------------------------------------------------------------


def test_hard_text_is_told_with_its_places_and_never_kept_back(signed_in, draft):
    page = shown(signed_in, draft)
    page.select_one("textarea[name=purpose]").string = HARD
    signed_in.post(address(draft), form_data(page, "blijf"))

    question = shown(signed_in, draft).select_one("#vraag-purpose")

    assert "Schrijf liever" in words(question)
    point = question.select_one("[data-select]")
    assert HARD[int(point["data-start"]) : int(point["data-end"])] in words(question)
    assert point["data-select"] == question.select_one("textarea")["id"]
    assert "Zo kan de tekst niet openbaar worden" in words(question)


def test_every_place_of_the_check_leads_to_a_control_on_the_page(signed_in, draft, anna, now):
    rows = [{"title": "Folder", "states": HARD}]
    save_answers(draft=draft, answers={"sources": rows, "can_refuse": {"answer": "YES", "text": HARD}}, seen=1, by=anna,
                 now=now)  # fmt: skip

    for step in ("sources", "refuse"):
        page = shown(signed_in, draft, step)
        assert page.select("[data-select]")
        assert [
            one["data-select"] for one in page.select("[data-select]") if not page.find(id=one["data-select"])
        ] == []


def test_no_id_stands_twice_on_a_step(signed_in, draft, anna, bram, now):
    hard = {"purpose": HARD, "risks": HARD, "sources": [{"states": HARD}] * 2}
    save_answers(draft=draft, answers=hard, seen=1, by=anna, now=now)
    save_answers(draft=draft, answers={"purpose": "Van Bram."}, seen=1, by=bram, now=now)

    for step in STEPS:
        ids = [one["id"] for one in shown(signed_in, draft, step).select("[id]")]
        assert sorted({one for one in ids if ids.count(one) > 1}) == [], step


def test_without_the_check_saving_goes_on(signed_in, draft, monkeypatch, tmp_path):
    monkeypatch.setattr(lexicon, "FILE", tmp_path / "er-is-niets.sqlite3")
    monkeypatch.delattr(lexicon._local, "connection", raising=False)
    page = shown(signed_in, draft)
    page.select_one("textarea[name=purpose]").string = "Kwartelkuikens zwalken."

    signed_in.post(address(draft), form_data(page, "blijf"))

    assert stored(draft).content["purpose"] == "Kwartelkuikens zwalken."
    assert "Taalcheck werkt nu niet. Opslaan kan gewoon." in words(shown(signed_in, draft).select_one("#vraag-purpose"))
    monkeypatch.delattr(lexicon._local, "connection", raising=False)


def test_what_the_writer_must_fill_in_is_told(signed_in, draft, anna, now):
    save_answers(draft=draft, answers={"purpose": "Wij, [naam ziekenhuis], kijken zo [1]."}, seen=1, by=anna, now=now)

    told = words(shown(signed_in, draft).select_one("#fout-purpose"))

    assert told == "Vul zelf nog in: [naam ziekenhuis]"


def test_remarks_stand_at_their_question_and_those_of_a_return_on_top(signed_in, draft, anna, hospital, now):
    comment(draft=draft, text="Leg dit uit.", key="purpose", by=anna, now=now)
    submit(draft=draft, reason="Nieuw.", by=anna, now=now)
    return_draft(draft=draft, remarks="Te lang.", by=member(hospital, Role.PUBLISHER, name="Carla"), now=now)

    page = shown(signed_in, draft)

    assert "Leg dit uit." in words(page.select_one("#na-purpose"))
    assert "Te lang." in words(page.select_one(".utrecht-alert--warning"))


def test_needed_question_says_why_it_matters_and_every_one_has_an_example(signed_in, draft):
    question = shown(signed_in, draft).select_one("#vraag-purpose")

    assert "Mensen willen eerst weten waarom" in words(question)
    assert "Voorbeeld (verzonnen)" in words(question.select_one(".write-example"))


def test_words_of_a_source_are_credited_until_they_change(signed_in, draft, anna, hospital, now):
    begun = from_system(published_system(content={"purpose": "Om te kijken."}))
    mine = start_entry(
        organisation=hospital, slug="van-systeem", content=begun.content, credit=begun.credit, by=anna, now=now
    )
    told = words(shown(signed_in, mine).select_one("#na-purpose"))
    assert "Deze woorden zijn van: “BoneFinder”" in told

    save_answers(draft=mine, answers={"purpose": "Eigen woorden."}, seen=1, by=anna, now=now)

    assert "Deze woorden zijn van" not in words(shown(signed_in, mine).select_one("#na-purpose"))
