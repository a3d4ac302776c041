"""Work in progress for the examples: only where example people are, once, and never in the way of the files."""

import pytest
from django.core import mail

from portal.organisations.models import Organisation
from portal.organisations.roles import Role
from tests.conftest import NOW
from tests.factories.people import member
from tests.support.standing import standing
from transparency.actions import drafts
from transparency.example_work import NOTICES, STORIES, load_example_work
from transparency.loading import load_examples
from transparency.models import Draft, Entry, Notice, Version
from transparency.states import NoticeState

pytestmark = pytest.mark.django_db


def loaded():
    load_examples(now=NOW)
    Organisation.objects.filter(is_example=True).update(verified_at=NOW)
    return Organisation.objects.get(slug="voorbeeldziekenhuis-de-linde")


@pytest.fixture(scope="module")
def examples(django_db_setup, django_db_blocker):
    """The examples as they are loaded, before there are people."""
    with standing(django_db_blocker, loaded) as made:
        yield made


def test_without_people_there_is_no_work(examples):
    assert load_example_work(now=NOW) == 0
    assert not Draft.objects.exists()


def test_each_state_is_there_to_try_once(examples):
    member(examples, Role.EDITOR)
    member(examples, Role.PUBLISHER)

    assert load_example_work(now=NOW) == 5
    assert load_example_work(now=NOW) == 0

    states = Draft.objects.order_by("state").values_list("state", flat=True)
    assert list(states) == ["RETURNED", "SCHEDULED", "SUBMITTED", "WRITING"]
    assert Notice.objects.get(state=NoticeState.UNCONFIRMED).entry.organisation == examples


@pytest.mark.parametrize("slug", ["voorbeeldziekenhuis-de-linde", "voorbeeld-huisartsengroep-de-brug"])
def test_each_story_is_told_of_the_entry_that_it_fits(examples, slug):
    organisation = Organisation.objects.get(slug=slug)
    member(organisation, Role.EDITOR)
    member(organisation, Role.PUBLISHER)

    assert load_example_work(now=NOW) == 5

    of_it = [
        story.entry for story in STORIES if story.entry in set(organisation.entries.values_list("slug", flat=True))
    ]
    assert set(Draft.objects.values_list("entry__slug", flat=True)) == set(of_it)
    told = Notice.objects.get(state=NoticeState.UNCONFIRMED).entry
    assert told.slug in NOTICES
    assert told.current_version.content["status"] in {"IN_USE", "PILOT"}  # else nothing can go wrong with it today


def test_one_entry_must_be_checked_in_twenty_days(examples):
    due = Entry.objects.listed().exclude(record__due="").values_list("record__due", flat=True)

    assert "2026-12-12" in due


def test_nobody_is_mailed_about_it(examples, django_capture_on_commit_callbacks):
    member(examples, Role.EDITOR)
    member(examples, Role.PUBLISHER)

    with django_capture_on_commit_callbacks(execute=True):
        load_example_work(now=NOW)

    assert mail.outbox == []


def test_text_that_people_published_is_not_put_back_by_the_files(examples):
    writer, publisher = member(examples, Role.EDITOR), member(examples, Role.PUBLISHER)
    entry = Entry.objects.get(slug="voorbeeld-botbreuken")
    draft = drafts.start_correction(entry=entry, by=writer, now=NOW)
    drafts.save_answers(
        draft=draft, answers={"contact_phone": "030 000 00 00", "next_review_date": None}, seen=1, by=writer, now=NOW
    )
    drafts.submit(draft=draft, reason="U kunt nu bellen.", by=writer, now=NOW)
    drafts.approve(draft=draft, revision=draft.revision, by=publisher, now=NOW, language_reason="Dat stond er al.")
    number = Version.objects.filter(entry=entry).count()

    load_examples(now=NOW)

    assert Version.objects.filter(entry=entry).count() == number
