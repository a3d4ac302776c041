"""Patients read a text: the provider asks, the coordinator sends links, the reader answers three questions."""

from collections.abc import Callable, Sequence
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portal.core.workflow import StepNotAllowed
from portal.organisations.models import Organisation
from portal.organisations.roles import Role
from transparency.actions import readings as actions
from transparency.entry_page import page_context
from transparency.models import Draft, Entry, Reading, Version
from transparency.permissions import can_ask_readers, can_run_reading, can_see_reading
from transparency.readers import QUESTIONS, counts_of
from transparency.states import ReadingState, Understood
from transparency.views.work import visible_entry
from transparency.workspace import entries_of, name_of_content

TEXTS = ("organisatie", "bericht", "adressen", "antwoord", "reden", "veranderd", "veranderd_en", "opmerking")
GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])


def visible_reading(user: Any, key: UUID) -> Reading:
    """The reading `key`. Raises Http404 when there is none that `user` may see."""
    found = get_object_or_404(
        Reading.objects.select_related("entry__organisation__parent", "entry__system", "organisation"), uuid=key
    )
    if not can_see_reading.ok(user, found):
        raise Http404
    return found


def preview_of(entry: Entry, content: dict[str, Any]) -> dict[str, Any]:
    """The text `content` as the page of `entry` would show it."""
    return page_context(entry, Version(entry=entry, number=0, content=content, responsible=entry.organisation.name))


def _typed(request: HttpRequest) -> dict[str, str]:
    """What was typed in the texts of a form, so that it stays."""
    return {name: request.POST.get(name, "") for name in TEXTS}


# --- The care provider -----------------------------------------------------------------------------------------------


@GET_OR_POST
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask a patient organisation to read the text of an entry; below it what was asked before."""
    entry = visible_entry(request.user, slug)
    can_ask_readers(request.user, entry)
    draft = entry.drafts.open().first()
    faults: list[str] = []
    if request.method == "POST":
        chosen = Organisation.objects.filter(slug=request.POST.get("organisatie", "")).first() or Organisation()
        try:
            made = actions.ask_readers(
                entry=entry, draft=draft, organisation=chosen, note=request.POST.get("bericht", ""),
                by=request.user, now=timezone.now(),
            )  # fmt: skip
        except ValidationError as error:
            faults = error.messages
        else:
            messages.success(request, _("Uw vraag is verstuurd. U krijgt een mail als de tekst is gelezen."))
            return redirect("transparency:reading", made.uuid)
    context = {
        "entry": entry,
        "name": _name(entry, draft),
        "has_draft": draft is not None,
        "organisations": actions.reading_organisations(),
        "readings": entry.readings.select_related("organisation").order_by("-asked_at", "-pk"),
        "typed": _typed(request),
        "faults": faults,
    }
    return render(request, "transparency/reading_ask.html", context, status=_status(faults))


def _status(faults: Sequence[str]) -> HTTPStatus:
    return HTTPStatus.UNPROCESSABLE_ENTITY if faults else HTTPStatus.OK


def _name(entry: Entry, draft: Draft | None) -> str:
    content = draft.content if draft else entry.current_version.content if entry.current_version else None
    return name_of_content(content) or entry.slug


# --- Both sides ------------------------------------------------------------------------------------------------------


@require_GET
def readings(request: HttpRequest) -> HttpResponse:
    """Every reading that the person has to do with, the newest first."""
    mine = request.user.memberships.filter(role=Role.COORDINATOR).values("organisation")  # type: ignore[union-attr]
    found = Reading.objects.filter(Q(organisation__in=mine) | Q(entry__in=entries_of(request.user)))
    found = found.select_related("organisation", "entry__organisation").order_by("-asked_at", "-pk")
    lines = [(reading, name_of_content(reading.content) or reading.entry.slug) for reading in found]
    return render(request, "transparency/reading_list.html", {"lines": lines})


@require_GET
def reading(request: HttpRequest, key: UUID) -> HttpResponse:
    """One reading: the text, how far it is, what the readers said, and what can be done now."""
    return _reading_page(request, visible_reading(request.user, key))


def _reading_page(request: HttpRequest, found: Reading, step: str = "", faults: Sequence[str] = ()) -> HttpResponse:
    answers = list(found.answers.order_by("pk"))
    runs, asks = can_run_reading.ok(request.user, found), can_ask_readers.ok(request.user, found.entry)
    context = {
        "reading": found,
        "name": name_of_content(found.content) or found.entry.slug,
        "answers": answers,
        "counts": counts_of(answers) if answers else (),
        "remarks": [answer.remarks for answer in answers if answer.remarks],
        "sent": found.links.count(),
        "can_send": runs and found.state in {ReadingState.ASKED, ReadingState.OPEN},
        "can_close": runs and found.state == ReadingState.OPEN,
        "can_decline": runs and found.state == ReadingState.ASKED,
        "can_withdraw": asks and found.state in {ReadingState.ASKED, ReadingState.OPEN},
        "can_tell": asks and found.state == ReadingState.CLOSED,
        "step": step,
        "faults": faults,
        "typed": _typed(request),
        "most": actions.MOST_READERS,
    }
    return render(request, "transparency/reading.html", context, status=_status(faults))


def _send(found: Reading, request: HttpRequest) -> str:
    number = actions.send_links(
        reading=found, addresses=request.POST.get("adressen", "").replace(",", "\n").replace(";", "\n").splitlines(),
        by=request.user, now=timezone.now(),
    )  # fmt: skip
    return _("Wij stuurden %(number)d lezers een mail.") % {"number": number}


def _close(found: Reading, request: HttpRequest) -> str:
    actions.close(reading=found, reply=request.POST.get("antwoord", ""), by=request.user, now=timezone.now())
    return _("Het lezen is klaar. De uitkomst staat bij de toepassing.")


def _decline(found: Reading, request: HttpRequest) -> str:
    actions.decline(reading=found, reply=request.POST.get("reden", ""), by=request.user, now=timezone.now())
    return _("De zorgverlener krijgt bericht dat het niet kan.")


def _withdraw(found: Reading, request: HttpRequest) -> str:
    actions.withdraw(reading=found, by=request.user, now=timezone.now())
    return _("De vraag is ingetrokken.")


def _tell(found: Reading, request: HttpRequest) -> str:
    actions.tell_changes(
        reading=found, changed=request.POST.get("veranderd", ""), changed_en=request.POST.get("veranderd_en", ""),
        by=request.user, now=timezone.now(),
    )  # fmt: skip
    return _("Bewaard. Iedereen kan het nu lezen.")


STEPS: dict[str, Callable[[Reading, HttpRequest], str]] = {
    "versturen": _send, "klaar": _close, "kan-niet": _decline, "intrekken": _withdraw, "veranderd": _tell,
}  # fmt: skip


@require_POST
def take_step(request: HttpRequest, key: UUID, step: str) -> HttpResponse:
    """One step of a reading. Wrong input comes back with what was typed."""
    found = visible_reading(request.user, key)
    if step not in STEPS:
        raise Http404
    try:
        messages.success(request, STEPS[step](found, request))
    except ValidationError as error:
        return _reading_page(request, found, step, tuple(error.messages))
    return redirect("transparency:reading", key)


@GET_OR_POST
def paper(request: HttpRequest, key: UUID) -> HttpResponse:
    """The questions to print for a reader without mail, and the form to type the answers out."""
    found = visible_reading(request.user, key)
    can_run_reading(request.user, found)
    if request.method == "POST":
        try:
            actions.add_from_paper(
                reading=found, answers=request.POST, remarks=request.POST.get("opmerking", ""),
                by=request.user, now=timezone.now(),
            )  # fmt: skip
        except ValidationError as error:
            return _form(request, found, error.messages, is_paper=True)
        messages.success(request, _("Het antwoord is bewaard."))
        return redirect("transparency:reading", key)
    return _form(request, found, [], is_paper=True)


# --- The reader ------------------------------------------------------------------------------------------------------


@login_not_required
@GET_OR_POST
def read(request: HttpRequest, token: str) -> HttpResponse:
    """The text and three questions, for who has the link from the mail. No account, no name."""
    link = actions.link_of(token, timezone.now())
    if link is None:
        return render(request, "transparency/reading_over.html", status=HTTPStatus.GONE)
    if request.method == "POST":
        try:
            actions.answer(
                token=token, answers=request.POST, remarks=request.POST.get("opmerking", ""), now=timezone.now()
            )
        except ValidationError as error:
            return _form(request, link.reading, error.messages, is_paper=False)
        except StepNotAllowed:
            return render(request, "transparency/reading_over.html", status=HTTPStatus.GONE)
        return render(request, "transparency/reading_thanks.html", {"reading": link.reading})
    return _form(request, link.reading, [], is_paper=False)


def _form(request: HttpRequest, found: Reading, faults: list[str], *, is_paper: bool) -> HttpResponse:
    context = preview_of(found.entry, found.content) | {
        "reading": found,
        "questions": [(key, label, request.POST.get(key, "")) for key, label in QUESTIONS.items()],
        "choices": Understood.choices,
        "typed": _typed(request),
        "faults": faults,
        "is_paper": is_paper,
        "longest": actions.LONGEST,
    }
    return render(request, "transparency/reading_form.html", context, status=_status(faults))
