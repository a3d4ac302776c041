"""An address that somebody gave us is asked only when everybody could ask it, and its answer is small."""

import socket

import pytest
import requests

from portal.core import fetching
from portal.core.fetching import LARGEST, TooLarge, is_public, public_session, resolved
from tests.support.answering import answering


@pytest.mark.parametrize("address", [
    "127.0.0.1", "127.9.9.9", "10.0.0.1", "172.16.3.4", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",  # noqa: S104
    "224.0.0.1", "255.255.255.255", "192.0.2.1", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1",
    "::ffff:127.0.0.1", "::ffff:10.0.0.1", "2002:7f00:1::", "2001:db8::1",
])  # fmt: skip
def test_address_of_a_private_network_is_not_public(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["1.1.1.1", "145.58.1.1", "2a02:a460::1", "::ffff:1.1.1.1"])
def test_address_of_everybody_is_public(address):
    assert is_public(address)


def named(monkeypatch, *addresses):
    """Let every name mean these addresses."""
    rows = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 443)) for address in addresses]
    monkeypatch.setattr(fetching.socket, "getaddrinfo", lambda *asked, **more: rows)


def test_name_with_one_private_address_is_not_asked(monkeypatch):
    named(monkeypatch, "1.1.1.1", "10.0.0.1")

    assert resolved("linde.example", 443) == []


def test_name_that_means_nothing_is_not_asked(monkeypatch):
    def nothing(*asked, **more):
        raise socket.gaierror

    monkeypatch.setattr(fetching.socket, "getaddrinfo", nothing)

    assert resolved("linde.example", 443) == []


def test_what_was_checked_is_what_is_connected_to(monkeypatch):
    named(monkeypatch, "1.1.1.1")
    asked = []

    def connect(address, *more, **other):
        asked.append(address)
        raise OSError

    monkeypatch.setattr(fetching, "create_connection", connect)
    with pytest.raises(requests.RequestException), public_session() as session:
        session.get("https://linde.example/")

    assert set(asked) == {("1.1.1.1", 443)}


@pytest.mark.parametrize("place", ["http://{}", "https://{}", "ftp://{}", "file:///etc/passwd", "//{}", "gopher://{}"])
def test_our_own_machine_is_not_asked(place):
    with answering(body=b"x") as address, public_session() as session, pytest.raises(requests.RequestException):
        session.get(place.format(address.removeprefix("http://")))


def test_to_try_things_out_it_may_be_asked(settings):
    settings.FETCH_PRIVATE_ADDRESSES = True
    with answering(body=b"hallo") as address, public_session() as session:
        assert session.get(address).text == "hallo"


def test_answer_that_is_too_large_is_not_read(settings):
    settings.FETCH_PRIVATE_ADDRESSES = True
    with answering(body=b"x" * (LARGEST + 1)) as address, public_session() as session, pytest.raises(TooLarge):
        session.get(address)


def test_nobody_sends_us_on(settings):
    settings.FETCH_PRIVATE_ADDRESSES = True
    with answering(status=302, headers={"Location": "http://127.0.0.1:1/"}) as address, public_session() as session:
        with pytest.raises(requests.TooManyRedirects):
            session.get(address)


def test_proxy_of_the_environment_is_not_used(settings, monkeypatch):
    settings.FETCH_PRIVATE_ADDRESSES = True
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    with answering(body=b"hallo") as address, public_session() as session:
        assert session.get(address).text == "hallo"
