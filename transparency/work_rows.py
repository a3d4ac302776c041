"""The list of entries in the workspace: each with how it stands, filtered, sorted, a page at a time."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import CharField, Exists, F, OuterRef, Prefetch, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.core.text import one_line, sort_key
from transparency.document import missing
from transparency.field import Content
from transparency.fields import ENTRY_FIELDS
from transparency.models import Draft, Ending, Entry, Notice, Readability
from transparency.plain_language import readability_of
from transparency.review_dates import SOON
from transparency.states import OPEN_DRAFT, OPEN_NOTICE, State

A_PAGE = 25
SORTS = {
    "naam": (_("Naam"), ("sort_name", "pk")),
    "controle": (_("Volgende controle"), (F("due").asc(nulls_last=True), "sort_name", "pk")),
    "nieuw": (_("Laatst veranderd"), (F("current_version__published_at").desc(nulls_first=True), "sort_name", "pk")),
}
STANDS = {
    "openbaar": (_("Openbaar"), Q(state=State.PUBLISHED)),
    "nieuw": (_("Nog niet openbaar"), Q(state=State.DRAFT)),
    "weg": (_("Uit het register"), Q(state__in=[State.WITHDRAWN, State.REPLACED])),
}
NEEDS = ("te-laat", "binnenkort", "nieuwe-tekst", "melding")
NEED_LABELS = {
    "te-laat": _("Controle te laat"),
    "binnenkort": _("Binnenkort controleren"),
    "nieuwe-tekst": _("Er is een nieuwe tekst"),
    "melding": _("Er staat een melding"),
}


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What somebody asks of the list; what we do not know counts as not asked."""

    q: str = ""
    stand: str = ""
    needs: str = ""
    organisation: str = ""
    sort: str = "naam"

    @classmethod
    def of(cls, query: Mapping[str, str]) -> "Asked":
        """From the query string."""
        stand, needs, sort = (query.get(key, "") for key in ("stand", "nodig", "sorteer"))
        return cls(
            q=one_line(query.get("q", ""), 100),
            stand=stand if stand in STANDS else "",
            needs=needs if needs in NEEDS else "",
            organisation=one_line(query.get("organisatie", ""), 100),
            sort=sort if sort in SORTS else "naam",
        )

    def as_query(self) -> list[tuple[str, str]]:
        """Back into the query string."""
        sort = "" if self.sort == "naam" else self.sort
        return [("q", self.q), ("stand", self.stand), ("nodig", self.needs), ("organisatie", self.organisation),
                ("sorteer", sort)]  # fmt: skip

    @property
    def is_narrowed(self) -> bool:
        """Whether some entries may be left out."""
        return bool(self.q or self.stand or self.needs or self.organisation)


@dataclass(frozen=True, kw_only=True)
class Row:
    """One entry of the list."""

    entry: Entry
    name: str
    answered: int
    needed: int
    due: datetime.date | None
    is_late: bool
    is_soon: bool
    readability: Readability | None
    draft: Draft | None
    notice: Notice | None
    ending: Ending | None


def completeness(content: Content) -> tuple[int, int]:
    """How many of the needed questions have an answer, and how many are needed."""
    needed = [field for field in ENTRY_FIELDS if field.needed_when(content)]
    return len(needed) - len(missing(content, needed)), len(needed)


def choose(entries: QuerySet[Entry], asked: Asked, today: datetime.date) -> QuerySet[Entry]:
    """Those of `entries` that are asked for, in the order asked for; with `due` and `sort_name`."""
    found = entries.annotate(
        due=F("record__due"), sort_name=Coalesce(F("record__sort_key"), F("slug"), output_field=CharField())
    )
    if asked.stand:
        found = found.filter(STANDS[asked.stand][1])
    if asked.organisation:
        found = found.filter(organisation__slug=asked.organisation)
    for word in sort_key(asked.q).split():
        found = found.filter(Q(record__sort_key__contains=word) | Q(slug__contains=word))
    if asked.needs:
        found = found.filter(_need(asked.needs, today))
    return found.order_by(*SORTS[asked.sort][1])


def _need(need: str, today: datetime.date) -> Q:
    if need == "nieuwe-tekst":
        return Q(Exists(Draft.objects.filter(entry=OuterRef("pk"), state__in=OPEN_DRAFT)))
    if need == "melding":
        return Q(Exists(Notice.objects.filter(entry=OuterRef("pk"), state__in=OPEN_NOTICE)))
    has_day = ~Q(record__due="") & Q(record__isnull=False)
    if need == "te-laat":
        return has_day & Q(record__due__lt=today.isoformat())
    until = (today + datetime.timedelta(days=SOON)).isoformat()
    return has_day & Q(record__due__gte=today.isoformat(), record__due__lte=until)


def page_of(entries: QuerySet[Entry], asked: Asked, number: str | None) -> tuple[list[Row], "Page[Any]"]:
    """The rows of page `number` (the first or last where there is no such page), and the page."""
    today = timezone.localdate()
    open_drafts = Prefetch("drafts", Draft.objects.open(), to_attr="open_drafts")
    open_notices = Prefetch("notices", Notice.objects.open().order_by("-published_at", "-pk"), to_attr="open_notices")
    open_endings = Prefetch("endings", Ending.objects.open(), to_attr="open_endings")
    found = choose(entries, asked, today).select_related("organisation", "current_version__readability")
    page = Paginator(found.prefetch_related(open_drafts, open_notices, open_endings), A_PAGE).get_page(number)
    return [row_of(entry, today) for entry in page], page


def row_of(entry: Any, today: datetime.date) -> Row:
    """The row of an entry with `due`, `open_drafts`, `open_notices` and `open_endings`."""
    draft = _first(entry.open_drafts)
    version = entry.current_version
    content = version.content if version else draft.content if draft else {}
    answered, needed = completeness(content)
    due = datetime.date.fromisoformat(entry.due) if entry.due else None
    days = (due - today).days if due else 0
    return Row(
        entry=entry, name=str(content.get("name") or entry.slug), answered=answered, needed=needed, due=due,
        is_late=due is not None and days < 0, is_soon=due is not None and 0 <= days <= SOON,
        readability=readability_of(version) if version else None, draft=draft,
        notice=_first(entry.open_notices), ending=_first(entry.open_endings),
    )  # fmt: skip


def _first(things: Iterable[Any]) -> Any:
    return next(iter(things), None)
