"""Whose a row of a file is: the names that surely are of an organisation, and those about which a person is asked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from portal.core.text import sort_key
from portal.organisations.models import Organisation
from portal.organisations.permissions import with_those_below
from transparency.exchange.cleaning import is_placeholder, plain
from transparency.exchange.readers.row import Row
from transparency.models import Upload

MOST_ASKED = 5  # names at once; a file with many more is a list of everybody


def name_key(name: str) -> str:
    """What is left of a name when capitals, accents, signs and spaces do not count."""
    return sort_key(name).replace(" ", "")


def say_whose(row: Row, form: str, name: str) -> None:
    """A row that names no organisation is of the one that was chosen, `name`; a text of a supplier always is."""
    if row.own is not None:
        named = row.own.get("organisation")
        if _is_nobody(named.get("name") if isinstance(named, Mapping) else named):
            row.own = {**row.own, "organisation": {"name": name}}
    elif form == "templates" or _is_nobody(row.record.get("organization")):
        row.record = {**row.record, "organization": name}
        row.changes = [one for one in row.changes if one.field != "organization"]


def _is_nobody(named: Any) -> bool:
    """Whether it says nothing, or only that there is no answer; a name in other letters than ours is a name."""
    text = plain(named)
    return not any(sign.isalnum() for sign in text) or bool(sort_key(text) and is_placeholder(text))


@dataclass
class Owners:
    """The names in one file, and whose they are."""

    chosen: Organisation
    pks: frozenset[int]  # of the one that was chosen and of those below it
    slugs: Mapping[str, Organisation]
    names: Mapping[str, Organisation]  # by `name_key`
    elsewhere: frozenset[str]  # the names of all others here
    said: Mapping[str, bool]  # what a person said: is it the one that was chosen?
    met: dict[str, dict[str, Any]] = field(default_factory=dict)  # the names that stand in neither

    @classmethod
    def of(cls, upload: Upload) -> "Owners":
        """Those of the organisation for which `upload` came in. Its own name goes before those below it."""
        chosen = upload.organisation
        pks = frozenset(with_those_below([chosen.pk]))
        found = Organisation.objects.filter(pk__in=pks).prefetch_related("locations").order_by("pk")
        ours = sorted(found, key=lambda one: one.pk != chosen.pk)
        elsewhere = _names_elsewhere(pks)
        names: dict[str, Organisation] = {}
        for one in ours:
            names.setdefault(name_key(one.name), one)
        for one in ours:  # an other name that is also the name of somebody else is not sure
            for name in (*one.also_known_as, *(place.name for place in one.locations.all())):
                if (key := name_key(name)) and key not in elsewhere:
                    names.setdefault(key, one)
        said = {one["key"]: one["same"] for one in upload.other_names if one["same"] is not None}
        slugs = {one.slug: one for one in ours}
        return cls(chosen=chosen, pks=pks, slugs=slugs, names=names, elsewhere=elsewhere, said=said)

    def find(self, name: str) -> Organisation | None:
        """Whose `name` is. None when it is of somebody else, or when nobody said yet that it is not."""
        key = name_key(name)
        owner = self.slugs.get(name.strip()) or self.names.get(key)
        if owner is not None and (key not in self.elsewhere or sort_key(name) == owner.sort_key):
            return owner
        new = {"key": key, "name": name, "rows": 0, "is_elsewhere": key in self.elsewhere, "same": self.said.get(key)}
        self.met.setdefault(key, new)["rows"] += 1
        return self.chosen if self.said.get(key) else None

    def other_names(self) -> list[dict[str, Any]]:
        """The names to ask about, those of most rows first; what was answered before stays."""
        found = sorted(self.met.values(), key=lambda one: (one["same"] is None, -one["rows"]))
        return found[: MOST_ASKED + len(self.said)]


def _names_elsewhere(ours: frozenset[int]) -> frozenset[str]:
    kept = Organisation.objects.exclude(pk__in=ours).values_list("sort_key", "alias_key")
    return frozenset(
        key.replace(" ", "") for name, others in kept.iterator() for key in (name, *others.split("|")) if key
    )  # fmt: skip
