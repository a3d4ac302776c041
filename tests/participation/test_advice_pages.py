"""The pages of advice: three fields to write it, few clicks to judge it, both sides on one road, nobody's name."""

import datetime
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from django.core import mail
from django.urls import reverse

from participation.actions import advice as actions
from participation.actions import responses
from participation.advice_page import givers_in_words
from participation.models import Advice, AdviceDraft
from participation.states import AdviceDraftState, AdviceState
from participation.workspace import tasks_for
from tests.factories.advice import FIELDS, TEXT, advice_in, answer, draft_in, given, make_advice_world
from tests.factories.participation import held_meeting
from tests.factories.people import UserFactory
from tests.participation.test_project_work import HARD
from tests.support.html import links, soup, words

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


@pytest.fixture
def world(now):
    return make_advice_world()


def url(name, *args):
    return reverse(f"participation:{name}", args=args)


def seen(client, address, user=None):
    if user:
        client.force_login(user)
    return words(soup(client.get(address)).select_one("main"))


# --- For everybody ---------------------------------------------------------------------------------------------------


def test_public_page_tells_the_whole_road_in_order(client, world, now):
    advice = advice_in(world, AdviceState.JUDGED, now)

    page = soup(client.get(reverse("participation:advice", args=["breukkijker", advice.uuid])))

    titles = [words(one) for one in page.select(".road__title")]
    assert titles == [
        "Patiënten: Advies", "Organisatie: Antwoord: overgenomen", "Organisatie: Gedaan",
        "Patiënten: Oordeel: gedaan zoals beloofd",
    ]  # fmt: skip
    assert TEXT in words(page.select_one(".road__one--patients"))
    assert "Wat er gaat gebeuren Wij maken een folder." in words(page.select_one(".road__one--organisation"))


def test_what_the_weights_mean_stands_once_near_the_marks(client, world, now):
    advice, _another = advice_in(world, AdviceState.SUBMITTED, now), advice_in(world, AdviceState.DONE, now)
    told = "Moet (dit is nodig), Hoort (dit is belangrijk) of Kan (dit is fijn)"

    for address in (advice.project.get_absolute_url(), url("advice", "breukkijker", advice.uuid)):
        assert seen(client, address).count(told) == 1


@pytest.mark.parametrize(
    ("decision", "first"), [("ADOPTED", "Eerst overgenomen."), ("PARTLY", "Eerst deels overgenomen.")]
)
def test_project_page_does_not_call_adopted_what_is_not_done_after_all(client, world, now, decision, first):
    advice = advice_in(world, AdviceState.SUBMITTED, now)
    responses.respond(advice=advice, fields=answer(now) | {"decision": decision}, by=world.lead, now=now)
    responses.drop(advice=advice, text="Het buurthuis is dicht.", by=world.lead, now=now)

    text = seen(client, world.project.get_absolute_url())

    assert f"{first} Toch niet gedaan, want: Het buurthuis is dicht." in text
    assert "De organisatie zegt Overgenomen." not in text
    assert "De organisatie zegt Deels overgenomen." not in text


def test_versions_dissent_and_older_answers_stay_readable(client, world, now):
    advice = advice_in(world, AdviceState.RESPONDED, now)
    draft = actions.correct(advice=advice, text="Beter gezegd.", dissent="Ik niet.", by=world.rep, now=now)
    actions.release(draft=draft, revision=1, nobody_recognised=True, by=world.coordinator, now=now)
    responses.amend(advice=advice, after=1, fields=answer(now, reason="Nog beter."), by=world.lead, now=now)

    text = seen(client, url("advice", "breukkijker", advice.uuid))

    for part in (TEXT, "Beter gezegd.", "Ik niet.", "Dit is een goed idee.", "Nog beter.", "er is een nieuwere tekst"):
        assert part in text


@pytest.mark.parametrize("state", [AdviceState.WAITING, AdviceState.WITHDRAWN])
def test_advice_that_is_not_public_has_no_page(client, world, now, state):
    advice = advice_in(world, state, now)

    assert client.get(url("advice", "breukkijker", advice.uuid)).status_code == 404
    assert TEXT not in seen(client, url("project", "breukkijker"))


def test_correction_that_waits_is_nowhere_to_be_read(client, world, now):
    advice = advice_in(world, AdviceState.SUBMITTED, now)
    actions.correct(advice=advice, text="Jan Jansen zei dit.", dissent="", by=world.rep, now=now)

    for address in (url("advice", "breukkijker", advice.uuid), url("project", "breukkijker")):
        assert "Jan Jansen" not in client.get(address).text


def test_address_under_another_project_is_a_404(client, world, now):
    advice = advice_in(world, AdviceState.SUBMITTED, now)

    assert client.get(url("advice", "iets-anders", advice.uuid)).status_code == 404


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_no_public_page_names_anybody(client, world, now, prefix):
    for number, user in enumerate((world.rep, world.other_rep, world.coordinator, world.lead)):
        user.name = f"Geheim {number}"
        user.save()
    draft = given(world.project, world.one, now, together=[2])
    actions.join(draft=draft, revision=1, dissent="Anders.", by=world.other_rep, now=now)
    actions.release(draft=AdviceDraft.objects.get(), revision=2, nobody_recognised=True, by=world.coordinator, now=now)
    advice = Advice.objects.get()

    for address in (url("advice", "breukkijker", advice.uuid), url("project", "breukkijker")):
        text = client.get(prefix + address).text
        for user in (world.rep, world.other_rep, world.coordinator, world.lead):
            assert user.name not in text
            assert user.email not in text


@pytest.mark.parametrize(
    ("numbers", "told"),
    [([2], "patiëntvertegenwoordiger 2"), ([3, 1], "patiëntvertegenwoordigers 1 en 3"),
     ([1, 2, 3], "patiëntvertegenwoordigers 1, 2 en 3"), ([], "een patiëntvertegenwoordiger")],
)  # fmt: skip
def test_who_gave_it_is_told_by_number(numbers, told):
    assert givers_in_words(numbers) == told


@pytest.mark.parametrize(
    ("state", "days"),
    [(AdviceState.SUBMITTED, 9), (AdviceState.ACKNOWLEDGED, 31), (AdviceState.RESPONDED, 21),
     (AdviceState.IN_PROGRESS, 21)],
)  # fmt: skip
def test_what_is_late_is_marked_for_everybody(client, world, now, state, days):
    advice = advice_in(world, state, now)
    addresses = (url("advice", "breukkijker", advice.uuid), url("project", "breukkijker"))
    for address in addresses:
        assert "Te laat" not in seen(client, address)

    with time_machine.travel(now + days * DAY, tick=False):
        for address in addresses:
            assert "Te laat" in seen(client, address)


def test_answer_that_came_late_says_how_late(client, world, now):
    advice = advice_in(world, AdviceState.ACKNOWLEDGED, now)
    late = now + 32 * DAY
    responses.respond(advice=advice, fields=answer(late), by=world.lead, now=late)

    assert "2 dagen te laat" in seen(client, url("advice", "breukkijker", advice.uuid))


def test_typed_out_and_signed_on_paper_is_told(client, world, now):
    draft = draft_in(world, AdviceDraftState.TO_AGREE, now)
    actions.agree_on_paper(draft=draft, revision=1, by=world.coordinator, now=now)
    actions.release(draft=draft, revision=1, nobody_recognised=True, by=world.coordinator, now=now)

    assert "zette een handtekening op papier" in seen(client, url("advice", "breukkijker", draft.advice.uuid))


def test_english_page_marks_what_people_wrote_in_dutch(client, world, now):
    advice = advice_in(world, AdviceState.RESPONDED, now)

    page = soup(client.get("/en" + url("advice", "breukkijker", advice.uuid)))

    assert {one["lang"] for one in page.select(".road__one > div")} == {"nl"}
    assert "From advice to verdict" in words(page.select_one("main"))


ENGLISH = {"doorgeven-text_en": "Explain it better.", "antwoord-reason_en": "A good idea."}


def with_english(client, world, now):
    """Advice that was released and answered on the pages, each with English."""
    draft = given(world.project, world.one, now)
    roads = [
        (world.coordinator, "doorgeven", {"tekst": "1", "doorgeven-nobody": "on"}),
        (world.lead, "antwoord", {f"antwoord-{name}": value for name, value in answer(now).items()}),
    ]
    for user, step, data in roads:
        client.force_login(user)
        sent = client.post(url("work-advice-step", "breukkijker", draft.advice.uuid, step), {**data, **ENGLISH})
        assert sent.status_code == 302
    client.logout()
    return Advice.objects.get()


def test_english_of_advice_and_answer_is_read_on_english_pages_alone(client, world, now):
    advice = with_english(client, world, now)

    for address in (url("advice", "breukkijker", advice.uuid), url("project", "breukkijker")):
        english, dutch = seen(client, "/en" + address), seen(client, address)
        for text in ENGLISH.values():
            assert text in english
            assert text not in dutch
        assert TEXT not in english
        assert TEXT in dutch
    told = client.get(reverse("participation-api:advice", args=[advice.uuid])).json()
    assert [told[name][-1][key] for name, key in (("versions", "text_en"), ("responses", "reason_en"))] == list(
        ENGLISH.values()
    )


NO_ENGLISH = "Part of this text is only there in Dutch."


def test_english_page_says_when_a_part_is_dutch(client, world, now):
    part_dutch = with_english(client, world, now)  # what was promised has no English
    address = url("advice", "breukkijker", part_dutch.uuid)
    assert NO_ENGLISH in seen(client, "/en" + address)
    assert "alleen in het Nederlands" not in seen(client, address)

    draft = given(world.project, world.one, now)
    actions.release(draft=draft, revision=1, nobody_recognised=True, text_en="All of it.", by=world.coordinator,
                    now=now)  # fmt: skip
    assert NO_ENGLISH not in seen(client, "/en" + url("advice", "breukkijker", draft.advice.uuid))


def test_clock_speaks_english_on_english_pages(client, world, now):
    advice = advice_in(world, AdviceState.NO_VERDICT, now)

    page = soup(client.get("/en" + url("advice", "breukkijker", advice.uuid)))

    assert not page.select(".road__one--clock > div[lang]")


def test_english_that_is_too_long_comes_back_with_what_was_typed(client, world, now):
    draft = given(world.project, world.one, now)
    client.force_login(world.coordinator)
    data = {"tekst": "1", "doorgeven-nobody": "on", "doorgeven-text_en": "x" * 4001}

    answer_ = client.post(url("work-advice-step", "breukkijker", draft.advice.uuid, "doorgeven"), data)

    assert answer_.status_code == 422
    assert soup(answer_).select_one("#id_doorgeven-text_en").text.strip() == "x" * 4001
    assert not draft.advice.versions.exists()


def test_project_page_asks_no_more_when_there_is_more_advice(client, world, now, django_assert_max_num_queries):
    for _number in range(4):
        advice_in(world, AdviceState.JUDGED, now)

    with django_assert_max_num_queries(27):
        client.get(url("project", "breukkijker"))


# --- Who gives it ----------------------------------------------------------------------------------------------------


def test_three_fields_stand_first_and_the_rest_is_folded(client, world, now):
    held_meeting(world.project)
    client.force_login(world.rep)

    form = soup(client.get(url("advice-give", "breukkijker"))).select_one("form.project-form")

    names = [one["name"] for one in form.select("textarea, select, input") if one.get("type") != "hidden"]
    folded = {one["name"] for one in form.select("details textarea, details select, details input")}
    assert list(dict.fromkeys(name for name in names if name not in folded)) == ["text", "topic", "weight"]
    assert folded == {"together", "meeting", "dissent"}


def test_advice_is_written_on_one_page_and_seen_as_it_will_be_read(client, world, now):
    client.force_login(world.rep)

    answer_ = client.post(url("advice-give", "breukkijker"), {**FIELDS, "together": ["2"]}, follow=True)

    text = words(soup(answer_).select_one("main"))
    assert TEXT in text
    assert "Bij de coördinator" in text
    assert "Van patiëntvertegenwoordiger 1. 1 persoon moet nog zeggen" in text


def test_what_was_typed_stays_when_something_is_missing(client, world):
    client.force_login(world.rep)

    answer_ = client.post(url("advice-give", "breukkijker"), {"text": "Mijn advies.", "topic": "", "weight": "MUST"})

    assert answer_.status_code == 422
    assert "Kies waar uw advies over gaat." in words(soup(answer_).select_one("main"))
    assert soup(answer_).select_one("textarea[name=text]").text.strip() == "Mijn advies."


def test_language_is_told_and_never_refused(client, world):
    client.force_login(world.rep)
    data = {**FIELDS, "text": HARD}

    told = client.post(url("advice-give", "breukkijker"), {**data, "controleer": "ja"})
    sent = client.post(url("advice-give", "breukkijker"), data)

    assert (told.status_code, sent.status_code) == (200, 302)
    assert soup(told).select_one("#taal-text li")


def test_question_of_the_coordinator_stands_by_the_text_and_only_there(client, world, now):
    draft = draft_in(world, AdviceDraftState.RETURNED, now)
    page = url("my-advice-one", draft.advice.uuid)

    assert "Wie is dat?" in seen(client, page, world.rep)
    answer_ = client.post(url("my-advice-step", draft.advice.uuid, "aanpassen"),
                          {"tekst": "1", **{f"aanpassen-{k}": v for k, v in FIELDS.items()}})  # fmt: skip
    assert answer_["Location"] == page
    assert "Wie is dat?" not in seen(client, page)


def test_step_on_a_text_that_changed_says_so(client, world, now):
    draft = given(world.project, world.one, now)
    client.force_login(world.coordinator)

    answer_ = client.post(url("work-advice-step", "breukkijker", draft.advice.uuid, "doorgeven"),
                          {"tekst": "7", "doorgeven-nobody": "on"})  # fmt: skip

    assert answer_.status_code == 409
    assert "De tekst is intussen veranderd." in words(soup(answer_).select_one("main"))


def test_verdict_takes_two_clicks_from_the_mail(client, world, now, django_capture_on_commit_callbacks):
    """One on the answer in the mail, one on the button: measured on what was really sent and shown."""
    advice = advice_in(world, AdviceState.RESPONDED, now)
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        responses.finish(advice=advice, text="De folder ligt er.", by=world.lead, now=now)
    link = next(line for line in mail.outbox[0].body.splitlines() if line.startswith("- Gedaan zoals")).split(": ")[1]
    client.force_login(world.rep)
    clicks = 1

    page = soup(client.get(urlsplit(link).path, parse_qs(urlsplit(link).query)))
    form = page.select_one("main form.form")
    data = {one["name"]: one["value"] for one in form.select("input[checked]")}
    client.post(urlsplit(link).path, data)
    clicks += 1

    advice.refresh_from_db()
    assert (advice.state, advice.verdict.judgement, clicks) == (AdviceState.JUDGED, "CONFIRMED", 2)


def test_verdict_that_was_given_is_not_given_again(client, world, now):
    advice = advice_in(world, AdviceState.JUDGED, now)
    client.force_login(world.rep)

    answer_ = client.post(url("my-verdict", advice.uuid), {"judgement": "DISPUTED", "text": "Nee."})

    assert answer_.status_code == 409
    assert advice.verdict.judgement == "CONFIRMED"


def test_of_what_is_not_done_the_reason_is_judged(client, world, now):
    advice = advice_in(world, AdviceState.WILL_NOT_DO, now)

    text = seen(client, url("my-verdict", advice.uuid), world.rep)

    assert "Wat vindt u van de uitleg?" in text
    assert "Wij begrijpen waarom" in text


def test_own_list_has_own_advice_only(client, world, now):
    advice_in(world, AdviceState.DONE, now)
    given(world.project, world.other, now, fields={"text": "Van een ander."})

    text = seen(client, url("my-advice"), world.rep)

    assert "Geef uw oordeel" in text
    assert "Van een ander." not in text


# --- The project and the coordinator ---------------------------------------------------------------------------------


def test_project_never_sees_what_is_not_public(client, world, now):
    draft = given(world.project, world.one, now)

    assert TEXT not in seen(client, url("work-advice", "breukkijker"), world.lead)
    assert client.get(url("work-advice-one", "breukkijker", draft.advice.uuid)).status_code == 404


def test_coordinator_cannot_change_the_text(client, world, now):
    draft = given(world.project, world.one, now)
    client.force_login(world.coordinator)

    page = soup(client.get(url("work-advice-one", "breukkijker", draft.advice.uuid)))
    client.post(url("work-advice-step", "breukkijker", draft.advice.uuid, "doorgeven"),
                {"tekst": "1", "doorgeven-nobody": "on", "text": "Anders.", "doorgeven-text": "Anders."})  # fmt: skip

    assert {one["name"] for one in page.select("main textarea")} == {"doorgeven-text_en", "terugsturen-question"}
    assert draft.advice.versions.get().text == TEXT


def test_answer_that_is_too_hard_comes_back_with_what_was_typed(client, world, now):
    advice = advice_in(world, AdviceState.SUBMITTED, now)
    client.force_login(world.lead)
    data = {f"antwoord-{name}": value for name, value in answer(now, reason=HARD).items()}

    answer_ = client.post(url("work-advice-step", "breukkijker", advice.uuid, "antwoord"), data)

    page = soup(answer_)
    assert answer_.status_code == 422
    assert page.select_one("#id_antwoord-reason").text.strip() == HARD
    assert page.select_one(".utrecht-alert--error a[href='#id_antwoord-reason']")


def test_language_can_be_asked_before_the_answer_is_sent(client, world, now):
    advice = advice_in(world, AdviceState.SUBMITTED, now)
    client.force_login(world.lead)
    data = {"antwoord-reason": HARD, "controleer": "ja"}

    answer_ = client.post(url("work-advice-step", "breukkijker", advice.uuid, "antwoord"), data)

    assert answer_.status_code == 200
    assert soup(answer_).select_one("#taal-antwoord-reason li")
    assert not advice.responses.exists()


def test_list_has_what_is_late_first(client, world, now):
    advice_in(world, AdviceState.ACKNOWLEDGED, now)
    advice_in(world, AdviceState.SUBMITTED, now)

    with time_machine.travel(now + 9 * DAY, tick=False):
        client.force_login(world.lead)
        rows = soup(client.get(url("work-advice", "breukkijker"))).select("[aria-labelledby=doen] li")

    assert ["Te laat" in words(row) for row in rows] == [True, False]


def test_home_of_the_project_leads_to_its_advice(client, world, now):
    advice_in(world, AdviceState.SUBMITTED, now)
    client.force_login(world.lead)

    page = soup(client.get(url("work-project", "breukkijker")))

    assert url("work-advice", "breukkijker") in links(page.select_one("main"))
    assert "1 wacht op antwoord" in words(page.select_one("main"))


def tasks(user):
    return [what for task in tasks_for(user) if (what := str(task.what)) != "Meld uw belangen"]


def test_each_has_their_own_tasks(world, now):
    draft = draft_in(world, AdviceDraftState.TO_AGREE, now)
    assert (tasks(world.rep), tasks(world.coordinator)) == (["Kijk of u dit advies mee geeft"], [])

    actions.join(draft=draft, revision=1, by=world.rep, now=now)
    assert (tasks(world.rep), tasks(world.coordinator)) == ([], ["Lees het advies en geef het door"])

    actions.release(draft=draft, revision=1, nobody_recognised=True, by=world.coordinator, now=now)
    assert (tasks(world.lead), tasks(world.coordinator)) == (["Lees het advies en geef antwoord"], [])

    advice = Advice.objects.get()
    responses.respond(advice=advice, fields=answer(now), by=world.lead, now=now)
    assert tasks(world.lead) == ["Doe wat is beloofd"]

    responses.finish(advice=advice, text="De folder ligt er.", by=world.lead, now=now)
    assert (tasks(world.lead), tasks(world.rep)) == ([], ["Zeg of is gedaan wat beloofd was"])
    assert tasks(UserFactory()) == []

    world.rep.delete()
    assert tasks(world.coordinator) == ["Zeg of is gedaan wat beloofd was"]
