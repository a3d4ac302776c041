"""What taking over one row of a file would do: an UploadLine that says it; nothing is written here."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from portal.core.text import sort_key
from portal.organisations.models import Organisation
from portal.organisations.permissions import with_those_below
from transparency.exchange.applying import system_of
from transparency.exchange.identity import Index
from transparency.exchange.importing import keys_of
from transparency.exchange.readers.row import Row
from transparency.exchange.report import Change, change
from transparency.exchange.understanding import Understood, understand
from transparency.models import Draft, Entry, Upload, UploadLine
from transparency.states import LineOutcome, Origin, State
from transparency.uploads.texts import Now, different, merge, now_of, said_by

_CELLS = {"csv", "xlsx"}
_LOCKED = "Deze tekst wacht op goedkeuring. Neem hem eerst terug."
_ANOTHERS = "Iemand schreef hier al iets anders in de nieuwe tekst. Dat blijft staan."
_NO_NUMBER = "Er is geen nummer. Verandert deze regel, dan komt zij er de volgende keer nog eens bij."
_SAME_NAME = "U heeft al een toepassing met deze naam. Bedoelt u die? Zet dan het id in de regel."
_ENDED = "Deze toepassing is beëindigd. Haar tekst verandert niet meer."
_EDITORIAL = "Onze redactie schreef deze toepassing. Neem haar eerst over in uw werkruimte."


def place_of(row: Row, form: str) -> str:
    """Where a row stands, for people."""
    return f"{'regel' if form in _CELLS else 'registratie'} {row.number}"


def owners_of(organisation: Organisation) -> dict[str, Organisation]:
    """Every name of `organisation` and of those below it → whose it is; its own names go first."""
    found: dict[str, Organisation] = {}
    below = Organisation.objects.filter(pk__in=with_those_below([organisation.pk])).order_by("pk")
    for one in sorted(below, key=lambda one: one.pk != organisation.pk):
        for name in (one.name, one.slug, *one.also_known_as):
            found.setdefault(sort_key(name), one)
    return found


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

    organisation: Organisation
    owners: dict[str, Organisation]
    index: Index
    names: set[tuple[int, str]]
    seen: dict[tuple[str, ...], tuple[str, str]] = field(default_factory=dict)  # key → (place, hash)
    systems: dict[str, int | None] = field(default_factory=dict)

    @classmethod
    def of(cls, upload: Upload) -> "LinePlanner":
        """A planner for the file `upload`."""
        owners = owners_of(upload.organisation)
        pks = {one.pk for one in owners.values()}
        return cls(
            organisation=upload.organisation, owners=owners, index=known_of(pks), names=_names_of(pks)
        )  # fmt: skip

    def plan(self, row: Row, form: str, position: int) -> UploadLine:
        """What would be done with `row`, which a reader of `form` gave."""
        understood = understand(row, form)
        if form == "templates":  # a text of a supplier names no organisation
            understood.organisation = self.organisation.name
        line = UploadLine(
            position=position, place=place_of(row, form), name=understood.name[:200],
            source_id=understood.source_id, raw_hash=understood.raw_hash,
        )  # fmt: skip
        line.outcome = self._fill(line, understood)
        _tell(line, *understood.changes)
        return line

    def _fill(self, line: UploadLine, understood: Understood) -> LineOutcome:
        if understood.refused:
            return _bad(line, understood.refused)
        owner = self.owners.get(sort_key(understood.organisation))
        if owner is None:
            reason = f"Deze regel is van een andere organisatie. U leest in voor {self.organisation.name}."
            return _bad(line, change("organisation", understood.organisation, None, reason))
        line.organisation = owner
        entry_id = self.index.find(understood)
        for key in (keys := keys_of(understood, entry_id)):
            if key in self.seen:
                return _double(line, *self.seen[key])
        self.seen |= dict.fromkeys(keys, (line.place, line.raw_hash))
        return self._new(line, understood) if entry_id is None else self._known(line, understood, now_of(entry_id))

    def _new(self, line: UploadLine, understood: Understood) -> LineOutcome:
        line.values = understood.content
        line.system_id = self._system((understood.row.own or {}).get("system"))
        if not understood.lars and not understood.source_id:
            _tell(line, change("id", None, None, _NO_NUMBER))
        assert line.organisation is not None  # noqa: S101 (the caller filled it in)
        if (line.organisation.pk, sort_key(line.name)) in self.names:
            _tell(line, change("name", line.name, None, _SAME_NAME))
        return LineOutcome.NEW

    def _system(self, named: Any) -> int | None:
        """The AI system that a row names; each is looked for once."""
        told = json.dumps(named, sort_keys=True)
        if told not in self.systems:
            system = system_of(named)
            self.systems[told] = system.pk if system else None
        return self.systems[told]

    def _known(self, line: UploadLine, understood: Understood, now: Now) -> LineOutcome:
        line.entry, line.draft = now.entry, now.draft
        line.base_number = now.entry.current_version.number if now.entry.current_version else None
        line.revision = now.draft.revision if now.draft else None
        made = merge(now.content, said_by(understood, now))
        keys = different(now.content, made)
        if not keys:
            return LineOutcome.UNCHANGED
        if refused := _refusal(line, now):
            return _bad(line, refused)
        for key in keys:
            if now.is_locked or now.is_anothers(key):
                reason = _LOCKED if now.is_locked else _ANOTHERS
                _tell(line, change(key, made.get(key), now.content.get(key), reason))
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
