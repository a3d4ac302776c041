"""Advice: given, agreed to, released, answered in time or late, never edited; and who is mailed what."""

import datetime

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from participation.actions import advice as actions
from participation.actions import advice_jobs, responses
from participation.actions.gates import ask_gate, pass_gate
from participation.advice_dates import acknowledge_by, respond_by, respond_by_at_most
from participation.models import Advice, AdviceDraft, AdviceVersion
from participation.states import AdviceDraftState, AdviceState, Decision, Phase
from participation.taking_part import advice_counts
from portal.audit.models import AuditEvent
from portal.audit.revision import current_revision
from portal.core.workflow import StepNotAllowed
from tests.factories.advice import FIELDS, NO, TEXT, advice_in, answer, draft_in, given, make_advice_world, released
from tests.factories.participation import ProjectFactory, held_meeting, representative
from tests.participation.test_project_work import HARD

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


@pytest.fixture
def world(now):
    return make_advice_world()


def a_day(year, month, day):
    return datetime.date(year, month, day)


# --- Deadlines -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("released_on", "until"),
    [
        (a_day(2026, 11, 20), a_day(2026, 11, 27)),  # a Friday: five working days are a week
        (a_day(2026, 11, 22), a_day(2026, 11, 27)),  # a Sunday counts as the Monday after it
        (a_day(2026, 12, 22), a_day(2026, 12, 30)),  # over both days of Christmas, on a Friday and a Saturday
        (a_day(2027, 3, 25), a_day(2027, 4, 5)),  # over Good Friday and Easter Monday
        (a_day(2027, 4, 30), a_day(2027, 5, 11)),  # over 5 May and Ascension Day
    ],
)
def test_acknowledging_is_due_in_five_working_days(released_on, until):
    assert acknowledge_by(released_on) == until


@pytest.mark.parametrize(
    ("released_on", "until"),
    [
        (a_day(2026, 11, 23), a_day(2026, 12, 23)),
        (a_day(2026, 11, 25), a_day(2026, 12, 28)),  # Christmas, then a weekend
        (a_day(2026, 12, 2), a_day(2027, 1, 4)),  # New Year, then a weekend
        (a_day(2027, 2, 24), a_day(2027, 3, 30)),  # Good Friday until Easter Monday
        (a_day(2027, 3, 28), a_day(2027, 4, 28)),  # King’s Day
    ],
)
def test_answer_is_due_in_thirty_days_and_never_on_a_day_off(released_on, until):
    assert respond_by(released_on) == until


@pytest.mark.parametrize(
    ("moment", "until"),
    [
        (datetime.datetime(2026, 10, 24, 21, 59, tzinfo=datetime.UTC), a_day(2026, 11, 23)),
        (datetime.datetime(2026, 10, 24, 22, 30, tzinfo=datetime.UTC), a_day(2026, 11, 24)),  # Sunday in Amsterdam
        (
            datetime.datetime(2026, 10, 25, 22, 30, tzinfo=datetime.UTC),
            a_day(2026, 11, 24),
        ),  # still Sunday: winter time
        (datetime.datetime(2027, 3, 27, 23, 30, tzinfo=datetime.UTC), a_day(2027, 4, 28)),  # 28 March, and King’s Day
    ],
)
def test_days_are_those_of_amsterdam_also_when_the_clock_changes(world, moment, until):
    advice = released(given(world.project, world.one, moment), world.coordinator, moment)

    assert advice.respond_by == until


def test_more_time_is_taken_once_within_thirty_days_and_with_a_reason(world, now):
    advice = advice_in(world, AdviceState.SUBMITTED, now)
    first = advice.respond_by
    more = {"advice": advice, "by": world.lead, "now": now}
    for until, reason in (
        (first, "Druk."),
        (respond_by_at_most(first) + DAY, "Druk."),
        (first + DAY, " "),
        (None, "Ja"),
    ):
        with pytest.raises(ValidationError):
            responses.take_more_time(until=until, reason=reason, **more)

    responses.take_more_time(until=first + 5 * DAY, reason="De arts is ziek.", **more)

    assert (advice.state, advice.respond_by) == (AdviceState.ACKNOWLEDGED, first + 5 * DAY)
    with pytest.raises(StepNotAllowed):
        responses.take_more_time(until=first + 9 * DAY, reason="Nog eens.", **more)


def test_more_time_is_not_taken_when_the_answer_is_late(world, now):
    advice = advice_in(world, AdviceState.SUBMITTED, now)

    with pytest.raises(StepNotAllowed):
        responses.take_more_time(
            advice=advice, until=advice.respond_by + 5 * DAY, reason="Druk.", by=world.lead, now=now + 40 * DAY
        )


# --- Giving and agreeing ---------------------------------------------------------------------------------------------


def test_two_clicks_give_one_piece_of_advice(world, now):
    key = given(world.project, world.one, now).advice.uuid

    again = actions.give(project=world.project, fields=FIELDS, key=key, by=world.rep, now=now)

    assert (again.uuid, Advice.objects.count()) == (key, 1)


def test_advice_is_never_refused_for_its_language(world, now):
    assert given(world.project, world.one, now, fields={"text": HARD}).text == HARD


@pytest.mark.parametrize("fields", [{"text": " "}, {"topic": "WEER"}, {"weight": ""}, {"text": "x" * 4001}])
def test_advice_that_is_not_whole_is_refused(world, now, fields):
    with pytest.raises(ValidationError) as fault:
        given(world.project, world.one, now, fields=fields)

    assert set(fault.value.message_dict) == set(fields)


@pytest.mark.parametrize("state", ["PROPOSED", "PAUSED", "ENDED"])
def test_only_who_takes_part_now_gives_advice(world, now, state):
    type(world.one).objects.filter(pk=world.one.pk).update(state=state)

    with pytest.raises(PermissionDenied):
        given(world.project, world.one, now)


def test_project_that_ended_takes_no_new_advice(world, now):
    type(world.project).objects.filter(pk=world.project.pk).update(state="CLOSED", ended_at=now, ending_reason="Klaar.")
    world.project.refresh_from_db()

    with pytest.raises(StepNotAllowed):
        given(world.project, world.one, now)


def test_meeting_of_another_project_is_refused(world, now):
    with pytest.raises(ValidationError):
        given(world.project, world.one, now, meeting=held_meeting(ProjectFactory()))


def test_who_does_not_agree_does_not_stand_behind_it(world, now):
    third = representative(world.project)
    draft = given(world.project, world.one, now, together=[world.other.number, third.number])
    actions.join(draft=draft, revision=1, dissent="Ik wil een filmpje.", by=world.other_rep, now=now)

    advice = released(draft, world.coordinator, now)

    version = advice.versions.get()
    assert version.numbers == [1, 2]
    assert version.dissent == "Patiëntvertegenwoordiger 2: Ik wil een filmpje."
    assert set(advice.givers.all()) == {world.one, world.other}


def test_other_words_ask_for_agreement_again(world, now):
    draft = given(world.project, world.one, now, together=[2])
    actions.join(draft=draft, revision=1, by=world.other_rep, now=now)

    actions.rewrite(draft=draft, revision=1, fields={**FIELDS, "text": "Anders."}, by=world.rep, now=now)

    assert (list(draft.agreed.all()), list(draft.asked.all())) == ([world.one], [world.other])


def test_text_that_stays_as_it_is_after_a_question_keeps_who_agreed(world, now):
    draft = given(world.project, world.one, now, together=[2])
    actions.join(draft=draft, revision=1, by=world.other_rep, now=now)
    actions.ask_back(draft=draft, revision=1, question="Wie?", by=world.coordinator, now=now)

    actions.rewrite(draft=draft, revision=1, fields=FIELDS, by=world.other_rep, now=now)

    assert draft.agreed.count() == 2


@pytest.mark.parametrize("what", ["join", "release", "return", "rewrite"])
def test_nobody_acts_on_a_text_that_is_another_by_now(world, now, what):
    draft = given(world.project, world.one, now, together=[2])
    actions.rewrite(draft=draft, revision=1, fields={**FIELDS, "text": "Anders."}, by=world.rep, now=now)

    act = {
        "join": lambda: actions.join(draft=draft, revision=1, by=world.other_rep, now=now),
        "release": lambda: actions.release(
            draft=draft, revision=1, nobody_recognised=True, by=world.coordinator, now=now
        ),
        "return": lambda: actions.ask_back(draft=draft, revision=1, question="?", by=world.coordinator, now=now),
        "rewrite": lambda: actions.rewrite(draft=draft, revision=1, fields=FIELDS, by=world.rep, now=now),
    }[what]

    with pytest.raises(StepNotAllowed):
        act()


def test_typed_out_note_waits_until_who_gave_it_agrees(world, now):
    draft = draft_in(world, AdviceDraftState.TO_AGREE, now)

    actions.join(draft=draft, revision=1, by=world.rep, now=now)

    assert AdviceDraft.objects.get().state == AdviceDraftState.WAITING
    assert released(draft, world.coordinator, now).typed_out_by == world.coordinator


def test_note_that_nobody_stands_behind_disappears(world, now):
    draft = draft_in(world, AdviceDraftState.TO_AGREE, now)

    actions.stay_out(draft=draft, by=world.rep, now=now)

    assert (AdviceDraft.objects.count(), Advice.objects.get().state) == (0, AdviceState.WITHDRAWN)


def test_text_that_is_withdrawn_is_nowhere_any_more(world, now):
    draft = given(world.project, world.one, now, fields={"text": "Geheime tekst over Jan."})

    actions.withdraw(draft=draft, by=world.rep, now=now)

    assert not AdviceVersion.objects.exists()
    assert not AdviceDraft.objects.exists()
    assert "Geheime" not in str(list(AuditEvent.objects.values()))


def test_release_asks_whether_nobody_can_be_recognised(world, now):
    draft = given(world.project, world.one, now)

    with pytest.raises(ValidationError, match="niemand te herkennen"):
        actions.release(draft=draft, revision=1, nobody_recognised=False, by=world.coordinator, now=now)


def test_advice_counts_for_the_phase_in_which_it_becomes_public(world, now):
    draft = given(world.project, world.one, now, fields={"weight": "MUST"})
    held_meeting(world.project, world.one)
    gate = ask_gate(project=world.project, text="Klaar.", by=world.lead, now=now)
    pass_gate(gate=gate, text="Ja.", by=world.decider, now=now)

    assert released(draft, world.coordinator, now).phase == Phase.EXPLORE


# --- Never edited ----------------------------------------------------------------------------------------------------


def test_submitted_advice_is_never_edited(world, now):
    advice = advice_in(world, AdviceState.RESPONDED, now)
    actions.correct(advice=advice, text="Beter gezegd.", dissent="", by=world.rep, now=now)
    released(advice.draft, world.coordinator, now)
    responses.amend(
        advice=advice, after=1, fields=answer(now, decision=Decision.PARTLY, reason="Toch een deel."), by=world.lead,
        now=now,
    )  # fmt: skip

    assert list(advice.versions.order_by("number").values_list("number", "text")) == [(1, TEXT), (2, "Beter gezegd.")]
    found = advice.responses.order_by("number").values_list("number", "decision")
    assert list(found) == [(1, "ADOPTED"), (2, "PARTLY")]
    for rows, change in ((advice.versions, {"text": "x"}), (advice.responses, {"reason": "x"})):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**change)


def test_correction_is_not_public_before_it_is_released(world, now):
    advice = advice_in(world, AdviceState.SUBMITTED, now)

    actions.correct(advice=advice, text="Beter gezegd.", dissent="", by=world.rep, now=now)

    assert advice.versions.count() == 1
    with pytest.raises(StepNotAllowed):
        actions.correct(advice=advice, text="Nog beter.", dissent="", by=world.rep, now=now)


def test_correction_moves_no_deadline(world, now):
    advice = advice_in(world, AdviceState.SUBMITTED, now)
    before = (advice.acknowledge_by, advice.respond_by, advice.released_at)
    actions.correct(advice=advice, text="Beter.", dissent="", by=world.rep, now=now + 3 * DAY)

    after = released(advice.draft, world.coordinator, now + 4 * DAY)

    assert (after.acknowledge_by, after.respond_by, after.released_at) == before


# --- The answer ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"reason": " "}, {"reason"}),
        ({"decision": "MISSCHIEN"}, {"decision"}),
        ({"promise": ""}, {"promise"}),
        ({"promised_by": ""}, {"promised_by"}),
        ({"promised_for": None}, {"promised_for"}),
        ({"promised_for": a_day(2026, 11, 21)}, {"promised_for"}),
        ({"promised_for": a_day(2029, 1, 1)}, {"promised_for"}),
        ({"reason": HARD}, {"reason"}),
        ({"promise": HARD}, {"promise"}),
    ],
)
def test_answer_that_is_not_whole_or_not_plain_is_refused(world, now, fields, wrong):
    advice = advice_in(world, AdviceState.SUBMITTED, now)

    with pytest.raises(ValidationError) as fault:
        responses.respond(advice=advice, fields=answer(now, **fields), by=world.lead, now=now)

    assert set(fault.value.message_dict) == wrong
    assert Advice.objects.get().state == AdviceState.SUBMITTED


def test_what_is_not_adopted_can_be_judged_at_once(world, now):
    advice = advice_in(world, AdviceState.SUBMITTED, now)

    responses.respond(advice=advice, fields=NO, by=world.lead, now=now)
    responses.judge(advice=advice, judgement="DISPUTED", text="Dat kan goedkoper.", by=world.rep, now=now)

    assert advice.state == AdviceState.JUDGED
    assert advice_counts(world.project).kept == 0


def test_understanding_why_not_is_no_promise_kept(world, now):
    advice = advice_in(world, AdviceState.WILL_NOT_DO, now)
    responses.judge(advice=advice, judgement="CONFIRMED", text="", by=world.rep, now=now)
    dropped = advice_in(world, AdviceState.RESPONDED, now)
    responses.drop(advice=dropped, text="Het geld is op.", by=world.lead, now=now)
    responses.judge(advice=dropped, judgement="CONFIRMED", text="", by=world.rep, now=now)

    assert advice_counts(world.project).kept == 0


def test_promise_that_was_kept_counts(world, now):
    advice_in(world, AdviceState.JUDGED, now)

    assert advice_counts(world.project).kept == 1


def test_what_was_refused_can_be_promised_after_all(world, now):
    advice = advice_in(world, AdviceState.WILL_NOT_DO, now)

    responses.amend(advice=advice, after=1, fields=answer(now), by=world.lead, now=now)

    advice.refresh_from_db()
    assert (advice.state, advice.finished_at, advice.outcome) == (AdviceState.RESPONDED, None, "")


def test_promise_is_not_taken_back_by_correcting_the_answer(world, now):
    advice = advice_in(world, AdviceState.RESPONDED, now)

    with pytest.raises(ValidationError, match="U beloofde iets"):
        responses.amend(advice=advice, after=1, fields=NO, by=world.lead, now=now)


def test_second_click_corrects_an_answer_once(world, now):
    advice = advice_in(world, AdviceState.RESPONDED, now)
    responses.amend(advice=advice, after=1, fields=answer(now), by=world.lead, now=now)

    with pytest.raises(StepNotAllowed):
        responses.amend(advice=advice, after=1, fields=answer(now), by=world.lead, now=now)


@pytest.mark.parametrize("judgement", ["PARTLY", "DISPUTED"])
def test_verdict_that_is_not_all_good_says_why(world, now, judgement):
    advice = advice_in(world, AdviceState.DONE, now)

    with pytest.raises(ValidationError, match="wat er mist"):
        responses.judge(advice=advice, judgement=judgement, text=" ", by=world.rep, now=now)


# --- The clock -------------------------------------------------------------------------------------------------------


@pytest.fixture
def sent(django_capture_on_commit_callbacks):
    """Do something and give the mails of it as (to, subject)."""

    def act(what):
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            what()
        return [(message.to[0], message.subject) for message in mail.outbox]

    return act


def at(day):
    return datetime.datetime.combine(day, datetime.time(0, 1), tzinfo=datetime.UTC)


def test_caches_learn_on_the_day_that_advice_becomes_late(world, now):
    advice = advice_in(world, AdviceState.ACKNOWLEDGED, now)
    before = current_revision()
    assert advice_jobs.tell_late_advice(at(advice.respond_by)) == 0
    assert current_revision() == before

    assert advice_jobs.tell_late_advice(at(advice.respond_by + DAY)) == 1

    assert current_revision() > before
    assert advice_jobs.tell_late_advice(at(advice.respond_by + DAY)) == 0


def test_late_project_is_mailed_weekly_and_after_two_weeks_who_decides_too(world, now, sent):
    advice = advice_in(world, AdviceState.ACKNOWLEDGED, now)
    advice_in(world, AdviceState.ACKNOWLEDGED, now)
    people = []
    for days in range(1, 23):
        moment = at(advice.respond_by + days * DAY)
        people.append({to for to, _subject in sent(lambda moment=moment: advice_jobs.tell_late_advice(moment))})

    told = {day: who for day, who in enumerate(people, start=1) if who}
    both = {world.lead.email, world.decider.email}
    assert told == {1: {world.lead.email}, 8: {world.lead.email}, 15: both, 22: both}


def test_one_mail_tells_of_all_that_is_late(world, now, sent):
    advice = advice_in(world, AdviceState.ACKNOWLEDGED, now)
    advice_in(world, AdviceState.ACKNOWLEDGED, now)

    found = sent(lambda: advice_jobs.tell_late_advice(at(advice.respond_by + DAY)))

    assert len(found) == 1
    assert mail.outbox[0].body.count("Uitleg (ontvangen)") == 2


@pytest.mark.parametrize("state", [AdviceState.RESPONDED, AdviceState.IN_PROGRESS])
def test_promise_whose_day_is_past_is_late(world, now, sent, state):
    advice = advice_in(world, state, now)

    found = sent(lambda: advice_jobs.tell_late_advice(at(advice.promise_by + DAY)))

    assert found == [(world.lead.email, "Breukkijker is te laat met advies van patiënten")]


def test_lead_is_warned_once_a_week_before(world, now, sent):
    advice = advice_in(world, AdviceState.RESPONDED, now)
    assert sent(lambda: advice_jobs.tell_days_that_come_near(at(advice.promise_by - 8 * DAY))) == []

    found = sent(lambda: [advice_jobs.tell_days_that_come_near(at(advice.promise_by - 7 * DAY)) for _n in range(2)])

    assert found == [(world.lead.email, "Denk aan het advies voor Breukkijker")]


def test_text_that_waits_is_not_forgotten(world, now, sent):
    given(world.project, world.one, now)
    assert sent(lambda: advice_jobs.remind_of_drafts(now + 6 * DAY)) == []

    for days in (7, 14):
        found = sent(lambda days=days: advice_jobs.remind_of_drafts(now + days * DAY))
        assert [to for to, _subject in found] == [world.coordinator.email]


@pytest.mark.parametrize("state", [AdviceDraftState.TO_AGREE, AdviceDraftState.RETURNED])
def test_who_gives_advice_is_reminded_once(world, now, sent, state):
    draft_in(world, state, now)

    found = sent(lambda: [advice_jobs.remind_of_drafts(now + days * DAY) for days in (7, 14, 21)])

    assert [to for to, _subject in found] == [world.rep.email]


# --- Mails -----------------------------------------------------------------------------------------------------------


def test_each_step_is_mailed_to_whom_it_concerns_and_no_mail_names_a_representative(world, now, sent):
    world.rep.name, world.other_rep.name = "Ans Geheim", "Bea Geheim"
    world.rep.save()
    world.other_rep.save()
    rep, other, pc, pl = (one.email for one in (world.rep, world.other_rep, world.coordinator, world.lead))
    bodies, told = [], {}

    def step(name, what):
        told[name] = sorted(to for to, _subject in sent(what))
        bodies.extend(message.subject + message.body for message in mail.outbox)

    step("give", lambda: given(world.project, world.one, now, together=[2]))
    draft = AdviceDraft.objects.select_related("advice__project").get()
    step("return", lambda: actions.ask_back(draft=draft, revision=1, question="Wie?", by=world.coordinator, now=now))
    step("rewrite", lambda: actions.rewrite(draft=draft, revision=1, fields=FIELDS, by=world.rep, now=now))
    step("release", lambda: released(draft, world.coordinator, now))
    advice = Advice.objects.get()
    later = {"advice": advice, "by": world.lead, "now": now}
    step("more", lambda: responses.take_more_time(until=advice.respond_by + DAY, reason="De arts is ziek.", **later))
    step("respond", lambda: responses.respond(fields=answer(now), **later))
    step("finish", lambda: responses.finish(text="De folder ligt er.", **later))
    verdict_mail = mail.outbox[0].body
    step("judge", lambda: responses.judge(advice=advice, judgement="CONFIRMED", text="", by=world.rep, now=now))

    assert told == {
        "give": sorted([pc, other]), "return": [rep], "rewrite": [pc], "release": sorted([pl, rep]),
        "more": sorted([rep, pc]), "respond": sorted([rep, pc]), "finish": [rep], "judge": sorted([pl, pc]),
    }  # fmt: skip
    assert not any(word in body for body in bodies for word in ("Geheim", rep, other))
    assert f"/deelname/advies/{advice.uuid}/oordeel/?oordeel=CONFIRMED" in verdict_mail


def test_log_keeps_no_text_of_advice(world, now):
    advice_in(world, AdviceState.JUDGED, now)

    kept = str(list(AuditEvent.objects.values_list("data", flat=True)))

    assert not any(word in kept for word in ("scan", "idee", "folder", world.rep.email))


def test_answer_reaches_the_coordinator_when_who_gave_it_is_gone(world, now, sent):
    advice = advice_in(world, AdviceState.SUBMITTED, now)
    world.rep.delete()

    found = sent(lambda: responses.respond(advice=advice, fields=answer(now), by=world.lead, now=now))

    assert [to for to, _subject in found] == [world.coordinator.email]
