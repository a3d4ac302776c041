"""Hospitals are found by the names that people know, and shown with them."""

import pytest

from portal.organisations.models import Organisation
from tests.conftest import NOW
from tests.factories.organisations import OrganisationFactory
from tests.support.html import soup, words
from tests.support.standing import standing
from transparency.loading import FOLDER, Loaded, load_organisations

pytestmark = pytest.mark.django_db
# What people type → the hospital in the list.
KNOWN = [
    ("Amsterdam UMC", "Academisch Medisch Centrum"),
    ("AMC", "Academisch Medisch Centrum"),
    ("VUmc", "VU Medisch Centrum"),
    ("Reinier de Graaf", "Stichting Reinier Haga Groep"),
    ("Haga", "Stichting Reinier Haga Groep"),
    ("Antoni van Leeuwenhoek", "Antoni van Leeuwenhoek"),
    ("AVL", "Antoni van Leeuwenhoek"),
    ("Radboud", "Radboudumc"),
    ("LUMC", "Leids Universitair Medisch Centrum"),
    ("MUMC", "Maastricht UMC+"),
]


@pytest.fixture(scope="module")
def _hospitals(django_db_setup, django_db_blocker):
    """The real hospitals, loaded once and rolled back after."""
    path = FOLDER / "organisations" / "hospitals.toml"
    with standing(django_db_blocker, lambda: load_organisations(path, Loaded(), now=NOW, is_example=False)):
        yield


@pytest.mark.usefixtures("_hospitals")
@pytest.mark.parametrize("address", ["/zorgverleners/?q={}", "/mijn-zorg/?q={}", "/register/?q={}"])
@pytest.mark.parametrize(("typed", "name"), KNOWN)
def test_hospital_is_found_and_shown_by_the_name_that_was_typed(client, address, typed, name):
    main = soup(client.get(address.format(typed.replace(" ", "+")))).main

    found = next(row for row in main("li") if row.a and words(row.a) == name)
    assert typed.casefold() in words(found).casefold()


@pytest.mark.usefixtures("_hospitals")
def test_hospital_that_comes_from_another_list_names_that_list(client):
    page = words(soup(client.get("/zorgverleners/antoni-van-leeuwenhoek/")).main)

    assert "Ook bekend als: AVL" in page
    assert "Bron: Lijst van ziekenhuizen van het RIVM, december 2016" in page


@pytest.mark.parametrize(
    ("name", "others", "shown"),
    [
        ("Canisius-Wilhelmina Ziekenhuis (CWZ)", ["CWZ"], []),
        ("Maastricht UMC+", ["MUMC+", "azM"], ["MUMC+", "azM"]),
        ("De Linde", [], []),
    ],
)
def test_name_that_stands_in_the_other_is_not_said_twice(client, name, others, shown):
    organisation = OrganisationFactory(name=name, also_known_as=others)

    assert Organisation.objects.get(pk=organisation.pk).other_names == shown
    assert ("Ook bekend als" in words(soup(client.get(organisation.get_absolute_url())).main)) is bool(shown)
