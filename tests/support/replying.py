"""Replying to a vacancy without an account, as the pages ask it, with words that can be looked for."""

import re
from types import SimpleNamespace
from typing import Any

from django.core.mail import EmailMessage
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from portal.organisations.roles import Role
from tests.factories.participation import ProjectFactory
from tests.factories.people import member
from tests.factories.recruiting import MARKER, MARKER_MAIL, MARKER_STORY, VacancyFactory

REPLY = {"name": MARKER, "email": MARKER_MAIL, "motivation": MARKER_STORY, "wish": "FEE"}


def recruiting_world() -> SimpleNamespace:
    """A project with an open vacancy, its lead and its coordinator."""
    project = ProjectFactory(slug="breukkijker", name="Breukkijker")
    return SimpleNamespace(
        project=project, vacancy=VacancyFactory(project=project, slug="denk-mee", title="Denk mee"),
        lead=project.lead, coordinator=member(project.patient_side, Role.COORDINATOR),
    )  # fmt: skip


def apply(client: Client, **changes: Any) -> HttpResponse:
    """Send a reply to the vacancy."""
    return client.post(reverse("participation:candidacy-new", args=["denk-mee"]), {**REPLY, **changes})


def link_in(message: EmailMessage) -> str:
    """The token of the link in a mail."""
    return re.search(r"/aanmelding/link/([\w-]{20,})/", message.body)[1]  # type: ignore[index]


def follow(client: Client, token: str, **data: str) -> HttpResponse:
    """Open the link of a mail, or press a button on its page."""
    address = reverse("participation:candidacy-link", args=[token])
    return client.post(address, data) if data else client.get(address)
