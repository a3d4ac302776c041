"""Messages: said once and not changed, taken back in ten minutes; one mail a day about all of them, easily stopped."""

import datetime
import re
from types import SimpleNamespace

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from participation.actions import messages as actions
from participation.actions.consents import give_consent
from participation.actions.digest import first_words, send_digests
from participation.actions.tasks import ask_task
from participation.answer_links import answer_token, stop_token
from participation.models import ConsentKind, DigestWish, Message
from participation.states import AssignmentState, Rhythm
from portal.audit.models import AuditEvent
from portal.core.workflow import StepNotAllowed
from portal.organisations.roles import Role
from tests.conftest import StrictClient
from tests.factories.meetings import planned_meeting
from tests.factories.participation import ProjectFactory, representative
from tests.factories.people import UserFactory, member
from tests.support.html import soup, words

pytestmark = pytest.mark.django_db

PEOPLE = ("lead", "other_lead", "coordinator", "colleague", "decider", "rep", "paused", "unsigned", "ended", "stranger")
WRITING = {"lead", "other_lead", "coordinator", "colleague", "rep", "paused"}
MINUTE = datetime.timedelta(minutes=1)
DAY = datetime.timedelta(days=1)


@pytest.fixture
def world(now):
    project = ProjectFactory(slug="breukkijker", name="Breukkijker")
    project.team.create(user=project.lead, function="projectleider", since=now)
    colleague = member(project.organisation, Role.EDITOR, name="Kim de Boer")
    project.team.create(user=colleague, function="arts", since=now)
    people = {
        "lead": project.lead,
        "other_lead": member(project.organisation, Role.PROJECT_LEAD),
        "coordinator": member(project.patient_side, Role.COORDINATOR),
        "colleague": colleague,
        "decider": member(project.organisation, Role.GATE_DECIDER),
        "rep": representative(project, user=UserFactory(name="Tineke Zonneveld")).user,
        "paused": representative(project, state=AssignmentState.PAUSED).user,
        "unsigned": representative(project, state=AssignmentState.PROPOSED, active_since=None).user,
        "ended": representative(project, state=AssignmentState.ENDED, ended_at=now).user,
        "stranger": UserFactory(),
    }
    return SimpleNamespace(project=project, people=people)


def wrote(world, now, by="lead", text="Hallo allemaal"):
    return actions.write_message(project=world.project, text=text, by=world.people[by], now=now)


def page(client, world, who="rep"):
    client.force_login(world.people[who])
    return soup(client.get(reverse("participation:messages", args=["breukkijker"])))


# --- Writing ---------------------------------------------------------------------------------------------------------


def test_everybody_who_works_on_the_project_may_write(world, now):
    found = set()
    for name in PEOPLE:
        try:
            wrote(world, now, by=name)
        except PermissionDenied:
            continue
        found.add(name)

    assert found == WRITING


def test_message_is_written_and_read_without_names_of_representatives(client, world):
    client.force_login(world.people["rep"])
    client.post(reverse("participation:messages", args=["breukkijker"]), {"text": "Ik heb een <b>vraag</b>."})

    seen = page(client, world, "colleague")

    assert words(seen.select_one("article h3")) == "patiëntvertegenwoordiger 1"
    assert "Ik heb een <b>vraag</b>." in seen.select_one("article").text
    assert not seen.select("article b")
    assert "Tineke" not in seen.text


def test_lead_of_the_organisation_who_is_not_on_the_team_is_called_so(client, world, now):
    wrote(world, now, by="other_lead")

    assert words(page(client, world).select_one("article h3")).endswith(", projectleider")


def test_representative_who_wants_to_be_named_is_named(client, world, now):
    wrote(world, now, by="rep")
    give_consent(kind=ConsentKind.NAME, by=world.people["rep"], about=f"project:{world.project.uuid}", now=now)

    assert words(page(client, world, "colleague").select_one("article h3")) == "Tineke Zonneveld"


@pytest.mark.parametrize(("text", "told"), [(" ", "Schrijf uw bericht."), ("x" * 4001, "Er passen 4000 tekens.")])
def test_message_that_cannot_be_is_told_and_stays(client, world, text, told):
    client.force_login(world.people["rep"])

    answer = client.post(reverse("participation:messages", args=["breukkijker"]), {"text": text})

    assert answer.status_code == 422
    assert told in words(soup(answer).select_one("#id_text_error"))
    assert soup(answer).select_one("#id_text").text.strip() == text.strip()


def test_double_click_writes_once(client, world):
    client.force_login(world.people["rep"])
    data = {"text": "Hallo", "key": "8b3c3a52-5f43-4b2a-9b0e-3d2b5a1c0d7e"}

    for _click in range(2):
        client.post(reverse("participation:messages", args=["breukkijker"]), data)

    assert Message.objects.count() == 1


def test_project_that_ended_takes_no_message(world, now):
    type(world.project).objects.update(state="STOPPED", ended_at=now, ending_reason="Op.")
    world.project.refresh_from_db()

    with pytest.raises(StepNotAllowed):
        wrote(world, now)


def test_log_holds_no_word_of_a_message(world, now):
    wrote(world, now, text="Geheim")

    event = AuditEvent.objects.get(kind="message.written")
    assert set(event.data) == {"message"}


# --- Taking back -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("minutes", "done"), [(0, True), (10, True), (11, False)])
def test_message_can_be_taken_back_for_ten_minutes(world, now, minutes, done):
    message = wrote(world, now, by="rep")
    try:
        actions.take_back(message=message, by=world.people["rep"], now=now + minutes * MINUTE)
    except StepNotAllowed:
        pass

    message.refresh_from_db()
    assert (message.text == "", message.taken_back_at is not None) == (done, done)


def test_nobody_takes_back_what_another_wrote(world, now):
    message = wrote(world, now, by="rep")

    for name in set(PEOPLE) - {"rep"}:
        with pytest.raises(PermissionDenied):
            actions.take_back(message=message, by=world.people[name], now=now)


def test_message_that_was_taken_back_says_so_and_cannot_be_twice(client, world, now):
    message = wrote(world, now, by="rep", text="Oeps")
    client.force_login(world.people["rep"])
    address = reverse("participation:message-take-back", args=["breukkijker", message.uuid])

    answers = [client.post(address).status_code for _click in range(2)]

    assert answers == [302, 409]
    assert "Dit bericht is teruggenomen." in words(page(client, world, "lead").select_one("article"))
    assert "Oeps" not in page(client, world, "lead").text


@pytest.mark.parametrize(
    "change",
    [{"text": "Iets anders"}, {"written_at": datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)},
     {"taken_back_at": datetime.datetime(2026, 11, 22, tzinfo=datetime.UTC)}, {"writer": "stranger"},
     {"text": "", "writer": "stranger"}],
)  # fmt: skip
def test_database_refuses_another_text_writer_or_moment(world, now, change):
    message = wrote(world, now)
    values = {key: world.people[value] if key == "writer" else value for key, value in change.items()}

    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.filter(pk=message.pk).update(**values)


def test_database_lets_text_and_writer_be_erased_and_nothing_come_back(world, now):
    message = wrote(world, now, by="rep")
    Message.objects.filter(pk=message.pk).update(writer=None)
    Message.objects.filter(pk=message.pk).update(text="")

    for back in ({"text": "Hallo"}, {"writer": world.people["rep"]}, {"taken_back_at": now}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Message.objects.filter(pk=message.pk).update(**back)


def test_account_that_is_erased_leaves_its_messages_without_a_name(client, world, now):
    wrote(world, now, by="coordinator", text="Tot morgen")
    world.people["coordinator"].delete()

    assert words(page(client, world).select_one("article h3")) == "iemand die niet meer meewerkt"


# --- The mail --------------------------------------------------------------------------------------------------------


def sent(now, capture):
    mail.outbox.clear()
    with capture(execute=True):
        number = send_digests(now)
    assert number == len(mail.outbox)
    return sorted(message.to[0] for message in mail.outbox)


def addresses(world, *names):
    return sorted(world.people[name].email for name in names)


def test_everybody_else_on_the_project_gets_one_mail(world, now, django_capture_on_commit_callbacks):
    for number in range(5):
        wrote(world, now, by="rep", text=f"Bericht {number} over de foto’s die ik zag")

    found = sent(now + 11 * MINUTE, django_capture_on_commit_callbacks)

    assert found == addresses(world, "lead", "coordinator", "colleague", "paused")
    body = mail.outbox[0].body
    assert "Er zijn 5 nieuwe berichten." in body
    assert "patiëntvertegenwoordiger 1: “Bericht 4 over de foto’s die ik zag”" in body
    assert "Bericht 1 " not in body  # the newest three
    assert "Tineke" not in body
    assert "/werk/projecten/breukkijker/berichten/" in body


def test_mail_names_no_representative_even_where_the_page_may(world, now, django_capture_on_commit_callbacks):
    rep = world.people["rep"]
    give_consent(kind=ConsentKind.NAME, by=rep, now=now, about=f"project:{world.project.uuid}")
    wrote(world, now, by="rep")

    sent(now + 11 * MINUTE, django_capture_on_commit_callbacks)

    assert {
        "patiëntvertegenwoordiger 1" in message.body and rep.name not in message.body for message in mail.outbox
    } == {True}


def test_one_mail_tells_of_all_projects(world, now, django_capture_on_commit_callbacks):
    other = ProjectFactory(name="Huidkijker")
    representative(other, user=world.people["rep"])
    wrote(world, now)
    actions.write_message(project=other, text="Dag", by=other.lead, now=now)

    sent(now + 11 * MINUTE, django_capture_on_commit_callbacks)

    mine = [message for message in mail.outbox if message.to == [world.people["rep"].email]]
    assert len(mine) == 1
    assert "Breukkijker" in mine[0].body
    assert "Huidkijker" in mine[0].body


def test_mail_comes_once_a_day_and_only_with_news(world, now, django_capture_on_commit_callbacks):
    def told(moment):
        return bool(sent(moment, django_capture_on_commit_callbacks))

    assert not told(now)
    wrote(world, now)
    assert told(now + 11 * MINUTE)
    wrote(world, now + 20 * MINUTE)
    assert not told(now + 60 * MINUTE)
    assert told(now + DAY)
    assert not told(now + DAY + MINUTE)
    assert not told(now + 2 * DAY)


def test_nobody_is_mailed_at_night_or_before_the_writer_could_regret(world, now, django_capture_on_commit_callbacks):
    wrote(world, now)
    night = datetime.datetime(2026, 11, 22, 19, 0, tzinfo=datetime.UTC)  # eight in the evening in Amsterdam

    assert sent(now + 9 * MINUTE, django_capture_on_commit_callbacks) == []
    assert sent(night, django_capture_on_commit_callbacks) == []
    assert sent(night + 11 * 60 * MINUTE, django_capture_on_commit_callbacks) == []
    assert sent(night + 12 * 60 * MINUTE, django_capture_on_commit_callbacks)


def test_message_that_was_taken_back_is_not_mailed(world, now, django_capture_on_commit_callbacks):
    message = wrote(world, now)
    actions.take_back(message=message, by=world.people["lead"], now=now)

    assert sent(now + 11 * MINUTE, django_capture_on_commit_callbacks) == []


def test_weekly_mail_comes_once_in_seven_days(world, now, django_capture_on_commit_callbacks):
    rep = world.people["rep"]
    actions.choose_rhythm(user_id=rep.pk, rhythm=Rhythm.WEEKLY, now=now)
    found = []
    for day in range(15):
        wrote(world, now + day * DAY)
        if rep.email in sent(now + day * DAY + 11 * MINUTE, django_capture_on_commit_callbacks):
            found.append((day, re.search(r"Er zijn (\d+)", mail.outbox[-1].body)))

    assert [day for day, _number in found] == [7, 14]


DAILY_WORDS, WEEKLY_WORDS = "hoogstens één keer per dag", "U koos voor hoogstens één mail per week."


@pytest.mark.parametrize(("rhythm", "words_there", "words_not"), [
    (None, DAILY_WORDS, WEEKLY_WORDS), (Rhythm.DAILY, DAILY_WORDS, WEEKLY_WORDS),
    (Rhythm.WEEKLY, WEEKLY_WORDS, DAILY_WORDS),
])  # fmt: skip
def test_mail_says_how_often_it_comes(world, now, rhythm, words_there, words_not, django_capture_on_commit_callbacks):
    rep = world.people["rep"]
    if rhythm:
        actions.choose_rhythm(user_id=rep.pk, rhythm=rhythm, now=now)
    wrote(world, now + 7 * DAY)

    sent(now + 7 * DAY + 11 * MINUTE, django_capture_on_commit_callbacks)

    body = next(message.body for message in mail.outbox if message.to == [rep.email])
    assert words_there in body
    assert words_not not in body


def test_who_turned_the_mail_off_gets_none_and_later_no_old_news(world, now, django_capture_on_commit_callbacks):
    rep = world.people["rep"]
    actions.choose_rhythm(user_id=rep.pk, rhythm=Rhythm.NEVER, now=now)
    wrote(world, now)
    silent = sent(now + 11 * MINUTE, django_capture_on_commit_callbacks)
    actions.choose_rhythm(user_id=rep.pk, rhythm=Rhythm.DAILY, now=now + DAY)
    wrote(world, now + DAY + MINUTE, text="Nieuw nieuws")

    sent(now + 2 * DAY, django_capture_on_commit_callbacks)

    mine = next(message for message in mail.outbox if message.to == [rep.email])
    assert rep.email not in silent
    assert "Er is 1 nieuw bericht." in mine.body


def test_task_that_somebody_got_stands_in_the_mail(world, now, django_capture_on_commit_callbacks):
    rep = world.people["rep"]
    ask_task(project=world.project, what="Lees de folder", doer=rep, due=datetime.date(2026, 12, 1),
             by=world.people["lead"], now=now)  # fmt: skip

    assert sent(now + 11 * MINUTE, django_capture_on_commit_callbacks) == [rep.email]
    assert "Lees de folder (voor 1 december 2026)" in mail.outbox[0].body


@pytest.mark.parametrize(
    ("text", "begin"),
    [("Hallo", "Hallo"), ("a\n\n b", "a b"), (" ".join("abcdefghijklm"), "a b c d e f g h i j k l …"),
     ("x" * 500, "x" * 120 + " …")],
)  # fmt: skip
def test_first_words_are_few(text, begin):
    assert first_words(text) == begin


# --- Stopping the mail -----------------------------------------------------------------------------------------------


def test_mail_says_how_to_stop_it_to_people_and_to_programs(world, now, django_capture_on_commit_callbacks):
    wrote(world, now)
    sent(now + 11 * MINUTE, django_capture_on_commit_callbacks)

    message = mail.outbox[0].message()
    link = message["List-Unsubscribe"].strip("<>")
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert link in mail.outbox[0].body
    assert "/deelname/mail-uit/" in link


def test_link_asks_first_and_stops_by_a_button(client, world):
    rep = world.people["rep"]
    address = reverse("participation:digest-stop", args=[stop_token(rep.pk)])

    page = client.get(address)
    assert not DigestWish.objects.exists()
    done = client.post(address)

    assert soup(page).select("main form[method=post] button")
    assert "U krijgt deze mail niet meer" in words(soup(done).select_one("h1"))
    assert DigestWish.objects.get(user=rep).rhythm == Rhythm.NEVER


def test_mail_program_stops_the_mail_without_a_page_of_ours(world):
    client = StrictClient(enforce_csrf_checks=True)

    answer = client.post(
        reverse("participation:digest-stop", args=[stop_token(world.people["rep"].pk)]),
        {"List-Unsubscribe": "One-Click"},
    )

    assert (answer.status_code, DigestWish.objects.get().rhythm) == (200, Rhythm.NEVER)


def test_link_that_was_made_up_stops_nothing(client, world):
    asked = planned_meeting(world.project, world.project.assignments.first()).attendances.get()

    for token in ("verzonnen", answer_token(asked), stop_token(999_999)):
        assert client.post(reverse("participation:digest-stop", args=[token])).status_code == 410
    assert not DigestWish.objects.exists()


def test_rhythm_is_chosen_on_the_page(client, world):
    client.force_login(world.people["rep"])
    address = reverse("participation:digest-rhythm", args=["breukkijker"])

    wrong = client.post(address, {"rhythm": "HOURLY"})
    right = client.post(address, {"rhythm": "WEEKLY"})

    assert (wrong.status_code, right.status_code) == (422, 302)
    assert page(client, world).select_one("input[name=rhythm][checked]")["value"] == "WEEKLY"


def test_rhythm_that_does_not_exist_is_refused(world, now):
    with pytest.raises(ValidationError):
        actions.choose_rhythm(user_id=world.people["rep"].pk, rhythm="HOURLY", now=now)
