"""Bringing records of another register in: first a plan that says what would happen, then all of it or nothing."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from portal.core.text import sort_key
from transparency.document import gone
from transparency.exchange.comparing import differences, merged
from transparency.exchange.exporting import content_of, national_record, received_of
from transparency.exchange.identity import Index, belongs, is_own
from transparency.exchange.newcomers import Newcomers
from transparency.exchange.own import ON_ENTRY
from transparency.exchange.plan import Outcome, Plan, Planned
from transparency.exchange.readers.row import Row
from transparency.exchange.report import Change, change
from transparency.exchange.understanding import (
    Understood,
    complete,
    keep_explanations,
    raw_hash,
    understand,
    words_in,
)
from transparency.models import Entry
from transparency.states import Origin, State


@dataclass
class Planner:
    """Makes one plan out of one or more files, row by row; writes nothing.

    Only records of `organisations` (their sort keys) are taken when given.
    """

    publish: bool = False
    organisations: frozenset[str] = frozenset()
    index: Index = field(default_factory=Index.load)
    newcomers: Newcomers = field(default_factory=Newcomers)
    plan: Plan = field(default_factory=Plan)
    seen: dict[tuple[str, ...], Planned] = field(default_factory=dict)
    beside: dict[int, set[str]] = field(default_factory=dict)  # id of a planned record → hashes of what is kept
    grown: dict[int, Planned] = field(default_factory=dict)  # those that got another beside them

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
        self._plan_grown()
        return self.plan

    def _is_wanted(self, understood: Understood) -> bool:
        """Also a record that names no organisation: nobody knows then whose it is."""
        owner = sort_key(understood.organisation)
        return not self.organisations or not owner or owner in self.organisations

    def _planned(self, understood: Understood) -> Planned:
        if understood.refused:
            return Planned(understood=understood, outcome=Outcome.REFUSED)
        entry_id = self._find(understood)
        keys = keys_of(understood, entry_id)
        if first := self._first(keys, understood):
            return self._double(first, understood)
        item = self._known(understood, entry_id) if entry_id is not None else self._new(understood)
        for key in keys:
            self.seen.setdefault(key, item)
        return item

    def _find(self, understood: Understood) -> int | None:
        """The entry that a record is about; one without any number is also known when it says the very same."""
        found = self.index.find(understood)
        if found is not None or understood.lars or understood.source_id or not understood.national:
            return found
        return self._nameless.get(words_in(understood.national))

    @cached_property
    def _nameless(self) -> dict[str, int]:
        """What each entry says in the national standard, of those whose record has no number there → its key."""
        kept = Entry.objects.filter(origin=Origin.IMPORTED, national__lars="").exclude(national__national={})
        kept = kept.select_related("organisation", "system", "current_version", "national").order_by("-pk")
        told = ((national_record(entry).record, entry.pk) for entry in kept.iterator(chunk_size=500))
        return {words_in(record): pk for record, pk in told if not record.get("source_id")}

    def _first(self, keys: list[tuple[str, ...]], understood: Understood) -> Planned | None:
        """The record of this import that is the same one; two numbers of the register are two records."""
        for found in (self.seen[key] for key in keys if key in self.seen):
            if not understood.lars or found.understood.lars in {"", understood.lars}:
                return found
        return None

    def _double(self, first: Planned, understood: Understood) -> Planned:
        if not understood.may_be_public:
            first.understood.may_be_public = first.publish = False
        row, beside = first.understood.row, self.beside.setdefault(id(first), set())
        if not beside:
            beside.update(raw_hash(raw, []) for raw in (row.raw, *row.others))
        if (digest := raw_hash(understood.row.raw, [])) not in beside:
            beside.add(digest)
            row.others.append(understood.row.raw)
            self.grown[id(first)] = first
        reason = f"Deze registratie staat ook op {first.place}. Die geldt; deze bewaren wij erbij."
        return Planned(understood=understood, outcome=Outcome.DOUBLE, changes=[change("", None, None, reason)])

    def _plan_grown(self) -> None:
        """Plan again what was the same until now: with another beside it, it may be another record."""
        for first in self.grown.values():
            if first.entry_id is not None:
                made = self._known(first.understood, first.entry_id)
                first.outcome, first.content = made.outcome, made.content
                first.publish, first.changes = made.publish, made.changes
        self.grown.clear()

    def _new(self, understood: Understood) -> Planned:
        publish = self.publish and understood.may_be_public
        item = Planned(understood=understood, outcome=Outcome.NEW, content=understood.content, publish=publish)
        item.changes += self.newcomers.entry(understood)[1]
        if not understood.lars and not understood.source_id:
            reason = "Er is geen nummer. Verandert deze regel, dan komt zij er de volgende keer nog eens bij."
            item.changes.append(change("source_id", None, None, reason))
        return item

    def _known(self, understood: Understood, entry_id: int) -> Planned:
        entry = Entry.objects.select_related("organisation", "system", "current_version", "national").get(pk=entry_id)
        item = Planned(understood=understood, outcome=Outcome.UNCHANGED, entry_id=entry_id)
        received = received_of(entry)
        of_another_register = received is not None and bool(received.national)
        if not belongs(entry.organisation, understood.organisation):
            item.outcome = Outcome.WAITING
            item.changes.append(_of_another(entry, understood))
            return item
        keep_explanations(understood, content_of(entry))
        understood.tell(*self.newcomers.systems.told(understood, entry.system))
        if is_own(entry) or (understood.row.own is not None and of_another_register):
            return self._own(item, entry)
        same = received is not None and (received.raw_hash == understood.raw_hash or _is_echo(entry, understood))
        if received is not None and not same:
            complete(understood, received.national, received.content)
            item.changes += _emptied(received.content, understood)
        if entry.state == State.DRAFT:
            item.content, item.publish = understood.content, self.publish and understood.may_be_public
            item.outcome = Outcome.UNCHANGED if same and not item.publish else Outcome.CHANGED
        elif not same:
            self._public(item, entry, received.content if received else {})
        return item

    def _public(self, item: Planned, entry: Entry, before: Mapping[str, Any]) -> None:
        """A record that is public here has changed elsewhere."""
        if entry.state != State.PUBLISHED:
            item.outcome = Outcome.WAITING
            item.changes.append(change("", None, None, "Deze toepassing is hier beëindigd. Wij veranderen haar niet."))
            return
        if not item.understood.may_be_public:
            item.outcome = Outcome.WAITING
            reason = "Hier is deze toepassing nog openbaar. Wij veranderen niets. Beëindig haar zelf als dat klopt."
            item.changes.append(change("state", None, None, reason))
            return
        theirs, kept_out = _without_redacted(entry, item.understood.content)
        item.content, kept_here = merged(before, content_of(entry), theirs)
        item.changes += [*kept_here, *kept_out]
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


def _of_another(entry: Entry, understood: Understood) -> Change:
    owner = entry.organisation.name
    reason = (
        f"Onder dit nummer staat hier een toepassing van {owner}. Wij veranderden niets. "
        f"Is het dezelfde organisatie? Zet deze naam dan bij de andere namen van {owner}."
    )
    return change("organization", understood.organisation, owner, reason)


def _emptied(before: Mapping[str, Any], understood: Understood) -> list[Change]:
    """A line for each answer that was there and that the file takes away."""
    missing = [key for key in before if key in ON_ENTRY and key not in understood.content]
    return [change(key, before[key], None, "In het bestand is dit antwoord nu leeg.") for key in missing]


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
