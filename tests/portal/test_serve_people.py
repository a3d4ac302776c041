"""`manage.py serve`: example people on this machine only, and the console says who they are."""

import os

import pytest
from django.core.management import call_command

from portal.accounts.models import User
from portal.management.commands import serve
from tests.factories.organisations import OrganisationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def handed_over(monkeypatch):
    """What the server would be started with; everything slow before that is left out."""
    slow = ("migrate", "load_content", "load_examples", "rebuild_public", "collectstatic")
    real = call_command
    monkeypatch.setattr(serve, "call_command", lambda name, *a, **k: None if name in slow else real(name, *a, **k))
    monkeypatch.setattr(serve, "compile_catalogue", lambda folder: None)
    monkeypatch.delenv("EXAMPLE_PEOPLE", raising=False)
    asked = {}
    monkeypatch.setattr(os, "execv", lambda program, command: asked.update(people=os.environ.get("EXAMPLE_PEOPLE")))
    OrganisationFactory(name="Voorbeeldziekenhuis De Linde", slug="voorbeeldziekenhuis-de-linde", is_example=True)
    yield asked
    os.environ.pop("EXAMPLE_PEOPLE", None)


def test_example_people_are_there_and_said_on_this_machine(handed_over, settings, capsys):
    settings.PUBLIC_URL = "http://localhost:8000"

    call_command("serve")

    said = capsys.readouterr().out
    assert handed_over == {"people": "1"}
    assert "voorbeeld voor iedereen" in said
    assert "publiceerder.ziekenhuis-de-linde@voorbeeld.invalid" in said
    assert "http://localhost:8000/postbus/" in said


@pytest.mark.parametrize(
    "address", ["https://aimz.example", "http://localhost.aimz.example", "http://192.168.1.2:8000"]
)
def test_nobody_is_made_at_another_address(handed_over, settings, capsys, address):
    settings.PUBLIC_URL = address

    call_command("serve")

    assert handed_over == {"people": None}
    assert "voorbeeld.invalid" not in capsys.readouterr().out
    assert not User.objects.exists()


def test_nobody_is_made_in_production(handed_over, settings, capsys):
    settings.PUBLIC_URL = "http://localhost:8000"

    call_command("serve", "--no-examples")

    assert handed_over == {"people": None}
    assert not User.objects.exists()
    assert "wachtwoord" not in capsys.readouterr().out
