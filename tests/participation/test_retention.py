"""Nothing personal stays past its term under a moving clock; what was erased is erased again after a restore."""

import datetime
import io
import json

import pytest
import time_machine
from django.core import mail
from django.core.management import CommandError, call_command
from django.utils import timezone

from participation.actions.consents import give_consent, withdraw_consent
from participation.actions.erasing import catch_up, due_by_kind, erase_due, replay
from participation.actions.leaving import erase_myself
from participation.erasure import file as erasure_file
from participation.erasure.kind import keys_of
from participation.erasure.kinds import KINDS, PERSON, PROFILE
from participation.erasure.money import CLAIM
from participation.erasure.terms import TERMS
from participation.models import (
    Assignment,
    Attendance,
    Candidacy,
    Claim,
    Consent,
    ConsentKind,
    Erasure,
    Interest,
    MeetingPaper,
    Message,
    PaidElsewhere,
    PaymentChoice,
    PaymentProfile,
    PeriodTotal,
    Perspective,
    Profile,
    ProjectTask,
    Receipt,
    SignatureName,
    TeamMember,
    Viewing,
    WelcomeStep,
)
from portal.accounts.models import User
from portal.audit.revision import current_revision
from portal.core.dates import add_months, months_before
from tests.factories.participation import ProjectFactory, held_meeting, representative
from tests.factories.people import UserFactory
from tests.factories.recruiting import CandidacyFactory
from tests.factories.rights import full_person, looked_at

pytestmark = pytest.mark.django_db

MINUTE = datetime.timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _own_file(settings, tmp_path):
    settings.VAR_DIR = tmp_path


@pytest.fixture
def committing(django_capture_on_commit_callbacks):
    """Run what waits for a commit, as it would be outside a test."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def later(moment, months):
    """The first moment at which something with a term of `months` that began at `moment` is past it."""
    here = timezone.localtime(moment)
    return timezone.make_aware(datetime.datetime.combine(add_months(here.date(), months), here.time()))


def ended(project, now):
    type(project).objects.filter(pk=project.pk).update(state="CLOSED", ended_at=now, ending_reason="Klaar.")


# --- The terms, by hand ----------------------------------------------------------------------------------------------


def profile_of(now):
    Profile.objects.create(user=UserFactory(), about="Hoi", used_at=now)
    return Profile.objects


def needs_of(now):
    user = UserFactory()
    representative(ProjectFactory(), user=user, state="ENDED", ended_at=now)
    Profile.objects.create(user=user, access_needs="Een tolk", used_at=now)
    return Profile.objects.exclude(access_needs="")


def withdrawn(now):
    user = UserFactory()
    withdraw_consent(consent=give_consent(kind=ConsentKind.BACKGROUND, by=user, now=now), by=user, now=now)
    return Consent.objects


def consent_about_a_project(now):
    project = ProjectFactory()
    give_consent(kind=ConsentKind.NAME, by=UserFactory(), now=now, about=f"project:{project.uuid}")
    ended(project, now)
    return Consent.objects


def person_of(now):
    project = ProjectFactory()
    representative(project, buddy=UserFactory())
    ended(project, now)
    return Assignment.objects.exclude(user=None, buddy=None)


def attendance_of(now):
    person = full_person()
    ended(person.project, now)
    return Attendance.objects.exclude(will_come=None, minutes=None)


def team_of(now):
    project = ProjectFactory()
    TeamMember.objects.create(project=project, user=project.lead, function="arts", since=now)
    ended(project, now)
    return TeamMember.objects


def viewing_of(now):
    looked_at(UserFactory())
    return Viewing.objects


def of_ended_project(rows):
    """What `full_person` leaves of a project that ended."""

    def make(now):
        ended(full_person().project, now)
        return rows()

    return make


def candidacy_of(now):
    CandidacyFactory(state="DECLINED", decided_at=now - datetime.timedelta(weeks=4) + (later(now, 1) - now))
    return Candidacy.objects.filter(erased_at=None)


def needs_at_a_meeting(now):
    held_meeting(project := ProjectFactory(), representative(project), starts_at=now - MINUTE, ends_at=now)
    Attendance.objects.update(access_needs="Een tolk")
    return Attendance.objects.exclude(access_needs="")


def needs_of_a_role(now):
    representative(ProjectFactory(), state="ENDED", ended_at=now, access_needs="Een tolk", access_needs_at=now)
    return Assignment.objects.exclude(access_needs="")


def claim_of(now, **fields):
    """A claim of `full_person` that came to an end now."""
    full_person()
    sent = Claim.objects.exclude(submitted_at=None)
    sent.update(**({"state": "REJECTED", "ended_at": now, "counts_in": None, "reason": "Dubbel"} | fields))
    return sent


def account_number_of(now):
    """Thirty days after `now` is taken for a month later."""
    days = later(now, 1) - datetime.timedelta(days=30)
    return claim_of(days).exclude(holder="", iban_sealed="", question="")


def claim_past_seven_years(now):
    claim_of(now)
    return Receipt.objects


def draft_of(now):
    full_person()
    return Claim.objects.filter(state="DRAFT")


def choice_of(now):
    ended(full_person().project, now)
    return PaymentChoice.objects


def month_of_21(now):
    """The month in which `now` is: with its end, it is over."""
    PaymentProfile.objects.create(user=UserFactory(), is_21=False, turns_21_in=timezone.localdate().replace(day=1))
    return PaymentProfile.objects.exclude(turns_21_in=None)


CASES = {
    "candidacy": (candidacy_of, 1),
    "account number": (account_number_of, 1),
    "claim": (claim_past_seven_years, 84),
    "draft of a claim": (draft_of, 24),
    "payment choice": (choice_of, 24),
    "needs at a meeting": (needs_at_a_meeting, 3),
    "needs of a role": (needs_of_a_role, 3),
    "message": (of_ended_project(lambda: Message.objects.exclude(text="", writer=None)), 24),
    "task": (of_ended_project(lambda: ProjectTask.objects), 24),
    "paper": (of_ended_project(lambda: MeetingPaper.objects), 24),
    "interest": (of_ended_project(lambda: Interest.objects), 24),
    "welcome step": (of_ended_project(lambda: WelcomeStep.objects), 24),
    "signed name": (of_ended_project(lambda: SignatureName.objects), 24),
    "profile": (profile_of, 24),
    "needs": (needs_of, 3),
    "withdrawn consent": (withdrawn, 24),
    "consent about a project": (consent_about_a_project, 24),
    "person of an assignment": (person_of, 24),
    "attendance": (attendance_of, 24),
    "team": (team_of, 12),
    "viewing": (viewing_of, 12),
}


@pytest.mark.parametrize(("make", "months"), CASES.values(), ids=CASES)
def test_it_stays_until_the_last_minute_of_its_term_and_not_longer(now, make, months):
    rows, over = make(now), later(now, months)

    with time_machine.travel(over - MINUTE, tick=False):
        erase_due(timezone.now())
        assert rows.exists()
    with time_machine.travel(over, tick=False):
        erase_due(timezone.now())
        assert not rows.exists()


def test_every_term_has_a_case_here():
    # Consents end in two ways; viewings go together; three kinds end with a month or a year: they have tests below.
    assert len(CASES) + 3 == len(TERMS) + 2


def at(*day):
    return timezone.make_aware(datetime.datetime(*day))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("make", "last", "first"),
    [
        (month_of_21, (2026, 11, 30, 23, 59), (2026, 12, 1)),
        (lambda now: PaidElsewhere.objects.filter(pk=elsewhere(now).pk), (2027, 12, 31, 23, 59), (2028, 1, 1)),
        (lambda now: PeriodTotal.objects.filter(pk=total(now).pk), (2033, 12, 31, 23, 59), (2034, 1, 1)),
    ],
    ids=["month of turning 21", "what others pay", "empty total"],
)
def test_what_ends_with_a_month_or_a_year_stays_until_its_last_minute(now, make, last, first):
    rows = make(now)

    erase_due(at(*last))
    assert rows.exists()
    erase_due(at(*first))
    assert not rows.exists()


def elsewhere(now):
    return PaidElsewhere.objects.create(user=UserFactory(), month=datetime.date(2026, 11, 1), amount=5_000)


def total(now):
    return PeriodTotal.objects.create(user=UserFactory(), period="2026", amount=0)


def test_month_of_turning_21_stays_while_a_claim_of_days_before_waits(now):
    full_person()
    PaymentProfile.objects.update(turns_21_in=datetime.date(2026, 10, 1))

    erase_due(now)
    assert PaymentProfile.objects.get().turns_21_in is not None

    Claim.objects.filter(state="DRAFT").delete()
    erase_due(now)
    assert (PaymentProfile.objects.get().is_21, PaymentProfile.objects.get().turns_21_in) == (True, None)


def test_paid_claim_of_seven_years_ago_keeps_its_amount_and_nobody(now):
    month = now.date().replace(day=1)
    sent = claim_of(now, state="APPROVED", ended_at=None, reason="", counts_in=month, approved_at=now)
    CLAIM.erase(sent.get(), now)

    claim = sent.get()
    assert (claim.user, claim.holder, claim.amount, claim.receipts.count()) == (None, "", 1_150, 0)
    item = claim.items.get()
    assert (item.amount, item.text, item.quantity, item.day) == (1_150, "", 0, datetime.date(2026, 1, 1))
    assert set(PeriodTotal.objects.values_list("amount", flat=True)) == {0}


@pytest.mark.parametrize("step", [1, 7])
def test_nothing_personal_is_past_its_term_under_a_moving_clock(now, step):
    person = full_person()
    ended(person.project, now)
    Assignment.objects.filter(project=person.project).update(state="ENDED", ended_at=now)
    for month in range(step, 31, step):
        with time_machine.travel(later(now, month), tick=False):
            erase_due(timezone.now())
            assert set(due_by_kind(timezone.now()).values()) == {0}, month

    assert [model for model in (Profile, Perspective, Viewing) if model.objects.exists()] == []
    assert Assignment.objects.get(project=person.project).user is None
    assert person.advice.versions.get().text == "Leg de kans uit met een plaatje."
    assert Attendance.objects.get().was_there is True


# --- What is still in use --------------------------------------------------------------------------------------------


def test_signing_in_is_using_a_profile(now):
    rows = profile_of(now)
    User.objects.update(last_login=later(now, 20))

    erase_due(later(now, 43))
    assert rows.exists()

    erase_due(later(now, 44))
    assert not rows.exists()


def test_needs_stay_while_another_role_runs(now):
    rows = needs_of(now)
    representative(ProjectFactory(), user=rows.get().user)

    erase_due(later(now, 12))

    assert rows.exists()


def test_needs_stay_for_who_looks_for_a_first_role(now):
    Profile.objects.create(user=UserFactory(), access_needs="Een tolk", used_at=now)

    erase_due(later(now, 23))

    assert Profile.objects.get().access_needs == "Een tolk"


def test_running_project_keeps_its_people(now):
    person = full_person()

    erase_due(later(now, 60))

    assert Assignment.objects.get(project=person.project).user == person.user
    assert TeamMember.objects.exists()


def test_old_profile_takes_the_experiences_along_and_keeps_the_proof_of_consent(now):
    person = full_person()

    erase_due(later(now, 24))

    assert not Perspective.objects.exists()
    person.consent.refresh_from_db()
    assert person.consent.withdrawn_at is not None


# --- The warning -----------------------------------------------------------------------------------------------------


def test_warning_goes_once_at_22_months(now, committing):
    profile_of(now)
    sent = []
    for moment in (later(now, 22) - MINUTE, later(now, 22), later(now, 23)):
        with committing():
            erase_due(moment)
        sent.append(len(mail.outbox))

    assert sent == [0, 1, 1]
    assert "Over twee maanden halen wij het weg" in mail.outbox[0].body
    assert mail.outbox[0].to == [Profile.objects.get().user.email]


def test_warning_goes_again_after_another_22_months_without_use(now, committing):
    profile_of(now)
    with committing():
        erase_due(later(now, 22))
    User.objects.update(last_login=later(now, 23))

    with committing():
        erase_due(later(now, 44))
        erase_due(later(now, 45))

    assert len(mail.outbox) == 2


# --- The log and its file --------------------------------------------------------------------------------------------


def test_every_erasure_is_logged_without_a_person(now, committing):
    person = full_person()
    ended(person.project, now)
    with committing():
        erase_due(later(now, 30))

    logged = list(Erasure.objects.values_list("kind", flat=True))
    assert set(logged) >= {"profile", "assignment_person", "attendance", "viewing"}
    text = erasure_file.path().read_text(encoding="utf-8") + str(list(Erasure.objects.values()))
    assert [word for word in ("Geheime", "geheim@", "Longziekte", str(person.assignment.uuid)) if word in text] == []
    assert len(text.splitlines()) >= len(logged)


def test_key_says_nothing_without_the_secret(settings, now):
    assignment = representative(ProjectFactory())
    first = next(keys_of(PERSON, assignment))
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another", ["only-for-tests"]

    assert next(keys_of(PERSON, assignment)) != first
    assert first in list(keys_of(PERSON, assignment))


def test_public_pages_are_made_anew_when_somebody_is_erased(now):
    person_of(now)
    before = current_revision()

    erase_due(later(now, 24))

    assert current_revision() > before


def test_nothing_that_happens_raises_no_revision(now):
    full_person()
    before = current_revision()

    assert erase_due(now) == 0
    assert current_revision() == before


def test_file_gets_what_it_misses(now):
    profile_of(now)
    erase_due(later(now, 24))  # what waits for a commit never comes in a test
    assert not erasure_file.path().exists()

    assert (catch_up(now), catch_up(now)) == (1, 0)
    assert [line.kind for line in erasure_file.read()] == ["profile"]


# --- After a restore -------------------------------------------------------------------------------------------------


def saved(rows):
    """The values of `rows` as a backup has them."""
    return [(type(row), {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields}) for row in rows]


def restored(backup):
    """Put back what a backup has, also over what is there."""
    for model, values in backup:
        model(**values).save()


def lines():
    return list(erasure_file.read())


def test_person_who_erased_themselves_is_erased_again(now, committing):
    person = full_person()
    backup = saved([person.user, person.assignment, Attendance.objects.get(), person.consent, Perspective.objects.get(),
                    Profile.objects.get()])  # fmt: skip
    with committing():
        erase_myself(by=person.user, now=now)
    restored(backup)
    assert Perspective.objects.exists()

    done = replay(lines(), now + MINUTE)

    assert done["accounts"] == 1
    assert not User.objects.filter(email="geheim@thuis.example").exists()
    assert [model for model in (Profile, Perspective, Consent) if model.objects.exists()] == []
    assert Assignment.objects.get(pk=person.assignment.pk).user is None
    assert Attendance.objects.get().minutes is None


def test_withdrawn_consent_is_withdrawn_again(now, committing):
    person = full_person()
    backup = saved([person.consent, Perspective.objects.get()])
    with committing():
        withdraw_consent(consent=person.consent, by=person.user, now=now)
    restored(backup)
    assert (Consent.objects.get().withdrawn_at, Perspective.objects.count()) == (None, 1)

    replay(lines(), now)

    assert Consent.objects.get().withdrawn_at is not None
    assert not Perspective.objects.exists()


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
def test_thing_that_began_after_the_line_is_another_one_and_stays(now, kind):
    full_person()
    thing = kind.every().first()
    before = kind.since(thing) - MINUTE
    line = erasure_file.Line(kind=kind.code, key=next(keys_of(kind, thing)), at=before)

    assert replay([line], now, dry_run=True) == {}
    assert replay([erasure_file.Line(kind=line.kind, key=line.key, at=now)], now, dry_run=True) == {kind.label: 1}


def test_replay_twice_erases_once(now, committing):
    rows = profile_of(now)
    backup = saved(rows.all())
    with committing():
        erase_due(later(now, 24))
    restored(backup)

    assert replay(lines(), later(now, 25)) == {"profiles": 1}
    assert replay(lines(), later(now, 25)) == {}


def test_line_with_an_older_secret_is_found(settings, now, committing):
    rows = profile_of(now)
    backup = saved(rows.all())
    with committing():
        erase_due(later(now, 24))
    restored(backup)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another", ["only-for-tests"]

    assert replay(lines(), later(now, 25)) == {"profiles": 1}


def test_last_administrator_of_a_backup_is_erased_all_the_same(now):
    person = full_person()
    key = next(keys_of(KINDS[-1], person.project.lead))

    assert replay([erasure_file.Line(kind="account", key=key, at=now)], now) == {"accounts": 1}


# --- The commands ----------------------------------------------------------------------------------------------------


def told(*command):
    out = io.StringIO()
    call_command(*command, stdout=out)
    return out.getvalue()


def test_dry_run_counts_by_kind_and_writes_nothing(now):
    rows = profile_of(now)
    with time_machine.travel(later(now, 24), tick=False):
        text = told("retention", "--dry-run")

    assert "profiles: 1" in text
    assert "team members: 0" in text
    assert rows.exists()
    assert not Erasure.objects.exists()
    assert not erasure_file.path().exists()


def test_command_erases_and_leaves_a_whole_file(now):
    rows = profile_of(now)
    with time_machine.travel(later(now, 24), tick=False):
        told("retention")

    assert not rows.exists()
    assert len(lines()) == 1


def test_command_replays_a_file(now, tmp_path):
    rows = profile_of(now)
    source = tmp_path / "kopie.jsonl"
    line = {"kind": "profile", "key": next(keys_of(PROFILE, rows.get())), "number": 1, "at": now.isoformat()}
    source.write_text(json.dumps(line) + "\n", encoding="utf-8")

    assert "profiles: 1" in told("replay_erasures", str(source), "--dry-run")
    assert rows.exists()
    told("replay_erasures", str(source))
    assert not rows.exists()


@pytest.mark.parametrize("text", ["geen json\n", "{}\n", '{"kind": "profile", "key": "x", "at": "gisteren"}\n', "[]\n"])
def test_command_refuses_a_file_that_is_not_whole(now, tmp_path, text):
    rows = profile_of(now)
    source = tmp_path / "kopie.jsonl"
    source.write_text(text, encoding="utf-8")

    with pytest.raises(CommandError, match="line 1 is not a line"):
        told("replay_erasures", str(source))
    assert rows.exists()


def test_command_refuses_a_file_that_is_not_there(tmp_path):
    with pytest.raises(CommandError):
        told("replay_erasures", str(tmp_path / "nergens"))


@pytest.mark.parametrize(
    ("moment", "months", "wanted"),
    [("2026-03-31T10:00", 1, "2026-02-28T10:00"), ("2028-02-29T10:00", 24, "2026-02-28T10:00")],
)
def test_months_before_a_moment(moment, months, wanted):
    here = timezone.make_aware(datetime.datetime.fromisoformat(moment))

    assert months_before(here, months) == timezone.make_aware(datetime.datetime.fromisoformat(wanted))
