"""A form without cookie or token: taken from our own pages only, within bounds, and never stored."""

import threading

import pytest
from django.test import Client
from django.urls import reverse

from portal.core import body
from portal.core.stateless_form import is_from_elsewhere

pytestmark = pytest.mark.django_db

ADDRESS = "/taalcheck/"
SENT = {"tekst": "Bel ons indien u vragen heeft."}


@pytest.fixture
def asker():
    """A client that Django would ask for its token."""
    return Client(enforce_csrf_checks=True)


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "same-origin", "Origin": "https://aimz.example"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "http://testserver"},
        {"Origin": "https://aimz.example"},
        {},
    ],
    ids=str,
)
def test_form_of_our_own_page_is_taken_without_a_token(asker, headers):
    response = asker.post(ADDRESS, SENT, headers=headers)

    assert response.status_code == 200
    assert "Formeel woord" in response.text


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site", "Origin": "https://elders.example"},
        {"Sec-Fetch-Site": "same-site", "Origin": "https://andere.aimz.example"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "https://aimz.example"},
        {"Sec-Fetch-Site": ""},
        {"Origin": "https://elders.example"},
        {"Origin": "https://testserver.elders.example"},
        {"Origin": "https://aimz.example@elders.example"},
        {"Origin": "http://["},
        {"Origin": "null"},
        {"Origin": ""},
    ],
    ids=str,
)
def test_form_of_another_website_is_refused_in_plain_words(asker, headers):
    response = asker.post(ADDRESS, SENT, headers=headers)

    assert response.status_code == 403
    assert "Dit formulier komt van een andere website." in response.text
    assert "indien u vragen" not in response.text


@pytest.mark.parametrize("headers", [{}, {"Sec-Fetch-Site": "cross-site"}], ids=["taken", "refused"])
def test_answer_is_never_stored_and_sets_no_cookie(asker, headers):
    response = asker.post(ADDRESS, SENT, headers=headers)

    assert response.headers["Cache-Control"] == "no-store"
    assert response.cookies == {}
    assert "cookie" not in response.headers.get("Vary", "").lower()


def test_link_from_another_website_is_no_form(asker):
    assert asker.get(ADDRESS, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 200


def test_what_a_browser_says_of_itself_weighs_more_than_the_origin(rf):
    assert is_from_elsewhere(rf.post("/", headers={"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"}))


def test_refusal_for_htmx_is_a_part_that_keeps_the_form(asker):
    response = asker.post(ADDRESS, SENT, headers={"HX-Request": "true", "Sec-Fetch-Site": "cross-site"})

    assert (response.status_code, response.headers["HX-Reswap"]) == (403, "innerHTML")
    assert "<html" not in response.text
    assert "Vul het hier in." in response.text


def test_refusal_in_english(asker):
    response = asker.post(f"/en{ADDRESS}", SENT, headers={"Sec-Fetch-Site": "cross-site"})

    assert "This form comes from another website." in response.text


# --- The body ---------------------------------------------------------------------------------------------------


class Unread:
    """A body that nobody may read."""

    def read(self, *_arguments):
        raise AssertionError("somebody read the body")

    readline = read


def test_body_that_is_too_large_is_refused_before_it_is_read(client):
    response = client.generic("POST", ADDRESS, CONTENT_LENGTH=str(body.LARGEST + 1), **{"wsgi.input": Unread()})

    assert response.status_code == 413
    assert "te groot" in response.text


@pytest.mark.parametrize("address", ["/", "/register/", "/bestaat-niet/", "/api/v1/toepassingen", "/en/"])
def test_address_without_a_form_reads_no_body(client, address):
    response = client.generic("POST", address, CONTENT_LENGTH="10", **{"wsgi.input": Unread()})

    assert response.status_code == 405


def test_body_of_unknown_length_is_refused(client):
    response = client.post(ADDRESS, SENT, headers={"Transfer-Encoding": "chunked"})

    assert response.status_code == 411


class Slow:
    """A body that does not come until `free` is set, and then not whole."""

    def __init__(self):
        self.free, self.asked = threading.Event(), threading.Event()

    def read(self, *_arguments):
        self.asked.set()
        self.free.wait()
        return b""

    readline = read


@pytest.fixture
def hold(rf):
    """Let a visitor begin a body that does not come; all come to an end with the test."""
    held = []

    def begin(address):
        slow, ended = Slow(), []
        request = rf.generic("POST", ADDRESS, CONTENT_LENGTH="10", REMOTE_ADDR=address, **{"wsgi.input": slow})

        def read():
            try:
                body.read_within_bounds(request)
            except body.Refused as refusal:
                ended.append(refusal.status)

        thread = threading.Thread(target=read)
        thread.start()
        assert slow.asked.wait(10)
        held.append((slow, thread))
        return slow, thread, ended

    yield begin
    for slow, thread in held:
        slow.free.set()
        thread.join()


def sent_from(client, address):
    return client.post(ADDRESS, SENT, REMOTE_ADDR=address).status_code


@pytest.mark.skipif(body.MOST_AT_ONCE < 2, reason="a server with fewer than four threads takes one body at a time")
def test_visitor_whose_body_does_not_come_holds_up_nobody_else(client, hold):
    hold("192.0.2.1")

    assert sent_from(client, "192.0.2.1") == 503
    assert sent_from(client, "192.0.2.2") == 200


def test_bodies_that_do_not_come_never_hold_all_threads(client, hold):
    for number in range(body.MOST_AT_ONCE):
        hold(f"192.0.2.{number}")

    response = client.post(ADDRESS, SENT, REMOTE_ADDR="198.51.100.1")

    assert (response.status_code, response.headers["Retry-After"]) == (503, "60")
    assert "Het is nu erg druk." in response.text
    assert client.get("/").status_code == 200


def test_body_that_stops_half_way_is_no_text_and_makes_room(client, hold):
    slow, thread, ended = hold("192.0.2.1")
    slow.free.set()
    thread.join()

    assert ended == [408]
    assert sent_from(client, "192.0.2.1") == 200


@pytest.mark.parametrize("length", ["300001", "-1", "1e3", "٣", "9" * 5000])
def test_length_that_is_none_or_too_much_is_refused(rf, length):
    with pytest.raises(body.Refused) as refusal:
        body.read_within_bounds(rf.generic("POST", ADDRESS, CONTENT_LENGTH=length))

    assert refusal.value.status == 413


def test_address_of_the_form_is_this_one():
    assert reverse("transparency:language-check") == ADDRESS
