"""Nothing in a text makes the leaflet fetch something: not from the network, not from the disk."""

import http.server
import io
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.urls import reverse
from pypdf import PdfReader

from portal.core.pdf import STATIC
from tests.factories.organisations import OrganisationFactory
from tests.factories.transparency import published_entry
from transparency import leaflet
from transparency.states import Origin


@pytest.fixture
def outside() -> Iterator[tuple[str, list[str]]]:
    """A server on this machine that stands for the world outside, and what was asked of it."""
    asked: list[str] = []

    class Listener(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, *args: object) -> None:
            """Print nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Listener)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    server.server_close()
    thread.join()


def markup(address: str) -> str:
    """HTML that fetches `address` in every way a document can."""
    return (
        f'<link rel="stylesheet" href="{address}/style.css"><link rel="attachment" href="{address}/file.txt">'
        f'<style>@import url("{address}/import.css"); body {{ background: url("{address}/back.png") }}'
        f'@font-face {{ font-family: x; src: url("{address}/font.woff2") }} p {{ font-family: x }}</style>'
        f'<img src="{address}/picture.png"><svg><image href="{address}/picture.svg"/></svg>'
        f'<object data="{address}/object.svg"></object><embed src="{address}/embed.svg"><p>Na</p>'
    )


def read(content: bytes) -> str:
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


@pytest.mark.django_db
def test_markup_in_a_text_is_printed_and_fetches_nothing(client, outside):
    address, asked = outside
    hostile = markup(address)
    content = {key: hostile for key in ("purpose", "risks")} | {"name": f'<img src="{address}/name.png">'}
    organisation = OrganisationFactory(name=f'<img src="{address}/organisation.png">')
    entry = published_entry(content=content, organisation=organisation, origin=Origin.IMPORTED)

    response = client.get(reverse("transparency:leaflet", args=[entry.slug]))

    assert response.status_code == 200
    assert asked == []
    assert "picture.png" in read(response.content).replace("\n", "")


def test_even_markup_that_came_through_fetches_nothing_from_the_network(outside):
    address, asked = outside

    content = leaflet._pdf(f"<!doctype html><html lang=nl><title>x</title><body>{markup(address)}")

    assert asked == []
    assert "Na" in read(content)


@pytest.mark.parametrize("way", ["{folder}", "{static}/../../..{folder}", "{static}/%2e%2e/%2e%2e/%2e%2e{folder}"])
def test_even_markup_that_came_through_reads_no_file_of_the_machine(tmp_path, way):
    (tmp_path / "style.css").write_text("p::before { content: 'ONTSNAPT' }")
    (tmp_path / "file.txt").write_text("ONTSNAPT")
    up = "/.." * len(Path(STATIC).parts)
    address = "file://" + way.format(folder=tmp_path, static=STATIC).replace("/../../..", up)

    content = leaflet._pdf(f"<!doctype html><html lang=nl><title>x</title><body>{markup(address)}")

    assert "ONTSNAPT" not in read(content)
    assert not PdfReader(io.BytesIO(content)).attachments


def test_qr_code_is_a_picture_of_the_address():
    code = leaflet.qr_code("https://aimz.example/register/breukkijker/")

    assert code.startswith("data:image/svg+xml;base64,")
    assert code != leaflet.qr_code("https://aimz.example/register/iets-anders/")
