"""The limits of a month and a year, age, own ceiling and rounding, at every edge, through the real actions."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from participation.actions.money import checking, claims, judging, payments, telling
from participation.actions.money.limits import LimitReached, counted
from participation.claim_standing import standing_of
from participation.models import PaymentChoice, PaymentProfile, PeriodTotal, VolunteerRate
from participation.rates import is_young, missing_rate
from participation.states import ClaimState, ItemKind, LineKind, Regime
from tests.factories.money import fresh, key, money
from tests.factories.participation import representative

pytestmark = pytest.mark.django_db

DAY = datetime.timedelta(days=1)


def at(year, month, day, hour=12, minute=0):
    """A moment on the clock of Amsterdam."""
    return datetime.datetime(year, month, day, hour, minute, tzinfo=timezone.get_default_timezone())


def rate_of(year, **values):
    """The row of a year that is not known yet in these tests."""
    wanted = {"hour": 600, "hour_young": 350, "month": 23_000, "year": 230_000, "km": 25} | values
    return VolunteerRate.objects.create(
        valid_from=datetime.date(year, 1, 1), valid_to=datetime.date(year, 12, 31), source="Belastingdienst",
        checked_by="redactie", checked_on=datetime.date(year - 1, 12, 1), **wanted,
    )  # fmt: skip


def hours(day, minutes):
    return {"kind": ItemKind.TIME, "day": day, "quantity": minutes}


@pytest.fixture
def world():
    return money()


@pytest.fixture
def person(world):
    """Somebody over 21 with plenty promised: only the limits stand in the way."""
    made = world.representative()
    world.promise(made, 50_000)
    world.earmark(LineKind.TRAVEL, 30_000)
    world.promise(made, 50_000, LineKind.TRAVEL)
    return made


def send(claim, person, now):
    claims.submit_claim(claim=claim, revision=claim.revision, by=person.user, now=now, key=key())
    return fresh(claim)


def written(world, person, cents, now):
    """A claim of exactly `cents`: some minutes, and kilometres for the rest."""
    day = timezone.localtime(now).date()
    for number in range(60):
        rest = cents - number * 575 // 60
        tenths = -(-rest * 10 // 23)
        if tenths * 23 // 10 == rest:
            break
    rows = [hours(day, number)] if number else []
    claim = world.draft(person, *rows, {"kind": ItemKind.DISTANCE, "day": day, "quantity": tenths}, now=now)
    assert claim.amount == cents
    return claim


# --- What an hour and a kilometre come to ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("minutes", "cents"), [(90, 862), (60, 575), (1, 9), (59, 565), (61, 584), (30, 287), (24 * 60, 13_800)]
)
def test_time_is_rounded_down(world, person, minutes, cents):
    assert world.draft(person, hours(world.now.date(), minutes)).amount == cents  # 1.5 hour of € 5.75 is € 8.62


@pytest.mark.parametrize(("tenths", "cents"), [(340, 782), (1, 2), (4, 9), (5, 11), (13, 29), (345, 793), (999, 2_297)])
def test_kilometres_are_rounded_down(world, person, tenths, cents):
    row = {"kind": ItemKind.DISTANCE, "day": world.now.date(), "quantity": tenths}

    assert world.draft(person, row).amount == cents


def test_each_row_is_rounded_on_its_own(world, person):
    day = world.now.date()

    assert world.draft(person, *(hours(day, 90) for _row in range(3))).amount == 3 * 862


@pytest.mark.parametrize("minutes", [0, 24 * 60 + 1])
def test_time_that_cannot_be_is_refused(world, person, minutes):
    with pytest.raises(ValidationError):
        world.draft(person, hours(world.now.date(), minutes))


def test_day_to_come_is_refused(world, person):
    with pytest.raises(ValidationError):
        world.draft(person, hours(world.now.date() + DAY, 60))


# --- A rate that changes ---------------------------------------------------------------------------------------------


def test_hour_counts_by_the_day_of_the_work_and_the_limit_by_the_month_of_payment(world, person):
    rate_of(2027)
    january = at(2027, 1, 5)

    claim = world.draft(person, hours(datetime.date(2026, 12, 31), 60), hours(datetime.date(2027, 1, 1), 60),
                        now=january)  # fmt: skip

    assert [item.amount for item in claim.items.order_by("place")] == [575, 600]
    shown = [line.text for line in standing_of(claim, datetime.date(2027, 1, 5)).lines]
    assert "Met dit bedrag komt u deze maand op € 11,75 van € 230." in shown
    send(claim, person, january)
    assert counted(person.user_id, datetime.date(2027, 1, 1)) == (1_175, 1_175)
    assert counted(person.user_id, datetime.date(2026, 12, 1)) == (0, 0)


def test_last_minute_of_the_year_counts_in_the_old_year_and_the_first_in_the_new(world, person):
    rate_of(2027)
    last, first = at(2026, 12, 31, 23, 59), at(2027, 1, 1, 0, 0)

    send(written(world, person, 22_000, last), person, last)
    with pytest.raises(LimitReached):
        send(world.draft(person, hours(datetime.date(2026, 12, 31), 10), now=last), person, last)
    new = send(world.draft(person, hours(datetime.date(2026, 12, 31), 60), now=first), person, first)

    assert counted(person.user_id, datetime.date(2026, 12, 1)) == (22_000, 22_000)
    assert (new.amount, counted(person.user_id, datetime.date(2027, 1, 1))) == (575, (575, 575))


def test_claim_of_a_year_without_rates_is_kept_and_sent_when_they_are_known(world, person):
    january = at(2027, 1, 5)
    claim = world.draft(person, hours(datetime.date(2027, 1, 4), 60), now=january)
    assert (claim.amount, claim.items.get().rate) == (0, None)

    with pytest.raises(ValidationError, match="De bedragen voor 2027 zijn nog niet bekend"):
        send(claim, person, january)
    claims.hold_claim(
        claim=claim, revision=claim.revision, until=datetime.date(2027, 2, 1), by=person.user, now=january, key=key()
    )
    rate_of(2027)
    february = at(2027, 2, 1)
    with pytest.raises(ValidationError, match="De bedragen zijn nu anders"):
        send(fresh(claim), person, february)  # nobody sends an amount that they did not see
    claim = fresh(claim)
    claims.write_claim(
        claim=claim, revision=claim.revision, rows=[hours(datetime.date(2027, 1, 4), 60)], holder="A", by=person.user,
        now=february,
    )  # fmt: skip
    assert send(fresh(claim), person, february).amount == 600


def test_old_work_is_not_sent_in_a_year_without_rates_either(world, person):
    january = at(2027, 1, 5)
    claim = world.draft(person, hours(datetime.date(2026, 12, 30), 60), now=january)

    with pytest.raises(ValidationError, match="De bedragen voor 2027 zijn nog niet bekend"):
        send(claim, person, january)
    assert fresh(claim).state == ClaimState.DRAFT


@pytest.mark.parametrize(
    ("day", "year"), [((2026, 10, 31), None), ((2026, 11, 1), 2027), ((2026, 12, 31), 2027), ((2027, 1, 1), 2027)]
)
def test_warning_begins_on_the_first_of_november(world, day, year):
    assert missing_rate(datetime.date(*day)) == year


# --- 21 --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "cents"),
    [((2026, 9, 30), 340), ((2026, 10, 1), 340), ((2026, 10, 31), 340), ((2026, 11, 1), 575)],
)
def test_whole_month_of_turning_21_counts_as_younger(world, person, day, cents):
    PaymentProfile.objects.filter(user=person.user).update(is_21=False, turns_21_in=datetime.date(2026, 10, 1))

    assert world.draft(person, hours(datetime.date(*day), 60)).amount == cents


def test_age_that_we_do_not_know_is_asked(world, person):
    PaymentProfile.objects.filter(user=person.user).update(is_21=None)

    with pytest.raises(ValidationError, match="of u 21 jaar of ouder bent"):
        world.draft(person)


def test_age_that_was_corrected_is_counted_anew_before_sending(world, person):
    claim = world.draft(person)
    telling.tell_age(is_21=False, turns_21_in=datetime.date(2028, 3, 1), by=person.user, now=world.now)

    with pytest.raises(ValidationError, match="De bedragen zijn nu anders"):
        send(claim, person, world.now)


@pytest.mark.parametrize("month", [None, datetime.date(2026, 10, 1), datetime.date(2048, 1, 1)])
def test_month_of_turning_21_is_now_or_later(world, person, month):
    with pytest.raises(ValidationError):
        telling.tell_age(is_21=False, turns_21_in=month, by=person.user, now=world.now)


def test_nobody_but_oneself_is_told_about(world, person):
    telling.tell_age(is_21=False, turns_21_in=datetime.date(2026, 11, 9), by=person.user, now=world.now)

    profile = PaymentProfile.objects.get()
    assert (profile.user, profile.turns_21_in) == (person.user, datetime.date(2026, 11, 1))
    assert is_young(profile, datetime.date(2026, 11, 30)) is True


# --- The month and the year ------------------------------------------------------------------------------------------


def test_exactly_the_limit_of_the_month_fits_and_one_cent_more_does_not(world, person):
    send(written(world, person, 21_999, world.now), person, world.now)
    two = world.draft(person, {"kind": ItemKind.DISTANCE, "day": world.now.date(), "quantity": 1})
    assert two.amount == 2

    assert [line.is_over for line in standing_of(two, world.now.date()).lines if "maand" in line.text] == [True]
    with pytest.raises(LimitReached, match=r"U kunt in november 2026 nog €.+0,01 krijgen"):
        send(two, person, world.now)
    assert fresh(two).state == ClaimState.DRAFT
    assert list(checking.faults()) == []


def test_limit_of_the_year_holds_where_the_month_has_room(world, person):
    PeriodTotal.objects.create(user=person.user, period="2026", amount=219_000)

    with pytest.raises(LimitReached, match=r"U kunt in 2026 nog €.+10 krijgen"):
        send(world.draft(person), person, world.now)


def test_own_ceiling_is_the_limit_when_it_is_lower(world, person):
    telling.set_ceiling(cents=1_149, by=person.user, now=world.now)
    claim = world.draft(person)
    with pytest.raises(LimitReached):
        send(claim, person, world.now)

    telling.set_ceiling(cents=1_150, by=person.user, now=world.now)
    assert send(claim, person, world.now).state == ClaimState.SUBMITTED


def test_own_ceiling_above_the_limit_changes_nothing(world, person):
    telling.set_ceiling(cents=90_000, by=person.user, now=world.now)

    with pytest.raises(LimitReached):
        send(world.draft(person, *(hours(world.now.date(), 1_200) for _row in range(2))), person, world.now)


@pytest.mark.parametrize(("elsewhere", "fits"), [(20_850, True), (20_851, False), (30_000, False)])
def test_what_others_pay_this_month_counts(world, person, elsewhere, fits):
    telling.tell_elsewhere(month=world.now.date(), cents=elsewhere, by=person.user, now=world.now)
    claim = world.draft(person)

    assert standing_of(claim, world.now.date()).is_over is not fits
    if fits:
        send(claim, person, world.now)
    else:
        with pytest.raises(LimitReached):
            send(claim, person, world.now)


def test_what_others_pay_in_another_month_counts_for_the_year_alone(world, person):
    telling.tell_elsewhere(month=datetime.date(2026, 3, 1), cents=22_000, by=person.user, now=world.now)

    lines = [line.text for line in standing_of(world.draft(person), world.now.date()).lines]

    assert "Met dit bedrag komt u deze maand op € 11,50 van € 220." in lines
    assert "Met dit bedrag komt u dit jaar op € 231,50 van € 2.200." in lines


def test_limit_counts_over_all_projects_together(world, person):
    send(written(world, person, 21_000, world.now), person, world.now)
    other = money()
    role = representative(other.project, user=person.user)
    PaymentChoice.objects.create(assignment=role, regime=Regime.VOLUNTEER, chosen_at=other.now)
    other.promise(role, 10_000)

    with pytest.raises(LimitReached):
        send(other.draft(role), role, other.now)


def test_who_pays_tax_themselves_has_no_limit(world, person):
    PaymentChoice.objects.update(regime="TAXABLE_FEE")
    claim = world.draft(person, {"kind": ItemKind.TIME, "day": world.now.date(), "quantity": 60, "amount": 30_000})

    assert send(claim, person, world.now).amount == 30_000
    assert not PeriodTotal.objects.filter(amount__gt=0).exists()


# --- Later -----------------------------------------------------------------------------------------------------------


def test_claim_that_is_kept_counts_in_the_month_in_which_it_is_sent(world, person):
    full = send(written(world, person, 21_999, world.now), person, world.now)
    claim = world.draft(person)
    claims.hold_claim(
        claim=claim, revision=claim.revision, until=datetime.date(2026, 12, 1), by=person.user, now=world.now, key=key()
    )
    assert counted(person.user_id, full.counts_in) == (21_999, 21_999)

    december = at(2026, 12, 1, 0, 0)
    claim = send(fresh(claim), person, december)

    assert claim.counts_in == datetime.date(2026, 12, 1)
    assert counted(person.user_id, claim.counts_in) == (1_150, 23_149)
    assert list(checking.faults()) == []


def test_sent_claim_that_is_kept_after_all_frees_its_month(world, person):
    claim = world.sent(person)
    claims.hold_claim(
        claim=claim, revision=claim.revision, until=datetime.date(2027, 11, 1), by=person.user, now=world.now, key=key()
    )

    assert counted(person.user_id, datetime.date(2026, 11, 1)) == (0, 0)


@pytest.mark.parametrize("until", [datetime.date(2026, 11, 30), datetime.date(2026, 10, 1), datetime.date(2027, 12, 1)])
def test_claim_is_kept_for_a_later_month_within_a_year(world, person, until):
    claim = world.draft(person)

    with pytest.raises(ValidationError):
        claims.hold_claim(
            claim=claim, revision=claim.revision, until=until, by=person.user, now=world.now, key=key()
        )  # fmt: skip


def approved(world, claim):
    judging.check_claim(claim=claim, revision=claim.revision, by=world.coordinator, now=world.now, key=key())
    claim = fresh(claim)
    judging.approve_claim(claim=claim, revision=claim.revision, by=world.manager, now=world.now, key=key())
    return fresh(claim)


def batch_of(world, claim, pay_on):
    return payments.make_batch(
        payer=world.payer, claims=[claim], pay_on=pay_on, by=world.officer, now=world.now, key=key()
    )


def test_claim_that_is_paid_late_counts_in_the_month_of_payment(world, person):
    claim = approved(world, world.sent(person))

    _batch, left_out = batch_of(world, claim, datetime.date(2026, 12, 3))

    assert left_out == {}
    assert counted(person.user_id, datetime.date(2026, 11, 1))[0] == 0
    assert counted(person.user_id, datetime.date(2026, 12, 1)) == (1_150, 1_150)
    assert list(checking.faults()) == []


def test_claim_that_does_not_fit_in_the_month_of_payment_stays_approved(world, person):
    claim = approved(world, world.sent(person))
    december = at(2026, 12, 1)
    send(written(world, person, 21_999, december), person, december)

    with pytest.raises(ValidationError, match="boven het hoogste bedrag"):
        batch_of(world, claim, datetime.date(2026, 12, 3))

    assert (fresh(claim).state, fresh(claim).counts_in) == (ClaimState.APPROVED, datetime.date(2026, 11, 1))
    assert list(checking.faults()) == []


def test_claim_that_is_paid_in_a_year_without_rates_stays_approved(world, person):
    claim = approved(world, world.sent(person))

    with pytest.raises(ValidationError, match="2027"):
        batch_of(world, claim, datetime.date(2027, 1, 4))

    assert fresh(claim).state == ClaimState.APPROVED


@pytest.mark.parametrize("name", ["cancel", "reject", "return"])
def test_what_is_not_paid_frees_the_month(world, person, name):
    claim = world.sent(person)
    assert counted(person.user_id, claim.counts_in)[0] == 1_150
    same = {"claim": claim, "revision": claim.revision, "now": world.now, "key": key()}
    if name == "cancel":
        claims.cancel_claim(**same, by=person.user)
    elif name == "reject":
        judging.reject_claim(**same, reason="Dubbel", by=world.lead)
    else:
        judging.return_claim(**same, question="Hoezo?", by=world.lead)

    assert counted(person.user_id, datetime.date(2026, 11, 1)) == (0, 0)
    assert list(checking.faults()) == []
