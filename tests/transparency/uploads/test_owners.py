"""Whose a row is: names that are surely the same need no question; any other waits for one answer for all its rows."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from portal.organisations.models import Location
from portal.organisations.roles import Role
from tests.factories.organisations import OrganisationFactory
from tests.factories.people import member
from tests.factories.transparency import published_entry
from tests.transparency.uploads.helpers import HOSPITAL, again, as_json, lines, outcomes, place, read, row, taken
from transparency.actions.uploads import say_same
from transparency.uploads.work import forget_old_uploads, work_on_uploads

pytestmark = pytest.mark.django_db


def said(at, upload, **answers):
    """`upload` after somebody said whose names are, and the job read it again."""
    say_same(upload=upload, answers=answers, by=at.editor, now=timezone.now())
    work_on_uploads(timezone.now())
    return again(upload)


def names(upload):
    """What is asked: (name, rows, whether another here has it, the answer)."""
    return [(one["name"], one["rows"], one["is_elsewhere"], one["same"]) for one in upload.other_names]


@pytest.mark.parametrize(
    "name",
    ["ZIEKENHUIS DE LINDE", "  ziekenhuis   de linde ", "Ziekenhuis DeLinde", "Ziekenhuis “De Linde”",
     "Zíekenhuis-De-Linde", "de-linde", "zdl", "Z.D.L.", "Polikliniek Noord"],
)  # fmt: skip
def test_name_that_is_surely_the_same_is_taken(name):
    at = place()
    at.hospital.also_known_as = ["ZDL"]
    at.hospital.save()
    Location.objects.create(organisation=at.hospital, name="Polikliniek Noord", place="Noord")

    upload = read(at, as_json(row(owner=name)))

    assert [line.organisation for line in lines(upload)] == [at.hospital]
    assert upload.other_names == []


def test_shorter_name_waits_for_one_answer_for_all_its_rows():
    at = place()

    upload = read(at, as_json(row("Een", owner="De Linde"), row("Twee", owner="de linde"), row("Drie")))

    assert outcomes(upload) == ["BAD", "BAD", "NEW"]
    assert names(upload) == [("De Linde", 2, False, None)]


def test_yes_takes_all_rows_and_the_file_is_still_there():
    at = place()
    upload = said(at, read(at, as_json(row("Een", owner="De Linde"), row("Twee", owner="DE LINDE"))), delinde=True)

    assert (upload.state, outcomes(upload)) == ("PLANNED", ["NEW", "NEW"])
    assert {line.organisation for line in lines(upload)} == {at.hospital}
    assert names(upload) == [("De Linde", 2, False, True)]


def test_no_leaves_them_out_and_may_become_yes():
    at = place()
    upload = said(at, read(at, as_json(row(owner="De Linde"))), delinde=False)
    assert (outcomes(upload), names(upload)) == (["BAD"], [("De Linde", 1, False, False)])

    assert outcomes(said(at, upload, delinde=True)) == ["NEW"]


@pytest.mark.parametrize("called", [{"name": "Kliniek De Wilg"}, {"alias_key": "|kliniek de wilg|"}])
def test_name_of_another_organisation_here_is_never_taken_without_the_choice(called):
    at = place()
    at.hospital.also_known_as = ["Kliniek de Wilg"]
    at.hospital.save()
    Location.objects.create(organisation=at.hospital, name="Kliniek De Wilg", place="Noord")
    OrganisationFactory(**called)

    upload = read(at, as_json(row(owner="Kliniek De Wilg")))

    assert (outcomes(upload), names(upload)) == (["BAD"], [("Kliniek De Wilg", 1, True, None)])
    assert outcomes(said(at, upload, kliniekdewilg=True)) == ["NEW"]


def test_other_organisation_whose_name_differs_in_a_space_only_is_another():
    at = place()
    OrganisationFactory(name="Ziekenhuis Delinde")

    ours, theirs = lines(read(at, as_json(row("Een"), row("Twee", owner="Ziekenhuis Delinde"))))

    assert (ours.organisation, theirs.outcome) == (at.hospital, "BAD")


def test_row_of_a_name_that_is_the_same_finds_its_entry():
    at = place()
    taken(at, as_json(row(id="7")))

    upload = said(at, read(at, as_json(row(id="7", owner="De Linde", risks="Verbeterd."))), delinde=True)

    (line,) = lines(upload)
    assert (line.outcome, line.values) == ("CHANGED", {"risks": "Verbeterd."})


def test_answer_about_a_name_gives_no_way_to_an_entry_of_somebody_else():
    at = place()
    theirs = published_entry()

    upload = read(at, as_json(row(id=str(theirs.uuid), owner=theirs.organisation.name, risks="Anders.")))
    upload = said(at, upload, **{upload.other_names[0]["key"]: True})

    (line,) = lines(upload)
    assert (line.outcome, line.entry, line.organisation) == ("NEW", None, at.hospital)


def test_of_many_names_those_with_most_rows_are_asked_first():
    rows = [row(f"Hulp {n}", owner=f"Huis {n}") for n in range(8)]

    upload = read(place(), as_json(*rows, row("Nog een", owner="Huis 7")))

    assert [one[:2] for one in names(upload)][:2] == [("Huis 7", 2), ("Huis 0", 1)]
    assert len(upload.other_names) == 5


def test_saying_nothing_is_told_and_only_who_writes_may_say_it():
    at = place()
    upload = read(at, as_json(row(owner="De Linde")))

    with pytest.raises(ValidationError, match="Kies ja of nee"):
        say_same(upload=upload, answers={}, by=at.editor, now=timezone.now())
    with pytest.raises(PermissionDenied):
        say_same(
            upload=upload, answers={"delinde": True}, by=member(at.hospital, Role.COORDINATOR), now=timezone.now()
        )  # fmt: skip
    assert outcomes(again(upload)) == ["BAD"]


def test_names_are_forgotten_with_the_file():
    at = place()
    upload = read(at, as_json(row(owner="De Linde")))

    forget_old_uploads(timezone.now() + datetime.timedelta(days=31))

    assert again(upload).other_names == []


def test_template_of_a_supplier_is_not_told_to_be_of_its_maker():
    template = b'[{"id": 4, "name": "Leverancier Vier", "provider": "Vier BV", "description_short": "Kort."}]'

    (line,) = lines(read(place(), template, "Vier.json"))

    assert line.organisation.name == HOSPITAL
    assert [one for one in line.told if one["field"] == "organization"] == []
