"""From a text that is written to one that everybody reads: submit, return, approve, plan, take back, throw away."""

import datetime

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.urls import reverse

from portal.accounts.models import PortalRole, User
from portal.audit.models import AuditEvent
from portal.core.workflow import StepNotAllowed
from tests.conftest import NOW
from tests.factories.life import make_hospital, new_draft, public_entry, scheduled, submitted
from tests.factories.people import on_duty
from tests.factories.transparency import COMPLETE, published_system
from tests.support.html import soup, words
from tests.transparency.test_rechecks import ORANGE
from transparency.actions import drafts
from transparency.deciding import checked, decision, differences
from transparency.models import Draft, DraftComment, Entry, Version
from transparency.states import DraftState

pytestmark = pytest.mark.django_db
# Long sentences of rare words: too hard for anybody.
HARD = (
    "Teneinde de diagnostische accuratesse te optimaliseren implementeert de instelling algoritmische "
    "besluitvormingsondersteuning met betrekking tot radiologische beeldvorming conform vigerende richtlijnen. "
) * 5
LONG = "De computer kijkt " + "naar de foto en dan naar de arts en " * 5 + "dan naar u."
LATER = NOW + datetime.timedelta(days=10)


@pytest.fixture
def hospital():
    return make_hospital()


def approve(hospital, draft, **more):
    return drafts.approve(draft=draft, revision=draft.revision, by=hospital.publisher, now=NOW, **more)


# --- Submit -------------------------------------------------------------------------------------------------------


def test_submitted_text_gets_the_latest_day_for_its_next_check(hospital):
    draft = submitted(hospital)

    assert draft.content["next_review_date"] == "2027-11-22"
    assert (draft.state, draft.revision, draft.submitted_by) == (DraftState.SUBMITTED, 2, hospital.writer)


def test_day_that_the_writer_chose_stays(hospital):
    assert submitted(hospital, next_review_date="2027-02-01").content["next_review_date"] == "2027-02-01"


@pytest.mark.parametrize("day", ["2026-11-22", "2025-01-01", "2027-11-23", "2031-01-01"])
def test_day_in_the_past_or_after_a_year_is_refused(hospital, day):
    with pytest.raises(ValidationError, match="niet later dan 22 november 2027"):
        submitted(hospital, next_review_date=day)


def test_we_do_not_know_when_it_is_checked_is_no_answer(hospital):
    draft = submitted(hospital, unknown=["next_review_date"])

    assert (draft.content["next_review_date"], draft.content["unknown"]) == ("2027-11-22", [])


@pytest.mark.parametrize("reason", ["", "   ", "\u200b"])
def test_submitting_needs_a_reason(hospital, reason):
    with pytest.raises(ValidationError, match="wat er nieuw is"):
        drafts.submit(draft=new_draft(hospital), reason=reason, by=hospital.writer, now=NOW)


def test_reason_that_readers_cannot_follow_is_refused(hospital):
    with pytest.raises(ValidationError, match="Uw uitleg"):
        drafts.submit(draft=new_draft(hospital), reason=HARD, by=hospital.writer, now=NOW)


def test_incomplete_text_is_not_submitted(hospital):
    draft = new_draft(hospital, risks=None)

    with pytest.raises(ValidationError, match="Wat kan er misgaan"):
        drafts.submit(draft=draft, reason="Dit is nieuw.", by=hospital.writer, now=NOW)

    draft.refresh_from_db()
    assert draft.state == DraftState.WRITING


def test_responsible_editor_is_on_record_and_never_public(hospital):
    draft = new_draft(hospital)
    drafts.submit(draft=draft, reason="Dit is nieuw.", by=hospital.writer, now=NOW, responsible_editor=hospital.other)

    version = approve(hospital, draft)

    assert draft.responsible_editor == hospital.other
    assert AuditEvent.objects.get(kind="draft.submitted").data["responsible"] == hospital.other.pk
    assert version.responsible == hospital.organisation.name
    assert hospital.other.name not in str(version.content) + version.reason


def test_nobody_from_elsewhere_answers_for_a_text(hospital):
    stranger = make_hospital().writer

    with pytest.raises(ValidationError, match="Kies een collega"):
        drafts.submit(
            draft=new_draft(hospital), reason="Dit is nieuw.", by=hospital.writer, now=NOW, responsible_editor=stranger
        )


def test_text_that_changed_after_it_was_looked_through_is_not_submitted(hospital):
    draft = new_draft(hospital)
    drafts.save_answers(draft=draft, answers={"name": "Breukzoeker"}, seen=1, by=hospital.publisher, now=NOW)

    with pytest.raises(StepNotAllowed):
        drafts.submit(draft=draft, reason="Dit is nieuw.", by=hospital.writer, now=NOW, revision=1)


# --- Approve --------------------------------------------------------------------------------------------------------


def test_approved_text_is_a_version_with_its_reason(hospital):
    draft = submitted(hospital)

    version = approve(hospital, draft)

    assert (version.number, version.reason, version.content) == (1, "Dit is nieuw.", draft.content)
    assert draft.state == DraftState.PUBLISHED


def test_next_version_is_made_from_the_one_before_and_its_difference_is_told(hospital):
    approve(hospital, submitted(hospital))
    entry = Entry.objects.get(slug="nieuw")
    draft = drafts.start_correction(entry=entry, by=hospital.writer, now=NOW)
    drafts.save_answers(
        draft=draft, answers={"purpose": "Zo missen we minder breuken. Dat scheelt pijn."}, seen=1, by=hospital.writer,
        now=NOW,
    )  # fmt: skip

    (change,) = differences(draft)

    assert str(change.label) == "Waarvoor is het?"
    assert "<ins>Dat scheelt pijn.</ins>" in change.after
    assert "ins" not in change.before


def test_only_the_text_that_was_read_is_approved(hospital):
    draft = submitted(hospital)
    seen = draft.revision
    drafts.take_back(draft=draft, by=hospital.writer, now=NOW)
    drafts.save_answers(draft=draft, answers={"name": "Iets anders"}, seen=seen, by=hospital.writer, now=NOW)
    drafts.submit(draft=draft, reason="Een andere naam.", by=hospital.writer, now=NOW)

    with pytest.raises(StepNotAllowed) as refused:
        drafts.approve(draft=draft, revision=seen, by=hospital.publisher, now=NOW)

    assert "veranderde de tekst" in str(refused.value.told)
    assert not Version.objects.exists()


def test_approver_explains_a_hard_text_in_two_languages(hospital, client):
    draft = submitted(hospital, purpose=ORANGE)
    client.force_login(hospital.publisher)
    assert soup(client.get(reverse("transparency:draft-decide", args=[draft.uuid]))).select_one(
        "#id_language_reason_en"
    )
    given = {"language_reason": "De woorden van de wet.", "language_reason_en": "These are the words of the law."}

    client.post(reverse("transparency:draft-approve", args=[draft.uuid]),
                {"revision": draft.revision, "when": "nu", **given})  # fmt: skip

    entry = Entry.objects.get(slug="nieuw")
    for prefix, there, gone in (("", *given.values()), ("/en", *reversed(given.values()))):
        page = words(soup(client.get(prefix + entry.get_absolute_url())))
        assert there in page
        assert gone not in page


def test_english_reason_waits_with_a_text_that_comes_later(hospital):
    draft = submitted(hospital, purpose=ORANGE)
    approve(hospital, draft, language_reason="De wet.", language_reason_en=" The law. ", publish_at=LATER)

    version = drafts.publish_scheduled(draft=Draft.objects.get(pk=draft.pk), now=LATER)

    assert (version.readability.reason, version.readability.reason_en) == ("De wet.", "The law.")


def test_english_of_what_is_new_stays_with_a_text_of_a_product(hospital, now):
    draft = drafts.start_system(system=published_system(), by=on_duty(PortalRole.EDITORIAL), now=now)
    drafts.submit(draft=draft, reason="Een andere naam.", reason_en="Another name.", by=draft.started_by, now=now)
    drafts.approve(draft=draft, revision=draft.revision, by=on_duty(PortalRole.EDITORIAL), now=now)

    version = draft.system.versions.order_by("-number").first()
    assert (version.reason, version.reason_en) == ("Een andere naam.", "Another name.")


def test_red_text_is_never_published(hospital):
    draft = submitted(hospital, risks=HARD)

    with pytest.raises(ValidationError, match="te moeilijk"):
        approve(hospital, draft, language_reason="Het moet maar.")

    assert checked(draft).is_closed
    assert not checked(draft).is_ready


def test_hard_answer_in_a_row_is_told_by_its_question(hospital):
    draft = submitted(hospital, works_less_well_for=[{"group": "Kinderen", "text": LONG}])

    assert "Bij wie werkt het minder goed?" in {one.question for one in checked(draft).hard}


def test_approver_sees_how_each_answer_reads(hospital):
    found = decision(submitted(hospital))["checked"]

    assert found.is_ready
    assert {"Waarvoor is het?", "Wat kan er misgaan?"} <= {str(one.question) for one in found.answers}


def test_approver_reads_a_first_text_that_began_with_a_product(hospital, client):
    draft = drafts.start_entry(
        organisation=hospital.organisation, slug="met-product", content=COMPLETE, system=published_system(),
        by=hospital.writer, now=NOW,
    )  # fmt: skip
    drafts.submit(draft=draft, reason="Dit is nieuw.", by=hospital.writer, now=NOW)
    client.force_login(hospital.publisher)

    page = client.get(reverse("transparency:draft-decide", args=[draft.uuid]))

    assert (page.status_code, COMPLETE["risks"] in page.text) == (200, True)


def test_draft_of_an_older_version_undoes_nothing(hospital):
    entry = public_entry(hospital)
    draft = drafts.start_correction(entry=entry, by=hospital.writer, now=NOW)
    drafts.submit(draft=draft, reason="Dit is nieuw.", by=hospital.writer, now=NOW)
    Draft.objects.filter(pk=draft.pk).update(base_number=0)
    draft.refresh_from_db()

    with pytest.raises(StepNotAllowed) as refused:
        approve(hospital, draft)

    assert "nieuwere versie" in str(refused.value.told)


# --- Plan ----------------------------------------------------------------------------------------------------------


def test_planned_text_is_not_public_yet_and_can_be_taken_back(hospital):
    draft = scheduled(hospital, LATER)

    assert (draft.state, draft.publish_at) == (DraftState.SCHEDULED, LATER)
    assert not Version.objects.exists()
    drafts.take_back(draft=draft, by=hospital.writer, now=NOW)
    assert (draft.state, draft.publish_at) == (DraftState.WRITING, None)


def test_moment_after_the_day_of_the_next_check_is_refused(hospital):
    draft = submitted(hospital, next_review_date="2026-11-30")

    with pytest.raises(ValidationError, match="Volgende controle"):
        approve(hospital, draft, publish_at=LATER)


# --- Return, throw away, bring back -----------------------------------------------------------------------------------


def test_returned_text_says_why_and_is_submitted_again(hospital):
    draft = submitted(hospital)

    drafts.return_draft(draft=draft, remarks="Schrijf korter.", by=hospital.publisher, now=NOW)

    assert (draft.state, draft.decided_by) == (DraftState.RETURNED, hospital.publisher)
    assert DraftComment.objects.get(is_return=True).text == "Schrijf korter."
    drafts.submit(draft=draft, reason="Nu korter.", by=hospital.writer, now=NOW)
    assert draft.state == DraftState.SUBMITTED


def test_text_that_was_thrown_away_comes_back_whole(hospital):
    draft = new_draft(hospital)
    content = draft.content
    drafts.discard(draft=draft, by=hospital.writer, now=NOW)

    drafts.restore(draft=draft, by=hospital.writer, now=NOW)

    assert (draft.state, draft.content) == (DraftState.WRITING, content)


def test_text_does_not_come_back_beside_another(hospital):
    entry = public_entry(hospital)
    old = drafts.start_correction(entry=entry, by=hospital.writer, now=NOW)
    drafts.discard(draft=old, by=hospital.writer, now=NOW)
    drafts.start_correction(entry=entry, by=hospital.writer, now=NOW)

    with pytest.raises(StepNotAllowed) as refused:
        drafts.restore(draft=old, by=hospital.writer, now=NOW)

    assert "andere nieuwe tekst" in str(refused.value.told)


# --- Mails ------------------------------------------------------------------------------------------------------------


def sent_by(act, capture):
    mail.outbox.clear()
    with capture(execute=True):
        act()
    return [(message.to[0], message.subject) for message in mail.outbox]


def test_publishers_hear_of_a_text_that_waits(hospital, django_capture_on_commit_callbacks):
    sent = sent_by(lambda: submitted(hospital), django_capture_on_commit_callbacks)

    assert sorted(sent) == sorted(
        [(person.email, "Wilt u dit lezen: Breukkijker") for person in (hospital.publisher, hospital.other)]
    )
    assert "Dit is nieuw." in mail.outbox[0].body
    assert "/werk/teksten/" in mail.outbox[0].body


def test_our_editors_hear_of_it_where_nobody_else_may_approve(django_capture_on_commit_callbacks):
    hospital = make_hospital()
    User.objects.filter(pk__in=[hospital.publisher.pk, hospital.other.pk]).update(is_active=False)

    sent = sent_by(lambda: submitted(hospital), django_capture_on_commit_callbacks)

    assert [to for to, _subject in sent] == [hospital.editor.email]


def test_writer_hears_that_it_came_back_and_that_it_is_public(hospital, django_capture_on_commit_callbacks):
    draft = submitted(hospital)

    def give_back():
        drafts.return_draft(draft=draft, remarks="Schrijf korter & beter.", by=hospital.publisher, now=NOW)

    assert sent_by(give_back, django_capture_on_commit_callbacks) == [
        (hospital.writer.email, "Uw tekst komt terug: Breukkijker")
    ]
    assert "Schrijf korter & beter." in mail.outbox[0].body
    drafts.submit(draft=draft, reason="Nu korter.", by=hospital.writer, now=NOW)
    assert sent_by(lambda: approve(hospital, draft), django_capture_on_commit_callbacks) == [
        (hospital.writer.email, "Uw tekst is openbaar: Breukkijker")
    ]
