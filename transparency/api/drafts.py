"""Drafts for programs with a key: begin one, change it, read how it stands, submit it. Publishing is for people."""

import uuid
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from rest_framework.request import Request

from portal.api.paging import PAGING, Cursor, Page, cursor_of, size_of
from portal.api.parameters import Parameter, read
from portal.api.problems import Problem
from portal.api.views import answer, as_json, page_answer
from portal.core.workflow import StepNotAllowed
from portal.keys.api import KeyedView, once, program_of, seen_revision
from portal.keys.models import Scope
from portal.organisations.permissions import with_those_below
from transparency.actions.drafts import save_answers, start_correction, start_entry, submit
from transparency.api.documents import address_of
from transparency.api.draft_bodies import Sent, begun, check_complete, content_of_change, submitted
from transparency.api.draft_documents import DRAFTS, draft_document
from transparency.exchange.slugs import free_slug
from transparency.models import Draft
from transparency.states import DraftState, Origin

MOST_TRIES = 5  # of finding an address, when others take one at the same moment
STATE = Parameter(
    name="staat", description="Hoe ver het concept is.", codes=tuple(DraftState.values), most=len(DraftState)
)
LIST = (STATE, *PAGING)


def drafts_for(request: Request) -> QuerySet[Draft]:
    """Every draft of the organisation of the key and of those below it; not those of our editors."""
    ours = with_those_below([program_of(request).key.organisation_id])
    found = Draft.objects.filter(entry__organisation__in=ours).exclude(entry__origin=Origin.EDITORIAL)
    return found.select_related(
        "entry__organisation__parent", "entry__system__current_version", "entry__current_version"
    ).prefetch_related("comments")


def _tagged(response: HttpResponse, draft: Draft) -> HttpResponse:
    response.headers["ETag"] = f'"{draft.revision}"'
    return response


def _told(draft: Draft) -> HttpResponse:
    return _tagged(answer(as_json(draft_document(draft))), draft)


class Drafts(KeyedView):
    """The drafts of the organisation."""

    scopes = {"GET": Scope.READ, "POST": Scope.WRITE}

    def get(self, request: Request) -> HttpResponse:
        """One page, the newest first."""
        asked = read(LIST, request.query_params)
        found = drafts_for(request)
        if "staat" in asked:
            found = found.filter(state__in=asked["staat"])
        start, size = cursor_of(asked), size_of(asked)
        shown = list((found.filter(pk__lt=start.id) if start else found).order_by("-pk")[: size + 1])
        following = Cursor(after=0, id=shown[size - 1].pk) if len(shown) > size else None
        items = [as_json(draft_document(draft)) for draft in shown[:size]]
        return page_answer(request, asked, Page(items=items, total=found.count(), next=following))

    def post(self, request: Request) -> HttpResponse:
        """Begin a new entry, or a new text of one that is there."""
        read((), request.query_params)
        sent = begun(request)
        return once(request, lambda: self._begin(request, sent))

    def _begin(self, request: Request, sent: Sent) -> HttpResponse:
        draft = _new_text(request, sent) if sent.entry else _new_entry(request, sent)
        told = get_object_or_404(drafts_for(request), pk=draft.pk)
        response = _told(told)
        response.status_code = HTTPStatus.CREATED
        response.headers["Location"] = address_of(DRAFTS, told)
        return response


def _new_entry(request: Request, sent: Sent) -> Draft:
    program = program_of(request)
    organisation = sent.organisation or program.key.organisation
    name = f"{sent.content['name']} {organisation.name}"
    for attempt in range(MOST_TRIES):
        try:
            return start_entry(
                organisation=organisation, slug=free_slug(name), content=sent.content, system=sent.system,
                by=program, now=timezone.now(),
            )  # fmt: skip
        except ValidationError:  # somebody took that address this moment
            if attempt == MOST_TRIES - 1:
                raise Problem(HTTPStatus.CONFLICT) from None
    raise AssertionError("unreachable")


def _new_text(request: Request, sent: Sent) -> Draft:
    program = program_of(request)
    assert sent.entry is not None  # noqa: S101 (the caller looked)
    if there := sent.entry.drafts.open().first():
        raise Problem(
            HTTPStatus.CONFLICT, f"Er is al een concept van deze toepassing: {there.uuid}. Ga daarmee verder."
        )
    try:
        draft = start_correction(entry=sent.entry, by=program, now=timezone.now())
    except StepNotAllowed:
        raise Problem(HTTPStatus.CONFLICT, "Deze toepassing is beëindigd.") from None
    save_answers(draft=draft, answers=sent.content, seen=draft.revision, by=program, now=timezone.now())
    return draft


class OneDraft(KeyedView):
    """One draft."""

    scopes = {"GET": Scope.READ, "PATCH": Scope.WRITE, "PUT": Scope.WRITE}

    def get(self, request: Request, key: uuid.UUID) -> HttpResponse:
        """Its document, with its revision as ETag."""
        read((), request.query_params)
        return _told(get_object_or_404(drafts_for(request), uuid=key))

    def patch(self, request: Request, key: uuid.UUID) -> HttpResponse:
        """Change the answers that are sent; null takes one away. The others stay."""
        read((), request.query_params)
        answers = content_of_change(request)
        return once(request, lambda: self._change(request, key, answers, whole=False))

    def put(self, request: Request, key: uuid.UUID) -> HttpResponse:
        """Put a whole text in place of what was there."""
        read((), request.query_params)
        answers = content_of_change(request)
        return once(request, lambda: self._change(request, key, answers, whole=True))

    def _change(self, request: Request, key: uuid.UUID, answers: Mapping[str, Any], *, whole: bool) -> HttpResponse:
        draft = _at_revision(request, key)
        wanted = {**(dict.fromkeys(draft.content) if whole else {}), **answers}
        try:
            save_answers(
                draft=draft, answers=wanted, seen=draft.revision, by=program_of(request), now=timezone.now()
            )  # fmt: skip
        except StepNotAllowed:
            state = draft.get_state_display()
            raise Problem(HTTPStatus.CONFLICT, f"Dit concept kan nu niet veranderen: {state}.") from None
        return _told(get_object_or_404(drafts_for(request), uuid=key))


def _at_revision(request: Request, key: uuid.UUID) -> Draft:
    """The draft `key`, held until the transaction ends. Raises Problem (412) when it is not as the program read it."""
    seen = seen_revision(request)
    draft = get_object_or_404(drafts_for(request).select_for_update(of=("self",)), uuid=key)
    if draft.revision != seen:
        raise Problem(HTTPStatus.PRECONDITION_FAILED, headers={"ETag": f'"{draft.revision}"'})
    return draft


class Submissions(KeyedView):
    """Asking a person to approve one draft."""

    scopes = {"POST": Scope.SUBMIT}

    def post(self, request: Request, key: uuid.UUID) -> HttpResponse:
        """Submit the draft as the program read it."""
        read((), request.query_params)
        sent = submitted(request)
        return once(request, lambda: self._submit(request, key, sent))

    def _submit(self, request: Request, key: uuid.UUID, sent: Mapping[str, str]) -> HttpResponse:
        draft = _at_revision(request, key)
        check_complete(draft)
        try:
            submit(
                draft=draft, reason=sent["reason"], reason_en=sent.get("reason_en", ""), revision=draft.revision,
                by=program_of(request), now=timezone.now(),
            )  # fmt: skip
        except StepNotAllowed:
            state = draft.get_state_display()
            raise Problem(HTTPStatus.CONFLICT, f"Dit concept kan nu niet worden ingediend: {state}.") from None
        return _told(get_object_or_404(drafts_for(request), uuid=key))
