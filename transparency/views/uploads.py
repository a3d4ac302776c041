"""Reading a file in: send it, see what it would do row by row, take it over, undo that."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.core.htmx import render_page
from portal.core.paging import page_links, query_string
from portal.core.private import takes_files
from portal.core.workflow import StepNotAllowed
from portal.organisations.models import Organisation
from transparency.actions.uploads import (
    LARGEST,
    accept_upload,
    begin_upload,
    changes_something,
    discard_upload,
    may_undo,
    say_same,
    undo_upload,
)
from transparency.models import Upload
from transparency.permissions import can_change_upload
from transparency.uploads.blank import MEDIA, columns, workbook
from transparency.uploads.states import BUSY_UPLOAD, UPLOAD, LineOutcome, UploadState
from transparency.uploads.telling import KEPT, MARKS, told
from transparency.uploads.telling import report as report_of
from transparency.workspace import organisations_to_write_for, uploads_of

LINES_A_PAGE = 25
MOST_SHOWN = 30  # uploads in the list
ROOM = 100_000  # bytes of a form around its file


class UploadForm(forms.Form):
    """A file and whose it is."""

    organisation = forms.ModelChoiceField(
        queryset=Organisation.objects.none(), to_field_name="slug", empty_label=None, label=gettext_lazy("Organisatie"),
        error_messages={"required": gettext_lazy("Kies voor welke organisatie u inleest."),
                        "invalid_choice": gettext_lazy("Kies een organisatie uit de lijst.")},
    )  # fmt: skip
    file = forms.FileField(
        allow_empty_file=True, max_length=1000, label=gettext_lazy("Bestand"),
        error_messages={"required": gettext_lazy("Kies een bestand."),
                        "max_length": gettext_lazy("De naam van het bestand is te lang. Maak hem korter.")},
    )  # fmt: skip

    def __init__(self, user: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations_to_write_for(user)  # type: ignore[attr-defined]


@takes_files(LARGEST + ROOM)
@require_http_methods(["GET", "HEAD", "POST"])
def uploads(request: HttpRequest) -> HttpResponse:
    """The form to send a file, and the files that were sent."""
    form = UploadForm(request.user, request.POST, request.FILES) if request.method == "POST" else None
    if form is not None and form.is_valid():
        sent = form.cleaned_data["file"]
        try:
            begun = begin_upload(
                organisation=form.cleaned_data["organisation"], name=sent.name, data=sent.read(),
                by=request.user, now=timezone.now(),
            )  # fmt: skip
        except ValidationError as error:
            form.add_error("file", error)
        else:
            return redirect("transparency:upload", begun.uuid)
    context = {
        "form": form or UploadForm(request.user),
        "organisations": organisations_to_write_for(request.user),
        "uploads": uploads_of(request.user)[:MOST_SHOWN],
        "columns": columns(),
    }
    status = HTTPStatus.OK if form is None else HTTPStatus.UNPROCESSABLE_ENTITY
    return render(request, "transparency/upload_list.html", context, status=status)


@require_safe
def blank(request: HttpRequest) -> HttpResponse:
    """An empty list to begin with."""
    response = HttpResponse(workbook(), content_type=MEDIA)
    response.headers["Content-Disposition"] = 'attachment; filename="voorbeeldbestand.xlsx"'
    return response


def visible_upload(user: Any, key: UUID) -> Upload:
    """The upload `key`. Raises Http404 when there is none of an organisation of `user`."""
    return get_object_or_404(uploads_of(user), uuid=key)


@require_safe
def upload(request: HttpRequest, key: UUID) -> HttpResponse:
    """How far a file is; once it was read, what its rows would do. htmx asks for this again while there is work."""
    found = visible_upload(request.user, key)
    return render_page(request, "transparency/upload.html", _page(request, found), fragment="stand")


def _page(request: HttpRequest, found: Upload) -> dict[str, Any]:
    chosen = _chosen(request.GET.get("soort", ""), found)
    lines = found.lines.order_by("position")
    lines = lines.exclude(kept="") if chosen == KEPT else lines.filter(outcome=chosen) if chosen else lines
    page = Paginator(lines, LINES_A_PAGE).get_page(request.GET.get("pagina"))
    return {
        "upload": found,
        "is_busy": found.state in BUSY_UPLOAD,
        "has_lines": found.state not in {UploadState.WAITING, UploadState.UNREADABLE, UploadState.DISCARDED},
        "lines": [told(line) for line in page],
        "counts": _counts(found),
        "chosen": chosen,
        "bad": found.counts.get(LineOutcome.BAD, 0),
        "kept": found.lines.exclude(kept="").count() if found.state == UploadState.UNDONE else 0,
        "pages": page_links(
            page.number, page.paginator.num_pages,
            lambda number: request.path + query_string([("soort", chosen or "alles")], number) + "#regels",
        ),
        "asks": any(one["same"] is None for one in found.other_names),
        **_can(request.user, found),
    }  # fmt: skip


def _chosen(asked: str, found: Upload) -> str:
    """Which rows are shown: those asked for, or else what needs somebody first; "" is all of them."""
    if asked in found.counts or asked == KEPT:
        return asked
    if asked == "alles":
        return ""
    return LineOutcome.BAD if found.counts.get(LineOutcome.BAD) and found.state == UploadState.PLANNED else ""


def _counts(found: Upload) -> list[dict[str, Any]]:
    return [
        {"code": outcome.value, "label": outcome.label, "number": number, "kind": kind, "symbol": symbol}
        for outcome, (kind, symbol) in MARKS.items()
        if (number := found.counts.get(outcome, 0))
    ]


def _can(user: Any, found: Upload) -> dict[str, bool]:
    """What the page offers `user`."""
    writes = can_change_upload.ok(user, found)
    steps = {step.name for step in UPLOAD.steps_from(found.state)}
    return {
        "can_name": writes and found.state == UploadState.PLANNED and bool(found.other_names),
        "can_accept": writes and "accept" in steps and changes_something(found),
        "can_discard": writes and "discard" in steps,
        "can_undo": writes and "undo" in steps and may_undo(found, timezone.now()),
    }


@require_safe
def report(request: HttpRequest, key: UUID) -> HttpResponseBase:
    """Everything there is to say about the rows, as CSV."""
    found = visible_upload(request.user, key)
    if found.state in {UploadState.WAITING, UploadState.UNREADABLE, UploadState.DISCARDED}:
        raise Http404
    pieces = (piece.encode() for piece in report_of(found)) if request.method == "GET" else iter(())
    response = StreamingHttpResponse(pieces, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="verslag-{found.uuid}.csv"'
    return response


def _do(request: HttpRequest, found: Upload, action: Callable[..., None], **more: Any) -> HttpResponse:
    """Carry out `action`. When it cannot be done, the page says why; a click too late finds what came of the first."""
    try:
        action(upload=found, by=request.user, now=timezone.now(), **more)
    except ValidationError as error:
        about = "namen" if action is say_same else "verder"
        context = {**_page(request, found), "faults": error.messages, "about": about}
        return render(request, "transparency/upload.html", context, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    except StepNotAllowed:
        messages.info(request, _("Dit kon niet meer. Hieronder ziet u hoe het bestand er nu voor staat."))
    return redirect("transparency:upload", found.uuid)


@require_POST
def accept(request: HttpRequest, key: UUID) -> HttpResponse:
    """Take the file over."""
    return _do(request, visible_upload(request.user, key), accept_upload, skip_bad=request.POST.get("skip_bad") == "ja")


@require_POST
def names(request: HttpRequest, key: UUID) -> HttpResponse:
    """Say which other names in the file are of the organisation that was chosen."""
    found = visible_upload(request.user, key)
    said = {one["key"]: request.POST.get(f"zelfde-{one['key']}") for one in found.other_names}
    answers = {name: answer == "ja" for name, answer in said.items() if answer in {"ja", "nee"}}
    return _do(request, found, say_same, answers=answers)


@require_POST
def undo(request: HttpRequest, key: UUID) -> HttpResponse:
    """Take back what the file did."""
    return _do(request, visible_upload(request.user, key), undo_upload)


@require_POST
def discard(request: HttpRequest, key: UUID) -> HttpResponse:
    """Throw the file away."""
    return _do(request, visible_upload(request.user, key), discard_upload)
