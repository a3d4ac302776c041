"""What taking over one row of a file would do: an UploadLine that says it; nothing is written here."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from portal.core.text import sort_key
from transparency.exchange.identity import Index
from transparency.exchange.importing import keys_of
from transparency.exchange.newcomers import Systems
from transparency.exchange.own import left_behind
from transparency.exchange.readers.row import Row
from transparency.exchange.report import Change, change
from transparency.exchange.understanding import Understood, understand
from transparency.models import Draft, Entry, Upload, UploadLine
from transparency.states import Origin, State
from transparency.uploads.owners import Owners, say_whose
from transparency.uploads.states import LineOutcome
from transparency.uploads.texts import Now, different, merge, now_of, said_by
from transparency.uploads.words import columns_of, looks_same, words_of

_CELLS = {"csv", "xlsx"}
_LOCKED = "Deze tekst wacht op goedkeuring. Neem hem eerst terug."
_ANOTHERS = "Iemand schreef hier al iets anders in de nieuwe tekst. Dat blijft staan."
_NO_NUMBER = "Er is geen nummer. Verandert deze regel, dan komt zij er de volgende keer nog eens bij."
_SAME_NAME = "U hebt al een toepassing met deze naam. Bedoelt u die? Zet dan het id in de regel."
_ENDED = "Deze toepassing is beëindigd. Haar tekst verandert niet meer."
_EDITORIAL = "Onze redactie schreef deze toepassing. Neem haar eerst over in uw werkruimte."


def place_of(row: Row, form: str) -> str:
    """Where a row stands, for people."""
    return row.place or f"{'regel' if form in _CELLS else 'registratie'} {row.number}"


def known_of(organisations: Iterable[int]) -> Index:
    """Where every record of the entries of `organisations` is, also those that came in earlier files."""
    pks = list(organisations)
    index = Index.load(pks)
    lines = UploadLine.objects.filter(entry__organisation__in=pks, outcome=LineOutcome.NEW)
    found = lines.values_list("entry_id", "source_id", "raw_hash", "entry__organisation__sort_key")
    for entry, source_id, digest, owner in found.order_by("pk").iterator():
        index.add(entry, lars=index.lars_of.get(entry, ""), source_id=source_id, digest=digest, organisation=owner)
    return index


def _names_of(organisations: Iterable[int]) -> set[tuple[int, str]]:
    """(organisation, folded name) of every entry."""
    pks = list(organisations)
    public = Entry.objects.filter(organisation__in=pks, current_version__isnull=False)
    drafts = Draft.objects.open().filter(entry__organisation__in=pks)
    named = [
        *public.values_list("organisation_id", "current_version__content__name"),
        *drafts.values_list("entry__organisation_id", "content__name"),
    ]
    return {(pk, sort_key(str(name))) for pk, name in named if name}


@dataclass
class LinePlanner:
    """Plans the rows of one file, in their order; remembers which records it saw."""

    owners: Owners
    index: Index
    names: set[tuple[int, str]]
    seen: dict[tuple[str, ...], tuple[str, str]] = field(default_factory=dict)  # key → (place, hash)
    systems: Systems = field(default_factory=Systems)
    noted: set[Change] = field(default_factory=set)  # about the file; told with the first row that is planned after

    @classmethod
    def of(cls, upload: Upload) -> "LinePlanner":
        """A planner for the file `upload`."""
        owners = Owners.of(upload)
        return cls(owners=owners, index=known_of(owners.pks), names=_names_of(owners.pks))

    def plan(self, row: Row, form: str, position: int) -> UploadLine:
        """What would be done with `row`, which a reader of `form` gave."""
        say_whose(row, form, self.owners.chosen.name)
        understood = understand(row, form)
        line = UploadLine(
            position=position, place=place_of(row, form), name=understood.name[:200],
            source_id=understood.source_id, raw_hash=understood.raw_hash,
        )  # fmt: skip
        line.outcome = self._fill(line, understood)
        _tell(line, *understood.changes, *(note for note in row.notes if note not in self.noted))
        self.noted.update(row.notes)
        if form in _CELLS:
            columns = columns_of(row)
            line.told = [_with_column(one, columns) for one in line.told]
        return line

    def _fill(self, line: UploadLine, understood: Understood) -> LineOutcome:
        if understood.refused:
            return _bad(line, understood.refused)
        owner = self.owners.find(understood.organisation)
        if owner is None:
            reason = f"Deze regel is van een andere organisatie. U leest in voor {self.owners.chosen.name}."
            return _bad(line, change("organisation", understood.organisation, None, reason))
        line.organisation, understood.organisation = owner, owner.name
        entry_id = self.index.find(understood)
        for key in (keys := keys_of(understood, entry_id)):
            if key in self.seen:
                return _double(line, *self.seen[key])
        self.seen |= dict.fromkeys(keys, (line.place, line.raw_hash))
        return self._new(line, understood) if entry_id is None else self._known(line, understood, now_of(entry_id))

    def _new(self, line: UploadLine, understood: Understood) -> LineOutcome:
        line.values = understood.content
        own = understood.row.own or {}
        system = self.systems.of(own.get("system"))
        line.system_id = system.pk if system else None
        _tell(line, *self.systems.told(understood, system), *left_behind(own))
        if not understood.lars and not understood.source_id:
            _tell(line, change("id", None, None, _NO_NUMBER))
        assert line.organisation is not None  # noqa: S101 (the caller filled it in)
        if (line.organisation.pk, sort_key(line.name)) in self.names:
            _tell(line, change("name", line.name, None, _SAME_NAME))
        return LineOutcome.NEW

    def _known(self, line: UploadLine, understood: Understood, now: Now) -> LineOutcome:
        line.entry, line.draft = now.entry, now.draft
        line.base_number = now.entry.current_version.number if now.entry.current_version else None
        line.revision = now.draft.revision if now.draft else None
        understood.tell(*self.systems.told(understood, now.entry.system))
        made = merge(now.content, said_by(understood, now))
        keys = [key for key in different(now.content, made) if not looks_same(key, now.content.get(key), made.get(key))]
        if not keys:
            return LineOutcome.UNCHANGED
        if refused := _refusal(line, now):
            return _bad(line, refused)
        for key in keys:
            if now.is_locked or now.is_anothers(key):
                reason = _LOCKED if now.is_locked else _ANOTHERS
                said, kept = (words_of(key, content.get(key)) for content in (made, now.content))
                _tell(line, change(key, said, kept, reason))
            else:
                line.values[key], line.before[key] = made.get(key), now.content.get(key)
        return LineOutcome.CHANGED if len(line.values) == len(keys) else LineOutcome.CONFLICT


def _refusal(line: UploadLine, now: Now) -> Change | None:
    """Why a row may not change the entry that it is about, if there is a reason."""
    owner = now.entry.organisation
    if line.organisation is not None and owner.pk != line.organisation.pk:
        return change("organisation", line.organisation.name, None, f"Deze toepassing hoort bij {owner.name}.")
    if now.entry.origin == Origin.EDITORIAL:
        return change("id", now.entry.slug, None, _EDITORIAL)
    if now.entry.state not in {State.DRAFT, State.PUBLISHED}:
        return change("id", now.entry.slug, None, _ENDED)
    return None


def _double(line: UploadLine, place: str, digest: str) -> LineOutcome:
    if digest == line.raw_hash:
        _tell(line, change("", None, None, f"Precies hetzelfde staat op {place}."))
        return LineOutcome.DOUBLE
    reason = f"Deze toepassing staat ook op {place}, met iets anders erin. Laat één van de twee staan."
    return _bad(line, change("id", line.source_id, None, reason))


def _bad(line: UploadLine, reason: Change) -> LineOutcome:
    line.told = [_as_told(reason), *line.told]
    return LineOutcome.BAD


def _tell(line: UploadLine, *changes: Change) -> None:
    line.told = [*line.told, *map(_as_told, changes)]


def _as_told(made: Change) -> dict[str, Any]:
    return {"field": made.field, "value": made.raw, "cleaned": made.cleaned, "reason": made.reason}


def _with_column(one: dict[str, Any], columns: Mapping[str, str]) -> dict[str, Any]:
    """What is told, with the name of the column that it is about as the person wrote it."""
    name = columns.get(one["field"].partition(".")[0])
    return {**one, "column": name} if name else one
