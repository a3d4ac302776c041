"""Organisations: saving them, finding them by words, and what the database refuses."""

import uuid

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from portal.audit.models import AuditEvent
from portal.audit.revision import current_revision
from portal.organisations.actions import save_organisation
from portal.organisations.models import CARE_KINDS, Location, Organisation, OrganisationKind
from tests.factories.organisations import LocationFactory, OrganisationFactory

FIELDS = {
    "uuid": "0f0e7f6e-6a55-4a39-9b4e-0d0c2f7a3c11",
    "slug": "de-linde",
    "name": "Ziekenhuis De Linde",
    "kind": "HOSPITAL",
    "place": "Súdwest",
    "province": "FRYSLAN",
    "website": "https://delinde.example",
    "is_example": False,
    "source": {"title": "Lijst van ziekenhuizen", "link": "https://lijst.example", "date": "2022"},
}
NORTH = {
    "name": "Noord", "address": "Dijk 1", "postcode": "8700 AA", "place": "Bolsward", "province": "FRYSLAN",
    "latitude": 53.06, "longitude": 5.53,
}  # fmt: skip
SOUTH = NORTH | {"name": "Zuid", "address": "Kade 2", "place": "Lemmer", "latitude": 52.84, "longitude": 5.71}

pytestmark = pytest.mark.django_db


@pytest.fixture
def save(now):
    """Save the organisation of this test, with some fields changed."""

    def save_it(locations=(NORTH, SOUTH), **changes):
        return save_organisation(fields={**FIELDS, **changes}, locations=list(locations), by=None, now=now)

    return save_it


# --- Saving -----------------------------------------------------------------------------------------------------


def test_new_organisation_is_kept_as_given(save):
    save()

    kept = Organisation.objects.get()
    assert {key: getattr(kept, key) for key in FIELDS} == FIELDS | {"uuid": uuid.UUID(FIELDS["uuid"])}


def test_places_are_kept_as_given(save):
    save()

    kept = Location.objects.order_by("name").values(*NORTH)
    assert list(kept) == [NORTH, SOUTH]


def test_saving_something_new_says_so(save):
    assert save() is True


def test_new_organisation_raises_the_revision_by_one(save):
    before = current_revision()

    save()

    assert current_revision() == before + 1


def test_new_organisation_is_logged(save, now):
    save()

    event = AuditEvent.objects.get()
    assert (event.kind, event.target, event.actor_id, event.happened_at) == (
        "organisation.saved", f"organisation:{FIELDS['uuid']}", None, now,
    )  # fmt: skip


def test_saving_the_same_again_says_so(save):
    save()

    assert save() is False


def test_saving_the_same_again_writes_nothing(save, django_assert_num_queries):
    save()

    with django_assert_num_queries(4) as queries:  # savepoint, organisation, places, release
        save()

    assert not [query["sql"] for query in queries if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]


def test_saving_the_same_again_does_not_raise_the_revision(save):
    save()
    before = current_revision()

    save()

    assert current_revision() == before


def test_order_of_places_is_no_change(save):
    save(locations=[NORTH, SOUTH])

    assert save(locations=[SOUTH, NORTH]) is False


@pytest.mark.parametrize(
    "change",
    [{"name": "De Nieuwe Linde"}, {"kind": "CLINIC"}, {"place": "Sneek"}, {"province": ""}, {"website": ""},
     {"is_example": True}, {"source": {"title": "Andere lijst"}}],
    ids=lambda change: next(iter(change)),
)  # fmt: skip
def test_each_change_is_seen_and_kept(save, change):
    save()

    changed = save(**change)

    kept = Organisation.objects.get()
    assert (changed, {key: getattr(kept, key) for key in change}) == (True, change)


def test_change_keeps_the_identity(save):
    save()
    before = Organisation.objects.get()

    save(name="De Nieuwe Linde")

    after = Organisation.objects.get()
    assert (after.pk, after.uuid, after.slug) == (before.pk, before.uuid, before.slug)


def test_change_raises_the_revision_by_one(save):
    save()
    before = current_revision()

    save(name="De Nieuwe Linde")

    assert current_revision() == before + 1


def test_places_are_replaced(save):
    save(locations=[NORTH])

    save(locations=[SOUTH])

    assert list(Location.objects.values_list("name", flat=True)) == ["Zuid"]


@pytest.mark.parametrize("key", ["address", "postcode", "place", "province", "latitude", "longitude"])
def test_change_in_a_place_is_a_change(save, key):
    save(locations=[NORTH])

    assert save(locations=[NORTH | {key: 1.5 if key in {"latitude", "longitude"} else ""}]) is True


def test_saving_one_leaves_the_places_of_another(save):
    other = LocationFactory()

    save()

    assert Location.objects.filter(pk=other.pk).exists()


def test_failure_halfway_leaves_everything_as_it_was(save):
    save(locations=[NORTH])
    before = current_revision()

    with pytest.raises(IntegrityError):
        save(name="De Nieuwe Linde", locations=[SOUTH, SOUTH])

    assert (Organisation.objects.get().name, Location.objects.get().name) == ("Ziekenhuis De Linde", "Noord")
    assert current_revision() == before


# --- Finding ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    ["linde", "LINDE", "lind", "súdwest", "sudwest", "fryslân", "fryslan", "lemmer", "noord", "ziekenhuis sudwest",
     "linde ziekenhuis", "lin lem fry", "  de   linde ", "linde, sudwest", ""],
)  # fmt: skip
def test_words_find_the_organisation(save, text):
    save()

    assert Organisation.objects.matching(text).exists()


@pytest.mark.parametrize("text", ["inde", "huis", "mmer", "linde utrecht", "lindenhof", "ziekenhuisdelinde"])
def test_words_that_begin_no_word_of_it_find_nothing(save, text):
    save()

    assert not Organisation.objects.matching(text).exists()


@pytest.mark.parametrize("text", ["%", "_", "l%e", "l_nde", "'", '"', "\\", "linde%' OR 1=1 --"])
def test_signs_have_no_meaning(save, text):
    save()

    plain = "".join(c if c.isalnum() else " " for c in text)
    assert Organisation.objects.matching(text).exists() == Organisation.objects.matching(plain).exists()


@pytest.mark.parametrize("text", ["LUMC", "lum", "UMC Leiden", "umc lei", "súdwest lumc"])
def test_other_name_finds_the_organisation(save, text):
    save(also_known_as=["LUMC", "UMC Leiden"])

    assert Organisation.objects.matching(text).exists()


def test_who_is_called_exactly_what_was_typed_comes_first(save):
    OrganisationFactory(name="AMC Apotheek", slug="apotheek")
    OrganisationFactory(name="Amsterdam UMC, locatie West", slug="west")
    save(also_known_as=["AMC", "Amsterdam UMC"])

    def slugs(text):
        return [o.slug for o in Organisation.objects.best_matches(text)]

    assert slugs("amc") == ["de-linde", "apotheek"]
    assert slugs("Amsterdam  UMC") == ["de-linde", "west"]
    assert slugs("am") == ["apotheek", "west", "de-linde"]
    assert slugs("") == ["apotheek", "west", "de-linde"]


def test_other_name_that_is_gone_finds_nothing(save):
    save(also_known_as=["LUMC"])

    assert save()

    assert not Organisation.objects.matching("lumc").exists()


def test_place_that_is_gone_finds_nothing(save):
    save(locations=[NORTH])
    save(locations=[SOUTH])

    assert not Organisation.objects.matching("bolsward").exists()


@pytest.mark.parametrize("kind", OrganisationKind.values)
def test_those_giving_care_are_chosen(kind):
    OrganisationFactory(kind=kind)

    assert Organisation.objects.giving_care().exists() == (kind in CARE_KINDS)


@pytest.mark.parametrize("kind", ["PATIENT_ORGANISATION", "FUND", "EXPERTISE_CENTRE", "RESEARCH", "OTHER"])
def test_those_that_give_no_care_are_left_out(kind):
    OrganisationFactory(kind=kind)

    assert not Organisation.objects.giving_care().exists()


# --- What the database refuses ----------------------------------------------------------------------------------


def refused(name):
    return pytest.raises(IntegrityError, match=name)


def test_kind_that_does_not_exist_is_refused():
    with refused("organisation_kind"), transaction.atomic():
        OrganisationFactory(kind="CIRCUS")


def test_province_that_does_not_exist_is_refused():
    with refused("organisation_province"), transaction.atomic():
        OrganisationFactory(province="HOLLAND")


def test_organisation_above_itself_is_refused():
    organisation = OrganisationFactory()

    with refused("organisation_not_own_parent"), transaction.atomic():
        Organisation.objects.filter(pk=organisation.pk).update(parent=organisation)


@pytest.mark.parametrize("field", ["uuid", "slug"])
def test_identity_of_another_is_refused(field):
    there = OrganisationFactory()

    with refused(field), transaction.atomic():
        OrganisationFactory(**{field: getattr(there, field)})


def test_same_place_twice_is_refused():
    there = LocationFactory()

    with refused("location_once|UNIQUE"), transaction.atomic():
        LocationFactory(organisation=there.organisation, name=there.name, address=there.address)


def test_province_of_a_place_that_does_not_exist_is_refused():
    with refused("location_province"), transaction.atomic():
        LocationFactory(province="HOLLAND")


@pytest.mark.parametrize("field", ["parent", "successor"])
def test_organisation_that_another_points_at_is_not_deleted(field):
    there = OrganisationFactory()
    OrganisationFactory(**{field: there})

    with pytest.raises(ProtectedError):
        there.delete()
