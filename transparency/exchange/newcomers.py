"""What an entry that is new here gets beside its text: its code and address, its organisation and its AI system.

Our own JSON says these, and they are taken when they are free and right. What cannot be taken is told, in the plan as
in the writing of it: both ask the same of the same rows in the same order.
"""

import json
import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from portal.core.text import sort_key
from portal.organisations.models import Organisation, OrganisationKind
from transparency.exchange.cleaning import plain
from transparency.exchange.identity import belongs
from transparency.exchange.own import begun_anew, left_behind
from transparency.exchange.report import Change, change
from transparency.exchange.slugs import Slugs
from transparency.exchange.understanding import Understood, as_uuid
from transparency.models import AISystem, Entry
from transparency.states import Origin

_GOVERNMENT = re.compile(
    r"(gemeente|provincie|ministerie|waterschap|hoogheemraadschap|wetterskip|rijks\w*|belastingdienst|douane|politie|"
    r"omgevingsdienst|veiligheidsregio|gemeenschappelijke regeling|inspectie|autoriteit|kadaster|raad|kamer|dienst|"
    r"openbaar ministerie|ciz|svb|uwv|cak|cjib|rdw|rivm|ind|duo|sociale verzekeringsbank|"
    r"uitvoeringsinstituut|nederlands forensisch|nationale?|algemene|college|staten|toeslagen|regio)\b"
)
_THERE = "Deze organisatie staat hier al. Wij gebruiken wat hier van haar staat."
_TAKEN = "Dit is hier al van een ander, of het klopt niet. Wij kozen iets anders."
_NO_SYSTEM = "Dit AI-systeem staat hier niet. De toepassing hoort nu bij geen enkel AI-systeem."
_OTHER_SYSTEM = "Hier hoort de toepassing bij iets anders. Dat blijft zo."


def organisation_kind(name: str) -> OrganisationKind:
    """What a new organisation is, by its name: a public body, or another organisation that people can look at later."""
    return OrganisationKind.GOVERNMENT if _GOVERNMENT.match(sort_key(name)) else OrganisationKind.OTHER


def slugs_of_entries() -> Slugs:
    """Gives new slugs for entries."""
    return Slugs(taken=set(Entry.objects.values_list("slug", flat=True)), longest=120, fallback="toepassing")


class Systems:
    """The AI systems that our own documents name; each is looked for once."""

    def __init__(self) -> None:
        self._found: dict[str, AISystem | None] = {}

    def of(self, named: Any) -> AISystem | None:
        """The one here with that code or slug, or the one that it was joined with; None when there is none."""
        told = json.dumps(named, sort_keys=True)
        if told not in self._found:
            self._found[told] = _system_of(named)
        return self._found[told]

    def told(self, understood: Understood, here: AISystem | None) -> list[Change]:
        """A line when a document names another system than its entry has here."""
        named = (understood.row.own or {}).get("system")
        if not (any(named.values()) if isinstance(named, Mapping) else named):
            return []
        found = self.of(named)
        if found is None:
            return [change("system", named, here.slug if here else None, _OTHER_SYSTEM if here else _NO_SYSTEM)]
        if here is None or here.living != found:
            return [change("system", named, here.slug if here else None, _OTHER_SYSTEM)]
        return []


def _system_of(named: Any) -> AISystem | None:
    if not isinstance(named, Mapping):
        return None
    code = as_uuid(plain(named.get("id")))
    found = AISystem.objects.filter(uuid=code).first() if code else None
    found = found or AISystem.objects.filter(slug=plain(named.get("slug"))).first()
    return found.living if found else None


class Owners:
    """The organisations here; an invented one is never the owner of a real record."""

    def __init__(self) -> None:
        every = list(Organisation.objects.order_by("-pk"))
        self._codes = {found.uuid for found in every}
        self._slugs = Slugs(taken={found.slug for found in every}, longest=100, fallback="organisatie")
        real = [found for found in every if not found.is_example]
        self._by_code = {found.uuid: found for found in real}
        self._by_name = {found.sort_key: found for found in real}

    def of(self, name: str, said: Any) -> tuple[Organisation, list[Change]]:
        """The organisation called `name`, of which a document of ours says `said`; not saved yet when it is new.

        It is known by its code when its name is as good as that, or else by its name.
        """
        said = said if isinstance(said, Mapping) else {}
        code, key = as_uuid(plain(said.get("id"))), sort_key(name)
        by_code = self._by_code.get(code) if code else None
        found = by_code if by_code and belongs(by_code, name) else self._by_name.get(key)
        is_new = found is None or found.pk is None
        if found is None:
            found = self._new(name, code, said)
            self._by_code[found.uuid] = self._by_name[key] = found
        here = {"id": str(found.uuid), "slug": found.slug, "kind": str(found.kind)}
        told = {part: str(code) if part == "id" and code else plain(said.get(part)) for part in here}
        return found, [
            change(f"organisation.{part}", told[part], None if is_new and part == "id" else here[part],
                   _TAKEN if is_new else _THERE)
            for part in here
            if told[part].strip() and told[part] != here[part]
        ]  # fmt: skip

    def _new(self, name: str, code: uuid.UUID | None, said: Mapping[str, Any]) -> Organisation:
        code = uuid.uuid4() if code is None or code in self._codes else code
        self._codes.add(code)
        kind = said.get("kind")
        return Organisation(
            uuid=code, slug=self._slugs.free(plain(said.get("slug")) or name), name=name,
            kind=kind if kind in OrganisationKind.values else organisation_kind(name),
        )  # fmt: skip


@dataclass
class Newcomers:
    """Makes new entries, not saved yet, in the order in which they are asked for."""

    owners: Owners = field(default_factory=Owners)
    systems: Systems = field(default_factory=Systems)
    slugs: Slugs = field(default_factory=slugs_of_entries)

    def entry(self, understood: Understood) -> tuple[Entry, list[Change]]:
        """The entry for `understood`, and what its document says that could not be taken."""
        own = understood.row.own or {}
        organisation, changes = self.owners.of(understood.organisation, own.get("organisation"))
        system = self.systems.of(own.get("system"))
        said = plain(own.get("slug"))
        slug = self.slugs.free(said or f"{understood.name} {understood.organisation}")
        if said and slug != said:
            changes.append(change("slug", said, slug, _TAKEN))
        made = Entry(
            uuid=(as_uuid(understood.source_id) if own else None) or uuid.uuid4(),
            slug=slug, organisation=organisation, system=system, origin=Origin.IMPORTED,
        )  # fmt: skip
        return made, [*changes, *self.systems.told(understood, system), *left_behind(own), *begun_anew(own)]
