"""The text of an entry that a row of a file is held against, and what the row says that is different."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from transparency.exchange.exporting import content_of, national_record
from transparency.exchange.mapping import RULES
from transparency.exchange.national import BY_KEY
from transparency.exchange.understanding import POORER, Understood, keep_explanations, same_words
from transparency.field import Content
from transparency.models import Draft, Entry, UploadLine
from transparency.states import WRITABLE


@dataclass(frozen=True, kw_only=True)
class Now:
    """An entry as it is now: its open draft when there is one, and what was there before that."""

    entry: Entry
    draft: Draft | None
    base: Content
    is_from_file: bool  # a file began the draft

    @property
    def content(self) -> Content:
        """The newest text."""
        return self.base if self.draft is None else self.draft.content

    @property
    def is_locked(self) -> bool:
        """Whether somebody has yet to decide about the newest text: then nobody changes it."""
        return self.draft is not None and self.draft.state not in WRITABLE

    def is_anothers(self, key: str) -> bool:
        """Whether a person changed the answer `key` in the open draft; what a file put there, a file may change."""
        if self.draft is None or self.draft.content.get(key) == self.base.get(key):
            return False
        stamp = self.draft.stamps.get(key)
        return not self.is_from_file if stamp is None else not stamp.get("upload")


def now_of(entry_id: int) -> Now:
    """The entry `entry_id` as it is now."""
    entry = Entry.objects.select_related("organisation", "system", "current_version", "national").get(pk=entry_id)
    draft = entry.drafts.open().first()
    is_from_file = draft is not None and UploadLine.objects.filter(draft=draft, is_started=True).exists()
    return Now(entry=entry, draft=draft, base=content_of(entry), is_from_file=is_from_file)


def merge(content: Content, said: Content) -> dict[str, Any]:
    """`content` with the answers of `said` over it. What a file does not say, stays.

    A question that gets an answer is no longer one that nobody can answer; English texts are taken one by one.
    """
    made = {**content, **{key: value for key, value in said.items() if key != "translations"}}
    open_ones = said.get("unknown", content.get("unknown", []))
    left = [key for key in open_ones if "unknown" in said or key not in said]
    made["unknown"] = left
    english = {**_english(content), **_english(said)}
    made["translations"] = {"en": english} if english else {}
    return {key: value for key, value in made.items() if value or key not in {"unknown", "translations"}}


def _english(content: Content) -> Mapping[str, Any]:
    found: Mapping[str, Any] = content.get("translations", {}).get("en", {})
    return found


def different(before: Content, after: Content) -> list[str]:
    """The keys whose answers differ."""
    return sorted(key for key in {*before, *after} if before.get(key) != after.get(key))


def said_by(understood: Understood, now: Now) -> dict[str, Any]:
    """The answers of a row that count for an entry that is there.

    A national record is made of our answers and has no room for all of them: only where it differs from the record
    that we would give, it says something.
    """
    if understood.row.own is not None:
        keep_explanations(understood, now.content)
        return understood.content
    ours = national_record(now.entry, now.content).record
    same = same_words if understood.form in POORER else lambda new, old: False
    keys: set[str] = set()
    for rule in RULES:
        theirs = understood.national.get(rule.key)
        is_said = rule.key in understood.national and rule.key in BY_KEY and theirs not in (None, "", [])
        if is_said and theirs != ours.get(rule.key) and not same(theirs, ours.get(rule.key)):
            keys.update(rule.ours)
    return {key: value for key, value in understood.content.items() if key in keys}
