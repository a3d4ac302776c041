"""What a new text can begin with: a product of the register, an entry that one may read, or a supplier's template."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _

from portal.core.text import clean, fold, sort_key
from portal.organisations.models import Organisation
from transparency.exchange.detect import read_data
from transparency.exchange.readers.limits import decode
from transparency.exchange.readers.row import Row
from transparency.exchange.report import ExchangeError
from transparency.exchange.slugs import Slugs
from transparency.exchange.understanding import Understood, understand
from transparency.field import Content
from transparency.fields import ENTRY_FIELDS, SYSTEM_FIELDS
from transparency.models import AISystem, Entry
from transparency.shape import sound
from transparency.workspace import entries_of
from transparency.writing.credit import credit_of

MOST_TEMPLATES = 200  # records of one file that a writer may choose from
MOST_FOUND = 60  # shown at once; who wants another one searches
LONGEST_SLUG = 110  # of 120: room for a number

# What belongs to one use at one moment: never taken over from another text.
OF_ITS_OWN = frozenset({
    "sources", "start_month", "end_month", "stop_reason", "last_checked_on", "next_review_date", "people_per_year",
    "ar_publication_category", "eu_db_deployer_url",
})  # fmt: skip
# What belongs to one provider: not taken over from another one.
OF_ITS_PROVIDER = OF_ITS_OWN | {
    "contact_public", "contact_phone", "contact_name_role", "complain_how", "data_rights_url", "public_page_url",
    "locations", "departments", "processing_register_url", "participation", "participation_steps", "local_validation",
    "assessments", "status", "explain_contact", "object_how",
}  # fmt: skip

# What a supplier's template says of the supplier: patients would ask there.
OF_THE_SUPPLIER = frozenset({"sources", "start_month", "end_month", "contact_public", "public_page_url"})


@dataclass(frozen=True, kw_only=True)
class Beginning:
    """The content that a draft begins with, whose words it has, and of which product it is."""

    content: dict[str, Any] = field(default_factory=dict)
    credit: tuple[dict[str, Any], ...] = ()
    system: AISystem | None = None

    @property
    def name(self) -> str:
        """What the source calls it."""
        return str(self.content.get("name", ""))


def from_system(system: AISystem) -> Beginning:
    """What is known of a product, with credit to who wrote that."""
    assert system.current_version is not None  # noqa: S101 (callers take public ones)
    known = _without(sound(system.current_version.content, SYSTEM_FIELDS), OF_ITS_OWN)
    name = {"name": known.get("name", system.slug)}
    credit = credit_of(
        lambda: _("“%(name)s” in dit register, geschreven door de redactie") % name,
        f"{settings.PUBLIC_URL}{system.get_absolute_url()}",
        known,
    )
    return Beginning(content=known, credit=(credit,), system=system)


def from_entry(entry: Entry, organisation: Organisation) -> Beginning:
    """A copy of what an entry says. Of another provider only what can hold elsewhere too, with credit."""
    assert entry.current_version is not None  # noqa: S101 (callers take those with a text)
    is_own = entry.organisation_id == organisation.pk
    left_out = OF_ITS_OWN if is_own else OF_ITS_PROVIDER
    copied = _without(sound(entry.current_version.content, ENTRY_FIELDS), left_out)
    if is_own:
        return Beginning(content=copied, system=entry.system)
    names = {"name": copied.get("name", entry.slug), "provider": entry.organisation.name}
    credit = credit_of(
        lambda: _("“%(name)s” van %(provider)s in dit register") % names,
        f"{settings.PUBLIC_URL}{entry.get_absolute_url()}",
        copied,
    )
    return Beginning(content=copied, credit=(credit,), system=entry.system)


def _without(content: Content, left_out: frozenset[str]) -> dict[str, Any]:
    kept = {key: value for key, value in content.items() if key not in left_out}
    if "unknown" in kept and not (listed := [key for key in kept.pop("unknown") if key not in left_out]):
        return kept
    return kept | ({"unknown": listed} if "unknown" in content else {})


# --- A supplier's template -------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Template:
    """One record of a file: its number there, what it is called and what it says."""

    number: int
    name: str
    supplier: str
    understood: Understood


def templates(data: bytes, name: str) -> list[Template]:
    """The records of a file in the national standard or in our own form. Raises ExchangeError with words for people."""
    form, rows = read_data(data, clean(name)[:80])
    found = list(_templates(form, rows))
    if not found:
        raise ExchangeError(_("In dit bestand staat geen tekst die wij kunnen lezen."))
    return found


def _templates(form: str, rows: Iterator[Row]) -> Iterator[Template]:
    for row in rows:
        if row.number > MOST_TEMPLATES:
            return
        understood = understand(row, form)
        if not understood.name:  # a template belongs to no organisation; a name it has
            continue
        supplier = str(understood.content.get("provider", "")) or understood.organisation
        yield Template(number=row.number, name=understood.name, supplier=supplier, understood=understood)


def from_template(template: Template) -> Beginning:
    """What a template says, with credit to the supplier; what it leaves to fill in stays for the writer."""
    content = _without(sound(template.understood.content, ENTRY_FIELDS), OF_THE_SUPPLIER)
    credit = credit_of(
        lambda: _("Voorbeeldtekst van %(supplier)s") % {"supplier": template.supplier or _("een leverancier")},
        "",
        content,
    )
    return Beginning(content=content, credit=(credit,))


def as_text(data: bytes) -> str:
    """The file as text, to send it once more with the choice of a record. Raises ExchangeError."""
    return decode(data)


# --- Finding a source, and an address --------------------------------------------------------------------------------


def systems_for(words: str) -> list[AISystem]:
    """Products whose name or maker holds `words`, by name; all of them without words, at most MOST_FOUND."""
    systems = AISystem.objects.public().select_related("current_version").order_by("slug")
    wanted = fold(words).split()
    found = []
    for system in systems:
        assert system.current_version is not None  # noqa: S101 (public() says so)
        content = system.current_version.content
        said = fold(" ".join([content["name"], str(content.get("provider", "")), *system.also_known_as]))
        if all(word in said for word in wanted):
            found.append(system)
    return found[:MOST_FOUND]


def entries_for(user: Any, words: str) -> list[Entry]:
    """Entries with a text that `user` may read and whose name or provider holds `words`; own ones first."""
    own = set(entries_of(user).values_list("pk", flat=True))
    readable = Entry.objects.filter(Q(pk__in=own) | Q(pk__in=Entry.objects.listed())).exclude(current_version=None)
    wanted = sort_key(words).split()
    if not wanted:
        readable = readable.filter(pk__in=own)
    for word in wanted:
        readable = readable.filter(Q(record__sort_key__contains=word) | Q(record__provider_key__contains=word))
    entries = readable.select_related("current_version", "organisation", "system").order_by("slug")
    return sorted(entries[:MOST_FOUND], key=lambda entry: entry.pk not in own)


def system_at(slug: str) -> AISystem | None:
    """The product `slug`, when it has a text."""
    return AISystem.objects.public().select_related("current_version").filter(slug=clean(slug)[:100]).first()


def entry_at(user: Any, slug: str) -> Entry | None:
    """The entry `slug`, when it has a text that `user` may read."""
    readable = Entry.objects.filter(Q(pk__in=entries_of(user)) | Q(pk__in=Entry.objects.listed()))
    found = readable.exclude(current_version=None).select_related("current_version", "organisation", "system")
    return found.filter(slug=clean(slug)[:120]).first()


def free_slug(name: str, organisation: Organisation) -> str:
    """An address for a new entry: its name and its provider, with a number behind it when it is taken."""
    whole = f"{name[:60]} {organisation.name}"[:LONGEST_SLUG]
    begin = Slugs(taken=set(), longest=120, fallback="toepassing").free(whole)
    taken = set(Entry.objects.filter(slug__startswith=begin).values_list("slug", flat=True))
    return Slugs(taken=taken, longest=120, fallback="toepassing").free(whole)
