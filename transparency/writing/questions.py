"""One question of a draft as the form shows it: its controls, what is wrong, what others did, how hard the text is."""

import datetime
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.accounts.models import User
from portal.core.dates import long_date
from portal.ui.templatetags.ui import prose
from transparency.actions.writing import can_join, fields_of
from transparency.answers import plain_answer
from transparency.document import has_value
from transparency.field import Field, ended, in_use, is_device
from transparency.models import Draft, DraftComment
from transparency.shape import sound
from transparency.writing.boxes import Controls, controls, digest, posted
from transparency.writing.credit import source_of
from transparency.writing.hints import Hint, hint
from transparency.writing.language import Spoken, spoken
from transparency.writing.places import ENGLISH, UNKNOWN, english_of, places_of
from transparency.writing.steps import gaps, messages


@dataclass(frozen=True, kw_only=True)
class Two:
    """A text that lost to another writer, to choose from: whose it is, what it says and what stands there now."""

    place: str
    person: int
    is_mine: bool
    name: str
    at: str
    text: SafeString
    other_name: str
    other: SafeString
    can_join: bool


# What makes a question needed, in words; the others are always needed, or never.
NEEDED_IF: dict[Any, str | Promise] = {
    in_use: gettext_lazy("nodig als de AI in gebruik is of was"),
    ended: gettext_lazy("nodig als u met de AI stopte"),
    is_device: gettext_lazy("nodig bij een medisch hulpmiddel"),
}


@dataclass(frozen=True, kw_only=True)
class Mark:
    """Whether a question is needed, by what the draft says now; `needed_if`: what would make it so."""

    id: str
    is_english: bool
    is_needed: bool
    needed_if: str | Promise
    hint: Hint


@dataclass(frozen=True, kw_only=True)
class Question:
    """Everything that the form shows of one question, in Dutch or (`is_english`) in English."""

    field: Field
    place: str
    is_english: bool
    controls: Controls
    hint: Hint
    is_needed: bool
    needed_if: str | Promise
    is_answered: bool
    is_unknown: bool
    faults: tuple[str, ...]
    gaps: tuple[str, ...]
    was: dict[str, str]
    seen: dict[str, int]
    changed: str  # who changed it last and when, when that was a colleague
    undo: int  # the revision of the last change, when it can be undone
    two: tuple[Two, ...]
    comments: tuple[DraftComment, ...]
    spoken: tuple[Spoken, ...]
    check_fails: bool  # whether the language check should look at it but does not work
    credit: str
    dutch: SafeString  # beside its translation

    @property
    def id(self) -> str:
        """The place as an id."""
        return self.place.replace(".", "-")

    @property
    def is_group(self) -> bool:
        """Whether the question has several controls, so that its label is a legend."""
        if self.controls.rows or len(self.controls.boxes) != 1:
            return True
        return self.controls.boxes[0].widget in {"radios", "checkboxes"}

    @property
    def summary(self) -> str:
        """What the language check says, for who listens."""
        return " ".join(one.told.summary for one in self.spoken)


@dataclass(frozen=True, kw_only=True)
class Writing:
    """What the questions of a form have in common: who writes which draft, and what is known of it."""

    draft: Draft
    user: Any
    people: dict[int, str]
    comments: dict[str, list[DraftComment]]
    faults: dict[str, list[str]]
    places: dict[str, Any]
    typed: Mapping[str, Any]


def questions(
    draft: Draft,
    fields: Iterable[Field],
    user: Any,
    *,
    english: bool = False,
    typed: Mapping[str, Any] | None = None,
) -> list[Question]:
    """The questions `fields` of `draft` for `user`; in English only those that have a Dutch text.

    `typed` is what stands on the form but could not be kept: it is shown in place of what is kept.
    """
    fields = [field for field in fields if not english or (field.translated and has_value(draft.content, field.key))]
    writing = Writing(
        draft=draft, user=user, people=people_of(draft), comments=_open_comments(draft),
        faults=messages(draft.content, fields_of(draft)), places=places_of(draft.content),
        typed=typed or {},
    )  # fmt: skip
    checked = None if english else spoken(draft, {field.key for field in fields})
    return [_question(writing, field, english, checked) for field in fields]


def people_of(draft: Draft) -> dict[int, str]:
    """The names of everybody who wrote in a draft, by their number."""
    numbers = {stamp.get("by") for stamp in draft.stamps.values()}
    numbers |= {int(person) for texts in draft.aside.values() for person in texts if person.isdigit()}
    found = User.objects.filter(pk__in={number for number in numbers if number})
    return {user.pk: user.get_full_name() for user in found}


def changing_marks(draft: Draft, fields: Iterable[Field]) -> list[Mark]:
    """The marks of those questions of `fields` that another answer can make needed or not."""
    return [
        Mark(id=field.key, is_english=False, is_needed=field.needed_when(draft.content), hint=hint(field.key),
             needed_if=NEEDED_IF[field.needed_when])
        for field in fields
        if field.needed_when in NEEDED_IF
    ]  # fmt: skip


def _open_comments(draft: Draft) -> dict[str, list[DraftComment]]:
    found: dict[str, list[DraftComment]] = {}
    for one in draft.comments.filter(done_at=None).select_related("author").order_by("written_at", "pk"):
        found.setdefault(one.key, []).append(one)
    return found


def _question(writing: Writing, field: Field, english: bool, checked: list[Spoken] | None) -> Question:
    place = f"{ENGLISH}{field.key}" if english else field.key
    content, draft = writing.draft.content, writing.draft
    value = _for_rows(field, content, writing.places.get(place)) if english else writing.places.get(place)
    shown = {place: posted(field, place, value)}
    if not english:
        unknown = f"{UNKNOWN}{field.key}"
        shown[unknown] = {unknown: ["ja"] if writing.places.get(unknown) else []}
    stamp = draft.stamps.get(place, {})
    mine = tuple(one for one in checked or () if one.field.key == field.key)
    is_text = not english and not field.is_expert() and field.kind in {"text", "answer", "rows", "group"}
    return Question(
        field=field, place=place, is_english=english, controls=controls(field, place, writing.typed.get(place, value)),
        hint=hint(field.key, english=english), is_needed=not english and field.needed_when(content),
        needed_if=NEEDED_IF.get(field.needed_when, ""),
        is_answered=has_value({place: value}, place), is_unknown=bool(writing.places.get(f"{UNKNOWN}{field.key}")),
        faults=tuple(_faults(writing, field, english)),
        gaps=tuple(gaps(value)), was={name: digest(name, sent) for name, sent in shown.items()},
        seen=dict.fromkeys(shown, draft.revision), changed=_changed(writing, stamp),
        undo=stamp["revision"] if "before" in stamp else 0, two=tuple(_two(writing, field, place)),
        comments=tuple(writing.comments.get(field.key, ())), spoken=mine,
        check_fails=is_text and checked is None,
        credit="" if english else source_of(field.key, draft.credit, content),
        dutch=_shown(field, content.get(field.key)) if english else SafeString(""),
    )  # fmt: skip


def _for_rows(field: Field, content: Any, english: Any) -> Any:
    """The English of rows, one for each Dutch row."""
    dutch = content.get(field.key)
    if field.kind != "rows" or not isinstance(dutch, list):
        return english
    rows = english if isinstance(english, list) else []
    return [rows[number] if number < len(rows) else {} for number in range(len(dutch))]


def _faults(writing: Writing, field: Field, english: bool) -> list[str]:
    """What is wrong with the answer in this language; `transparency.shape` says which is about the English."""
    begin = _("Engels: %(message)s") % {"message": ""}
    found = writing.faults.get(field.key, [])
    return [one.removeprefix(begin) for one in found if one.startswith(begin) == english]


def _changed(writing: Writing, stamp: dict[str, Any]) -> str:
    if not stamp or stamp.get("by") == writing.user.pk:
        return ""
    return _("%(name)s veranderde dit %(when)s.") % {
        "name": name_in(writing.people, stamp.get("by")), "when": when(stamp.get("at", "")),
    }  # fmt: skip


def name_in(people: dict[int, str], number: Any) -> str:
    """The name of a colleague; of somebody who left only that there was one."""
    return people.get(number) or _("Een collega")


def when(at: str) -> str:
    """A moment (ISO) in words: "om 14:03", or with its day when that was not today."""
    try:
        moment = timezone.localtime(datetime.datetime.fromisoformat(at))
    except ValueError:
        return ""
    clock = _("om %(time)s") % {"time": f"{moment:%H:%M}"}
    is_today = moment.date() == timezone.localdate()
    return clock if is_today else _("op %(day)s %(time)s") % {"day": long_date(moment), "time": clock}


def _two(writing: Writing, field: Field, place: str) -> Iterable[Two]:
    stamp = writing.draft.stamps.get(place, {})
    for person, kept in writing.draft.aside.get(place, {}).items():
        number = int(person)
        yield Two(
            place=place, person=number, is_mine=number == writing.user.pk,
            name=name_in(writing.people, number), at=when(kept["at"]), text=_shown(field, kept["value"]),
            other_name=_("u") if stamp.get("by") == writing.user.pk else name_in(writing.people, stamp.get("by")),
            other=_shown(field, writing.places.get(place)),
            can_join=can_join(field) and kept["value"] is not None and writing.places.get(place) is not None,
        )  # fmt: skip


def _shown(field: Field, value: Any) -> SafeString:
    """An answer as a reader sees it; of a wrong shape as it was typed."""
    if not has_value({field.key: value}, field.key):
        return format_html('<p class="hint">{}</p>', _("Geen antwoord."))
    if field.key in sound({field.key: value}, (field,)):
        return plain_answer(field, value)
    return prose(_as_words(value))


def _as_words(value: Any) -> str:
    """Every text in a value, one below the other."""
    if isinstance(value, Mapping | list):
        parts = value.values() if isinstance(value, Mapping) else value
        return "\n\n".join(words for part in parts if (words := _as_words(part)))
    return "" if value is None else str(value)


def english_left(draft: Draft, fields: Iterable[Field]) -> int:
    """How many answers have no English text yet."""
    english = english_of(draft.content)
    return sum(
        field.translated and has_value(draft.content, field.key) and not has_value(english, field.key)
        for field in fields
    )


def only(found: Iterable[Question], places: Collection[str]) -> list[Question]:
    """Those of the questions that `places` belong to."""
    keys = {place.rpartition(".")[2] for place in places}
    return [question for question in found if question.field.key in keys]
