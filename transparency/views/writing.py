"""Writing a draft in steps: each a form that works without a script; with one, answers are kept while one types."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.core.htmx import wants_fragment
from portal.core.workflow import StepNotAllowed
from transparency.actions.writing import Saved, Sheet, choose_text, keep_aside, save_sheet, undo_answer
from transparency.models import Draft
from transparency.permissions import can_write_draft
from transparency.states import WRITABLE
from transparency.views.drafts import visible_draft
from transparency.workspace import name_of
from transparency.writing.places import question_of
from transparency.writing.questions import Question, changing_marks, name_in, people_of, questions, when
from transparency.writing.reading import SEEN, Sent, sent
from transparency.writing.steps import Progress, WritingStep, has_english, step_of

FORM_METHODS = ("GET", "HEAD", "POST")
NEXT, STAY = "verder", "blijf"


@dataclass(frozen=True, kw_only=True)
class Page:
    """A step of a draft, in Dutch or in English, that somebody has before them."""

    request: HttpRequest
    draft: Draft
    step: WritingStep
    whole: Progress
    is_english: bool

    @property
    def address(self) -> str:
        """Where the step stands."""
        return address_of(self.draft, self.step.key, english=self.is_english)


def address_of(draft: Draft, step: str, *, english: bool = False) -> str:
    """The address of a step of `draft`."""
    return reverse("transparency:draft-english" if english else "transparency:draft-step", args=[draft.uuid, step])


def writable_draft(user: Any, key: UUID) -> Draft:
    """The draft `key`. Raises Http404 when `user` may not see it, PermissionDenied when they may not write it."""
    found = visible_draft(user, key)
    can_write_draft(user, found)
    return found


@require_http_methods(FORM_METHODS)
def step(request: HttpRequest, key: UUID, step: str) -> HttpResponse:
    """One step of the form; a POST keeps it."""
    return _step(request, key, step, english=False)


@require_http_methods(FORM_METHODS)
def english(request: HttpRequest, key: UUID, step: str) -> HttpResponse:
    """The English texts of a step, beside the Dutch ones."""
    return _step(request, key, step, english=True)


def _step(request: HttpRequest, key: UUID, name: str, *, english: bool) -> HttpResponse:
    draft = writable_draft(request.user, key)
    found = step_of(draft, name)
    if found is None:
        raise Http404
    page = Page(request=request, draft=draft, step=found[0], whole=found[1], is_english=english)
    if request.method == "POST":
        return _posted(page)
    if draft.state not in WRITABLE:
        return redirect("transparency:draft", draft.uuid)
    return _shown(page)


# --- Showing ---------------------------------------------------------------------------------------------------------


def _shown(page: Page, *, typed: Mapping[str, Any] | None = None, refused: str = "") -> HttpResponse:
    """The whole page. `typed` and `refused`: what could not be kept, and why."""
    shown = questions(page.draft, page.step.fields, page.request.user, english=page.is_english, typed=typed)
    context = _context(page, shown) | {"refused": refused}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if refused else HTTPStatus.OK
    return render(page.request, "transparency/draft_step.html", context, status=status)


def _context(page: Page, shown: list[Question]) -> dict[str, Any]:
    steps = page.whole.steps
    at = page.step.number - 1
    return {
        "draft": page.draft,
        "name": name_of(page.draft),
        "here": page.step,
        "whole": page.whole,
        "questions": shown,
        "marks": [] if page.is_english else changing_marks(page.draft, page.step.fields),
        "following": steps[at + 1] if at + 1 < len(steps) else None,
        "before": steps[at - 1] if at else None,
        "is_english": page.is_english,
        "has_english": has_english(page.draft, page.step),
        "saved": saved_words(page.draft, page.request.user),
        "returned": page.draft.open_returns(),
        "sheet": uuid.uuid4().hex,
        "is_fragment": False,
        "news": "",
    }


def saved_words(draft: Draft, user: Any) -> str:
    """When the draft was saved last, and by whom when that was somebody else."""
    moment = when(draft.edited_at.isoformat())
    if draft.edited_by_id == user.pk:
        return _("Bewaard %(when)s.") % {"when": moment}
    name = name_in(people_of(draft), draft.edited_by_id)
    return _("Bewaard %(when)s door %(name)s.") % {"when": moment, "name": name}


# --- Keeping ---------------------------------------------------------------------------------------------------------


def _posted(page: Page) -> HttpResponse:
    data = page.request.POST
    verb, _colon, what = data.get("doe", NEXT).partition(":")
    got = sent(page.step.fields, data, english=page.is_english, leave_out=what if verb == "weg" else "")
    sheet = Sheet(name=data.get("blad", "")[:40], turn=_turn(data.get("beurt", "")))
    user, now = page.request.user, timezone.now()
    try:
        saved = save_sheet(draft=page.draft, sent=got, sheet=sheet if sheet.name else None, by=user, now=now)
    except ValidationError as error:
        return _too_much(page, got, " ".join(error.messages))
    except StepNotAllowed:
        return _closed(page, got)
    if wants_fragment(page.request):
        return _fragment(page, got, saved)
    return redirect(_after(page, verb, what, saved))


def _turn(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _after(page: Page, verb: str, what: str, saved: Saved) -> str:
    """Do what the button asked, and the address to go to."""
    if saved.conflicts and verb != "kies":
        texts = _("Een collega veranderde net ook deze vraag. Beide teksten zijn bewaard. Kies hieronder.")
        messages.warning(page.request, texts)
        return f"{page.address}#vraag-{saved.conflicts[0].key.replace('.', '-')}"
    try:
        place = _done(page, verb, what)
    except StepNotAllowed:
        return reverse("transparency:draft", args=[page.draft.uuid])
    if place:
        return f"{page.address}#{place}"
    following = page.whole.steps[page.step.number :]
    if verb != NEXT:
        return page.address
    if following:
        return address_of(page.draft, following[0].key, english=page.is_english)
    return reverse("transparency:draft-missing", args=[page.draft.uuid])


def _done(page: Page, verb: str, what: str) -> str:
    """Carry out the button `verb`:`what` of one question; the id to go to, empty when it was not about a question."""
    user, now, draft = page.request.user, timezone.now(), page.draft
    place, *rest = what.split(":")
    if question_of(place.partition(".")[0] if verb == "weg" else place) not in {f.key for f in page.step.fields}:
        return ""
    if verb == "terug" and rest:
        if not undo_answer(draft=draft, place=place, revision=_turn(rest[0]), by=user, now=now):
            messages.warning(page.request, _("Iemand veranderde deze vraag net. Kijk eerst wat er nu staat."))
    elif verb == "kies" and len(rest) == 2:
        choose_text(draft=draft, place=place, person=_turn(rest[0]), choice=rest[1], by=user, now=now)
    elif verb == "erbij":
        kept = draft.content.get(place)
        return f"rij-{place}-{len(kept) if isinstance(kept, list) else 0}"
    elif verb != "weg":
        return ""
    return f"vraag-{place.partition('.')[0] if verb == 'weg' else place.replace('.', '-')}"


def _fragment(page: Page, got: Sent, saved: Saved) -> HttpResponse:
    """What changed on the page, for htmx: the questions that were sent, the steps, and that it is kept."""
    found = step_of(page.draft, page.step.key)
    assert found is not None  # noqa: S101 (the step was there a moment ago)
    page = replace(page, step=found[0], whole=found[1])
    keys = {question_of(place) for place in got.answers}
    fields = [field for field in page.step.fields if field.key in keys]
    shown = questions(page.draft, fields, page.request.user, english=page.is_english)
    torn = {conflict.key for conflict in saved.conflicts}
    # Who goes on typing in a text that lost still has the old one before them: only a choice ends the conflict.
    shown = [
        replace(one, seen=one.seen | {one.place: got.seen.get(one.place, 0)}) if one.place in torn else one
        for one in shown
    ]
    context = _context(page, shown) | {"is_fragment": True, "news": _news(page, got, saved)}
    return _answer(page, context, HTTPStatus.OK)


def _news(page: Page, got: Sent, saved: Saved) -> str:
    """What others did meanwhile, in words."""
    if saved.conflicts:
        return _("Een collega veranderde deze vraag ook. Beide teksten zijn bewaard. Kies er een.")
    people, user = people_of(page.draft), page.request.user
    for field in page.step.fields:
        stamp = page.draft.stamps.get(field.key, {})
        before = _turn(page.request.POST.get(f"{SEEN}{field.key}", ""))
        if field.key not in got.answers and stamp.get("revision", 0) > before and stamp.get("by") != user.pk:
            names = {"name": name_in(people, stamp.get("by")), "question": field.label}
            return _("%(name)s veranderde net “%(question)s”. Laad de pagina opnieuw om dat te zien.") % names
    return ""


def _answer(page: Page, context: dict[str, Any], status: HTTPStatus) -> HttpResponse:
    response = render(page.request, "transparency/draft_step.html#kept", context, status=status)
    response.headers["Cache-Control"] = "no-store"
    response.headers["HX-Reswap"] = "none"
    response.headers["Draft-Revision"] = str(page.draft.revision)
    return response


def _too_much(page: Page, got: Sent, why: str) -> HttpResponse:
    """An answer that is too long to keep: it stays on the form."""
    if wants_fragment(page.request):
        context = _context(page, []) | {"is_fragment": True, "saved": _("Niet bewaard."), "news": why}
        return _answer(page, context, HTTPStatus.UNPROCESSABLE_ENTITY)
    return _shown(page, typed=got.answers, refused=why)


def _closed(page: Page, got: Sent) -> HttpResponse:
    """A colleague closed the text meanwhile: what was typed is kept aside, the text that is read stays as it is."""
    try:
        keep_aside(draft=page.draft, answers=got.answers, by=page.request.user, now=timezone.now())
    except ValidationError as error:
        return _too_much(page, got, " ".join(error.messages))
    told = _("Een collega heeft deze tekst net ingediend of gesloten. Wat u typte, is apart bewaard.")
    if wants_fragment(page.request):
        context = _context(page, []) | {"is_fragment": True, "saved": _("Apart bewaard."), "news": told}
        return _answer(page, context, HTTPStatus.CONFLICT)
    messages.warning(page.request, told)
    return redirect("transparency:draft", page.draft.uuid)
