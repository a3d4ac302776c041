"""Drafts by a program: begun, changed, read and submitted; every fault at once, nothing lost, never published."""

import pytest
from django.utils import timezone

from portal.accounts.models import PortalRole
from portal.audit.models import AuditEvent
from portal.organisations.roles import Role
from tests.factories.organisations import OrganisationFactory
from tests.factories.people import member, on_duty
from tests.factories.transparency import COMPLETE, published_entry, published_system
from tests.transparency.api_keys import DRAFTS, program
from transparency.actions.drafts import approve, return_draft, save_answers, start_correction
from transparency.actions.publishing import end_entry
from transparency.models import Draft, Entry, Version
from transparency.permissions import can_decide_draft
from transparency.states import Origin

pytestmark = pytest.mark.django_db


@pytest.fixture
def linde(client):
    return program(client)


def whole(linde):
    """A draft with every needed answer, and its ETag."""
    response = linde.ask("POST", body={"content": COMPLETE})
    return response.json(), response.headers["ETag"]


# --- Beginning -------------------------------------------------------------------------------------------------------


def test_draft_of_a_new_entry_is_begun(linde):
    system = published_system()

    response = linde.ask("POST", body={"system": str(system.uuid), "content": {"name": "Fotohulp"}})

    told = response.json()
    entry = Entry.objects.get()
    assert (response.status_code, response.headers["ETag"]) == (201, '"1"')
    assert response.headers["Location"] == told["url"] == f"https://aimz.example/api/v1/concepten/{told['id']}"
    assert (entry.organisation, entry.origin, entry.state, entry.system) == (
        linde.hospital,
        "PROVIDER",
        "DRAFT",
        system,
    )
    assert (told["state"], told["content"], told["entry"]["url"]) == ("WRITING", {"name": "Fotohulp"}, None)
    assert "summary" in told["missing"]


def test_two_entries_of_one_name_get_two_addresses(linde):
    first, second = linde.begun(), linde.begun()

    assert first["entry"]["slug"] != second["entry"]["slug"]


def test_new_text_of_a_public_entry_is_begun_once(linde):
    entry = published_entry(organisation=linde.hospital)
    sent = {"entry": str(entry.uuid), "content": {"risks": "Anders.", "monitoring": None}}

    first, second = (linde.ask("POST", body=sent) for _ in range(2))

    assert first.json()["content"] == {k: v for k, v in COMPLETE.items() if k != "monitoring"} | {"risks": "Anders."}
    assert (second.status_code, first.json()["id"] in second.json()["detail"]) == (409, True)


def test_entry_that_ended_gets_no_new_text(linde):
    entry = published_entry(organisation=linde.hospital)
    end_entry(entry=entry, reason="Weg.", by=None, now=timezone.now())

    assert linde.ask("POST", body={"entry": str(entry.uuid), "content": {}}).status_code == 409


def test_group_begins_for_a_practice_below_it(linde):
    practice = OrganisationFactory(parent=linde.hospital)

    response = linde.ask("POST", body={"organisation": str(practice.uuid), "content": {"name": "Hulp"}})

    assert Entry.objects.get().organisation == practice
    assert response.json()["organisation"]["name"] == practice.name


def test_every_fault_is_told_at_once(linde):
    others = published_entry()
    sent = {
        "organisation": str(others.organisation.uuid), "kleur": "rood", "system": "x",
        "content": {"status": "MISSCHIEN", "raar": 1, "summary": "a\u202eb", "people_per_year": "veel"},
    }  # fmt: skip

    response = linde.ask("POST", body=sent)

    assert response.status_code == 400
    assert {error["name"] for error in response.json()["errors"]} == {
        "organisation", "kleur", "system", "content.status", "content.raar", "content.summary",
        "content.people_per_year", "content.name",
    }  # fmt: skip


@pytest.mark.parametrize("origin", [Origin.PROVIDER, Origin.EDITORIAL])
def test_entry_that_is_not_theirs_to_write_cannot_be_named(linde, origin):
    entry = published_entry(origin=origin, **({"organisation": linde.hospital} if origin == Origin.EDITORIAL else {}))

    response = linde.ask("POST", body={"entry": str(entry.uuid), "content": {}})

    assert [error["name"] for error in response.json()["errors"]] == ["entry"]


# --- Changing --------------------------------------------------------------------------------------------------------


def test_answers_that_are_sent_change_and_the_others_stay(linde):
    draft = linde.begun(summary="Kort.", risks="Weinig.")

    response = linde.ask("PATCH", draft["url"], {"content": {"summary": "Korter.", "risks": None}}, If_Match='"1"')

    assert (response.status_code, response.headers["ETag"]) == (200, '"2"')
    assert response.json()["content"] == {"name": "Fotohulp", "summary": "Korter."}


def test_whole_text_takes_the_place_of_what_was_there(linde):
    draft = linde.begun(summary="Kort.")

    response = linde.ask("PUT", draft["url"], {"content": {"name": "Nieuw"}}, If_Match='W/"1"')

    assert response.json()["content"] == {"name": "Nieuw"}


@pytest.mark.parametrize("method", ["PATCH", "PUT"])
@pytest.mark.parametrize(
    ("told", "status"), [({}, 428), ({"If_Match": '"9"'}, 412), ({"If_Match": "1"}, 400), ({"If_Match": "*"}, 400)]
)
def test_change_without_the_revision_that_is_there_is_refused(linde, method, told, status):
    draft = linde.begun()

    response = linde.ask(method, draft["url"], {"content": {"name": "Anders"}}, **told)

    assert response.status_code == status
    assert Draft.objects.get().content == {"name": "Fotohulp"}


def test_what_a_colleague_wrote_meanwhile_is_not_lost(linde):
    draft = linde.begun()
    there = Draft.objects.get()
    editor = member(linde.hospital, Role.EDITOR)
    save_answers(draft=there, answers={"risks": "Van mij."}, seen=1, by=editor, now=timezone.now())

    response = linde.ask("PATCH", draft["url"], {"content": {"risks": "Van hem."}}, If_Match='"1"')

    assert (response.status_code, response.headers["ETag"]) == (412, '"2"')
    there.refresh_from_db()
    assert there.content["risks"] == "Van mij."


def test_what_a_program_wrote_meanwhile_is_a_conflict_for_who_made_its_key(linde):
    draft = linde.begun()
    linde.ask("PATCH", draft["url"], {"content": {"risks": "Van hem."}}, If_Match='"1"')

    saved = save_answers(
        draft=Draft.objects.get(), answers={"risks": "Van mij."}, seen=1, by=linde.maker, now=timezone.now()
    )

    assert [(conflict.key, conflict.theirs) for conflict in saved.conflicts] == [("risks", "Van hem.")]


# --- Submitting and after --------------------------------------------------------------------------------------------


def submit(linde, draft, tag='"1"', **more):
    return linde.ask("POST", f"{draft['url']}/indieningen", {"reason": "Wij gebruiken dit nu."} | more, If_Match=tag)


def test_whole_draft_is_submitted_and_not_published(linde):
    draft, tag = whole(linde)

    response = submit(linde, draft, tag)

    assert (response.status_code, response.json()["state"]) == (200, "SUBMITTED")
    assert (Version.objects.count(), Entry.objects.get().state) == (0, "DRAFT")


def test_draft_that_is_not_whole_says_everything_that_is_missing(linde):
    draft = linde.begun()

    response = submit(linde, draft)

    assert response.status_code == 400
    assert {error["name"] for error in response.json()["errors"]} == {f"content.{key}" for key in draft["missing"]}


def test_submitted_draft_changes_no_more_and_is_not_submitted_twice(linde):
    draft, tag = whole(linde)
    submit(linde, draft, tag)
    tag = linde.ask("GET", draft["url"]).headers["ETag"]

    change = linde.ask("PATCH", draft["url"], {"content": {"risks": "Anders."}}, If_Match=tag)

    assert (change.status_code, submit(linde, draft, tag).status_code) == (409, 409)


@pytest.mark.parametrize("more", [{"reason": " "}, {"reason": 3}, {"reason": "x" * 2001}, {"wie": "ik"}])
def test_wrong_submission_is_refused(linde, more):
    draft, tag = whole(linde)

    assert submit(linde, draft, tag, **more).status_code == 400


def test_publisher_approves_what_a_program_submitted_but_not_who_made_its_key(linde):
    draft, tag = whole(linde)
    submit(linde, draft, tag)
    there = Draft.objects.get()
    publisher = member(linde.hospital, Role.PUBLISHER)

    assert not can_decide_draft.ok(linde.maker, there)
    approve(draft=there, revision=there.revision, by=publisher, now=timezone.now())

    read = linde.ask("GET", draft["url"]).json()
    assert (read["state"], read["entry"]["state"]) == ("PUBLISHED", "PUBLISHED")
    assert there.responsible_editor == linde.maker


def test_program_reads_why_its_text_came_back(linde):
    draft, tag = whole(linde)
    submit(linde, draft, tag)
    publisher = member(linde.hospital, Role.PUBLISHER, name="Geheim Persoon")
    return_draft(draft=Draft.objects.get(), remarks="Te moeilijk.", by=publisher, now=timezone.now())

    response = linde.ask("GET", draft["url"])

    (remark,) = response.json()["remarks"]
    assert (response.json()["state"], remark["text"], remark["is_return"]) == ("RETURNED", "Te moeilijk.", True)
    assert "Geheim" not in response.text


def test_acts_of_a_program_are_logged_with_its_key_and_without_a_person(linde):
    draft, tag = whole(linde)
    submit(linde, draft, tag)

    events = AuditEvent.objects.filter(kind__in=["draft.started", "draft.submitted"])
    assert {(event.actor_id, event.data["key"]) for event in events} == {(None, str(linde.key.uuid))}
    assert events.count() == 2


# --- Listing ---------------------------------------------------------------------------------------------------------


def test_list_has_the_drafts_of_the_organisation_newest_first_in_pages(linde):
    ids = [linde.begun()["id"] for _ in range(3)]
    others = published_entry()
    start_correction(entry=others, by=member(others.organisation, Role.EDITOR), now=timezone.now())
    ours = published_entry(organisation=linde.hospital, origin=Origin.EDITORIAL)
    start_correction(entry=ours, by=on_duty(PortalRole.EDITORIAL), now=timezone.now())

    first = linde.ask("GET", f"{DRAFTS}?aantal=2").json()
    second = linde.ask("GET", first["next"].removeprefix("https://aimz.example")).json()

    assert [draft["id"] for draft in first["items"] + second["items"]] == ids[::-1]
    assert (first["total"], second["next"]) == (3, None)


def test_list_is_filtered_by_state(linde):
    linde.begun()

    assert linde.ask("GET", f"{DRAFTS}?staat=SUBMITTED").json()["total"] == 0
    assert linde.ask("GET", f"{DRAFTS}?staat=WRITING&staat=RETURNED").json()["total"] == 1
    assert linde.ask("GET", f"{DRAFTS}?staat=WEG&x=1").status_code == 400


# --- Hostile bodies --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "status"),
    [(b" ", 400), (b"{", 400), (b"[]", 400), (b'"a"', 400), (b"[" * 100_000, 400), (b"\xff\xfe", 400),
     (b'{"content": []}', 400), (b'{"content": {"name": "a\\u0000b"}}', 400),
     (b'{"content": {"name": "\\ud800"}}', 400), (b'{"content": {"people_per_year": ' + b"9" * 5_000 + b"}}", 400),
     (b'{"content": {"name": "' + b"x" * 400_000 + b'"}}', 413)],
)  # fmt: skip
def test_hostile_body_is_refused_with_a_problem(linde, body, status):
    response = linde.ask("POST", body=body)

    assert (response.status_code, response.headers["Content-Type"]) == (status, "application/problem+json")
    assert Draft.objects.count() == 0


def test_other_forms_than_json_are_refused(linde, client):
    response = client.post(DRAFTS, {"content": "x"}, headers={"Authorization": f"Bearer {linde.token}"})

    assert response.status_code == 415


def test_method_that_is_not_there_is_a_405_whatever_came_with_it(linde):
    assert linde.ask("GET", "/api/v1/taalcheck", {"text": "Hallo."}).status_code == 405
    assert linde.ask("GET", f"{linde.begun()['url']}/indieningen", {"reason": "Nieuw."}).status_code == 405
