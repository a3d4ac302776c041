"""Everything that an organisation has, drafts too, as a file: its own data is never locked in."""

from collections.abc import Callable, Iterator
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from portal.organisations.models import Organisation
from portal.organisations.permissions import with_those_below
from transparency.exchange import files
from transparency.exchange.exporting import content_of, own_document
from transparency.exchange.report import Change
from transparency.field import Content
from transparency.models import Draft, Entry
from transparency.workspace import organisations_of

JSON = "application/json"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def entries_to_export(organisation: Organisation) -> QuerySet[Entry]:
    """Every entry of `organisation` and of those below it, with its open draft."""
    entries = Entry.objects.filter(organisation__in=with_those_below([organisation.pk]))
    entries = entries.select_related("organisation", "system", "current_version", "national")
    drafts = Prefetch("drafts", queryset=Draft.objects.open(), to_attr="open_drafts")
    return entries.prefetch_related(drafts).order_by("pk")


def draft_of(entry: Any) -> Draft | None:
    """The open draft of an entry of `entries_to_export`."""
    return next(iter(entry.open_drafts), None)


def newest_text(entry: Entry) -> Content:
    """What is being written, or else what is public."""
    draft = draft_of(entry)
    return content_of(entry) if draft is None else draft.content


def _document(entry: Entry) -> dict[str, Any]:
    """Our own document with the newest text in `content`; with a draft also that, and what is public meanwhile."""
    draft = draft_of(entry)
    if draft is None:
        return own_document(entry)
    told = {"id": str(draft.uuid), "state": draft.state, "revision": draft.revision, "purpose": draft.purpose}
    public = entry.current_version.content if entry.current_version else None
    return {**own_document(entry, content=draft.content), "draft": told, "published_content": public}


def _silent(entry: Entry, change: Change) -> None:
    """What does not fit the national form is shortened there; the other forms have all of it."""


Make = Callable[[QuerySet[Entry]], Iterator[str | bytes]]
FILES: dict[str, tuple[Any, str, Make]] = {
    "toepassingen.json": (_("Alles, ook om weer in te lezen (.json)"), JSON,
                          lambda entries: files.own_json_of(map(_document, files.each(entries)))),
    "toepassingen.xlsx": (_("Voor Excel: een rij per toepassing (.xlsx)"), XLSX,
                          lambda entries: files.xlsx(entries, _silent, text=newest_text)),
    "toepassingen.csv": (_("Lijst met komma’s: een rij per toepassing (.csv)"), "text/csv; charset=utf-8",
                         lambda entries: files.flat_csv(entries, _silent, text=newest_text)),
    "algoritmeregister.json": (_("In de vorm van het landelijke register (.json)"), JSON,
                               lambda entries: files.national_json(entries, _silent, text=newest_text)),
}  # fmt: skip


@require_safe
def exports(request: HttpRequest) -> HttpResponse:
    """What can be taken, of each organisation that the person works for."""
    files_of = [{"name": name, "label": label} for name, (label, _media, _make) in FILES.items()]
    own = organisations_of(request.user).filter(memberships__user=request.user.pk).distinct()
    return render(request, "transparency/export_list.html", {"organisations": own, "files": files_of})


@require_safe
def export(request: HttpRequest, slug: str, name: str) -> HttpResponseBase:
    """One file, sent as it is made. Raises Http404 for an organisation that the person does not work for."""
    organisation = get_object_or_404(organisations_of(request.user), slug=slug)
    if name not in FILES:
        raise Http404(name)
    _label, media, make = FILES[name]
    made = make(entries_to_export(organisation))
    pieces = (piece if isinstance(piece, bytes) else piece.encode() for piece in made)
    response = StreamingHttpResponse(pieces, content_type=media)
    response.headers["Content-Disposition"] = f'attachment; filename="{slug}-{name}"'
    return response
