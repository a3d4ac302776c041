"""What is made for one reader is compressed where that reader takes it, and stays the same text."""

import gzip

import pytest
from django.http import HttpResponse, StreamingHttpResponse
from django.test import RequestFactory
from whitenoise.middleware import WhiteNoiseMiddleware

from portal.core.compressing import SHORTEST, AcceptedMiddleware, CompressingMiddleware, accepted

TEXT = "Een computer kijkt mee naar foto’s van botten. ".encode() * 40
MIDDLEWARE = CompressingMiddleware(lambda request: HttpResponse())


def answered(response, accepts="br, gzip"):
    return MIDDLEWARE.process_response(RequestFactory().get("/", headers={"Accept-Encoding": accepts}), response)


def test_reader_who_takes_gzip_gets_the_same_text_in_fewer_bytes():
    response = answered(HttpResponse(TEXT, headers={"ETag": '"a"'}))

    assert gzip.decompress(response.content) == TEXT
    assert (response["Content-Encoding"], response["ETag"], response["Vary"]) == ("gzip", 'W/"a"', "Accept-Encoding")
    assert int(response["Content-Length"]) == len(response.content) < len(TEXT)


def test_length_tells_nothing_of_a_secret():
    lengths = {len(answered(HttpResponse(TEXT)).content) for _time in range(40)}

    assert len(lengths) > 5


@pytest.mark.parametrize(
    ("response", "accepts"),
    [(HttpResponse(TEXT), "br"), (HttpResponse(TEXT[: SHORTEST - 1]), "gzip"),
     (HttpResponse(TEXT, headers={"Content-Encoding": "br"}), "gzip"),
     (HttpResponse(bytes(range(256))), "gzip")],
    ids=["does not take it", "short", "compressed already", "gets longer"],
)  # fmt: skip
def test_other_answers_stay_as_they_are(response, accepts):
    before = response.content

    assert answered(response, accepts).content == before


def test_who_takes_it_or_not_is_told_to_caches():
    assert answered(HttpResponse(TEXT), "br")["Vary"] == "Accept-Encoding"


def test_what_is_streamed_is_compressed_piece_by_piece():
    response = answered(StreamingHttpResponse([TEXT, TEXT]))

    assert gzip.decompress(b"".join(response.streaming_content)) == TEXT * 2


@pytest.mark.parametrize(
    ("header", "taken"),
    [("", {""}), ("gzip, br", {"gzip", "br"}), ("gzip;q=0", set()), ("gzip; Q=0.000, br;q=0.1", {"br"}),
     ("GZIP;q=1.0, *;q=0", {"gzip"})],
)  # fmt: skip
def test_weight_of_nothing_means_not(header, taken):
    assert accepted(header) == taken


@pytest.mark.django_db
@pytest.mark.parametrize("accepts", ["gzip;q=0", "br, gzip;q=0.0"])
@pytest.mark.parametrize(
    ("address", "more"),
    [("/register/", {"HX-Request": "true"}), ("/register/", {"Range": "bytes=0-9"}), ("/bestaat-niet/", {}),
     ("/account/aanmelden/", {}), ("/api/v1/nergens", {})],
)  # fmt: skip
def test_no_answer_is_compressed_for_who_takes_it_not(client, address, more, accepts):
    response = client.get(address, headers={"Accept-Encoding": accepts, **more})

    assert "Content-Encoding" not in response.headers


@pytest.mark.parametrize(("accepts", "encoding"), [("gzip;q=0", None), ("gzip;q=0.5", "gzip"), ("gzip", "gzip")])
def test_static_file_is_compressed_for_who_takes_it(tmp_path, settings, accepts, encoding):
    settings.STATIC_ROOT = tmp_path
    (tmp_path / "site.css").write_bytes(TEXT)
    (tmp_path / "site.css.gz").write_bytes(gzip.compress(TEXT))
    server = AcceptedMiddleware(WhiteNoiseMiddleware(lambda request: HttpResponse(status=404)))

    response = server(RequestFactory().head("/static/site.css", headers={"Accept-Encoding": accepts}))

    assert (response.status_code, response.headers.get("Content-Encoding")) == (200, encoding)
