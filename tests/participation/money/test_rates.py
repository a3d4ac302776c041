"""The national maxima: loaded from a file, never changed under a claim, shown with their source, missed in time."""

import datetime

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.urls import reverse

from participation.actions.money.rates import FILE, RateInUse, load_rates, tell_missing_rates, warn_of
from participation.models import ClaimItem, VolunteerRate
from participation.workspace import tasks_for
from portal.accounts.models import PortalDuty, PortalRole
from portal.audit.models import AuditEvent
from portal.audit.revision import current_revision
from portal.organisations.models import OrganisationKind
from portal.organisations.roles import Role
from tests.factories.money import RATES, money
from tests.factories.organisations import OrganisationFactory
from tests.factories.people import UserFactory, member
from tests.support.html import soup, words

pytestmark = pytest.mark.django_db

OCTOBER = datetime.datetime(2026, 10, 31, 12, tzinfo=datetime.UTC)
NOVEMBER = datetime.datetime(2026, 11, 1, 12, tzinfo=datetime.UTC)


def other(tmp_path, *changes):
    """The file with some of its text changed."""
    text = FILE.read_text(encoding="utf-8")
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    path = tmp_path / "rates.toml"
    path.write_text(text, encoding="utf-8")
    return path


# --- Loading ---------------------------------------------------------------------------------------------------------


def test_rows_are_those_of_the_design(now):
    assert load_rates(now=now) == 3
    found = {
        one.valid_from.year: (one.hour, one.hour_young, one.month, one.year) for one in VolunteerRate.objects.all()
    }
    assert found == RATES
    assert set(VolunteerRate.objects.values_list("km", flat=True)) == {23}
    assert all(one.source and one.checked_by for one in VolunteerRate.objects.all())


def test_loading_again_changes_nothing(now):
    load_rates(now=now)
    before = current_revision()

    assert load_rates(now=now) == 0
    assert (current_revision(), AuditEvent.objects.filter(kind="rates.loaded").count()) == (before, 1)


def test_command_loads_them(capsys):
    call_command("load_content")

    assert "3 rows of rates are new or changed." in capsys.readouterr().out
    assert VolunteerRate.objects.count() == 3


def test_row_that_nobody_used_can_be_put_right(now, tmp_path):
    load_rates(now=now)
    before = current_revision()

    assert load_rates(now=now, path=other(tmp_path, ("hour = 575", "hour = 580"))) == 1
    assert VolunteerRate.objects.get(valid_from=datetime.date(2026, 1, 1)).hour == 580
    assert current_revision() > before


def test_row_that_a_claim_used_is_never_changed(tmp_path):
    world = money()
    person = world.representative()
    world.promise(person, 10_000)
    world.draft(person)
    assert ClaimItem.objects.filter(rate__valid_from=datetime.date(2026, 1, 1)).exists()

    with pytest.raises(RateInUse, match="the row from 2026-01-01 changed, and claims use it"):
        load_rates(now=world.now, path=other(tmp_path, ("hour = 575", "hour = 580")))
    assert VolunteerRate.objects.get(valid_from=datetime.date(2026, 1, 1)).hour == 575


@pytest.mark.parametrize(
    ("change", "told"),
    [(("valid_to = 2025-12-31", "valid_to = 2026-01-01"), "overlap"), (("km = 23", "kilometre = 23"), "needs exactly")],
)
def test_file_that_is_not_right_changes_nothing(now, tmp_path, change, told):
    with pytest.raises(ValueError, match=told):
        load_rates(now=now, path=other(tmp_path, change))

    assert not VolunteerRate.objects.exists()


# --- A year without rates --------------------------------------------------------------------------------------------


@pytest.fixture
def warned(now):
    """Who is warned, and who is not."""
    load_rates(now=now)
    fund = OrganisationFactory(kind=OrganisationKind.FUND)
    editor, keeper = UserFactory(email="redactie@x.example"), UserFactory(email="beheer@x.example")
    PortalDuty.objects.create(user=editor, role=PortalRole.EDITORIAL, since=now)
    PortalDuty.objects.create(user=keeper, role=PortalRole.ADMINISTRATOR, since=now)
    return {
        "editor": editor, "keeper": keeper, "manager": member(fund, Role.FUND_MANAGER, email="fonds@x.example"),
        "lead": member(fund, Role.PROJECT_LEAD, email="leider@x.example"),
    }  # fmt: skip


def test_warning_begins_on_the_first_of_november(warned):
    assert warn_of(OCTOBER.date()) is None
    assert warn_of(NOVEMBER.date()) == 2027
    assert warn_of(datetime.date(2027, 3, 1)) == 2027


def test_empty_portal_is_not_warned():
    assert warn_of(NOVEMBER.date()) is None


@pytest.mark.parametrize(("who", "is_told"), [("editor", True), ("keeper", True), ("manager", True), ("lead", False)])
def test_workspace_warns_who_can_do_something(client, warned, who, is_told):
    for moment, told in ((OCTOBER, False), (NOVEMBER, is_told)):
        with time_machine.travel(moment, tick=False):
            assert ("Zorg voor de bedragen van 2027" in {str(task.what) for task in tasks_for(warned[who])}) is told


@pytest.mark.usefixtures("warned")
def test_each_is_mailed_once(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        assert tell_missing_rates(OCTOBER) == 0
        assert [tell_missing_rates(NOVEMBER + datetime.timedelta(days=day)) for day in range(3)] == [1, 0, 0]

    assert sorted(one.to[0] for one in mail.outbox) == ["beheer@x.example", "fonds@x.example", "redactie@x.example"]
    assert mail.outbox[0].subject == "De bedragen voor 2027 ontbreken nog"
    assert "/geld/bedragen/" in mail.outbox[0].body


# --- The page --------------------------------------------------------------------------------------------------------


def test_page_shows_the_rows_with_their_source(client, now):
    load_rates(now=now)

    page = soup(client.get(reverse("participation:rates")))
    newest = words(page.select_one("tbody tr"))
    assert "1 januari 2026 – 31 december 2026" in newest
    assert "€ 5,75 € 3,40 € 220 € 2.200 € 0,23 Belastingdienst en Rijksoverheid" in newest
    assert len(page.select("tbody tr")) == 3
    assert "Set apart" not in words(page)


def test_page_says_what_is_missing(client, now):
    load_rates(now=now)
    with time_machine.travel(OCTOBER, tick=False):
        assert "ontbreken nog" not in words(soup(client.get(reverse("participation:rates"))))
    with time_machine.travel(NOVEMBER, tick=False):
        assert "De bedragen voor 2027 ontbreken nog" in words(soup(client.get(reverse("participation:rates"))))
        assert "The amounts for 2027 are still missing" in words(
            soup(client.get("/en" + reverse("participation:rates")))
        )
