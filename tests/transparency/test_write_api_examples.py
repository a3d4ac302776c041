"""The examples on the page for developers write on a real server, with curl and with Python, as a program would."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings as of_project
from django.test import Client

from tests.transparency.api_keys import program
from transparency.models import Draft

PAGE = Path(of_project.BASE_DIR) / "templates/uitleg/ontwikkelaars.md"


def example(kind):
    """The one example of the page in the language `kind`."""
    (found,) = re.findall(rf"```{kind}\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    return found


@pytest.fixture
def at_server(committed_db, live_server, settings):
    """A program whose key works on a server that runs."""
    settings.PUBLIC_URL = live_server.url
    return program(Client())


def test_curl_begins_a_draft_and_reads_the_list(at_server, live_server):
    script = example("bash").replace("{{url}}", live_server.url).replace("aimz_…", at_server.token)

    ended = subprocess.run(["bash", "-e", "-c", script], capture_output=True, text=True, check=False)

    assert ended.returncode == 0, ended.stderr
    begun, listed = read_two(ended.stdout)
    assert (begun["content"]["name"], listed["total"]) == ("Fotohulp", 1)
    assert listed["items"][0]["id"] == begun["id"]


def read_two(text):
    """Two JSON documents, one behind the other."""
    first, end = json.JSONDecoder().raw_decode(text)
    return first, json.loads(text[end:])


def test_python_begins_changes_and_says_what_is_missing(at_server, live_server):
    code = example("py").replace("{{url}}", live_server.url)

    ended = subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, "SLEUTEL": at_server.token}, capture_output=True, text=True,
        check=False,
    )  # fmt: skip

    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.startswith("Nog niet af: summary")
    assert ended.stdout.splitlines()[-1] == "WRITING"
    assert Draft.objects.get().content == {"name": "Fotohulp", "who_decides": "De arts beslist."}
