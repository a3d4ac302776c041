"""check_ledger and the nightly look find what is not right, and say where."""

import datetime

import pytest
from django.core.management import CommandError, call_command

from participation.actions.money.checking import faults
from participation.actions.money.watching import watch_ledger
from participation.models import BudgetLine, Claim, Commitment, Fund, MoneyCommand, PeriodTotal
from portal.accounts.models import PortalDuty, PortalRole
from tests.factories.money import money
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    made = money()
    person = made.representative()
    made.promise(person, 10_000)
    made.sent(person)
    return made


def one_cent_more(model, **which):
    """A row that says another amount than the ledger; only the named column changes."""

    def change(world):
        column = which["column"]
        row = model.objects.order_by("pk").filter(**{f"{column}__gt": 0}).first()
        model.objects.filter(pk=row.pk).update(**{column: getattr(row, column) - 1})

    return change


TAMPERED = {
    "fund": one_cent_more(Fund, column="amount"),
    "set apart": one_cent_more(Fund, column="earmarked"),
    "committed": one_cent_more(BudgetLine, column="committed"),
    "claimed": one_cent_more(Commitment, column="claimed"),
    "its rows": one_cent_more(Claim, column="amount"),
    "total of user": one_cent_more(PeriodTotal, column="amount"),
}


@pytest.mark.parametrize("where", TAMPERED)
def test_a_cent_too_little_is_found_where_it_is(world, where):
    assert list(faults()) == []
    TAMPERED[where](world)
    found = list(faults())
    assert any(where in one for one in found), found


def test_one_person_who_checks_what_they_claimed_is_found(world):
    claim = Claim.objects.get()
    from tests.factories.money import key

    MoneyCommand.objects.create(
        key=key(), kind="money.claim_checked", target=f"moneyclaim:{claim.uuid}", actor_id=claim.user_id,
        digest="-", happened_at=world.now,
    )  # fmt: skip
    Claim.objects.filter(pk=claim.pk).update(state="CHECKED")
    assert any("one person did two" in one for one in faults())


def test_the_command_says_that_all_is_right_or_fails(world, capsys):
    call_command("check_ledger")
    assert "Het geld klopt" in capsys.readouterr().out
    TAMPERED["committed"](world)
    with pytest.raises(CommandError):
        call_command("check_ledger")
    assert "committed" in capsys.readouterr().out


def test_who_keeps_the_portal_is_mailed_once_a_day(world, mailoutbox, django_capture_on_commit_callbacks):
    keeper = UserFactory()
    PortalDuty.objects.create(user=keeper, role=PortalRole.ADMINISTRATOR, since=world.now)

    def look(days):
        with django_capture_on_commit_callbacks(execute=True):
            return watch_ledger(world.now + datetime.timedelta(days=days))

    assert look(0) == 0
    mailoutbox.clear()
    TAMPERED["committed"](world)
    assert look(0) == 0  # looked at already
    assert look(1) > 0
    assert look(1) == 0
    assert [mail.to for mail in mailoutbox] == [[keeper.email]]
    assert "committed" in mailoutbox[0].body
