"""Writing a text: what each person is answered."""

from django.utils import timezone

from tests.access.table import DENIED, DONE, HIDDEN, OK, SIGN_IN, row
from tests.factories.transparency import published_entry, published_system
from transparency.actions.drafts import comment, save_answers, start_system


def _draft(world):
    return {"key": world.draft.uuid}


def _step(world):
    return {"key": world.draft.uuid, "step": "purpose"}


def _comment(world):
    return {"key": world.draft.uuid, "number": world.things["comment"].pk}


def _with_comment(world):
    world.things["comment"] = comment(
        draft=world.draft, text="Kijk hier nog eens naar.", by=world.people["editor"], now=timezone.now()
    )


def _save(world):
    return {"key": world.draft.uuid, "number": world.draft.saves.order_by("revision").first().pk}


def _with_save(world):
    save_answers(
        draft=world.draft, answers={"purpose": "Zo zien we meer."}, seen=1, by=world.people["editor"],
        now=timezone.now(),
    )  # fmt: skip


def _with_entry(world):
    world.things["entry"] = published_entry(organisation=world.hospital, slug="longkijker")


def _with_system_draft(world):
    world.things["system"] = start_system(
        system=published_system(slug="bonefinder"), by=world.people["editorial"], now=timezone.now()
    )


def _system_step(world):
    return {"key": world.things["system"].uuid, "step": "purpose"}


# fmt: off
#                              nobody   newcomer outsider editor  publish admin   coordin editorial portal
ROWS = [
    row("transparency:new-entry", SIGN_IN, DENIED, OK,    OK,     OK,     DENIED, DENIED, DENIED,   DENIED),
    row("transparency:new-entry", SIGN_IN, DENIED, 422,   DONE,   DONE,   DENIED, DENIED, DENIED,   DENIED,
        method="POST", data=lambda world: {
            "organisatie": world.hospital.slug, "begin": "leeg", "naam": "Longkijker"}),
    row("transparency:draft-step", SIGN_IN, HIDDEN, HIDDEN, OK,   OK,     DENIED, DENIED, DENIED,   HIDDEN,
        kwargs=_step),
    row("transparency:draft-step", SIGN_IN, HIDDEN, HIDDEN, DONE, DONE,   DENIED, DENIED, DENIED,   HIDDEN,
        method="POST", kwargs=_step, data=lambda world: {"purpose": "Zo zien we meer."}),
    row("transparency:draft-step", SIGN_IN, HIDDEN, HIDDEN, HIDDEN, HIDDEN, HIDDEN, HIDDEN, OK,     HIDDEN,
        prepare=_with_system_draft, kwargs=_system_step),
    row("transparency:draft-step", SIGN_IN, HIDDEN, HIDDEN, HIDDEN, HIDDEN, HIDDEN, HIDDEN, DONE,   HIDDEN,
        method="POST", prepare=_with_system_draft, kwargs=_system_step),
    row("transparency:draft-english", SIGN_IN, HIDDEN, HIDDEN, OK, OK,    DENIED, DENIED, DENIED,   HIDDEN,
        kwargs=_step),
    row("transparency:draft-english", SIGN_IN, HIDDEN, HIDDEN, DONE, DONE, DENIED, DENIED, DENIED,  HIDDEN,
        method="POST", kwargs=_step, data=lambda world: {"en.purpose": "So we see more."}),
    row("transparency:draft-missing", SIGN_IN, HIDDEN, HIDDEN, OK, OK,    OK,     OK,     OK,       HIDDEN,
        kwargs=_draft),
    row("transparency:draft-language", SIGN_IN, HIDDEN, HIDDEN, OK, OK,   OK,     OK,     OK,       HIDDEN,
        kwargs=_draft),
    row("transparency:draft-preview", SIGN_IN, HIDDEN, HIDDEN, OK, OK,    OK,     OK,     OK,       HIDDEN,
        kwargs=_draft),
    row("transparency:draft-leaflet", SIGN_IN, HIDDEN, HIDDEN, OK, OK,    OK,     OK,     OK,       HIDDEN,
        kwargs=_draft),
    row("transparency:draft-saves", SIGN_IN, HIDDEN, HIDDEN, OK, OK,      OK,     OK,     OK,       HIDDEN,
        kwargs=_draft),
    row("transparency:draft-save", SIGN_IN, HIDDEN, HIDDEN, OK, OK,       OK,     OK,     OK,       HIDDEN,
        prepare=_with_save, kwargs=_save),
    row("transparency:draft-put-back", SIGN_IN, HIDDEN, HIDDEN, DONE, DONE, DENIED, DENIED, DENIED, HIDDEN,
        method="POST", prepare=_with_save, kwargs=_save),
    row("transparency:draft-comments", SIGN_IN, HIDDEN, HIDDEN, OK, OK,   OK,     OK,     OK,       HIDDEN,
        kwargs=_draft),
    row("transparency:draft-comments", SIGN_IN, HIDDEN, HIDDEN, DONE, DONE, DONE, DONE,   DONE,     HIDDEN,
        method="POST", kwargs=_draft, data=lambda world: {"tekst": "Dit is goed te lezen."}),
    row("transparency:draft-comments", SIGN_IN, HIDDEN, HIDDEN, 422, 422, 422,    422,    422,      HIDDEN,
        method="POST", kwargs=_draft, data=lambda world: {"tekst": " "}),
    row("transparency:draft-comment-done", SIGN_IN, HIDDEN, HIDDEN, DONE, DONE, DONE, DONE, DONE,   HIDDEN,
        method="POST", prepare=_with_comment, kwargs=_comment),
]
# fmt: on
