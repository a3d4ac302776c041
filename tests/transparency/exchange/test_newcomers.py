"""Our own JSON in an empty register: who and what an entry belongs to comes along, or the report says why not."""

import json
import uuid

import pytest

from portal.organisations.models import Organisation, OrganisationKind
from tests.factories.organisations import OrganisationFactory
from tests.factories.transparency import published_entry, published_system
from tests.transparency.exchange.helpers import NOW, as_bytes, outcomes, take_in, written
from transparency.actions.publishing import end_entry, publish_notice
from transparency.exchange import files
from transparency.models import AISystem, Entry
from transparency.states import NoticeKind, State

pytestmark = pytest.mark.django_db
OWNER = {"id": "9d1f1a54-7a0e-4f7b-9b53-0d0a1c8a6f10", "slug": "zg", "name": "Zorggroep", "kind": "CLINIC"}
CODE = "4b0a7f3e-64b5-4fd5-9d4c-9f5b1e3f5a01"


def entry(code=CODE, **more):
    """One entry of our own JSON."""
    return {"id": code, "organisation": OWNER, "content": {"name": "Hulp"}, **more}


def taken(*entries, publish=True):
    """The plan of taking over these entries."""
    return take_in(as_bytes({"format": "toepassingen", "entries": list(entries)}), publish=publish)


def told(made, *, but=()):
    """(field, value, what it became) of every line of a plan."""
    return [
        (line.field, line.raw, line.cleaned) for item in made.items for line in item.told() if line.field not in but
    ]


def make_empty():
    """What stands here becomes unknown, as in another installation."""
    for one in Organisation.objects.all():
        Organisation.objects.filter(pk=one.pk).update(uuid=uuid.uuid4(), slug=f"oud-{one.pk}", is_example=True)
    for model in (Entry, AISystem):
        for one in model.objects.all():
            model.objects.filter(pk=one.pk).update(uuid=uuid.uuid4(), slug=f"oud-{one.pk}")


def owner_of(name):
    """What is kept of the real organisation called `name`."""
    found = Organisation.objects.get(name=name, is_example=False)
    return {"id": str(found.uuid), "slug": found.slug, "name": found.name, "kind": found.kind}


def test_export_into_an_empty_register_keeps_organisations_and_tells_the_rest():
    hospital = OrganisationFactory(name="Ziekenhuis De Linde", slug="linde", kind=OrganisationKind.UNIVERSITY_HOSPITAL)
    system = published_system(slug="bonefinder")
    published_entry(organisation=hospital, system=system, slug="kijker")
    published_entry(organisation=hospital, slug="zoeker")
    before = json.loads(written(files.own_json))["entries"]
    text = written(files.own_json)
    make_empty()

    made = take_in(text.encode(), publish=True)

    after = json.loads(written(files.own_json))["entries"]
    same = ("id", "slug", "organisation", "state", "content")
    assert [{key: one[key] for key in same} for one in after] == [{key: one[key] for key in same} for one in before]
    assert told(made, but={"origin", "published_at"}) == [("system", json.dumps(before[0]["system"]), "")]
    assert [line[0] for line in told(made)].count("origin") == 2


@pytest.mark.parametrize("field", ["id", "slug"])
def test_code_or_slug_of_an_organisation_that_is_taken_is_told(field):
    other = OrganisationFactory(name="Iets anders", **{"uuid": OWNER["id"]} if field == "id" else {"slug": "zg"})

    made = taken(entry())

    found = owner_of("Zorggroep")
    assert found[field] != OWNER[field]
    assert told(made) == [(f"organisation.{field}", OWNER[field], "" if field == "id" else found[field])]
    assert Organisation.objects.filter(pk=other.pk, name="Iets anders").exists()


def test_what_is_no_code_slug_or_kind_is_told():
    made = taken(entry(organisation={"id": "7", "slug": "Zorg Groep", "name": "Zorggroep", "kind": ["CLINIC"]}))

    found = owner_of("Zorggroep")
    assert (found["slug"], found["kind"]) == ("zorg-groep", "OTHER")
    assert told(made) == [
        ("organisation.id", "7", ""), ("organisation.slug", "Zorg Groep", "zorg-groep"),
        ("organisation.kind", '["CLINIC"]', "OTHER"),
    ]  # fmt: skip


def test_organisation_that_is_here_stays_as_it_is_and_what_differs_is_told():
    here = OrganisationFactory(name="Zorggroep")

    made = taken(entry())

    assert Entry.objects.get().organisation == here
    assert [line[0] for line in told(made)] == ["organisation.id", "organisation.slug", "organisation.kind"]


def test_organisation_that_is_here_is_known_by_its_code():
    here = OrganisationFactory(uuid=OWNER["id"], name="Zorggroep Lindezoom", slug="zg", kind="CLINIC")

    made = taken(entry())

    assert (Entry.objects.get().organisation, told(made)) == (here, [])


def test_code_of_an_invented_organisation_makes_it_no_owner():
    OrganisationFactory(uuid=OWNER["id"], name="Zorggroep", slug="zg", is_example=True)

    made = taken(entry())

    assert not Entry.objects.get().organisation.is_example
    assert [line[0] for line in told(made)] == ["organisation.id", "organisation.slug"]


def test_two_entries_of_one_new_organisation_share_it():
    made = taken(entry(), entry(code="7"))

    assert (Organisation.objects.count(), told(made)) == (1, [])
    assert owner_of("Zorggroep") == OWNER


def test_address_that_is_taken_is_told():
    published_entry(slug="kijker")

    made = taken(entry(slug="kijker"))

    assert told(made) == [("slug", "kijker", "kijker-2")]


@pytest.mark.parametrize("named", [{"slug": "bonefinder"}, "bonefinder"])
def test_system_that_is_not_here_is_told(named):
    made = taken(entry(system=named))

    assert [(line.field, line.reason) for line in made.items[0].told()] == [
        ("system", "Dit AI-systeem staat hier niet. De toepassing hoort nu bij geen enkel AI-systeem.")
    ]


def test_another_system_than_an_entry_has_here_is_told():
    published_system(slug="bonefinder")
    taken(entry())

    made = taken(entry(system={"slug": "bonefinder"}))

    assert told(made) == [("system", '{"slug": "bonefinder"}', "")]
    assert Entry.objects.get().system is None


def test_notices_and_other_things_beside_the_text_are_told():
    made = taken(entry(notices=[{"text": "Pas op."}], versions=[], participation={"answer": None, "projects": []},
                       applies_to=[{"slug": "de-es"}], version=3, page="https://a.example"))  # fmt: skip

    assert [line[0] for line in told(made)] == ["notices", "applies_to", "version"]


def test_notices_in_our_csv_are_told(client):
    warned = published_entry()
    publish_notice(entry=warned, kind=NoticeKind.SAFETY, text="Pas op.", by=None, now=NOW)
    data = b"".join(client.get("/downloads/toepassingen.csv").streaming_content)
    make_empty()

    made = take_in(data)

    assert "notices" in {line[0] for line in told(made)}


# --- What has ended --------------------------------------------------------------------------------------------------

GONE = [{"state": "WITHDRAWN"}, {"state": "replaced"}, {"state": "Ingetrokken"}, {"is_example": True},
        {"state": "PUBLISHED", "ended": {"at": "2026-01-01T00:00:00Z"}}]  # fmt: skip


@pytest.mark.parametrize("says", GONE)
def test_what_the_file_says_is_over_or_invented_never_becomes_public(says):
    made = taken(entry(**says))

    assert (outcomes(made), Entry.objects.get().state) == (["new"], State.DRAFT)
    assert {line[0] for line in told(made)} & {"state", "is_example"}


@pytest.mark.parametrize("says", GONE)
def test_a_draft_that_the_file_says_is_over_does_not_become_public_later(says):
    taken(entry(), publish=False)

    taken(entry(**says), publish=True)
    taken(entry(**says), publish=True)

    assert Entry.objects.get().state == State.DRAFT


def test_the_same_entry_twice_of_which_one_is_over_does_not_become_public():
    taken(entry(), entry(state="WITHDRAWN"))

    assert Entry.objects.get().state == State.DRAFT


def test_an_entry_in_our_csv_that_is_over_does_not_become_public():
    text = "id,name,organisation,who_decides,state\n7,Hulp,Zorggroep,De arts.,WITHDRAWN\n"

    take_in(text.encode(), publish=True)

    assert Entry.objects.get().state == State.DRAFT


def test_an_entry_that_is_public_here_stays_as_it_is_when_the_file_says_that_it_is_over():
    taken(entry())

    made = taken(entry(state="WITHDRAWN", content={"name": "Anders"}))

    found = Entry.objects.get()
    assert (outcomes(made), found.state, found.current_version.content) == (
        ["waiting"], State.PUBLISHED, {"name": "Hulp"})  # fmt: skip


def test_our_own_document_of_an_entry_that_ended_comes_back_as_nothing_public(client):
    ended = published_entry()
    end_entry(entry=ended, reason="Gestopt.", by=None, now=ended.first_published_at)
    document = client.get(f"/api/v1/toepassingen/{ended.uuid}").json()
    make_empty()

    made = taken(document)

    assert outcomes(made) == ["new"]
    assert set(Entry.objects.exclude(pk=ended.pk).values_list("state", flat=True)) == {State.DRAFT}
