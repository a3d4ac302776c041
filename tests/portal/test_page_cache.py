"""The cache in front of Django: the same page from memory for everybody, and nothing else."""

import datetime
import gzip
import threading

import brotli
import pytest
import time_machine
from django.test import RequestFactory

from portal.audit.revision import current_revision
from portal.core.page_cache import PageCache
from tests.factories.transparency import published_entry
from tests.support.wsgi import Answer, Counted
from transparency.actions.publishing import end_entry

PAGE = "/uitleg/wat-is-ai/"


@pytest.fixture
def django() -> Counted:
    return Counted()


@pytest.fixture
def cache(django: Counted) -> PageCache:
    return PageCache(django, current_revision)


pytestmark = pytest.mark.django_db


def test_page_is_made_once(cache, django):
    first, second = Answer(cache, PAGE), Answer(cache, PAGE)

    assert (first.status, first.body, first.headers) == (second.status, second.body, second.headers)
    assert len(django.asked) == 1


@pytest.mark.parametrize(
    "other",
    [f"/en{PAGE}", "/register/", "/register/?q=hart", "/register/?q=long", "/register/?plek=GP", "/register/?pagina=2"],
)
def test_another_address_is_another_page(cache, django, other):
    Answer(cache, PAGE)
    Answer(cache, other)

    assert len(django.asked) == 2


@pytest.mark.parametrize("query", ["?utm_source=mail", "?x", "?q=hart", "?%00=1"])
def test_query_keys_that_the_page_does_not_read_are_the_same_page(cache, django, query):
    Answer(cache, PAGE)
    Answer(cache, PAGE + query)

    assert len(django.asked) == 1


def test_order_of_the_query_keys_makes_no_difference(cache, django):
    Answer(cache, "/register/?q=hart&plek=GP&plek=RADIOLOGY")
    Answer(cache, "/register/?plek=GP&plek=RADIOLOGY&q=hart")

    assert len(django.asked) == 1


def test_public_change_is_seen_at_once(cache):
    entry = published_entry()
    before = Answer(cache, entry.get_absolute_url())

    end_entry(entry=entry, reason="Wij zijn gestopt.", by=None, now=datetime.datetime.now(datetime.UTC))

    after = Answer(cache, entry.get_absolute_url())
    assert before.headers["etag"] != after.headers["etag"]
    assert b"Wij zijn gestopt." in after.body


def test_next_day_makes_the_page_anew(cache, django):
    Answer(cache, PAGE)

    with time_machine.travel(datetime.datetime(2026, 11, 23, 0, 1, tzinfo=datetime.UTC), tick=False):
        Answer(cache, PAGE)

    assert len(django.asked) == 2


def test_what_only_the_reader_has_never_reaches_the_page(cache, django):
    Answer(cache, PAGE, Cookie="sessionid=geheim", Authorization="Bearer geheim", Accept_Language="en", Referer="x",
           User_Agent="y")  # fmt: skip

    assert "geheim" not in str(django.asked)
    assert {name for name in django.asked[0] if name.startswith("HTTP_")} <= {"HTTP_HOST", "HTTP_X_FORWARDED_PROTO"}


def test_another_host_is_never_told_the_page_of_the_first(cache, django):
    Answer(cache, PAGE, Host="localhost")
    other = Answer(cache, PAGE, Host="evil.example")

    assert other.status == 400


@pytest.mark.parametrize("path", ["/bestaat-niet/", "/register/bestaat-niet/", "/register"])
def test_only_a_page_that_is_there_is_kept(cache, django, path):
    statuses = [Answer(cache, path).status for _ in range(2)]

    assert statuses[0] == statuses[1] != 200
    assert len(django.asked) == 2


def test_fragment_for_htmx_is_neither_kept_nor_told_from_memory(cache, django):
    page = Answer(cache, "/register/")
    fragment = Answer(cache, "/register/", HX_Request="true")

    assert len(django.asked) == 2
    assert b"<html" in page.body
    assert b"<html" not in fragment.body
    assert fragment.headers["cache-control"] == "no-store"


def test_post_passes_by(cache, django):
    Answer(cache, PAGE)

    assert Answer(cache, PAGE, method="POST").status == 405


# --- Conditions, methods and encodings ----------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["{}", "W/{}", '"x", {}', "*"])
def test_reader_who_has_the_page_gets_no_body(cache, form):
    tag = Answer(cache, PAGE).headers["etag"].removeprefix("W/")

    again = Answer(cache, PAGE, If_None_Match=form.format(tag))

    assert (again.status, again.body) == (304, b"")
    assert again.headers["etag"] == f"W/{tag}"
    assert "content-security-policy" in again.headers
    assert "content-length" not in again.headers


def test_reader_with_another_page_gets_the_page(cache):
    assert Answer(cache, PAGE, If_None_Match='"other"').status == 200


@pytest.mark.parametrize("kept_already", [True, False])
def test_head_has_the_headers_of_get_and_no_body(cache, kept_already):
    if kept_already:
        Answer(cache, PAGE)

    head, get = Answer(cache, PAGE, method="HEAD"), Answer(cache, PAGE)

    assert head.body == b""
    assert head.headers == get.headers


def test_head_of_what_is_not_there_has_no_body(cache):
    assert Answer(cache, "/register/bestaat-niet/", method="HEAD").body == b""


@pytest.mark.parametrize(
    ("accepted", "encoding", "unpack"),
    [("gzip", "gzip", gzip.decompress), ("br", "br", brotli.decompress), ("gzip, deflate, br", "br", brotli.decompress),
     ("br;q=0, gzip;q=0.5", "gzip", gzip.decompress), ("BR", "br", brotli.decompress),
     ("identity", None, bytes), ("", None, bytes), ("br;q=0.0", None, bytes), ("zstd", None, bytes)],
)  # fmt: skip
def test_page_comes_in_an_encoding_that_the_reader_takes(cache, accepted, encoding, unpack):
    plain = Answer(cache, PAGE)

    found = Answer(cache, PAGE, Accept_Encoding=accepted)

    assert found.headers.get("content-encoding") == encoding
    assert unpack(found.body) == plain.body
    assert found.headers["content-length"] == str(len(found.body))
    assert "Accept-Encoding" in found.headers["vary"]


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_file_that_is_sent_as_it_is_made_passes_by_and_may_be_there_already(cache, django, method):
    published_entry()
    first = Answer(cache, "/downloads/toepassingen.csv")

    again = Answer(cache, "/downloads/toepassingen.csv", method=method, If_None_Match=first.headers["etag"])

    assert (first.status, again.status, again.body) == (200, 304, b"")
    assert b"Breukkijker" in first.body
    assert len(cache._kept) == 0


def test_answer_of_the_api_is_kept_and_a_key_it_does_not_know_is_refused(cache, django):
    published_entry()
    right = [Answer(cache, "/api/v1/toepassingen?plek=RADIOLOGY") for _ in range(2)]
    wrong = Answer(cache, "/api/v1/toepassingen?niets=1")

    assert (right[0].status, right[0].body) == (200, right[1].body)
    assert right[0].headers["api-version"]
    assert (wrong.status, wrong.headers["content-type"]) == (400, "application/problem+json")
    assert len(django.asked) == 2


# --- Its bounds -----------------------------------------------------------------------------------------------------


def test_no_more_is_kept_than_there_is_room_for(django):
    small = PageCache(django, current_revision, room=60_000)
    for word in range(30):
        Answer(small, f"/register/?q=woord{word}")

    assert small._weight <= 60_000
    assert 0 < len(small._kept) < 30


def test_page_too_large_for_the_room_is_still_answered(django):
    tiny = PageCache(django, current_revision, room=10)

    assert [Answer(tiny, PAGE).status for _ in range(2)] == [200, 200]
    assert len(tiny._kept) == 0


@pytest.mark.parametrize("query", ["?q=" + "a" * 3000, "?q=%FF", "?" + "q=1&" * 400])
def test_strange_question_is_answered(cache, query):
    assert Answer(cache, f"/register/{query}").status == 200


@pytest.mark.parametrize("path", ["/%FF/", "/register/%00/", "/" + "a" * 5000])
def test_strange_address_is_not_found(cache, path):
    assert Answer(cache, path).status in {400, 404}


def test_without_a_database_django_says_so(django):
    class Down:
        asked = 0

        def __call__(self) -> None:
            self.asked += 1

    down = Down()
    assert Answer(PageCache(django, down), PAGE).status == 200
    assert (down.asked, len(django.asked)) == (1, 1)


def test_many_at_once_get_the_same_page(cache):
    expected = Answer(cache, PAGE).body
    wrong: list[bytes] = []

    def read() -> None:
        for encoding in ("br", "gzip", "identity") * 20:
            environ = RequestFactory(headers={"accept-encoding": encoding}).get(PAGE).environ
            body = b"".join(threaded(environ, lambda *arguments: None))
            unpack = {"br": brotli.decompress, "gzip": gzip.decompress}.get(encoding, bytes)
            if unpack(body) != expected:
                wrong.append(body)

    number = current_revision()
    threaded = PageCache(lambda *arguments: pytest.fail("nothing is made anew"), lambda: number)
    threaded._kept, threaded._newest = cache._kept, number
    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert wrong == []
