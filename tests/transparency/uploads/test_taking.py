"""Taking a file over: drafts of the organisation, all or nothing; taking it back where nobody wrote since."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from portal.audit.models import AuditEvent
from portal.core.workflow import StepNotAllowed
from portal.organisations.models import Membership
from portal.organisations.roles import Role
from tests.factories.people import member
from tests.factories.transparency import COMPLETE, published_entry
from tests.transparency.uploads.helpers import (
    accepted,
    again,
    as_csv,
    as_json,
    lines,
    outcomes,
    place,
    read,
    row,
    sent,
    taken,
    undone,
)
from transparency.actions.drafts import approve, comment, save_answers, start_correction, start_entry, submit
from transparency.actions.uploads import accept_upload, begin_upload, discard_upload, undo_upload
from transparency.models import Draft, Entry, Upload, Version
from transparency.states import Origin
from transparency.uploads.work import work_on_uploads

pytestmark = pytest.mark.django_db


def test_new_row_becomes_a_draft_of_the_organisation_and_nothing_is_public(now):
    at = place()

    upload = taken(at, as_json(row()))

    draft = Draft.objects.get()
    entry = Entry.objects.get()
    assert (upload.state, upload.taken_at) == ("DONE", now)
    assert (entry.organisation, entry.origin, entry.state) == (at.hospital, Origin.PROVIDER, "DRAFT")
    assert entry.slug == "breukkijker-ziekenhuis-de-linde"
    assert (draft.entry, draft.state, draft.content, draft.edited_by) == (entry, "WRITING", COMPLETE, at.editor)
    assert Version.objects.count() == 0


def test_change_of_a_public_entry_becomes_a_draft_and_the_public_text_stays():
    at = place()
    entry = published_entry(organisation=at.hospital)

    taken(at, as_json(row(id=str(entry.uuid), risks="Anders.")))

    draft = Draft.objects.get()
    entry.refresh_from_db()
    assert (draft.purpose, draft.base_number, draft.content) == ("CORRECTION", 1, {**COMPLETE, "risks": "Anders."})
    assert entry.current_version.content["risks"] == COMPLETE["risks"]


def test_conflict_leaves_what_a_person_wrote_and_takes_the_rest():
    at = place()
    entry = published_entry(organisation=at.hospital)
    draft = start_correction(entry=entry, by=at.editor, now=timezone.now())
    save_answers(draft=draft, answers={"risks": "Van mij."}, seen=1, by=at.editor, now=timezone.now())

    taken(at, as_json(row(id=str(entry.uuid), risks="Bestand.", monitoring="Elke week.")))

    draft.refresh_from_db()
    assert (draft.content["risks"], draft.content["monitoring"], draft.revision) == ("Van mij.", "Elke week.", 3)


def test_same_file_twice_changes_nothing():
    at = place()
    data = as_json(row(id="7"), row("Zonder nummer"), row("Met uuid", id="00000000-0000-4000-8000-000000000001"))
    taken(at, data)

    second = read(at, data)

    assert outcomes(second) == ["UNCHANGED"] * 3
    assert Entry.objects.count() == 3


def test_file_with_semicolons_of_the_same_rows_is_the_same():
    at = place()
    taken(at, as_csv(row(id="7")))

    assert outcomes(read(at, as_csv(row(id="7"), delimiter=";"), "lijst.csv")) == ["UNCHANGED"]


def test_bad_rows_are_left_out_only_when_the_person_chooses_so():
    at = place()
    upload = read(at, as_json(row(), row(name="")))

    with pytest.raises(ValidationError, match="1 regel niet goed"):
        accept_upload(upload=upload, skip_bad=False, by=at.editor, now=timezone.now())

    assert again(upload).state == "PLANNED"
    accepted(at, upload)
    work_on_uploads(timezone.now())
    assert Entry.objects.count() == 1


def test_file_without_anything_new_cannot_be_taken_over():
    at = place()
    upload = read(at, as_json(row(name="")))

    with pytest.raises(ValidationError, match="niets om over te nemen"):
        accept_upload(upload=upload, skip_bad=True, by=at.editor, now=timezone.now())


def test_second_click_is_refused():
    at = place()
    upload = read(at, as_json(row()))
    first, second = again(upload), again(upload)
    accept_upload(upload=first, skip_bad=False, by=at.editor, now=timezone.now())

    with pytest.raises(StepNotAllowed):
        accept_upload(upload=second, skip_bad=False, by=at.editor, now=timezone.now())

    work_on_uploads(timezone.now())
    assert Entry.objects.count() == 1


def write_in(draft, at, **answers):
    """Somebody writes in a draft."""
    draft.refresh_from_db()
    save_answers(draft=draft, answers=answers, seen=draft.revision, by=at.editor, now=timezone.now())


def test_what_changed_after_the_look_is_looked_at_again_and_nothing_is_written():
    at = place()
    entry = published_entry(organisation=at.hospital)
    draft = start_correction(entry=entry, by=at.editor, now=timezone.now())
    upload = accepted(at, read(at, as_json(row("Nieuw"), row(id=str(entry.uuid), risks="Bestand."))))
    write_in(draft, at, risks="Van mij.")

    work_on_uploads(timezone.now())

    upload = again(upload)
    assert (upload.state, upload.is_anew, outcomes(upload)) == ("PLANNED", True, ["NEW", "CONFLICT"])
    assert Entry.objects.count() == 1


def test_draft_that_somebody_began_meanwhile_is_not_overwritten():
    at = place()
    entry = published_entry(organisation=at.hospital)
    upload = accepted(at, read(at, as_json(row(id=str(entry.uuid), risks="Bestand."))))
    draft = start_correction(entry=entry, by=at.editor, now=timezone.now())
    write_in(draft, at, risks="Van mij.")

    work_on_uploads(timezone.now())

    assert outcomes(again(upload)) == ["CONFLICT"]


def test_two_people_with_the_same_file_make_its_entries_once():
    at = place()
    first, second = (read(at, as_json(row(id="7"))) for _ in range(2))

    for upload in (first, second):
        accepted(at, upload)
        work_on_uploads(timezone.now() + timezone.timedelta(seconds=1))

    assert Entry.objects.count() == 1
    assert outcomes(again(second)) == ["UNCHANGED"]


def test_person_who_may_no_longer_write_writes_nothing():
    at = place()
    upload = accepted(at, read(at, as_json(row())))
    Membership.objects.filter(user=at.editor).delete()

    work_on_uploads(timezone.now())

    upload = again(upload)
    assert (upload.state, Entry.objects.count()) == ("PLANNED", 0)
    assert "mag niet meer schrijven" in upload.error


@pytest.mark.parametrize("action", [accept_upload, undo_upload, discard_upload])
def test_only_writers_of_the_organisation_decide(action):
    at = place()
    upload = read(at, as_json(row()))
    more = {"skip_bad": True} if action is accept_upload else {}

    for person in (member(at.hospital, Role.ADMINISTRATOR), member(at.hospital, Role.COORDINATOR)):
        with pytest.raises(PermissionDenied):
            action(upload=upload, by=person, now=timezone.now(), **more)

    with pytest.raises(PermissionDenied):
        begin_upload(organisation=at.hospital, name="x", data=b"x", by=person, now=timezone.now())


def test_every_step_is_in_the_log_with_ids_only():
    at = place()

    undone(at, taken(at, as_json(row("Geheime naam"))))

    log = AuditEvent.objects.order_by("pk")
    assert list(log.values_list("kind", flat=True)) == [
        "upload.begun", "upload.accepted", "draft.started", "upload.taken_over", "upload.undo_asked", "entry.removed",
        "upload.undone",
    ]  # fmt: skip
    assert {event.actor_id for event in log} == {at.editor.pk}
    assert "Geheime" not in str(list(log.values()))


# --- Undoing ---------------------------------------------------------------------------------------------------------


def test_undoing_takes_back_exactly_what_the_file_did():
    at = place()
    entry, second = (published_entry(organisation=at.hospital) for _ in range(2))
    there = start_correction(entry=second, by=at.editor, now=timezone.now())
    write_in(there, at, monitoring="Van mij.")
    before = {**COMPLETE, "monitoring": "Van mij."}
    upload = taken(at, as_json(
        row("Nieuw"), row(id=str(entry.uuid), risks="A."),
        row(id=str(second.uuid), risks="B.", fallback="C.", monitoring="Van mij."),
    ))  # fmt: skip
    there.refresh_from_db()
    assert there.content == {**before, "risks": "B.", "fallback": "C."}

    upload = undone(at, upload)

    there.refresh_from_db()
    assert (upload.state, [line.kept for line in lines(upload)]) == ("UNDONE", ["", "", ""])
    assert there.content == before
    assert set(Entry.objects.all()) == {entry, second}
    assert list(Draft.objects.all()) == [there]


def test_row_in_which_somebody_wrote_since_stays_and_says_so():
    at = place()
    entry = published_entry(organisation=at.hospital)
    there = start_correction(entry=entry, by=at.editor, now=timezone.now())
    upload = taken(at, as_json(row("Nieuw"), row("Ander"), row(id=str(entry.uuid), risks="B.", fallback="C.")))
    write_in(lines(upload)[0].draft, at, risks="Van mij.")
    write_in(there, at, risks="Van mij.")

    upload = undone(at, upload)

    kept = [bool(line.kept) for line in lines(upload)]
    there.refresh_from_db()
    assert kept == [True, False, True]
    assert "schreef daarna" in lines(upload)[0].kept
    assert (there.content["risks"], there.content["fallback"]) == ("Van mij.", "C.")
    assert Entry.objects.filter(state="DRAFT").count() == 1


def test_row_with_a_remark_of_a_colleague_stays():
    at = place()
    upload = taken(at, as_json(row("Nieuw")))
    comment(draft=lines(upload)[0].draft, text="Mooi.", by=at.editor, now=timezone.now())

    assert lines(undone(at, upload))[0].kept


def test_row_that_is_public_stays():
    at = place()
    upload = taken(at, as_json(row("Nieuw")))
    draft = lines(upload)[0].draft
    submit(draft=draft, reason="Nieuw.", by=at.editor, now=timezone.now())
    publisher = member(at.hospital, Role.PUBLISHER)
    approve(draft=draft, revision=draft.revision, by=publisher, now=timezone.now())

    upload = undone(at, upload)

    assert lines(upload)[0].kept
    assert Entry.objects.get().state == "PUBLISHED"


def test_after_undoing_the_same_file_is_new_again():
    at = place()
    data = as_json(row(id="7"))
    undone(at, taken(at, data))

    assert outcomes(read(at, data)) == ["NEW"]


def test_undoing_ends_after_thirty_days():
    at = place()
    upload = taken(at, as_json(row()))

    with pytest.raises(ValidationError, match="30 dagen"):
        undo_upload(upload=upload, by=at.editor, now=timezone.now() + timezone.timedelta(days=31))


def test_discarded_file_leaves_nothing():
    at = place()
    upload = read(at, as_json(row()))

    discard_upload(upload=upload, by=at.editor, now=timezone.now())

    upload = again(upload)
    assert (upload.state, upload.data, upload.lines.count()) == ("DISCARDED", None, 0)


def test_no_more_than_three_files_wait():
    at = place()
    for _ in range(3):
        sent(at, as_json(row()))

    with pytest.raises(ValidationError, match="wachten al drie"):
        sent(at, as_json(row()))


@pytest.mark.parametrize(
    ("name", "shown"),
    [("../../etc/passwd", "passwd"), ("C:\\Docs\\lijst.csv", "lijst.csv"), ("a\u202eb.csv", "ab.csv"), ("", "bestand")],
)
def test_name_of_a_file_is_only_a_name(name, shown):
    assert sent(place(), b"x", name).name == shown


def test_entry_made_by_hand_is_never_touched():
    at = place()
    start_entry(organisation=at.hospital, slug="hand", content=COMPLETE, by=at.editor, now=timezone.now())

    undone(at, taken(at, as_json(row("Nieuw"))))

    assert Entry.objects.get().slug == "hand"
    assert Upload.objects.count() == 1
