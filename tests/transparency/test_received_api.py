"""What another register sent stands in the API value for value, with what we changed; so does its national form."""

import datetime
import json

import pytest
import time_machine
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.audit.revision import current_revision
from tests.factories.transparency import EntryFactory, published_entry, with_received
from tests.transparency.exchange.helpers import DATA, as_bytes, data_json, national, one, take_in, workbook
from transparency.actions.publishing import end_entry
from transparency.exchange.detect import FORMS, read
from transparency.exchange.exporting import national_record
from transparency.models import Entry, NationalRecord
from transparency.states import Origin

pytestmark = pytest.mark.django_db

DAY = datetime.timedelta(days=1)


def ask(client, entry):
    return client.get(reverse("api:received", args=[entry.uuid]))


def ask_national(client, entry):
    return client.get(reverse("api:national", args=[entry.uuid]))


def public(source, **more):
    """The entry of the only record in a file, published."""
    take_in(source, publish=True, **more)
    return Entry.objects.order_by("pk").last()


# --- What came ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["national.json", "full-2023.json", "Leverancier_Drie.json"])
def test_raw_record_is_as_it_came_value_for_value(client, name):
    take_in(DATA / name, publish=True)

    answers = [ask(client, entry).json() for entry in Entry.objects.order_by("pk")]

    assert [answer["raw"] for answer in answers] == data_json(name)
    assert [answer["withheld"] for answer in answers] == [[]] * len(answers)


def test_raw_record_keeps_its_order_of_keys(client):
    record = {"status": "In gebruik", "organization": "Zorg", "lars": "9", "name": "Hulp", "category": []}

    assert list(ask(client, public(as_bytes([record]))).json()["raw"]) == list(record)


@pytest.mark.parametrize("value", ["\ud800", "\0", "é\u2028</script>", "<b>x</b>"])
def test_raw_record_keeps_every_character(client, value):
    answer = ask(client, public(one(goal=f"Doel {value}")))

    assert (answer.status_code, answer.json()["raw"]["goal"]) == (200, f"Doel {value}")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(
    value=st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=40), lambda part: st.lists(part, max_size=3)
    )
)
def test_any_value_comes_back(client, value):
    entry = published_entry(origin=Origin.IMPORTED)
    with_received(entry, {"name": "Hulp", "organization": "Zorg", "goal": value})

    assert ask(client, entry).json()["raw"]["goal"] == value


def test_every_value_that_we_changed_is_reported_with_its_reason(client):
    answer = ask(client, public(one(status="Sinds mei in gebruik", contact_email="Mail naar a@b.example."))).json()

    assert {row["field"]: (row["raw"], row["cleaned"]) for row in answer["report"]} == {
        "status": ("Sinds mei in gebruik", "In gebruik"),
        "contact_email": ("Mail naar a@b.example.", "a@b.example"),
    }
    assert all(row["reason"].endswith(".") for row in answer["report"])


def test_document_says_which_register_when_and_which_version(client, now):
    answer = ask(client, public(one(standard_version="0.4"))).json()

    assert (answer["source"], answer["lars"], answer["form"]) == ("REGISTER", "1", "national-json")
    assert (answer["standard_version"], answer["received_at"]) == ("0.4", "2026-11-22T09:00:00Z")
    assert answer["entry"].endswith(reverse("api:entry", args=[Entry.objects.get().uuid]))


def test_record_without_a_number_of_the_register_is_a_file_in_its_form(client):
    assert ask(client, public(one(lars=None))).json()["source"] == "NATIONAL_FILE"


def test_template_of_a_supplier_says_so(client):
    assert ask(client, public(DATA / "Leverancier_Drie.json")).json()["source"] == "TEMPLATE"


def test_what_came_before_stays_to_be_read_newest_first(client, now):
    for day, status in enumerate(["ooit in gebruik", "nu in gebruik", "In gebruik"]):
        take_in(one(status=status), publish=True, now=now - (3 - day) * DAY)

    answer = ask(client, Entry.objects.get()).json()

    assert answer["raw"]["status"] == "In gebruik"
    assert [old["raw"]["status"] for old in answer["earlier"]] == ["nu in gebruik", "ooit in gebruik"]
    assert [old["received_at"][:10] for old in answer["earlier"]] == ["2026-11-20", "2026-11-19"]
    assert [row["raw"] for row in answer["earlier"][0]["report"] if row["field"] == "status"] == ["nu in gebruik"]


def test_record_replaced_before_reports_were_kept_is_still_shown(client, now):
    entry = public(one())
    old = {"form": "national-json", "received_at": now.isoformat(), "raw": {"name": "Oud"}, "others": []}
    NationalRecord.objects.update(earlier=[old])

    (shown,) = ask(client, entry).json()["earlier"]
    assert (shown["raw"], shown["report"], shown["standard_version"]) == ({"name": "Oud"}, [], "")


def test_other_languages_and_versions_in_the_file_stand_beside_it(client):
    take_in(DATA / "site-data.json", publish=True)

    answer = ask(client, Entry.objects.get()).json()

    assert answer["raw"]["name"] == "Druktemeter"
    assert [other["name"] for other in answer["others"]] == ["Oude druktemeter", "Crowd meter"]


def test_every_form_that_a_file_can_have_is_named():
    assert {read(path)[0] for path in DATA.iterdir()} | {"xlsx", "own-json"} == set(FORMS)


# --- What is not for everybody ------------------------------------------------------------------------------------


def test_version_that_the_register_did_not_publish_is_not_shown(client):
    document = data_json("site-data.json")
    document["algoritme_versions"][0] |= {"state": "DRAFT", "published": False, "goal": "Geheim"}

    answer = ask(client, public(as_bytes(document)))

    assert [other["name"] for other in answer.json()["others"]] == ["Crowd meter"]
    assert "Geheim" not in answer.text


def test_record_that_the_register_did_not_publish_is_not_shown(client):
    assert ask(client, public(one(state="DRAFT"))).status_code == 404


NATIONAL_ROW = {"name": "Hulp", "organization": "Zorg", "status": "In gebruik", "algorithm_id": "1"}
PRIVATE = {"Contract": "C-12 van Jansen", "owner": "mevrouw Jansen", "Contract nummer twee": "Jansen"}


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_column_that_no_register_knows_is_named_and_not_shown(client, kind):
    row = NATIONAL_ROW | PRIVATE
    lines = [list(row), list(row.values())]
    data = workbook(lines) if kind == "xlsx" else "\n".join(",".join(line) for line in lines).encode()

    answer = ask(client, public(data))

    assert (answer.json()["raw"], answer.json()["withheld"]) == (NATIONAL_ROW, list(PRIVATE))
    assert "Jansen" not in answer.text
    assert "Contract" in {row["field"] for row in answer.json()["report"]}


def test_key_that_no_register_knows_is_named_and_not_shown(client):
    answer = ask(client, public(one(intern="Bel Jansen")))

    assert answer.json()["withheld"] == ["intern"]
    assert "Jansen" not in answer.text


def test_columns_of_the_snapshot_are_all_shown(client):
    take_in(DATA / "snapshot.json", publish=True)

    answers = [ask(client, entry).json() for entry in Entry.objects.order_by("pk")]
    assert [answer["raw"] for answer in answers] == data_json("snapshot.json")["algoritmes"]


def test_list_in_our_own_form_is_of_no_register_and_not_shown(client):
    take_in(b"Naam,Zorgaanbieder,Contract\nHulp,Zorg,C-12\n", publish=True)

    assert ask(client, Entry.objects.get()).status_code == 404


def test_list_in_our_own_form_that_came_before_is_not_shown(client, now):
    entry = public(one())
    own = {
        "form": "csv",
        "received_at": now.isoformat(),
        "raw": {"Naam": "Hulp", "Zorgaanbieder": "Zorg"},
        "others": [],
    }
    strange = own | {"raw": {"Iets": "anders"}}
    NationalRecord.objects.update(earlier=[own, strange, own | {"form": "own-json"}])

    assert ask(client, entry).json()["earlier"] == []


def test_what_came_for_a_draft_is_not_shown(client):
    take_in(one())

    assert ask(client, Entry.objects.get()).status_code == 404
    assert ask_national(client, Entry.objects.get()).status_code == 404


def test_entry_that_ended_shows_nothing_of_it(client, now):
    entry = public(one())
    end_entry(entry=entry, reason="Gestopt.", by=None, now=now)

    assert ask(client, entry).status_code == 404
    assert ask_national(client, entry).status_code == 404


@pytest.mark.parametrize("origin", [Origin.PROVIDER, Origin.EDITORIAL])
def test_entry_of_our_own_came_from_nowhere_else(client, origin):
    entry = published_entry(origin=origin)
    with_received(entry, {"name": "Hulp", "organization": "Zorg", "lars": "1"})

    answer = ask(client, entry)
    assert (answer.status_code, answer.headers["Content-Type"]) == (404, "application/problem+json")


@pytest.mark.parametrize("name", ["api:received", "api:national"])
def test_unknown_query_key_is_refused_and_unknown_entry_not_found(client, name):
    taken = public(one())

    assert client.get(reverse(name, args=[taken.uuid]), {"niets": "1"}).status_code == 400
    assert client.get(reverse(name, args=[EntryFactory.build().uuid])).status_code == 404


def test_public_change_of_what_came_raises_the_revision(client, now):
    take_in(one(), publish=True)
    before = current_revision()

    take_in(one(create_dt="2026-11-20"))  # nothing that our text says, but it stands on the page of what came

    assert current_revision() == before + 1
    assert ask(client, Entry.objects.get()).json()["raw"]["create_dt"] == "2026-11-20"


def test_what_comes_for_a_draft_leaves_the_revision(client):
    take_in(one())
    before = current_revision()

    take_in(one(goal="Nieuw."))

    assert current_revision() == before


# --- In the national form -----------------------------------------------------------------------------------------


def test_entry_of_our_own_is_given_in_the_national_form(client):
    entry = published_entry()

    answer = ask_national(client, entry)

    assert answer.json() == json.loads(json.dumps(national_record(entry).record))
    assert (answer.json()["standard_version"], answer.json()["source_id"]) == ("1.0", str(entry.uuid))


def test_national_form_is_that_of_the_export(client):
    take_in(DATA / "national.json", publish=True)

    assert [ask_national(client, entry).json() for entry in Entry.objects.order_by("pk")] == national()


def test_example_has_no_national_form(client):
    assert ask_national(client, published_entry(organisation__example=True)).status_code == 404


def test_example_that_came_from_elsewhere_says_that_it_is_invented(client):
    entry = published_entry(origin=Origin.IMPORTED, organisation__example=True)
    with_received(entry, {"name": "Hulp", "organization": "Zorg"})

    assert ask(client, entry).json()["is_example"] is True


def test_moment_is_in_utc_whenever_it_came(client):
    with time_machine.travel(datetime.datetime(2026, 7, 1, 22, 30, tzinfo=datetime.UTC), tick=False):
        entry = published_entry(origin=Origin.IMPORTED)
        with_received(entry, {"name": "Hulp", "organization": "Zorg"})

    assert ask(client, entry).json()["received_at"] == "2026-07-01T22:30:00Z"
