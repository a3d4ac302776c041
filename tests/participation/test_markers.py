"""Planted words: what of a representative everybody may see on which page, by hand; nowhere else does a word stand.

Every GET address of the portal is asked as nobody and as everybody around two projects, about things of their own and
of others; so are downloads, feeds and the API. Then the mails, the logs and the log of what was done.
"""

import datetime
import io
import logging
import re
import zipfile
from collections import defaultdict
from types import SimpleNamespace

import pypdf
import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from participation.actions.consents import give_consent, withdraw_consent
from participation.models import ConsentKind, Viewing
from portal.audit.models import AuditEvent
from portal.home.jobs import run_jobs
from tests.conftest import StrictClient
from tests.support.addresses import KEYED, PUBLIC
from tests.support.marked_addresses import places
from tests.support.marked_world import MARKERS, marked_world

pytestmark = pytest.mark.django_db

BOTH = ("lead", "coordinator")
OTHERS = ("lead of other", "coordinator of other")
WORKING = (*BOTH, "colleague", "fellow")
# What others may see of `own` and of who replied to a vacancy: marker → page → who. Not here: nobody may see it.
SEEN = {
    "name": {
        "participants": BOTH, "meeting": BOTH, "meeting-held": BOTH,  # they signed with each other
        "commitment-ask": BOTH,  # whom the money is for
        "interests": ("coordinator",), "put-forward": ("coordinator",), "put-forward-list": ("coordinator",),
        "candidate": OTHERS, "work-vacancy": OTHERS,
        "deelname": ("fellow",),  # the buddy
    },
    "mail": {"deelname": ("fellow",)},
    "about": {"put-forward-list": ("coordinator",)}, "condition": {"put-forward-list": ("coordinator",)},
    "typed name": {"agreement": BOTH, "agreement-pdf": BOTH},
    "role needs": {"participants": BOTH},
    "meeting needs": {"meeting": BOTH},
    "pause": {"assignment": ("fellow",), "my-data": ("fellow",), "my-copy": ("fellow",)},
    "interest": {"interests": ("coordinator",)},
    "draft": {"work-advice-one": ("coordinator",)},
    "question": {"work-advice-one": ("coordinator",)},
    "typed out": {"work-advice-one": ("coordinator",)},
    "message": {"messages": WORKING},
    "task": {"tasks": WORKING, "my-data": ("lead",), "my-copy": ("lead",)},  # the lead asked for it
    "paper": {"meeting-paper": BOTH},
    "account": {"account": BOTH},
    "remarks": {"account": ("lead",)},
    "reviewed": {"work-vacancy": BOTH},
    "offer": {"participants": BOTH},
    "motivation": {"candidate": OTHERS},
    "judgement": {"candidate": OTHERS},
    "proposed decision": {"candidate": OTHERS},
    "declined name": {"candidate": BOTH, "work-vacancy": BOTH},
    "declined motivation": {"candidate": BOTH},
    "decision": {"candidate": BOTH},
}  # fmt: skip
# Whoever has the link of a mail sees what is theirs who reads that mail.
OF_LINK = {"decision": "candidacy-link", "declined motivation": "candidacy-link", "offer": "role-offer"}
OWN = {
    "name", "mail", "typed name", "about", "condition", "profile needs", "role needs", "meeting needs", "interest",
    "old interest", "decision on interest", "draft", "question", "typed out", "message", "task", "motivation",
}  # fmt: skip
# A look leaves a line for `own`: page → who looks, at what. Messages and tasks are told to all who work along.
LOOKS = {
    "participants": ("lead", "PEOPLE"),
    "commitment-ask": ("coordinator", "PEOPLE"),
    "meeting": ("coordinator", "MEETING"),
    "meeting-held": ("lead", "MEETING"),
    "interests": ("coordinator", "ASSIGNMENT"),
    "agreement": ("lead", "ASSIGNMENT"),
    "agreement-pdf": ("coordinator", "ASSIGNMENT"),
    "deelname": ("fellow", "ASSIGNMENT"),
    "work-advice-one": ("coordinator", "ADVICE"),
    "put-forward": ("coordinator", "PROFILE"),
    "put-forward-list": ("coordinator", "PROFILE"),
    "candidate": ("lead of other", "CANDIDACY"),
    "work-vacancy": ("coordinator of other", "CANDIDACY"),
}


@pytest.fixture
def world(sends_at_once: None) -> SimpleNamespace:
    """The world; its mails go out."""
    return marked_world()


def text_of(response) -> str:
    """What a reader of `response` can find, also in a PDF and in a file that is packed."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    if response.headers.get("Content-Type") == "application/pdf":
        return "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(body)).pages)
    if body.startswith(b"PK"):
        packed = zipfile.ZipFile(io.BytesIO(body))
        return "".join(packed.read(name).decode() for name in packed.namelist())
    return body.decode()


def crawled(world, people, asked):
    """{marker: {page: who saw it}} of the addresses `asked` as each of `people`."""
    found = defaultdict(lambda: defaultdict(set))
    only_post = set()
    for person in people:
        client = StrictClient()
        if user := world.people[person]:
            client.force_login(user)
        for name, path in asked:
            if name in only_post:
                continue
            response = client.get(path)
            if response.status_code == 405:
                only_post.add(name)
            text = text_of(response)
            for marker in (one for one, word in MARKERS.items() if word in text):
                found[marker][name.removeprefix("participation:")].add(person)
    return found


@pytest.mark.once
def test_no_page_shows_anybody_what_is_not_theirs_to_see(world, caplog):
    caplog.set_level(logging.INFO)
    everything = list(places(world, made_up=False))
    public = [(name, path) for name, path in everything if name in PUBLIC or name in KEYED]
    private = [one for one in everything if one not in public]

    assert crawled(world, ["nobody", "newcomer", "lead", "portal"], list(places(world, made_up=True))) == {}
    found = crawled(world, ["newcomer", *(name for name in world.people if name != "newcomer")], private)
    english = [(name, f"/en{path}") for name, path in public]
    open_to_all = crawled(world, ["nobody", "own"], public) | crawled(world, ["nobody"], english)

    assert open_to_all == {}
    for marker, page in OF_LINK.items():
        assert found[marker].pop(page) == set(world.people), marker
    assert {marker for marker, pages in found.items() if any("own" in seen for seen in pages.values())} == OWN
    others = {marker: made for marker, pages in found.items() if (made := without(pages, "own"))}
    assert others == {marker: {page: set(who) for page, who in pages.items()} for marker, pages in SEEN.items()}
    assert [word for word in MARKERS.values() if word in caplog.text] == []


def without(pages, person):
    """`pages` without `person`, and without those that nobody else saw."""
    return {page: seen - {person} for page, seen in pages.items() if seen - {person}}


def test_every_look_at_what_is_theirs_leaves_a_line_for_them(world):
    told = {"message", "task"}
    pages = {page for marker, pages in SEEN.items() if marker in OWN - told for page in pages}
    asked = list(places(world, made_up=False))

    for page, (person, what) in LOOKS.items():
        Viewing.objects.all().delete()
        crawled(world, [person], [one for one in asked if one[0] == f"participation:{page}"])
        mine = Viewing.objects.filter(subject=world.people["own"]).values_list("viewer", "what")
        assert list(mine) == [(world.people[person].pk, what)], page
    assert set(LOOKS) == pages


def test_name_stands_where_its_owner_wants_it_and_goes_at_once(world):
    own = world.people["own"]
    asked = [one for one in places(world, made_up=False) if one[0] in PUBLIC or one[0] == "participation:messages"]
    consent = give_consent(kind=ConsentKind.NAME, by=own, now=timezone.now(), about=f"project:{world.project.uuid}")

    shown = crawled(world, ["nobody", *WORKING], asked)["name"]
    withdraw_consent(consent=consent, by=own, now=timezone.now())
    hidden = crawled(world, ["nobody", *WORKING], asked)["name"]

    assert shown == {"project": {"nobody", *WORKING}, "messages": set(WORKING)}
    assert hidden == {}


# --- What leaves the portal, and what it keeps of what was done ------------------------------------------------------

# Who gets a mail in which a word stands; each is only mailed their own.
MAILED = {
    "name": {"own"},
    "message": {"lead", "coordinator", "colleague", "fellow"},  # the mail of what is new
    "task": {"own"},
    "reviewed": {"lead"},
    "gone": {"gone"},
    "declined name": {"declined"},
    "decision": {"declined"},
    "withdrawn": {"withdrawn"},
}
DAYS = (0, 1, 2, 7, 8, 19, 22, 32, 45, 62, 100, 200, 370, 760, 1100)


def test_no_mail_tells_anybody_what_is_not_theirs_to_know(world):
    names = {user.email: name for name, user in world.people.items() if user} | {
        f"{MARKERS['gone mail']}@thuis.example": "gone",
        f"{MARKERS['declined mail']}@thuis.example": "declined",
        f"{MARKERS['withdrawn']}@thuis.example": "withdrawn",
        f"{MARKERS['unconfirmed']}@thuis.example": "unconfirmed",
        f"{MARKERS['offer']}@thuis.example": "offer",
    }
    start = timezone.now()
    for days in DAYS:
        with time_machine.travel(start + datetime.timedelta(days=days, hours=1), tick=False):
            run_jobs(timezone.now())

    found = defaultdict(set)
    for message in mail.outbox:
        text = "".join([message.subject, message.body, *(str(one) for one in message.attachments)])
        unfolded = re.sub(r"\r?\n ", "", text)
        for marker in (one for one, word in MARKERS.items() if word in unfolded):
            found[marker] |= {names[address] for address in message.to}
    assert found == MAILED


def test_log_of_what_was_done_holds_no_word_of_anybody(world):
    start = timezone.now()
    for days in DAYS:
        run_jobs(start + datetime.timedelta(days=days, hours=1))

    logged = "".join(str(event) for event in AuditEvent.objects.values())
    assert AuditEvent.objects.count() > 50
    assert [word for word in MARKERS.values() if word in logged] == []
