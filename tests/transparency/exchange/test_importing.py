"""Records come in unpublished, all or nothing, and a second time changes nothing."""

import pytest
from django.db import IntegrityError

from portal.audit.models import AuditEvent
from portal.organisations.models import Organisation, OrganisationKind
from tests.factories.organisations import OrganisationFactory
from tests.factories.transparency import published_system
from tests.transparency.exchange.helpers import DATA, RECORD, as_bytes, data_json, national, one, outcomes, take_in
from transparency.actions.publishing import end_entry, publish_entry
from transparency.exchange import applying
from transparency.exchange.newcomers import organisation_kind
from transparency.exchange.report import ExchangeError
from transparency.models import Entry, NationalRecord, Version
from transparency.states import State

pytestmark = pytest.mark.django_db

ALL = ["national.json", "national.csv", "full-2023.json", "snapshot.json", "site-data.json", "Leverancier_Drie.json"]


@pytest.mark.parametrize("name", ALL)
def test_a_second_time_changes_nothing(name):
    take_in(DATA / name)
    before = list(NationalRecord.objects.values().order_by("pk"))

    made = take_in(DATA / name, now=None)

    assert (set(outcomes(made)), list(NationalRecord.objects.values().order_by("pk"))) == ({"unchanged"}, before)


@pytest.mark.parametrize("name", ALL)
def test_a_second_time_with_publication_changes_nothing(name):
    take_in(DATA / name, publish=True)
    before = Version.objects.count()

    made = take_in(DATA / name, publish=True, now=None)

    assert (set(outcomes(made)), Version.objects.count()) == ({"unchanged"}, before)


@pytest.mark.parametrize("name", ALL)
def test_records_come_in_unpublished(name):
    take_in(DATA / name)

    assert set(Entry.objects.values_list("state", flat=True)) == {State.DRAFT}


def test_records_are_published_when_asked():
    take_in(DATA / "national.json", publish=True)

    assert set(Entry.objects.values_list("state", flat=True)) == {State.PUBLISHED}


def test_a_draft_can_be_published_by_a_second_import():
    take_in(one())

    take_in(one(), publish=True)

    assert Entry.objects.get().state == State.PUBLISHED


def test_an_entry_is_marked_as_taken_over():
    take_in(one())

    assert Entry.objects.get().origin == "IMPORTED"


def test_a_changed_record_changes_the_draft():
    take_in(one())

    take_in(one(goal="<p>Nieuw doel.</p>"))

    assert NationalRecord.objects.get().content["purpose"] == "Nieuw doel."


def test_a_raw_record_that_is_replaced_is_kept():
    take_in(one())

    take_in(one(goal="<p>Nieuw doel.</p>"))

    assert [old["raw"]["goal"] for old in NationalRecord.objects.get().earlier] == ["<p>Doel.</p>"]


def test_a_change_of_what_is_public_waits():
    take_in(one(), publish=True)

    made = take_in(one(goal="<p>Nieuw doel.</p>"))

    assert (outcomes(made), Entry.objects.get().current_version.content["purpose"]) == (["waiting"], "Doel.")


def test_a_change_of_what_is_public_becomes_a_version_when_asked():
    take_in(one(), publish=True)

    take_in(one(goal="<p>Nieuw doel.</p>"), publish=True)

    assert Entry.objects.get().current_version.content["purpose"] == "Nieuw doel."


def test_an_answer_that_was_edited_here_stays():
    take_in(one(), publish=True)
    entry = Entry.objects.get()
    content = {**entry.current_version.content, "purpose": "Onze tekst."}
    publish_entry(entry=entry, content=content, reason="r", responsible="r", by=None, now=entry.first_published_at)

    take_in(one(goal="<p>Nieuw doel.</p>", description_short="Nieuw."), publish=True)

    found = Entry.objects.get().current_version.content
    assert (found["purpose"], found["summary"]) == ("Onze tekst.", "Nieuw.")


def test_an_entry_that_was_withdrawn_here_stays_withdrawn():
    take_in(one(), publish=True)
    entry = Entry.objects.get()
    end_entry(entry=entry, reason="Gestopt.", by=None, now=entry.first_published_at)

    made = take_in(one(goal="Nieuw."), publish=True)

    assert (outcomes(made), Entry.objects.get().state) == (["waiting"], State.WITHDRAWN)


def test_one_refused_record_keeps_all_out():
    with pytest.raises(ExchangeError):
        take_in(as_bytes([RECORD, {"name": "Zonder organisatie"}]))

    assert Entry.objects.count() == 0


def test_the_good_records_come_in_when_bad_ones_may_be_skipped():
    take_in(as_bytes([RECORD, {"name": "Zonder organisatie"}]), skip_bad=True)

    assert Entry.objects.count() == 1


def test_only_the_organisations_asked_for_come_in():
    made = take_in(DATA / "national.json", organisations=frozenset(["gemeente voorbeeldstad"]))

    assert (len(made.items), made.skipped) == (2, 1)


def test_a_refused_record_without_an_organisation_is_never_skipped_in_silence():
    with pytest.raises(ExchangeError):
        take_in(as_bytes([RECORD, "los"]), organisations=frozenset(["zorggroep"]))


def test_a_refused_record_of_another_organisation_is_skipped():
    bad = {**RECORD, "organization": "Andere", "goal": "x" * 200_000}

    made = take_in(as_bytes([RECORD, bad]), organisations=frozenset(["zorggroep"]))

    assert (outcomes(made), made.skipped) == (["new"], 1)


@pytest.mark.parametrize("by", ["id", "slug"])
def test_our_own_json_keeps_the_tie_with_an_ai_system_that_is_here(by):
    system = published_system(slug="bonefinder")
    named = {"id": str(system.uuid)} if by == "id" else {"slug": "bonefinder"}
    entry = {"id": "7", "organisation": {"name": "Zorggroep"}, "system": named, "content": {"name": "Hulp"}}

    take_in(as_bytes({"format": "toepassingen", "entries": [entry]}))

    assert Entry.objects.get().system == system


def test_two_entries_of_one_name_and_organisation_get_their_own_addresses():
    take_in(as_bytes([{**RECORD, "lars": str(number)} for number in range(3)]))

    assert sorted(Entry.objects.values_list("slug", flat=True)) == [
        "hulp-zorggroep",
        "hulp-zorggroep-2",
        "hulp-zorggroep-3",
    ]


def test_a_record_that_the_database_refuses_leaves_nothing_behind(monkeypatch):
    def refuse(**_):
        raise IntegrityError

    monkeypatch.setattr(applying, "publish_entry", refuse)

    with pytest.raises(ExchangeError, match="ging mis bij registratie 1"):
        take_in(one(), publish=True)

    assert Entry.objects.count() == 0


def test_taking_over_stands_in_the_log():
    take_in(one())

    event = AuditEvent.objects.get(kind="entry.imported")
    assert (event.target, event.data) == (f"entry:{Entry.objects.get().uuid}", {"lars": "1"})


def test_an_organisation_that_is_there_is_used():
    OrganisationFactory(name="Zorggroep")

    take_in(one(organization=" ZORGGROEP "))

    assert Organisation.objects.count() == 1


def test_an_invented_organisation_is_never_the_owner():
    OrganisationFactory(name="Zorggroep", is_example=True)

    take_in(one())

    assert not Entry.objects.get().organisation.is_example


@pytest.mark.parametrize(
    ("name", "kind"),
    [("Gemeente Voorbeeldstad", OrganisationKind.GOVERNMENT), ("Ministerie van Zorg", OrganisationKind.GOVERNMENT),
     ("Rijksdienst Voorbeeld", OrganisationKind.GOVERNMENT), ("Zorggroep Lindezoom", OrganisationKind.OTHER),
     ("Stichting Gemeente", OrganisationKind.OTHER)],
)  # fmt: skip
def test_a_new_organisation_gets_a_kind_by_its_name(name, kind):
    assert organisation_kind(name) == kind


def test_the_short_snapshot_takes_nothing_away_from_a_full_record():
    take_in(one(lars="70000001", goal="<p>Tellen gaat <br>sneller.</p>", risks="<p>Een risico.</p>"), publish=True)

    take_in(DATA / "snapshot.json", publish=True)

    record = next(record for record in national() if record["lars"] == "70000001")
    assert (record["goal"], record["risks"]) == ("<p>Tellen gaat <br>sneller.</p>", "<p>Een risico.</p>")


def test_every_change_of_a_value_is_kept_with_the_record():
    take_in(DATA / "full-2023.json")

    report = NationalRecord.objects.get(lars="80000001").report
    assert {"status", "lang", "url", "uuid", "documentation", "category"} <= {line["field"] for line in report}


def test_a_lone_surrogate_and_nul_come_back_as_they_came():
    take_in(one(goal="<p>a\ud800b\0c</p>"))

    assert NationalRecord.objects.get().raw["goal"] == "<p>a\ud800b\0c</p>"


def test_an_entry_with_the_longest_names_gets_an_address():
    take_in(as_bytes([{**RECORD, "name": "x" * 100, "organization": "y" * 400}]))

    assert len(Entry.objects.get().slug) <= 120


def test_data_of_the_file_is_what_is_kept():
    take_in(DATA / "national.json")

    assert NationalRecord.objects.get(lars="90000001").raw == data_json("national.json")[0]
