"""A group publishes for its practices: for whom an entry holds, who stands outside it, and who is below whom."""

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from portal.accounts.models import PortalRole
from portal.audit.revision import current_revision
from portal.core.workflow import StepNotAllowed
from portal.organisations.models import Organisation, Province
from portal.organisations.roles import Role
from tests.factories.organisations import OrganisationFactory
from tests.factories.people import UserFactory, member, on_duty
from tests.factories.transparency import EntryFactory, published_entry
from transparency.actions import groups
from transparency.applying import numbers_of, others_of
from transparency.models import Entry, LeaveOut, PublicRecord

pytestmark = pytest.mark.django_db


@pytest.fixture
def group():
    return OrganisationFactory(name="Groep Noord", slug="groep", verified_at=timezone.now())


@pytest.fixture
def practices(group):
    places = (("linde", "Assen", Province.DRENTHE), ("wilg", "Leek", Province.GRONINGEN), ("eik", "Roden", ""))
    return [
        OrganisationFactory(name=f"Praktijk {slug}", slug=slug, place=place, province=province, parent=group,
                            verified_at=timezone.now())
        for slug, place, province in places
    ]  # fmt: skip


@pytest.fixture
def entry(group, practices):
    return published_entry(organisation=group, slug="toetser")


def choose(entry, *organisations, by=None):
    by = by or member(entry.organisation, Role.PUBLISHER)
    groups.choose_for_whom(entry=entry, organisations=organisations, by=by, now=timezone.now())


def holds_for(entry):
    return {one.slug for one in Organisation.objects.all() if entry in Entry.objects.listed().of_provider(one)}


def facets(entry):
    return PublicRecord.objects.get(entry=entry).facets


def test_entry_of_a_group_holds_for_all_below_it(entry):
    assert holds_for(entry) == {"groep", "linde", "wilg", "eik"}
    assert [one.slug for one in others_of(entry)] == ["eik", "linde", "wilg"]


def test_entry_holds_for_those_that_were_chosen(client, entry, practices):
    before = current_revision()

    choose(entry, practices[0])

    assert holds_for(entry) == {"groep", "linde"}
    assert current_revision() > before
    assert "Dit geldt ook voor:" in client.get(entry.get_absolute_url()).text
    named = client.get(f"/api/v1/toepassingen/{entry.uuid}").json()["applies_to"]
    assert [one["slug"] for one in named] == ["linde"]


def test_choosing_nobody_means_all_again(entry, practices):
    choose(entry, practices[0])
    choose(entry)

    assert holds_for(entry) == {"groep", "linde", "wilg", "eik"}


def test_chosen_organisation_brings_those_below_it(entry, practices):
    OrganisationFactory(name="Dependance", slug="dependance", parent=practices[0])

    choose(entry, practices[0])

    assert holds_for(entry) == {"groep", "linde", "dependance"}


def test_filters_find_the_entry_by_the_places_and_names_of_the_practices(client, entry, practices):
    choose(entry, practices[0], practices[1])

    assert facets(entry)["provider"] == ["Groep Noord", "Praktijk linde", "Praktijk wilg"]
    assert facets(entry)["place"] == ["Utrecht", "Assen", "Leek"]
    assert facets(entry)["province"] == ["UTRECHT", "DRENTHE", "GRONINGEN"]
    assert "toetser" in client.get("/register/?plaats=Assen").text
    assert "toetser" in client.get("/register/?q=praktijk+wilg").text


def test_only_organisations_below_the_owner_can_be_chosen(entry):
    with pytest.raises(ValidationError, match="onder uw organisatie"):
        choose(entry, OrganisationFactory())
    with pytest.raises(ValidationError, match="onder uw organisatie"):
        choose(entry, entry.organisation)


@pytest.mark.parametrize(
    ("who", "may"),
    [("newcomer", False), ("outsider", False), ("editor", False), ("publisher", True), ("administrator", False),
     ("coordinator", False), ("editorial", False), ("portal", False), ("practice", False)],
)  # fmt: skip
def test_only_a_publisher_of_the_owner_chooses(entry, practices, who, may):
    person = {
        "newcomer": UserFactory, "outsider": lambda: member(OrganisationFactory(), *Role),
        "editorial": lambda: on_duty(PortalRole.EDITORIAL), "portal": lambda: on_duty(PortalRole.ADMINISTRATOR),
        "practice": lambda: member(practices[0], *Role),
    }.get(who, lambda: member(entry.organisation, Role[who.upper()]))()  # fmt: skip
    if may:
        choose(entry, practices[0], by=person)
        return

    with pytest.raises(PermissionDenied):
        choose(entry, practices[0], by=person)


def test_numbers_in_the_list_are_those_of_the_pages(entry, group, practices):
    choose(entry, practices[0])
    published_entry(organisation=group)
    published_entry(organisation=practices[1])
    left_out(published_entry(organisation=group), practices[2])
    EntryFactory(organisation=group)
    everyone = [group, *practices, OrganisationFactory()]

    assert numbers_of(everyone) == {
        one.pk: Entry.objects.listed().of_provider(one).count() for one in everyone
    }  # fmt: skip
    assert sorted(numbers_of(everyone).values()) == [0, 1, 3, 3, 3]


# --- Standing outside ------------------------------------------------------------------------------------------------


def ask(entry, organisation, by=None):
    by = by or member(organisation, Role.PUBLISHER)
    return groups.ask_leave_out(
        entry=entry, organisation=organisation, reason="Wij doen dit niet.", by=by, now=timezone.now()
    )


def left_out(entry, organisation):
    wish = ask(entry, organisation)
    groups.accept_leave_out(leave_out=wish, by=member(entry.organisation, Role.PUBLISHER), now=timezone.now())
    return wish


def test_practice_that_is_left_out_has_it_not_on_its_page(client, entry, practices):
    left_out(entry, practices[0])

    assert holds_for(entry) == {"groep", "wilg", "eik"}
    assert "Praktijk linde" not in facets(entry)["provider"]
    assert "heeft nog niets gemeld" in client.get(practices[0].get_absolute_url()).text


def test_asking_changes_nothing_yet(entry, practices):
    ask(entry, practices[0])

    assert holds_for(entry) == {"groep", "linde", "wilg", "eik"}


def test_practice_can_take_part_again(entry, practices):
    wish = left_out(entry, practices[0])

    groups.withdraw_leave_out(leave_out=wish, by=wish.asked_by, now=timezone.now())

    assert holds_for(entry) == {"groep", "linde", "wilg", "eik"}


def test_left_out_practice_goes_from_those_named_and_is_not_chosen_again(entry, practices):
    choose(entry, *practices[:2])
    left_out(entry, practices[0])

    assert holds_for(entry) == {"groep", "wilg"}
    with pytest.raises(ValidationError, match="niet meedoet"):
        choose(entry, practices[0])


def test_group_that_says_no_says_why(entry, practices):
    wish, publisher = ask(entry, practices[0]), member(entry.organisation, Role.PUBLISHER)

    with pytest.raises(ValidationError):
        groups.refuse_leave_out(leave_out=wish, answer=" ", by=publisher, now=timezone.now())
    groups.refuse_leave_out(leave_out=wish, answer="U doet dit wel.", by=publisher, now=timezone.now())

    assert (wish.state, holds_for(entry)) == ("REFUSED", {"groep", "linde", "wilg", "eik"})


def test_practice_does_not_decide_on_its_own_wish(entry, practices):
    wish = ask(entry, practices[0])

    with pytest.raises(PermissionDenied):
        groups.accept_leave_out(leave_out=wish, by=wish.asked_by, now=timezone.now())


def test_only_for_whom_it_holds_asks(entry, practices):
    stranger = OrganisationFactory(verified_at=timezone.now())
    choose(entry, practices[1])

    for one in (stranger, practices[0], entry.organisation):
        with pytest.raises(StepNotAllowed):
            ask(entry, one)


def test_practice_asks_once(entry, practices):
    ask(entry, practices[0])

    with pytest.raises(StepNotAllowed):
        ask(entry, practices[0])

    assert LeaveOut.objects.count() == 1


def test_mails_reach_the_group_and_the_practice(django_capture_on_commit_callbacks, entry, practices):
    publisher = member(entry.organisation, Role.PUBLISHER)
    with django_capture_on_commit_callbacks(execute=True):
        wish = ask(entry, practices[0])
        groups.accept_leave_out(leave_out=wish, by=publisher, now=timezone.now())

    assert [one.to for one in mail.outbox] == [[publisher.email], [wish.asked_by.email]]
    assert "https://aimz.example/werk/toepassingen/toetser/geldt-voor/" in mail.outbox[0].body


# --- The tree --------------------------------------------------------------------------------------------------------


def place(organisation, parent, by=None):
    return groups.place_organisation(organisation=organisation, parent=parent, by=by, now=timezone.now())


def test_organisation_that_joins_a_group_gets_its_entries(entry, group):
    newcomer = OrganisationFactory(name="Praktijk nieuw", slug="nieuw", place="Emmen")

    assert place(newcomer, group) is True
    assert place(newcomer, group) is False

    assert "nieuw" in holds_for(entry)
    assert "Emmen" in facets(entry)["place"]


def test_organisation_that_leaves_a_group_loses_its_entries(entry, practices):
    choose(entry, practices[0], practices[1])

    place(practices[0], None)

    assert holds_for(entry) == {"groep", "wilg"}
    assert "Praktijk linde" not in facets(entry)["provider"]


def test_tree_has_no_circle(group, practices):
    with pytest.raises(ValidationError, match="onder zichzelf"):
        place(group, practices[0])
    with pytest.raises(ValidationError, match="onder zichzelf"):
        place(group, group)


def test_tree_has_three_levels_at_most(group, practices):
    concern, more = OrganisationFactory(), OrganisationFactory()
    place(group, concern)

    with pytest.raises(ValidationError, match="drie lagen"):
        place(concern, more)
    with pytest.raises(ValidationError, match="drie lagen"):
        place(more, practices[0])


def test_invented_organisation_is_not_below_a_real_one(group):
    with pytest.raises(ValidationError, match="verzonnen"):
        place(OrganisationFactory(example=True), group)


@pytest.mark.parametrize("role", [None, PortalRole.EDITORIAL])
def test_only_the_administrator_of_the_portal_moves_organisations(group, role):
    person = on_duty(role) if role else member(group, *Role)

    with pytest.raises(PermissionDenied):
        place(OrganisationFactory(), group, by=person)
    assert place(OrganisationFactory(), group, by=on_duty(PortalRole.ADMINISTRATOR))
