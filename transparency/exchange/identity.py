"""Which entry a record is about: by its lars, then its source_id, then our own address; never by its name."""

import re
from collections.abc import Collection
from dataclasses import dataclass, field

from django.conf import settings

from portal.core.text import sort_key
from portal.organisations.models import Organisation
from transparency.exchange.understanding import Understood, as_uuid
from transparency.models import Entry, NationalRecord
from transparency.states import Origin

_OURS = re.compile(r"/(?:api/v1/toepassingen|register)/([0-9a-z-]+)/?")


def permalink(entry: Entry) -> str:
    """The address of the machine-readable record of `entry`."""
    return f"{settings.PUBLIC_URL}/api/v1/toepassingen/{entry.uuid}"


def is_own(entry: Entry) -> bool:
    """Whether `entry` was born here: then its text is never replaced by an import."""
    return entry.origin != Origin.IMPORTED


def belongs(organisation: Organisation, name: str) -> bool:
    """Whether `name` is one of `organisation`, or as good as: shorter or longer, as "Sociale Verzekeringsbank (SVB)".

    Registers change names; a number that another organisation uses by mistake must not change what this one says.
    """
    said, names = _words(name), (organisation.name, *organisation.also_known_as)
    return any(said <= words or words <= said for words in map(_words, names))


def _words(name: str) -> set[str]:
    return set(re.findall(r"\w+", sort_key(name)))


@dataclass
class Index:
    """Where every known record is, for one import."""

    entry_by_uuid: dict[str, int] = field(default_factory=dict)
    entry_by_slug: dict[str, int] = field(default_factory=dict)
    by_lars: dict[str, int] = field(default_factory=dict)
    by_source: dict[tuple[str, str], int] = field(default_factory=dict)
    by_hash: dict[str, int] = field(default_factory=dict)
    lars_of: dict[int, str] = field(default_factory=dict)

    @classmethod
    def load(cls, organisations: Collection[int] | None = None) -> "Index":
        """The index of what is in the database now; of the entries of `organisations` only when given."""
        index = cls()
        entries, records = Entry.objects.all(), NationalRecord.objects.all()
        if organisations is not None:
            entries = entries.filter(organisation__in=organisations)
            records = records.filter(entry__organisation__in=organisations)
        for pk, code, slug in entries.values_list("pk", "uuid", "slug").iterator():
            index.entry_by_uuid[str(code)] = pk
            index.entry_by_slug[slug] = pk
        found = records.values_list("entry_id", "lars", "source_id", "raw_hash", "entry__organisation__sort_key")
        for pk, lars, source_id, digest, organisation in found.order_by("entry_id").iterator():
            index.add(pk, lars=lars, source_id=source_id, digest=digest, organisation=organisation)
        return index

    def add(self, entry: int, *, lars: str, source_id: str, digest: str, organisation: str) -> None:
        """Know a record: `organisation` is the sort key of its owner, for a source_id means something there only."""
        self.lars_of[entry] = lars
        self.by_hash.setdefault(digest, entry)
        if lars:
            self.by_lars[lars] = entry
        if source_id:
            self.by_source.setdefault((organisation, source_id), entry)

    def find(self, understood: Understood) -> int | None:
        """The key of the entry that `understood` is about, or None when it is new."""
        if understood.lars and understood.lars in self.by_lars:
            return self.by_lars[understood.lars]
        code = as_uuid(understood.source_id)
        by_source = self.by_source.get((sort_key(understood.organisation), understood.source_id))
        found = self.entry_by_uuid.get(str(code)) if code else None
        for entry in (found, by_source, self._by_address(understood.url)):
            if entry is not None and not self._is_other(entry, understood.lars):
                return entry
        if not understood.lars and not understood.source_id:
            return self.by_hash.get(understood.raw_hash)  # nothing to know it by: only the very same record is the same
        return None

    def _is_other(self, entry: int, lars: str) -> bool:
        known = self.lars_of.get(entry, "")
        return bool(lars and known and lars != known)

    def _by_address(self, url: str) -> int | None:
        if not url.startswith(f"{settings.PUBLIC_URL}/"):
            return None
        match = _OURS.fullmatch(url.removeprefix(settings.PUBLIC_URL))
        return (self.entry_by_uuid.get(match[1]) or self.entry_by_slug.get(match[1])) if match else None
