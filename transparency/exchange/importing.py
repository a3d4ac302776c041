"""Bringing records of another register in: first a plan that says what would happen, then all of it or nothing."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from portal.core.text import sort_key
from transparency.document import gone
from transparency.exchange.comparing import differences, merged
from transparency.exchange.exporting import content_of, national_record, received_of
from transparency.exchange.identity import Index, is_own
from transparency.exchange.plan import Outcome, Plan, Planned
from transparency.exchange.readers.row import Row
from transparency.exchange.report import Change, change
from transparency.exchange.understanding import Understood, complete, understand
from transparency.models import Entry
from transparency.states import State


@dataclass
class Planner:
    """Makes one plan out of one or more files, row by row; writes nothing.

    Only records of `organisations` (their sort keys) are taken when given.
    """

    publish: bool = False
    organisations: frozenset[str] = frozenset()
    index: Index = field(default_factory=Index.load)
    plan: Plan = field(default_factory=Plan)
    seen: dict[tuple[str, ...], Planned] = field(default_factory=dict)

    def take(
        self,
        rows: Iterable[Row],
        form: str,
        *,
        file: str = "",
        progress: Callable[[int], None] = lambda number: None,
    ) -> Plan:
        """Plan the `rows` that the reader `form` gives. Raises ExchangeError when they cannot be read on."""
        for count, row in enumerate(rows, start=1):
            understood = understand(row, form)
            if self._is_wanted(understood):
                item = self._planned(understood)
                item.file = file
                self.plan.items.append(item)
            else:
                self.plan.skipped += 1
            progress(count)
        return self.plan

    def _is_wanted(self, understood: Understood) -> bool:
        """Also a record that names no organisation: nobody knows then whose it is."""
        owner = sort_key(understood.organisation)
        return not self.organisations or not owner or owner in self.organisations

    def _planned(self, understood: Understood) -> Planned:
        if understood.refused:
            return Planned(understood=understood, outcome=Outcome.REFUSED)
        entry_id = self.index.find(understood)
        keys = keys_of(understood, entry_id)
        if first := self._first(keys, understood):
            return self._double(first, understood)
        item = self._known(understood, entry_id) if entry_id is not None else self._new(understood)
        for key in keys:
            self.seen.setdefault(key, item)
        return item

    def _first(self, keys: list[tuple[str, ...]], understood: Understood) -> Planned | None:
        """The record of this import that is the same one; two numbers of the register are two records."""
        for found in (self.seen[key] for key in keys if key in self.seen):
            if not understood.lars or found.understood.lars in {"", understood.lars}:
                return found
        return None

    def _double(self, first: Planned, understood: Understood) -> Planned:
        row = first.understood.row
        if understood.row.raw != row.raw and understood.row.raw not in row.others:
            row.others.append(understood.row.raw)
            if first.entry_id is not None:  # what was the same until now may be another record with this beside it
                made = self._known(first.understood, first.entry_id)
                first.outcome, first.content = made.outcome, made.content
                first.publish, first.changes = made.publish, made.changes
        reason = f"Deze registratie staat ook op {first.place}. Die geldt; deze bewaren wij erbij."
        return Planned(understood=understood, outcome=Outcome.DOUBLE, changes=[change("", None, None, reason)])

    def _new(self, understood: Understood) -> Planned:
        item = Planned(understood=understood, outcome=Outcome.NEW, content=understood.content, publish=self.publish)
        if not understood.lars and not understood.source_id:
            reason = "Er is geen nummer. Verandert deze regel, dan komt zij er de volgende keer nog eens bij."
            item.changes.append(change("source_id", None, None, reason))
        return item

    def _known(self, understood: Understood, entry_id: int) -> Planned:
        entry = Entry.objects.select_related("organisation", "system", "current_version", "national").get(pk=entry_id)
        item = Planned(understood=understood, outcome=Outcome.UNCHANGED, entry_id=entry_id)
        received = received_of(entry)
        of_another_register = received is not None and bool(received.national)
        if is_own(entry) or (understood.row.own is not None and of_another_register):
            return self._own(item, entry)
        same = received is not None and (received.raw_hash == understood.raw_hash or _is_echo(entry, understood))
        if received is not None and not same:
            complete(understood, received.national)
        if entry.state == State.DRAFT:
            item.content, item.publish = understood.content, self.publish
            item.outcome = Outcome.UNCHANGED if same and not self.publish else Outcome.CHANGED
        elif not same:
            self._public(item, entry, received.content if received else {})
        return item

    def _public(self, item: Planned, entry: Entry, before: Mapping[str, Any]) -> None:
        """A record that is public here has changed elsewhere."""
        if entry.state != State.PUBLISHED:
            item.outcome = Outcome.WAITING
            item.changes.append(change("", None, None, "Deze toepassing is hier beëindigd. Wij veranderen haar niet."))
            return
        theirs, kept_out = _without_redacted(entry, item.understood.content)
        item.content, item.changes = merged(before, content_of(entry), theirs)
        item.changes += kept_out
        has_news = item.content != content_of(entry)
        item.publish = has_news and self.publish
        item.outcome = Outcome.WAITING if has_news and not self.publish else Outcome.CHANGED
        if item.outcome == Outcome.WAITING:
            reason = "Deze registratie is hier openbaar. Zij verandert pas als u --publish gebruikt."
            item.changes.append(change("", None, None, reason))

    def _own(self, item: Planned, entry: Entry) -> Planned:
        """A record about an entry whose text stays: ours, or another register's in a file of ours.

        What another register adds to an entry of ours is kept beside it.
        """
        received, understood = received_of(entry), item.understood
        if received is not None and received.raw_hash == understood.raw_hash:
            return item
        item.changes = differences(entry, understood)
        if understood.row.own is not None:
            item.outcome = Outcome.WAITING if item.changes else Outcome.UNCHANGED
        elif item.changes or (understood.lars and understood.lars != (received.lars if received else "")):
            item.outcome = Outcome.CHANGED
        return item


def _without_redacted(entry: Entry, content: Mapping[str, Any]) -> tuple[dict[str, Any], list[Change]]:
    """`content` without what the law took away here, and a line for each: people decide whether it may come back."""
    marks = gone(entry.current_version.content) if entry.current_version else {}
    told = [
        change(key, None, None, "Dit is hier weggehaald, omdat de wet dat vraagt.") for key in marks if key in content
    ]
    return {key: value for key, value in content.items() if key not in marks}, told


def keys_of(understood: Understood, entry_id: int | None) -> list[tuple[str, ...]]:
    """What makes two records of one import the same: the entry here, or a number that they have."""
    keys: list[tuple[str, ...]] = [("entry", str(entry_id))] if entry_id is not None else []
    if understood.lars:
        keys.append(("lars", understood.lars))
    if understood.source_id and understood.row.own is not None:
        keys.append(("id", understood.source_id))
    elif understood.source_id:
        keys.append(("source", sort_key(understood.organisation), understood.source_id))
    return keys if understood.lars or understood.source_id else [*keys, ("record", understood.raw_hash)]


def _is_echo(entry: Entry, understood: Understood) -> bool:
    """Whether the record is what we ourselves gave to the other register, and nothing else."""
    return bool(understood.row.raw == national_record(entry).record)
