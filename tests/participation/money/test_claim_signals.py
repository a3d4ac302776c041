"""What stands out in a claim, and what does not."""

import datetime

import pytest
from django.utils import timezone

from participation.claim_signals import Signals, hours
from participation.models import Attendance, Claim, PaymentProfile, PeriodTotal, Receipt
from participation.money_duties import WHOLE
from participation.states import ClaimState, ItemKind, LineKind
from tests.factories.judging import claim_in, paid
from tests.factories.money import money
from tests.factories.participation import held_meeting

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


@pytest.fixture
def world():
    made = money()
    made.person = made.representative()
    made.promise(made.person, 20_000)
    made.promise(made.person, 5_000, LineKind.TRAVEL)
    made.today = timezone.localdate()
    return made


def met(world, minutes=None, hours_long=2):
    """A meeting today at which the person was."""
    now = world.now
    meeting = held_meeting(
        world.project, world.person, starts_at=now - datetime.timedelta(hours=hours_long), ends_at=now
    )
    Attendance.objects.filter(meeting=meeting).update(minutes=minutes)
    return meeting


def time(world, minutes=120, day=None):
    return {"kind": ItemKind.TIME, "day": day or world.today, "quantity": minutes}


def told(claim):
    whole = Claim.objects.select_related(*WHOLE).get(pk=claim.pk)
    return Signals([whole]).of(whole)


def test_claim_for_a_meeting_stands_out_in_nothing(world):
    met(world)

    claim = world.sent(world.person, time(world), {"kind": ItemKind.DISTANCE, "day": world.today, "quantity": 340})

    assert told(claim) == []


def test_day_without_a_meeting(world):
    assert told(world.sent(world.person, time(world))) == ["Er was geen gesprek met deze persoon op 22 november 2026."]


def test_meeting_at_which_the_person_was_not(world):
    meeting = met(world)
    Attendance.objects.filter(meeting=meeting).update(was_there=False)

    assert told(world.sent(world.person, time(world))) == ["Er was geen gesprek met deze persoon op 22 november 2026."]


@pytest.mark.parametrize(("minutes", "asked", "stands_out"), [
    (180, 180, False), (180, 181, True), (None, 120, False), (None, 121, True),
])  # fmt: skip
def test_more_time_than_the_meeting_with_preparation(world, minutes, asked, stands_out):
    met(world, minutes)

    found = told(world.sent(world.person, time(world, asked)))

    assert bool(found) is stands_out
    assert not stands_out or "met voorbereiden" in found[0]


def test_same_row_twice_and_in_an_earlier_claim(world):
    met(world, 600)
    first = world.sent(world.person, time(world, 60), time(world, 60))
    second = world.sent(world.person, time(world, 60))

    assert told(first)[0] == "Regel 1 staat ook in een andere declaratie (22 november 2026)."
    assert "Regel 2 staat er twee keer in (22 november 2026)." in told(first)
    assert told(second) == ["Regel 1 staat ook in een andere declaratie (22 november 2026)."]


def test_time_on_a_day_of_an_earlier_claim(world):
    met(world, 600)
    world.sent(world.person, time(world, 60))

    assert told(world.sent(world.person, time(world, 90))) == [
        "Ook in een andere declaratie staat tijd op 22 november 2026."
    ]


@pytest.mark.parametrize("state", ["CANCELLED", "REJECTED", "DRAFT", "HELD", "REVERSED"])
def test_claim_that_is_over_or_not_sent_makes_no_double(world, state):
    met(world, 600)
    earlier = world.sent(world.person, time(world, 60))
    Claim.objects.filter(pk=earlier.pk).update(state=state)

    assert told(world.sent(world.person, time(world, 60))) == []


def test_claim_of_somebody_else_makes_no_double(world):
    met(world, 600)
    other = world.representative()
    world.promise(other, 5_000)
    world.sent(other, time(world, 60))

    assert told(world.sent(world.person, time(world, 60))) == []


def test_fewer_receipts_than_rows_that_need_one(world):
    met(world)
    row = {"kind": ItemKind.TICKET, "day": world.today, "amount": 500}
    draft = world.draft(world.person, row, row | {"amount": 700})
    Receipt.objects.create(claim=draft, form="PDF", data=b"%PDF", size=4, added_at=world.now)

    assert told(draft) == ["Bonnen: 1, voor 2 regels."]


def test_much_more_than_others_ask(world):
    paid(world, *[claim_in(world, ClaimState.CHECKED) for _n in range(5)])  # € 11.50 each
    met(world, 600)

    assert told(world.sent(world.person, time(world, 240))) == []
    assert "Dit is veel meer dan anders: meestal is het ongeveer € 12." in told(
        world.sent(world.person, time(world, 250))
    )


def test_no_comparison_with_fewer_than_five(world):
    paid(world, *[claim_in(world, ClaimState.CHECKED) for _n in range(4)])
    met(world, 900)

    assert told(world.sent(world.person, time(world, 600))) == []


@pytest.mark.parametrize(("month", "year", "found"), [
    (19_799, 100_000, []), (19_800, 100_000, ["de maand"]), (19_800, 198_000, ["de maand", "het jaar"]),
])  # fmt: skip
def test_close_to_a_limit(world, month, year, found):
    met(world, 600)
    claim = world.sent(world.person, time(world))
    PeriodTotal.objects.filter(user=world.person.user, period="2026-11").update(amount=month)
    PeriodTotal.objects.filter(user=world.person.user, period="2026").update(amount=year)

    assert told(claim) == [f"Dit komt dicht bij het hoogste bedrag voor {when}." for when in found]


def test_own_ceiling_is_nobodys_business(world):
    met(world, 600)
    PaymentProfile.objects.filter(user=world.person.user).update(ceiling=1_200)

    assert told(world.sent(world.person, time(world))) == []


@pytest.mark.parametrize(("minutes", "words"), [(60, "1 uur"), (150, "2 uur en 30 minuten"), (45, "45 minuten")])
def test_minutes_in_words(minutes, words):
    assert hours(minutes) == words


def test_list_is_read_in_as_many_questions_as_one_claim(world, django_assert_num_queries):
    claims = [claim_in(world, ClaimState.SUBMITTED) for _n in range(4)]
    whole = list(Claim.objects.filter(pk__in=[one.pk for one in claims]).select_related(*WHOLE))

    with django_assert_num_queries(7):
        signals = Signals(whole)
        assert [len(signals.of(one)) for one in whole] == [1, 1, 1, 1]
