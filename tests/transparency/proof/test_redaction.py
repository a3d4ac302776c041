"""A value that the law takes away goes everywhere; nothing else can change, and the log still holds."""

import json

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from portal.accounts.models import PortalRole
from portal.audit.models import AuditEvent
from portal.audit.revision import current_revision
from portal.core.workflow import StepNotAllowed
from tests.factories.people import UserFactory, member, on_duty
from tests.factories.proof import WHY, administrators, asked, redacted, taken_away
from tests.factories.transparency import COMPLETE, published_entry, published_system, with_notice, with_received
from transparency.actions.drafts import save_answers, start_correction
from transparency.actions.publishing import end_entry, publish_entry
from transparency.actions.redaction import (
    NAME_GONE,
    carry_out,
    refuse_redaction,
    seal_of_entry,
    seal_of_line,
    seal_of_system,
)
from transparency.fields import FIELDS
from transparency.models import (
    Draft,
    Entry,
    NationalRecord,
    Notice,
    PublicationEvent,
    PublicRecord,
    Redaction,
    RedactionRequest,
    Seal,
    SearchWord,
    Shown,
    SystemVersion,
    Version,
)
from transparency.proof.verify import verify
from transparency.states import DraftPurpose, Origin, RequestState

pytestmark = pytest.mark.django_db
SECRET = "Mevrouw Zonnebloemstra kwam hier."
ENGLISH = "Mrs Zonnebloemstra came here."
WITH_NAME = {"purpose": SECRET, "translations": {"en": {"purpose": ENGLISH, "name": "Bone reader"}}}


@pytest.fixture
def entry():
    """A public entry in which a name stands that may not."""
    return published_entry(slug="kijker", content=WITH_NAME)


def everything():
    """Every table of the register as text, without the log of what people asked."""
    with connection.cursor() as cursor:
        names = [name for name in connection.introspection.table_names(cursor) if name.startswith("transparency_")]
        found = []
        for name in sorted(names):
            cursor.execute(f"SELECT * FROM {name}")  # noqa: S608 (names of our own)
            found.append(f"{name}: {cursor.fetchall()}")
    return "\n".join(found)


def where():
    """The tables in which the name stands."""
    return [row.partition(":")[0] for row in everything().casefold().split("\n") if "onnebloemstra" in row]


def well():
    assert [str(fault) for fault in verify()] == []


# --- What goes ----------------------------------------------------------------------------------------------------


def test_value_goes_from_every_table(entry):
    start_correction(entry=entry, by=member(entry.organisation, "EDITOR"), now=timezone.now())
    assert where() != []

    redacted(entry)

    assert where() == []
    well()


def test_mark_stands_where_the_value_stood(entry):
    redacted(entry)

    content = Version.objects.get().content

    assert content["redacted"] == {"purpose": {"reason": WHY, "date": "2026-11-22"}}
    assert "purpose" not in content
    assert content["translations"] == {"en": {"name": "Bone reader"}}
    assert {key: content[key] for key in COMPLETE if key != "purpose"} == {
        key: value for key, value in COMPLETE.items() if key != "purpose"
    }


def test_hash_stays_and_salt_goes(entry):
    before = Seal.objects.get().fields

    redacted(entry)

    after = Seal.objects.get(pk=1).fields
    for place in ("content.purpose", "content.translations.en.purpose"):
        assert after[place] == {
            "hash": before[place]["hash"], "redacted": {"reason": WHY, "date": "2026-11-22"}
        }  # fmt: skip
    assert {place: kept for place, kept in after.items() if "redacted" not in kept} == {
        place: kept for place, kept in before.items() if not place.endswith(".purpose")
    }
    assert before["content.purpose"]["salt"] not in everything()


def test_taking_away_is_an_act_in_the_log(entry):
    redacted(entry, reason_en="There was a name in it.")

    event = PublicationEvent.objects.get(pk=2)

    assert (event.kind, event.subject, event.version) == ("TEXT_REDACTED", entry.uuid, 1)
    assert event.seal.told == {
        "line": 1, "key": "purpose", "places": ["content.purpose", "content.translations.en.purpose"], "reason": WHY,
        "reason_en": "There was a name in it.",
    }  # fmt: skip
    well()


def test_same_value_in_other_versions_goes_too(entry, now):
    for reason, content in (("Naam.", {**WITH_NAME, "name": "Nieuw"}), ("Tekst.", {"purpose": "Iets anders."})):
        publish_entry(
            entry=entry, content={**COMPLETE, **content}, reason=reason, responsible="x", by=None, now=now
        )  # fmt: skip

    done = redacted(entry, number=2)

    assert (done.lines, done.look_at) == ([2, 1], [3])
    assert where() == []
    well()


def test_value_of_the_english_text_alone_is_the_same_value(entry, now):
    content = {**COMPLETE, "purpose": "Iets anders.", "translations": {"en": {"purpose": ENGLISH}}}
    publish_entry(entry=entry, content=content, reason="Tekst.", responsible="x", by=None, now=now)

    assert redacted(entry).lines == [1, 2]


@pytest.mark.parametrize("key", ["name", "reason", "responsible"])
def test_what_may_not_be_empty_gets_words_instead(now, key):
    entry = published_entry(content={"name": SECRET, "translations": {"en": {"name": ENGLISH}}})
    content = {**COMPLETE, "name": SECRET}
    publish_entry(entry=entry, content=content, reason=SECRET, reason_en=ENGLISH, responsible=SECRET, by=None, now=now)

    redacted(entry, number=2, key=key)

    version = entry.versions.get(number=2)
    shown = {"name": version.content["name"], "reason": version.reason, "responsible": version.responsible}
    words = NAME_GONE if key == "name" else f"Deze tekst is weggehaald: {WHY}"
    assert shown == {"name": SECRET, "reason": SECRET, "responsible": SECRET} | {key: words}
    assert (version.reason_en == ENGLISH) == (key != "reason")
    well()


def test_text_of_a_product_goes(now):
    system = published_system(content={"purpose": SECRET})
    published_entry(system=system)

    done = taken_away(seal_of_system(system.slug, 1))

    assert done.lines == [1]
    assert where() == []
    well()


def test_words_of_a_notice_go(entry):
    with_notice(entry, text=SECRET)
    redacted(entry)

    taken_away(seal_of_line(2), "text")

    assert Notice.objects.get().text == f"Deze tekst is weggehaald: {WHY}"
    assert where() == []
    well()


def test_reason_of_an_ending_goes(now):
    entry = published_entry()
    end_entry(entry=entry, reason=SECRET, reason_en=ENGLISH, by=None, now=now)

    taken_away(seal_of_line(2), "reason", reason_en="A name.")

    entry.refresh_from_db()
    assert (entry.ending_reason, entry.ending_reason_en) == (
        f"Deze tekst is weggehaald: {WHY}", "This text was taken away: A name.",
    )  # fmt: skip
    assert where() == []
    well()


def test_what_another_register_sent_loses_it_too(now):
    entry = published_entry(origin=Origin.IMPORTED, content={"purpose": SECRET, "risks": "Niets."})
    raw = {"name": "Kijker", "goal": "<p>Mevrouw <b>Zonnebloemstra</b> kwam hier.</p><p>Meer.</p>",
           "methods_and_models": f"Zie ook: {SECRET}", "organization": "De Linde", "risks": "Niets."}  # fmt: skip
    with_received(entry, raw)
    with_received(entry, raw | {"status": "In gebruik"})
    before = NationalRecord.objects.get().raw_hash

    redacted(entry)

    kept = NationalRecord.objects.get()
    assert where() == []
    assert (kept.raw["risks"], kept.raw["name"], kept.raw_hash) == ("Niets.", "Kijker", before)
    assert kept.raw["goal"] == kept.raw["methods_and_models"] == f"Deze tekst is weggehaald: {WHY}"
    assert kept.earlier[0]["raw"]["goal"] == f"Deze tekst is weggehaald: {WHY}"
    well()


def test_draft_loses_the_answer_and_keeps_the_rest(entry):
    draft = start_correction(entry=entry, by=member(entry.organisation, "EDITOR"), now=timezone.now())

    redacted(entry)

    there = Draft.objects.get(pk=draft.pk)
    assert (there.revision, "purpose" in there.content, there.content["risks"]) == (2, False, COMPLETE["risks"])
    assert there.content["translations"] == {"en": {"name": "Bone reader"}}
    assert "redacted" not in there.content


def test_history_of_a_draft_goes_whole(entry):
    editor = member(entry.organisation, "EDITOR")
    draft = start_correction(entry=entry, by=editor, now=timezone.now())
    save_answers(draft=draft, answers={"risks": "Anders."}, seen=1, by=editor, now=timezone.now())
    assert draft.saves.exists()

    Draft.objects.filter(pk=draft.pk).update(aside={"purpose": {str(editor.pk): {"value": "Zo.", "at": "2026-11-01"}}})

    redacted(entry)

    there = Draft.objects.get(pk=draft.pk)
    assert not draft.saves.exists()
    assert there.aside == {}
    assert there.stamps
    assert not any("before" in stamp for stamp in there.stamps.values())


def test_new_draft_begins_without_the_mark(entry, now):
    redacted(entry)
    entry.refresh_from_db()

    draft = start_correction(
        entry=entry, by=member(entry.organisation, "EDITOR"), now=now, purpose=DraftPurpose.CORRECTION
    )

    assert "redacted" not in draft.content


def test_new_version_with_a_good_text_has_no_mark(entry, now):
    redacted(entry)
    entry.refresh_from_db()

    publish_entry(entry=entry, content=COMPLETE, reason="Zonder naam.", responsible="x", by=None, now=now)

    assert "redacted" not in entry.versions.get(number=2).content
    well()


def test_mark_cannot_be_published(entry, now):
    with pytest.raises(ValidationError):
        publish_entry(
            entry=entry, content={**COMPLETE, "redacted": {}}, reason="x", responsible="x", by=None, now=now
        )  # fmt: skip


def test_pages_and_search_are_made_anew(entry):
    before = current_revision()

    redacted(entry)

    assert current_revision() > before
    record = PublicRecord.objects.get()
    assert json.loads(record.api)["content"]["redacted"]["purpose"]["reason"] == WHY
    assert "Deze tekst is weggehaald" in Shown.objects.get(record=record, language="nl").page
    assert not SearchWord.objects.filter(word="zonnebloemstra").exists()


def test_it_is_on_record_who_asked_and_who_did_it(entry):
    first, second = administrators()

    carry_out(request=asked(seal_of_line(1), by=first), by=second, now=timezone.now())

    told = AuditEvent.objects.filter(kind__startswith="redaction.").order_by("pk")
    assert list(told.values_list("kind", "actor_id")) == [
        ("redaction.asked", first.pk), ("redaction.done", second.pk),
    ]  # fmt: skip


# --- Four eyes ------------------------------------------------------------------------------------------------------


def test_who_asked_cannot_do_it(entry):
    first = on_duty(PortalRole.ADMINISTRATOR)
    request = asked(seal_of_line(1), by=first)

    for step in (carry_out, refuse_redaction):
        with pytest.raises(PermissionDenied):
            step(request=request, by=first, now=timezone.now())

    assert Version.objects.get().content["purpose"] == SECRET


def test_database_refuses_one_person_for_both(entry):
    first = on_duty(PortalRole.ADMINISTRATOR)
    request = asked(seal_of_line(1), by=first)

    with pytest.raises(IntegrityError, match="redaction_by_two"), transaction.atomic():
        RedactionRequest.objects.filter(pk=request.pk).update(
            state="DONE", decided_by=first, decided_at=timezone.now()
        )  # fmt: skip


@pytest.mark.parametrize("who", ["editor", "editorial", "nobody special"])
def test_only_administrators_of_the_portal_can(entry, who):
    user = {
        "editor": lambda: member(entry.organisation, "PUBLISHER", "ADMINISTRATOR"),
        "editorial": lambda: on_duty(PortalRole.EDITORIAL),
        "nobody special": UserFactory,
    }[who]()

    with pytest.raises(PermissionDenied):
        asked(seal_of_line(1), by=user)
    request = asked(seal_of_line(1))
    with pytest.raises(PermissionDenied):
        carry_out(request=request, by=user, now=timezone.now())


def test_refused_request_changes_nothing_and_can_be_asked_again(entry):
    refuse_redaction(request=asked(seal_of_line(1)), by=on_duty(PortalRole.ADMINISTRATOR), now=timezone.now())

    assert RedactionRequest.objects.get().state == RequestState.REFUSED
    assert Version.objects.get().content["purpose"] == SECRET
    assert asked(seal_of_line(1)).state == RequestState.ASKED


def test_request_is_decided_once(entry):
    request = asked(seal_of_line(1))
    carry_out(request=request, by=on_duty(PortalRole.ADMINISTRATOR), now=timezone.now())
    stale = RedactionRequest.objects.get()

    for step in (carry_out, refuse_redaction):
        with pytest.raises(StepNotAllowed):
            step(request=stale, by=on_duty(PortalRole.ADMINISTRATOR), now=timezone.now())

    assert Redaction.objects.count() == 1


@pytest.mark.parametrize(
    ("key", "reason"),
    [("purpose", ""), ("purpose", " \u200b "), ("tags", WHY), ("unheard_of", WHY), ("text", WHY), ("", WHY)],
)
def test_what_is_not_there_or_has_no_reason_cannot_be_asked(entry, key, reason):
    with pytest.raises(ValidationError):
        asked(seal_of_line(1), key, reason=reason)


def test_same_thing_is_asked_once(entry):
    asked(seal_of_line(1))

    with pytest.raises(ValidationError):
        asked(seal_of_line(1))


def test_what_is_gone_cannot_be_asked_again(entry):
    redacted(entry)

    with pytest.raises(ValidationError):
        asked(seal_of_line(1))


def test_line_about_something_taken_away_stays(entry):
    redacted(entry)

    with pytest.raises(ValidationError):
        asked(seal_of_line(2), "reason")


# --- Nothing else can change ------------------------------------------------------------------------------------------


@pytest.fixture
def permission(entry):
    """A redaction that is on record but not carried out on the rows: what the triggers look at."""
    request = asked(seal_of_entry(entry.slug, 1))
    return Redaction.objects.create(
        seal_id=1, request=request, key="purpose", places=["content.purpose", "content.translations.en.purpose"],
        mark={"reason": WHY, "date": "2026-11-22"}, instead={"content": {}}, done_at=timezone.now(),
    )  # fmt: skip


def refused(table):
    return pytest.raises(IntegrityError, match=f"{table} is append-only")


def right(content):
    """The content as this redaction makes it."""
    left = {key: value for key, value in content.items() if key != "purpose"}
    left["translations"] = {"en": {"name": "Bone reader"}}
    return {**left, "redacted": {"purpose": {"reason": WHY, "date": "2026-11-22"}}}


@pytest.mark.usefixtures("permission")
def test_exactly_the_change_that_is_on_record_is_let_through(entry):
    content = right(entry.current_version.content)

    assert Version.objects.update(content=content) == 1
    assert Version.objects.get().content == content


@pytest.mark.usefixtures("permission")
def test_the_same_change_a_second_time_is_refused(entry):
    Version.objects.update(content=right(entry.current_version.content))

    with refused("transparency_version"), transaction.atomic():
        Version.objects.update(content=Version.objects.get().content)


@pytest.mark.usefixtures("permission")
@pytest.mark.parametrize(
    "change",
    [
        lambda content: content, lambda content: {**content, "risks": "Anders."},
        lambda content: {**right(content), "risks": "Anders."},
        lambda content: {**right(content), "redacted": {}},
        lambda content: {**right(content), "redacted": {"purpose": {"reason": "Anders.", "date": "2026-11-22"}}},
        lambda content: {**right(content), "translations": content["translations"]},
        lambda content: {**right(content), "purpose": "Een andere tekst."},
        lambda content: {key: value for key, value in right(content).items() if key != "risks"},
    ],
    ids=range(8),
)  # fmt: skip
def test_every_other_change_of_the_text_is_refused(entry, change):
    with refused("transparency_version"), transaction.atomic():
        Version.objects.update(content=change(entry.current_version.content))


@pytest.mark.usefixtures("permission")
@pytest.mark.parametrize("columns", [{"reason": "x"}, {"responsible": "x"}, {"number": 2}, {"published_at": None}])
def test_no_other_column_changes_with_it(entry, columns, now):
    columns = {**columns, **({"published_at": now.replace(year=2020)} if "published_at" in columns else {})}

    with refused("transparency_version"), transaction.atomic():
        Version.objects.update(content=right(entry.current_version.content), **columns)


@pytest.mark.usefixtures("permission")
def test_text_of_another_version_stays_refused(entry, now):
    other = published_entry(content=WITH_NAME)

    with refused("transparency_version"), transaction.atomic():
        Version.objects.filter(entry=other).update(content=right(other.current_version.content))


@pytest.mark.usefixtures("permission")
@pytest.mark.parametrize("keep", ["salt", "hash", "other", "told"])
def test_proof_changes_only_as_the_record_says(entry, keep):
    seal = Seal.objects.get(pk=1)
    fields = dict(seal.fields)
    mark = {"reason": WHY, "date": "2026-11-22"}
    fields["content.purpose"] = {"hash": fields["content.purpose"]["hash"], "redacted": mark}
    wrong = {
        "salt": {"fields": {**fields, "content.purpose": seal.fields["content.purpose"] | {"redacted": mark}}},
        "hash": {"fields": {**fields, "content.purpose": {"hash": "0" * 64, "redacted": mark}}},
        "other": {"fields": {**fields, "reason": {"hash": "0" * 64, "redacted": mark}}},
        "told": {"fields": fields, "told": {"x": 1}},
    }[keep]

    with refused("transparency_seal"), transaction.atomic():
        Seal.objects.filter(pk=1).update(**wrong)
    assert Seal.objects.filter(pk=1).update(fields=fields) == 1


def test_deleting_is_refused_with_a_redaction_too(entry, permission):
    for model in (Seal, Version, Redaction):
        with pytest.raises(IntegrityError), transaction.atomic():
            model.objects.all()._raw_delete("default")


def test_no_question_is_called_as_a_column_of_a_text():
    assert {field.key for field in FIELDS} & {"reason", "reason_en", "responsible", "redacted", "translations"} == set()


# --- The command -----------------------------------------------------------------------------------------------


def run(*arguments, by=None):
    first, second = by or administrators()
    return call_command(
        "redact", *arguments, f"--reason={WHY}", f"--asked-by={first.email}", f"--done-by={second.email}"
    )


def test_command_takes_a_value_away_and_says_where(entry, now, capsys):
    publish_entry(entry=entry, content=COMPLETE, reason="Zonder.", responsible="x", by=None, now=now)

    run("kijker", "1", "purpose")

    told = capsys.readouterr().out
    assert "regel 1 van het logboek" in told
    assert "iets anders in versie 2" in told
    well()


def test_command_knows_products_and_lines(entry, capsys):
    system = published_system(slug="product", content={"purpose": SECRET})
    with_notice(entry, text=SECRET)

    run("product", "1", "purpose", "--of=system")
    run("logboek", "3", "text", "--of=line")

    assert "purpose" not in SystemVersion.objects.get(system=system).content
    assert SECRET not in Notice.objects.get().text
    well()


def test_command_needs_two_administrators(entry):
    one, other = on_duty(PortalRole.ADMINISTRATOR), UserFactory()

    for pair in ((one, one), (one, other), (other, one)):
        with pytest.raises(CommandError):
            run("kijker", "1", "purpose", by=pair)

    assert Version.objects.get().content["purpose"] == SECRET
    assert not RedactionRequest.objects.exists()


@pytest.mark.parametrize("arguments", [("kijker", "2", "purpose"), ("niets", "1", "purpose"), ("kijker", "1", "tags")])
def test_command_says_what_is_not_there(entry, arguments):
    with pytest.raises(CommandError):
        run(*arguments)


def test_command_says_whom_it_does_not_know(entry):
    with pytest.raises(CommandError, match=r"niemand@nergens\.example"):
        call_command(
            "redact", "kijker", "1", "purpose", "--reason=x", "--asked-by=niemand@nergens.example", "--done-by=x@y.z"
        )


def test_request_and_redaction_say_what_they_are(entry):
    redacted(entry)

    assert (str(Redaction.objects.get()), str(RedactionRequest.objects.get())) == (
        "purpose of line 1", "DONE purpose of line 1",
    )  # fmt: skip
    assert Entry.objects.get().slug == "kijker"
