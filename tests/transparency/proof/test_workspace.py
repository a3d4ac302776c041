"""The pages on which two administrators of the portal take a text away by law."""

import pytest
from django.urls import reverse

from tests.factories.proof import WHY, administrators, asked, redacted
from tests.factories.transparency import COMPLETE, published_entry, with_notice
from tests.support.html import links, soup, words
from transparency.actions.publishing import publish_entry
from transparency.actions.redaction import seal_of_line
from transparency.models import RedactionRequest, Version
from transparency.states import RequestState

pytestmark = pytest.mark.django_db
LIST = "/werk/weghalen/"


@pytest.fixture
def entry():
    return published_entry()


@pytest.fixture
def two(client):
    """Two administrators; the first is signed in."""
    first, second = administrators()
    client.force_login(first)
    return first, second


def main(response):
    return soup(response).select_one("main")


def ask(client, **fields):
    data = {"key": "purpose", "reason": WHY, "reason_en": ""} | fields
    return client.post(reverse("transparency:work-redaction-ask", args=[1]), data)


def test_road_from_line_to_text_that_is_gone(client, two, entry):
    found = client.get(LIST, {"line": 1})
    assert found.headers["Location"] == reverse("transparency:work-redaction-ask", args=[1])

    asking = main(client.get(found.headers["Location"]))
    assert [option["value"] for option in asking.select("option")][:3] == ["", "name", "summary"]
    page = ask(client).headers["Location"]
    assert "U vroeg dit zelf." in words(main(client.get(page)))
    assert not main(client.get(page)).select('form[action$="/doen/"]')

    client.force_login(two[1])
    assert page in links(main(client.get(LIST)))
    decide = main(client.get(page))
    assert COMPLETE["purpose"] in words(decide.select_one("blockquote"))
    done = client.post(decide.select_one('form[action$="/doen/"]')["action"], follow=True)

    assert "De tekst is weggehaald." in words(main(done))
    assert "purpose" not in Version.objects.get().content
    assert not main(done).select("blockquote")


def test_request_can_be_refused(client, two, entry):
    request = asked(seal_of_line(1), by=two[1])

    done = client.post(reverse("transparency:work-redaction-refuse", args=[request.uuid]), follow=True)

    assert "De tekst blijft staan." in words(main(done))
    assert RedactionRequest.objects.get().state == RequestState.REFUSED
    assert "Niet weggehaald" in words(main(client.get(LIST)))


@pytest.mark.parametrize("step", ["do", "refuse"])
def test_who_asked_is_refused(client, two, entry, step):
    request = asked(seal_of_line(1), by=two[0])

    response = client.post(reverse(f"transparency:work-redaction-{step}", args=[request.uuid]))

    assert response.status_code == 403
    assert "purpose" in Version.objects.get().content


def test_other_versions_to_look_at_are_named(client, two, entry, now):
    content = {**COMPLETE, "purpose": "Iets anders."}
    publish_entry(entry=entry, content=content, reason="x", responsible="x", by=None, now=now)
    request = asked(seal_of_line(1), by=two[1])

    done = client.post(reverse("transparency:work-redaction-do", args=[request.uuid]), follow=True)

    assert "In versie 2 staat iets anders." in words(main(done))


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [({"reason": ""}, "id_reason"), ({"key": ""}, "id_key"), ({"key": "tags"}, "id_key"),
     ({"reason": "x" * 301}, "id_reason")],
)  # fmt: skip
def test_wrong_question_says_what_is_wrong_and_keeps_what_was_typed(client, two, entry, fields, wrong):
    response = ask(client, reason_en="A name.", **fields)

    shown = main(response)
    assert response.status_code == 422
    assert f"#{wrong}" in links(shown.select_one(".utrecht-alert--error"))
    assert shown.select_one("#id_reason_en")["value"] == "A name."


def test_second_question_about_the_same_is_told_so(client, two, entry):
    ask(client)

    response = ask(client)

    assert response.status_code == 422
    assert "Iemand vroeg dit al." in words(main(response))


@pytest.mark.parametrize("line", ["", "0", "-1", "x", "999", "9" * 30])
def test_line_that_is_not_there_is_said(client, two, entry, line):
    response = client.get(LIST, {"line": line})

    assert response.status_code == 422
    assert main(response).select(".utrecht-form-field-error-message")


def test_line_of_a_notice_offers_its_words(client, two, entry):
    with_notice(entry)

    shown = main(client.get(reverse("transparency:work-redaction-ask", args=[2])))

    assert [option["value"] for option in shown.select("option")] == ["", "text", "link"]


def test_what_is_gone_is_not_offered(client, two, entry):
    redacted(entry)

    shown = main(client.get(reverse("transparency:work-redaction-ask", args=[1])))

    assert "purpose" not in [option["value"] for option in shown.select("option")]


def test_request_of_another_is_work_for_today_and_ones_own_is_not(client, two, entry):
    mine, theirs = asked(seal_of_line(1), by=two[0]), asked(seal_of_line(1), "risks", by=two[1])

    shown = links(main(client.get("/werk/")))

    assert reverse("transparency:work-redaction", args=[theirs.uuid]) in shown
    assert reverse("transparency:work-redaction", args=[mine.uuid]) not in shown


def test_empty_list_says_so(client, two):
    assert "Er wacht niets." in words(main(client.get(LIST)))


def test_pages_are_there_in_english(client, two, entry):
    assert words(main(client.get(f"/en{LIST}")).h1) == "Taking away by law"


@pytest.mark.parametrize("name", ["work-redaction-ask", "work-redaction"])
def test_what_is_not_there_is_not_found(client, two, name):
    kwargs = (
        {"number": int("9" * 30)} if name == "work-redaction-ask" else {"key": "00000000-0000-4000-8000-000000000000"}
    )

    assert client.get(reverse(f"transparency:{name}", kwargs=kwargs)).status_code == 404
