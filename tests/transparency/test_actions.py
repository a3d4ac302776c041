"""Publishing: what may be published, what it leaves behind, and that it can never be changed."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils.translation import override

from portal.accounts.models import User
from portal.audit.models import AuditEvent
from portal.audit.revision import current_revision
from portal.core.workflow import StepNotAllowed
from tests.factories.transparency import COMPLETE, EntryFactory, SystemFactory, published_entry, published_system
from transparency.actions.publishing import end_entry, publish_entry, publish_system
from transparency.models import AISystem, Entry, PublicRecord, SystemVersion, Version
from transparency.states import Origin, State

pytestmark = pytest.mark.django_db


def publish(entry, content, now, **more):
    return publish_entry(
        entry=entry, content=content, reason="Nieuwe tekst.", responsible="Het ziekenhuis", by=None, now=now, **more
    )


def without(*keys):
    return {key: value for key, value in COMPLETE.items() if key not in keys}


# --- The first and the next version -------------------------------------------------------------------------------


def test_first_publication_makes_a_draft_public(now):
    entry = EntryFactory()

    version = publish(entry, COMPLETE, now)

    entry.refresh_from_db()
    assert (entry.state, entry.current_version, entry.first_published_at) == (State.PUBLISHED, version, now)
    assert (version.number, version.content, version.published_at) == (1, COMPLETE, now)


def test_next_publication_adds_a_version_and_keeps_the_first_date(now):
    entry = published_entry()
    later = now.replace(year=2027)

    version = publish(entry, {**COMPLETE, "name": "Breukzoeker"}, later)

    entry.refresh_from_db()
    assert (entry.current_version, entry.first_published_at) == (version, now)
    assert list(entry.versions.order_by("number").values_list("number", flat=True)) == [1, 2]
    assert entry.versions.get(number=1).content["name"] == "Breukkijker"


def test_version_says_why_and_who_answers_for_it(now):
    version = publish(EntryFactory(), COMPLETE, now, reason_en="New text.")

    assert (version.reason, version.reason_en, version.responsible) == ("Nieuwe tekst.", "New text.", "Het ziekenhuis")


def test_publication_makes_the_entry_findable(now):
    entry = EntryFactory()

    publish(entry, COMPLETE, now)

    assert PublicRecord.objects.get().entry == entry


# --- What may be published ----------------------------------------------------------------------------------------


def test_text_of_a_provider_needs_every_needed_answer(now):
    with pytest.raises(ValidationError) as error:
        publish(EntryFactory(origin=Origin.PROVIDER), without("risks", "can_refuse"), now)

    assert error.value.messages == [
        "Wat kan er misgaan?: dit antwoord ontbreekt nog.",
        "Kunt u nee zeggen?: dit antwoord ontbreekt nog.",
    ]


def test_what_is_missing_is_said_in_english_on_an_english_page(now):
    with override("en"), pytest.raises(ValidationError) as error:
        publish(EntryFactory(origin=Origin.PROVIDER), without("risks"), now)

    assert error.value.messages == ["What can go wrong?: this answer is still missing."]


def test_we_do_not_know_yet_completes_the_text_of_a_provider(now):
    content = {**without("risks"), "unknown": ["risks"]}

    assert publish(EntryFactory(origin=Origin.PROVIDER), content, now).number == 1


@pytest.mark.parametrize("origin", [Origin.EDITORIAL, Origin.IMPORTED])
def test_text_from_a_source_may_be_silent(origin, now):
    assert publish(EntryFactory(origin=origin), {"name": "Breukkijker"}, now).number == 1


@pytest.mark.parametrize("origin", list(Origin))
def test_every_text_needs_a_name(origin, now):
    with pytest.raises(ValidationError, match="Naam: dit antwoord ontbreekt nog"):
        publish(EntryFactory(origin=origin), without("name"), now)


@pytest.mark.parametrize("origin", list(Origin))
def test_answer_of_the_wrong_shape_is_refused_from_everybody(origin, now):
    with pytest.raises(ValidationError, match="Soort gebruik: Kies een van de antwoorden"):
        publish(EntryFactory(origin=origin), {**COMPLETE, "use_kind": "GEHEIM"}, now)


def test_refused_text_leaves_nothing_behind(now):
    entry = EntryFactory()
    revision = current_revision()

    with pytest.raises(ValidationError):
        publish(entry, {}, now)

    assert (Version.objects.count(), AuditEvent.objects.count(), current_revision()) == (0, 0, revision)
    assert Entry.objects.get().state == State.DRAFT


def test_name_that_was_translated_only_is_no_name(now):
    content = {**without("name"), "translations": {"en": {"name": "Fracture finder"}}}

    with pytest.raises(ValidationError, match="Naam"):
        publish(EntryFactory(), content, now)


# --- All of it or nothing -----------------------------------------------------------------------------------------


def test_publication_is_logged_with_who_and_what(now):
    redactie = User.objects.create_user("redactie@portaal.example")
    entry = EntryFactory()

    publish_entry(entry=entry, content=COMPLETE, reason="Nieuw.", responsible="Redactie", by=redactie, now=now)

    event = AuditEvent.objects.get()
    assert (event.kind, event.actor_id, event.target) == ("entry.published", redactie.pk, f"entry:{entry.uuid}")
    assert (event.data, event.happened_at) == ({"version": 1}, now)


def test_publication_raises_the_revision_once(now):
    entry = EntryFactory()
    revision = current_revision()

    publish(entry, COMPLETE, now)

    assert current_revision() == revision + 1


def test_publication_that_is_rolled_back_leaves_no_trace(now):
    entry = EntryFactory()
    revision = current_revision()

    with transaction.atomic():
        publish(entry, COMPLETE, now)
        transaction.set_rollback(True)

    assert (Version.objects.count(), AuditEvent.objects.count(), PublicRecord.objects.count()) == (0, 0, 0)
    assert current_revision() == revision


def test_publication_after_the_end_is_refused_and_leaves_no_trace(now):
    entry = published_entry()
    end_entry(entry=entry, reason="Gestopt.", by=None, now=now)
    revision, events = current_revision(), AuditEvent.objects.count()

    with pytest.raises(StepNotAllowed):
        publish(entry, COMPLETE, now)

    assert (entry.versions.count(), AuditEvent.objects.count(), current_revision()) == (1, events, revision)


@pytest.mark.parametrize("already", [0, 1])
def test_second_of_two_people_who_publish_at_once_is_told_so(already, now):
    entry = published_entry() if already else EntryFactory()
    seen_before = Entry.objects.select_related("current_version").get(pk=entry.pk)
    publish(entry, COMPLETE, now)

    with pytest.raises(StepNotAllowed):
        publish(seen_before, {**COMPLETE, "name": "Breukzoeker"}, now)

    entry.refresh_from_db()
    assert entry.current_version.content["name"] == "Breukkijker"


# --- A published text never changes -------------------------------------------------------------------------------


@pytest.fixture(params=["entry", "system"])
def version(request) -> Model:
    """A published text."""
    owner = published_entry() if request.param == "entry" else published_system()
    assert owner.current_version is not None
    return owner.current_version


def test_published_text_cannot_be_saved_again(version):
    version.content = {"name": "Iets anders"}

    with pytest.raises(TypeError, match="never changes"):
        version.save()


def test_database_refuses_to_change_a_published_text(version):
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        type(version).objects.filter(pk=version.pk).update(reason="Stiekem anders.")


def test_database_refuses_to_delete_a_published_text(version):
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        type(version).objects.filter(pk=version.pk)._raw_delete("default")


def test_log_cannot_be_changed(now):
    published_entry()

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        AuditEvent.objects.update(kind="entry.withdrawn")


# --- Systems ------------------------------------------------------------------------------------------------------


def test_system_gets_version_after_version(now):
    system = SystemFactory()

    for number in (1, 2):
        publish_system(system=system, content={"name": f"Kijker {number}"}, reason="Nieuw.", responsible="Redactie",
                       by=None, now=now)  # fmt: skip

    assert AISystem.objects.get().current_version.content == {"name": "Kijker 2"}
    assert sorted(SystemVersion.objects.values_list("number", flat=True)) == [1, 2]


@pytest.mark.parametrize("content", [{}, {"name": "Kijker", "complain_how": "Bel."}, {"name": 5}])
def test_system_without_a_name_or_with_a_wrong_answer_is_refused(content, now):
    with pytest.raises(ValidationError):
        publish_system(
            system=SystemFactory(), content=content, reason="Nieuw.", responsible="Redactie", by=None, now=now
        )

    assert SystemVersion.objects.count() == 0


def test_system_is_logged(now):
    system = published_system()

    event = AuditEvent.objects.get()
    assert (event.kind, event.target, event.data) == ("system.published", f"system:{system.uuid}", {"version": 1})
