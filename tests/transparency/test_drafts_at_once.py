"""Several people save, choose and submit one draft at the same moment, with real threads on a database of its own.

On SQLite one writes after the other; on PostgreSQL (DATABASE_URL) they meet in the row of the draft.
"""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings

from tests.support.browser_server import fresh_database, installation

THREADS = 12
SCRIPT = """
import json, threading
from concurrent.futures import ThreadPoolExecutor
import django
django.setup()
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from portal.accounts.models import User
from portal.core.text import sort_key
from portal.core.workflow import StepNotAllowed
from portal.organisations.models import Membership, Organisation
from tests.factories.transparency import COMPLETE
from transparency.actions.drafts import start_entry, submit
from transparency.actions.writing import Sheet, choose_text, keep_aside, save_answers
from transparency.fields import ENTRY_FIELDS
from transparency.models import Draft, Entry
call_command("migrate", verbosity=0)
now = timezone.now()
hospital = Organisation.objects.create(name="Ziekenhuis", slug="z", kind="HOSPITAL", place="Utrecht", sort_key="z",
                                       find_key="z", verified_at=now)
people = []
for number in range(THREADS):
    person = User.objects.create_user(f"p{number}@z.example", name=f"Persoon {number}")
    Membership.objects.create(user=person, organisation=hospital, role="PUBLISHER", since=now)
    people.append(person)

def begin(slug):
    return start_entry(organisation=hospital, slug=slug, content=COMPLETE, by=people[0], now=now)

def all_at_once(work):
    ready = threading.Barrier(THREADS)
    def one(number):
        try:
            ready.wait()
            return work(number)
        except StepNotAllowed as error:
            return f"refused: {error}"
        finally:
            connection.close()
    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(one, range(THREADS)))

def fresh(draft):
    return Draft.objects.select_related("entry__organisation", "entry__current_version").get(pk=draft.pk)

told = {}

# Everybody at a question of their own, several times.
texts = [f.key for f in ENTRY_FIELDS if f.kind == "text"][:THREADS]
draft = begin("eigen-vraag")
def own(number):
    for turn in range(5):
        save_answers(draft=fresh(draft), answers={texts[number]: f"Tekst {number}, keer {turn}."}, seen=1,
                     by=people[number], now=now, sheet=Sheet(name=f"blad{number}", turn=turn))
all_at_once(own)
kept = fresh(draft)
told["own"] = [kept.content[texts[number]] for number in range(THREADS)]
told["own_revision"], told["own_aside"] = kept.revision, kept.aside

# Everybody at the same question.
draft = begin("zelfde-vraag")
def same(number):
    return len(save_answers(draft=fresh(draft), answers={"purpose": f"Van {number}."}, seen=1, by=people[number],
                            now=now).conflicts)
told["same_conflicts"] = sum(all_at_once(same))
kept = fresh(draft)
told["same_texts"] = sorted([kept.content["purpose"], *(one["value"] for one in kept.aside["purpose"].values())])

# Everybody ends the same conflict.
loser = int(next(iter(kept.aside["purpose"])))
def choose(number):
    return choose_text(draft=fresh(draft), place="purpose", person=loser, choice="both", by=people[number], now=now)
told["chosen"] = sum(all_at_once(choose))
told["chosen_text"] = fresh(draft).content["purpose"].count("Van ")

# Some save while one submits: what is submitted is what is checked, the rest is kept aside.
draft = begin("indienen")
def submit_or_save(number):
    if number == 0:
        submit(draft=fresh(draft), reason="Nieuw.", by=people[0], now=now)
        return "submitted"
    answers = {texts[number]: f"Van {number}."}
    mine = fresh(draft)
    try:
        save_answers(draft=mine, answers=answers, seen=1, by=people[number], now=now)
        return "saved"
    except StepNotAllowed:
        keep_aside(draft=mine, answers=answers, by=people[number], now=now)
        return "aside"
told["submit"] = all_at_once(submit_or_save)
kept = fresh(draft)
told["submit_state"] = kept.state
told["submit_there"] = [
    kept.content.get(texts[n]) == f"Van {n}."
    or kept.aside.get(texts[n], {}).get(str(people[n].pk), {}).get("value") == f"Van {n}."
    for n in range(1, THREADS)
]

# Everybody begins a new version of the same entry, or sends the same form.
import uuid
key = uuid.uuid4()
from django.core.exceptions import ValidationError
def twice(number):
    try:
        start_entry(organisation=hospital, slug="dubbel", content=COMPLETE, by=people[0], now=now, key=key)
        return "begun"
    except ValidationError:
        return "there"
told["begun"] = all_at_once(twice).count("begun")
told["entries"] = Entry.objects.filter(slug="dubbel").count()
print(json.dumps(told))
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """What the script tells of an installation of its own."""
    with fresh_database(os.environ.get("DATABASE_URL", "")) as database:
        env = installation(tmp_path_factory.mktemp("at-once"), database)
        done = subprocess.run(
            [sys.executable, "-c", SCRIPT.replace("THREADS", str(THREADS))],
            cwd=settings.BASE_DIR, env=env | {"DJANGO_SETTINGS_MODULE": "portal.settings"},
            capture_output=True, text=True, check=False,
        )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout.splitlines()[-1])


def test_writers_at_questions_of_their_own_lose_nothing(told):
    assert told["own"] == [f"Tekst {number}, keer 4." for number in range(THREADS)]
    assert (told["own_revision"], told["own_aside"]) == (1 + 5 * THREADS, {})


def test_of_writers_at_one_question_one_is_kept_and_every_other_text_is_kept_aside(told):
    assert told["same_conflicts"] == THREADS - 1
    assert told["same_texts"] == sorted(f"Van {number}." for number in range(THREADS))


def test_conflict_is_ended_once(told):
    assert (told["chosen"], told["chosen_text"]) == (1, 2)


def test_what_is_typed_while_a_colleague_submits_is_in_the_text_or_kept_aside(told):
    assert (told["submit"][0], told["submit_state"]) == ("submitted", "SUBMITTED")
    assert set(told["submit"][1:]) <= {"saved", "aside"}
    assert all(told["submit_there"])


def test_form_sent_many_times_at_once_begins_one_entry(told):
    assert (told["begun"], told["entries"]) == (1, 1)
