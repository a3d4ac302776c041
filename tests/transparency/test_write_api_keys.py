"""Keys at the API: by hand what each key is answered at each address; limits, cache, other websites, the same twice."""

import threading

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection, connections
from django.test import Client
from django.utils import timezone

from portal.api.version import VERSION
from portal.audit.revision import current_revision
from portal.core.page_cache import PageCache
from portal.keys.actions import forget_answers, revoke_key
from portal.keys.middleware import EVERY_KEY, WRONG_KEYS
from portal.keys.models import ApiKey, KeptAnswer, Scope
from tests.factories.organisations import OrganisationFactory
from tests.support.addresses import KEYED
from tests.support.wsgi import Answer
from tests.transparency.api_keys import DRAFTS, program
from transparency.models import Draft, Entry

# fmt: off
WHO = ("nobody", "wrong", "revoked", "expired", "elsewhere", "read", "write", "submit")
# address, method → what each of WHO is answered; the sent body is whole and the revision right.
TABLE = {
    ("api:drafts", "GET"):       (401, 401, 401, 401, 200, 200, 403, 403),
    ("api:drafts", "POST"):      (401, 401, 401, 401, 201, 403, 201, 403),
    ("api:draft", "GET"):        (401, 401, 401, 401, 404, 200, 403, 403),
    ("api:draft", "PATCH"):      (401, 401, 401, 401, 404, 403, 200, 403),
    ("api:draft", "PUT"):        (401, 401, 401, 401, 404, 403, 200, 403),
    ("api:submissions", "POST"): (401, 401, 401, 401, 404, 403, 403, 400),
}
# fmt: on
BODIES = {
    "POST": {"content": {"name": "Hulp"}},
    "PATCH": {"content": {"risks": "x"}},
    "PUT": {"content": {"name": "x"}},
}
CASES = [(*asked, who, answers[place]) for asked, answers in TABLE.items() for place, who in enumerate(WHO)]


def test_every_address_for_programs_has_a_row():
    assert {name for name, _method in TABLE} == set(KEYED)


def asker(client, who, hospital):
    """A program that asks as `who`."""
    if who == "elsewhere":
        return program(client)
    scopes = {"read": Scope.READ, "write": Scope.WRITE, "submit": Scope.SUBMIT}
    made = program(client, *([scopes[who]] if who in scopes else []), hospital=hospital)
    if who == "wrong":
        made.token = made.token[:-1] + ("a" if made.token[-1] != "a" else "b")
    elif who == "nobody":
        made.token = ""
    elif who == "revoked":
        revoke_key(key=made.key, by=made.maker, now=timezone.now())
    elif who == "expired":
        before = timezone.now() - timezone.timedelta(days=2)
        ApiKey.objects.filter(pk=made.key.pk).update(made_at=before, expires_at=before + timezone.timedelta(days=1))
    return made


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "method", "who", "expected"), CASES)
def test_key_is_answered_as_the_table_says(client, name, method, who, expected):
    owner = program(client)
    draft = owner.begun()
    address = {"api:drafts": DRAFTS, "api:draft": draft["url"], "api:submissions": f"{draft['url']}/indieningen"}[name]
    body = {"reason": "Nieuw."} if name == "api:submissions" else BODIES.get(method)

    response = asker(client, who, owner.hospital).ask(method, address, body, If_Match='"1"')

    assert response.status_code == expected
    assert response.headers["Cache-Control"] == "private, no-store"
    assert "Access-Control-Allow-Origin" not in response.headers
    assert response.headers["API-Version"] == VERSION
    assert response.headers["Content-Type"].endswith("json")
    assert (response.headers.get("WWW-Authenticate", "")[:6] == "Bearer") == (expected in {401, 403})


@pytest.mark.django_db
@pytest.mark.parametrize("scheme", ["Basic", "Token", ""])
def test_other_ways_to_say_who_one_is_are_no_key(client, scheme):
    made = program(client)

    response = client.get(DRAFTS, headers={"Authorization": f"{scheme} {made.token}".strip()})

    assert response.status_code == 401


@pytest.mark.django_db
def test_key_in_the_address_is_refused_and_session_is_no_key(client):
    made = program(client)
    client.force_login(made.maker)

    assert client.get(f"{DRAFTS}?key={made.token}").status_code == 401


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["DELETE", "OPTIONS", "TRACE"])
def test_other_methods_are_refused_without_a_word_to_other_websites(client, method):
    made = program(client)

    response = made.ask(method, DRAFTS, Origin="https://kwaad.example")

    assert response.status_code == 405
    assert not [name for name in response.headers if name.startswith("Access-Control")]


@pytest.mark.django_db
def test_head_asks_for_the_same_right_as_get(client):
    made = program(client, Scope.SUBMIT)

    assert made.ask("HEAD").status_code == 403


@pytest.mark.django_db
def test_answer_for_a_key_is_kept_by_no_cache(client):
    made = program(client)
    made.begun()
    cache = PageCache(WSGIHandler(), current_revision)

    hers = Answer(cache, DRAFTS, Authorization=f"Bearer {made.token}")
    theirs = Answer(cache, DRAFTS)

    assert (hers.status, theirs.status) == (200, 401)
    assert hers.headers["cache-control"] == "private, no-store"
    assert not cache._kept


@pytest.mark.django_db
def test_public_address_takes_no_notice_of_a_key(client):
    made = program(client)

    response = made.client.get("/api/v1/toepassingen", headers={"Authorization": f"Bearer {made.token}"})

    assert "public" in response.headers["Cache-Control"]
    assert ApiKey.objects.get().last_used_date is None


@pytest.mark.django_db
def test_day_of_use_is_noted_once(client, django_assert_num_queries):
    made = program(client)

    made.ask("GET")

    assert ApiKey.objects.get().last_used_date == timezone.localdate()


@pytest.mark.django_db
def test_key_that_asks_too_often_waits_and_another_does_not(client):
    made, other = program(client), program(client)

    answers = [made.ask("GET").status_code for _ in range(EVERY_KEY.capacity + 1)]

    assert answers == [200] * EVERY_KEY.capacity + [429]
    assert made.ask("GET").headers["Retry-After"] == "1"
    assert other.ask("GET").status_code == 200


@pytest.mark.django_db
def test_visitor_who_guesses_keys_waits(client):
    made = program(client)
    made.token = "aimz_abc_def"

    answers = [made.ask("GET").status_code for _ in range(WRONG_KEYS.capacity + 1)]

    assert answers[-1] == 429


# --- The same question twice -----------------------------------------------------------------------------------------

SENT = {"content": {"name": "Fotohulp"}}


@pytest.mark.django_db
def test_same_question_with_the_same_code_happens_once_and_is_answered_alike(client):
    made = program(client)

    first, second = (made.ask("POST", body=SENT, Idempotency_Key="nummer-1") for _ in range(2))

    assert (first.status_code, second.status_code, Entry.objects.count()) == (201, 201, 1)
    assert first.content == second.content
    assert (first.headers["Location"], first.headers["ETag"]) == (second.headers["Location"], second.headers["ETag"])


@pytest.mark.django_db
def test_other_question_with_the_same_code_is_refused(client):
    made = program(client)
    made.ask("POST", body=SENT, Idempotency_Key="nummer-1")

    response = made.ask("POST", body={"content": {"name": "Anders"}}, Idempotency_Key="nummer-1")

    assert (response.status_code, Entry.objects.count()) == (422, 1)


@pytest.mark.django_db
def test_code_is_of_one_key(client):
    first, second = program(client), program(client)

    for made in (first, second):
        made.ask("POST", body=SENT, Idempotency_Key="nummer-1")

    assert Entry.objects.count() == 2


@pytest.mark.django_db
def test_refused_question_may_be_mended_under_the_same_code(client):
    made = program(client)
    made.ask("POST", body={"content": {}}, Idempotency_Key="nummer-1")

    assert made.ask("POST", body=SENT, Idempotency_Key="nummer-1").status_code == 201


@pytest.mark.django_db
def test_change_that_is_sent_twice_is_made_once(client):
    made = program(client)
    draft = made.begun()
    sent = {"content": {"risks": "Anders."}}

    answers = [made.ask("PATCH", draft["url"], sent, If_Match='"1"', Idempotency_Key="n") for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert Draft.objects.get().revision == 2


@pytest.mark.django_db
@pytest.mark.parametrize("token", ["", "a b", "x" * 201, "\u00e9"])
def test_code_that_is_none_is_refused(client, token):
    assert program(client).ask("POST", body=SENT, Idempotency_Key=token).status_code == 400


@pytest.mark.django_db
def test_code_is_forgotten_after_a_day(client, now):
    made = program(client)
    made.ask("POST", body=SENT, Idempotency_Key="nummer-1")

    assert forget_answers(now + timezone.timedelta(hours=23)) == 0
    assert forget_answers(now + timezone.timedelta(hours=24)) == 1
    assert KeptAnswer.objects.count() == 0


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one thread write")
def test_same_question_at_the_same_moment_happens_once(committed_db):
    made = program(Client())
    start, answers = threading.Barrier(4), []

    def ask():
        start.wait()
        mine = type(made)(**{**vars(made), "client": Client()})
        answers.append(mine.ask("POST", body=SENT, Idempotency_Key="nummer-1"))
        connections.close_all()

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert ({answer.status_code for answer in answers}, Entry.objects.count()) == ({201}, 1)
    assert len({answer.content for answer in answers}) == 1


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one thread write")
def test_two_changes_of_one_revision_at_the_same_moment_become_one(committed_db):
    made = program(Client())
    draft = made.begun()
    start, answers = threading.Barrier(4), []

    def ask(number):
        start.wait()
        mine = type(made)(**{**vars(made), "client": Client()})
        answers.append(mine.ask("PATCH", draft["url"], {"content": {"risks": f"Nr {number}."}}, If_Match='"1"'))
        connections.close_all()

    threads = [threading.Thread(target=ask, args=[number]) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(answer.status_code for answer in answers) == [200, 412, 412, 412]


@pytest.mark.django_db
def test_key_of_an_organisation_that_a_group_holds_stays_below(client):
    group = OrganisationFactory()
    practice = OrganisationFactory(parent=group)
    above, below = program(client, hospital=group), program(client, hospital=practice)
    draft = above.begun()

    assert below.ask("GET", draft["url"]).status_code == 404
    assert above.ask("GET", below.begun()["url"]).status_code == 200
