"""POST /api/v1/taalcheck: JSON in, the report or a problem out; nothing of the text stays anywhere."""

import json
import logging

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse

from tests.transparency.readability.test_check import EASY, HARD
from tests.transparency.test_api_schema import keys
from transparency.api.language_check import EXAMPLE_TEXT, answer_schema
from transparency.readability import lexicon
from transparency.readability.check import MOST_CHARACTERS, check
from transparency.readability.public_check import LIMIT

pytestmark = pytest.mark.django_db

ADDRESS = "/api/v1/taalcheck"
PROBLEM = "application/problem+json"


def send(client, body, **headers):
    text = body if isinstance(body, str | bytes) else json.dumps(body)
    return client.post(ADDRESS, text, content_type="application/json", headers=headers)


def faults(response):
    return [(error["in"], error["name"]) for error in response.json()["errors"]]


@pytest.mark.parametrize(
    "text", [EASY, HARD, EXAMPLE_TEXT, "The cat sat on the mat and looked at the dog for you all."]
)
def test_answer_is_the_report(client, text):
    response = send(client, {"text": text})

    assert (response.status_code, response.headers["Content-Type"]) == (200, "application/json")
    assert response.json() == json.loads(json.dumps(check(text).as_json()))
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("text", [EASY, HARD, "…", "Not Dutch at all, this is what the English call a sentence."])
def test_answer_has_the_keys_of_its_schema(client, text):
    assert list(keys(answer_schema(), send(client, {"text": text}).json())) == []


def test_address_of_the_check_is_this_one():
    assert reverse("api:language-check") == ADDRESS


def test_whether_the_text_speaks_to_a_reader_may_be_said(client):
    text = "De arts kijkt naar de foto. De computer kijkt ook. De arts beslist altijd zelf."
    codes = [
        {one["code"] for one in send(client, {"text": text, "to_reader": to_reader}).json()["findings"]}
        for to_reader in (True, False)
    ]

    assert codes[0] - codes[1] == {"no_address"}


def test_places_are_characters_of_the_text_as_sent(client):
    text = "👩‍⚕️ Bel\x00 ons\r\nindien u vragen heeft."

    (finding,) = (one for one in send(client, {"text": text}).json()["findings"] if one["code"] == "formal_word")

    assert text[finding["start"] : finding["end"]] == finding["text"] == "indien"


@pytest.mark.parametrize(
    "body",
    ["{", "[", " ", "null", "[]", '"tekst"', "3", b"\xff\xfe{", b'{"text": "\xff"}', "[" * 100_000,
     '{"text":' * 20_000, '{"text": 1' + "0" * 5000 + "}"],
)  # fmt: skip
def test_what_is_no_question_is_a_problem(client, body):
    response = send(client, body)

    assert (response.status_code, response.headers["Content-Type"]) == (400, PROBLEM)
    assert response.json()["detail"]


@pytest.mark.parametrize(
    "text",
    [None, 3, True, [], {}, "", "x" * (MOST_CHARACTERS + 1), "half \ud83d teken"],
    ids=lambda value: repr(value)[:20],
)
def test_text_that_is_none_is_told_at_its_key(client, text):
    response = send(client, {"text": text})

    assert (response.status_code, faults(response)) == (400, [("body", "text")])


def test_every_fault_is_told_at_once(client):
    response = client.post(f"{ADDRESS}?tekst=ja", '{"tekst": "ja", "to_reader": "ja", "\\ud800": 1}',
                           content_type="application/json")  # fmt: skip

    assert faults(response) == [
        ("query", "tekst"), ("body", "tekst"), ("body", "?"), ("body", "text"), ("body", "to_reader"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/html", "", "x"]
)
def test_other_form_than_json_is_refused(client, kind):
    response = client.post(ADDRESS, b'{"text": "Ja."}', content_type=kind)

    assert (response.status_code, response.headers["Content-Type"]) == (415, PROBLEM)


@pytest.mark.parametrize("kind", ["application/json; charset=utf-8", "Application/JSON"])
def test_json_may_say_its_charset(client, kind):
    assert client.post(ADDRESS, b'{"text": "Ja."}', content_type=kind).status_code == 200


def test_page_of_another_website_may_ask(client):
    response = send(client, {"text": EASY}, Origin="https://elders.example", Sec_Fetch_Site="cross-site")

    assert (response.status_code, response.headers["Access-Control-Allow-Origin"]) == (200, "*")
    assert "Retry-After" in response.headers["Access-Control-Expose-Headers"]
    assert response.cookies == {}


def test_who_asks_too_often_hears_when_to_come_back(client):
    for _ in range(LIMIT.capacity):
        send(client, {"text": "Ja."})

    response = send(client, {"text": EASY})

    assert (response.status_code, response.headers["Content-Type"]) == (429, PROBLEM)
    assert response.headers["Retry-After"] == "1"
    assert "Retry-After" in response.json()["detail"]


def test_page_and_api_share_one_limit(client):
    for _ in range(LIMIT.capacity):
        send(client, {"text": "Ja."})

    assert client.post("/taalcheck/", {"tekst": EASY}).status_code == 429


def test_who_asks_something_wrong_loses_nothing(client):
    for _ in range(LIMIT.capacity + 1):
        send(client, {})

    assert send(client, {"text": EASY}).status_code == 200


def test_without_lexicon_it_says_so(client, monkeypatch, tmp_path):
    monkeypatch.setattr(lexicon, "FILE", tmp_path / "none.sqlite3")
    monkeypatch.delattr(lexicon._local, "connection", raising=False)
    lexicon.look_up.cache_clear()

    response = send(client, {"text": EASY})

    monkeypatch.delattr(lexicon._local, "connection", raising=False)
    assert (response.status_code, response.headers["Content-Type"]) == (503, PROBLEM)
    assert response.headers["Retry-After"] == "60"


@pytest.mark.parametrize("body", ['{"text": "Xylofoonzuiger m.b.t. u."}', '{"Xylofoonzuiger": 1}', "Xylofoonzuiger"])
def test_text_is_in_no_log_no_database_and_no_header(caplog, body):
    caplog.set_level(logging.DEBUG)

    response = send(Client(raise_request_exception=False), body)

    assert "Xylofoonzuiger" not in caplog.text
    assert "Xylofoonzuiger" not in str([list(model.objects.values_list()) for model in apps.get_models()])
    assert "Xylofoonzuiger" not in str(response.headers)
