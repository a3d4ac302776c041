"""The page for developers: its examples run, its figures are those of the code."""

import contextlib
import io
import re
import shlex
import uuid
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from portal.api.paging import SIZE
from portal.api.parameters import LONGEST
from portal.api.version import VERSION
from portal.keys.middleware import EVERY_KEY
from tests.factories.transparency import published_entry
from transparency.readability.check import MOST_CHARACTERS
from transparency.readability.public_check import CHARACTERS_A_TOKEN, LIMIT
from transparency.search.find import CANDIDATES

TEXTS = {
    language: Path(settings.BASE_DIR) / "templates/uitleg" / language / "ontwikkelaars.md" for language in ("", "en")
}
REAL = uuid.UUID("9491a990-c054-459e-9475-5a39e56407bb")


def examples(kind, language=""):
    """The blocks of code of the page in the language `kind`."""
    return re.findall(rf"```{kind}\n(.*?)```", TEXTS[language].read_text(encoding="utf-8"), re.DOTALL)


def test_both_languages_have_the_same_examples():
    for kind in ("sh", "python", "bash", "py"):
        assert examples(kind) == examples(kind, "en") != []


@pytest.mark.django_db
def test_every_address_in_an_example_answers(client):
    published_entry(uuid=REAL, content={"name": "Fotokijker"})
    commands = [shlex.split(line) for block in examples("sh") for line in block.splitlines()]

    answers = [
        client.post(address.removeprefix("{{url}}"), options[3], content_type="application/json")
        if options
        else client.get(address.removeprefix("{{url}}"))
        for _curl, *options, address in commands
    ]

    assert [answer.status_code for answer in answers] == [200] * 6
    assert answers[0].json()["total"] == 1
    assert answers[-1].json()["findings"][0]["text"] == "Indien"


@pytest.mark.django_db
def test_example_in_python_walks_through_the_whole_list(client, monkeypatch):
    for _ in range(3):
        published_entry(organisation__name="Linde")
    (code,) = examples("python")

    @contextlib.contextmanager
    def ask(address):  # the test client stands where the network would be
        yield io.BytesIO(client.get(address.removeprefix("https://aimz.example")).content)

    monkeypatch.setattr("urllib.request.urlopen", ask)
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        exec(code.replace("{{url}}", settings.PUBLIC_URL).replace("aantal=100", "aantal=2"), {})  # noqa: S102 (our own)

    assert said.getvalue() == "Linde - Breukkijker\n" * 3


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["ontwikkelaars", "downloads"])
def test_every_address_in_the_tables_can_be_read(client, name):
    named = set(re.findall(r"`(/[^`{?]+)`", client.get(reverse(name)).text)) | set(
        re.findall(r'href="(/(?:api|downloads|catalogus)[^"]+)"', client.get(reverse(name)).text)
    )

    named = {address for address in named if "concepten" not in address}  # these ask for a key

    assert len(named) >= 6
    assert {address: client.get(address).status_code for address in named} == dict.fromkeys(named, 200)


@pytest.mark.parametrize("language", ["", "en"])
def test_figures_are_those_of_the_code(language):
    text = TEXTS[language].read_text(encoding="utf-8")
    candidates, characters, each = (
        f"{figure:,}" if language else f"{figure:,}".replace(",", ".")
        for figure in (CANDIDATES, MOST_CHARACTERS, CHARACTERS_A_TOKEN)
    )

    assert [figure for figure in (f" {SIZE.largest} ", f" {LONGEST} ", f" {candidates} ", f"| {VERSION} |",
                                f" {characters} ", f" {each} ", f" {LIMIT.capacity} ", f" {LIMIT.per_second} ",
                                f" {EVERY_KEY.capacity} ", f" {EVERY_KEY.per_second} ")
            if figure not in text] == []  # fmt: skip


def test_page_shows_the_address_of_this_installation(client):
    assert 'curl "https://aimz.example/api/v1/' in client.get(reverse("ontwikkelaars")).text.replace("&quot;", '"')


@pytest.mark.parametrize("language", ["", "/en"])
def test_every_page_leads_to_both(client, language):
    text = client.get(f"{language}/over/").text

    assert f'href="{language}/ontwikkelaars/"' in text
    assert f'href="{language}/downloads/"' in text
