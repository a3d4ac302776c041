"""Advice in the API: only what is public, newest first, with the same rules as the register's lists."""

import datetime
import uuid
from typing import Any

from django.conf import settings
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from rest_framework.request import Request

from participation.advice_dates import late_by, late_since
from participation.advice_page import for_showing
from participation.api.advice_schema import advice_parameters
from participation.models import Advice, AdviceVersion, Response
from portal.api.paging import Cursor, Page, cursor_of, size_of
from portal.api.parameters import read
from portal.api.version import PATH
from portal.api.views import OpenView, answer, as_json, page_answer
from transparency.service import moment, organisation_reference, page_of

EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
MICROSECOND = datetime.timedelta(microseconds=1)
Asked = dict[str, list[str]]


class AdviceList(OpenView):
    """Public advice that fits the filters of the address."""

    def get(self, request: Request) -> HttpResponse:
        """One page."""
        asked = read(advice_parameters(), request.query_params)
        return page_answer(request, asked, _page(asked))


class OneAdvice(OpenView):
    """One piece of public advice; one of an invented project says so in `is_example`."""

    def get(self, request: Request, key: uuid.UUID) -> HttpResponse:
        """Its document."""
        read((), request.query_params)
        found = get_object_or_404(for_showing(Advice.objects.public()), uuid=key)
        return answer(as_json(document(found, timezone.localdate())))


def _page(asked: Asked) -> Page:
    today = timezone.localdate()
    chosen = _chosen(asked, today)
    start, size = cursor_of(asked), size_of(asked)
    rest = chosen
    if start is not None:
        moment = EPOCH + start.after * MICROSECOND
        rest = chosen.filter(Q(released_at__lt=moment) | Q(released_at=moment, pk__lt=start.id))
    found = list(for_showing(rest).order_by("-released_at", "-pk")[: size + 1])
    last = found[size - 1] if len(found) > size else None
    return Page(
        items=[as_json(document(one, today)) for one in found[:size]],
        total=chosen.count(),
        next=Cursor(after=(last.released_at - EPOCH) // MICROSECOND, id=last.pk) if last else None,  # type: ignore[operator]
    )


def _chosen(asked: Asked, today: datetime.date) -> QuerySet[Advice]:
    """What fits: values of one key widen, keys together narrow. Examples are in no list."""
    found = Advice.objects.public().filter(project__organisation__is_example=False)
    keys = {"project": "project__slug", "fase": "phase", "status": "state", "onderwerp": "topic", "gewicht": "weight"}
    for name, column in keys.items():
        if name in asked:
            found = found.filter(**{f"{column}__in": asked[name]})
    if "besluit" in asked:
        newest = Response.objects.filter(advice=OuterRef("pk")).order_by("-number").values("decision")[:1]
        found = found.alias(newest=Subquery(newest)).filter(newest__in=asked["besluit"])
    if "teLaat" in asked:
        found = found.filter(late_by(today)) if asked["teLaat"] == ["ja"] else found.exclude(late_by(today))
    return found


# --- The document ----------------------------------------------------------------------------------------------------


def document(advice: Advice, today: datetime.date) -> dict[str, Any]:
    """`advice` (of `for_showing`) as the API tells it; nothing in it names a person."""
    versions = sorted(advice.versions.all(), key=lambda one: one.number)
    responses = sorted(advice.responses.all(), key=lambda one: one.number)
    late = late_since(advice, today)
    project = advice.project
    return {
        "id": str(advice.uuid),
        "url": f"{settings.PUBLIC_URL}{PATH}/adviezen/{advice.uuid}",
        "page": page_of(advice),
        "project": {
            "id": str(project.uuid), "slug": project.slug, "name": project.name, "page": page_of(project),
        },
        "organisation": organisation_reference(project.organisation),
        "is_example": project.organisation.is_example,
        "phase": advice.phase,
        "topic": advice.topic,
        "weight": advice.weight,
        "state": advice.state,
        "decision": responses[-1].decision if responses else None,
        "late_since": late.isoformat() if late else None,
        "released_at": moment(advice.released_at),
        "acknowledge_by": _day(advice.acknowledge_by),
        "acknowledged_at": moment(advice.acknowledged_at),
        "respond_by": _day(advice.respond_by),
        "more_time": _more_time(advice),
        "promise_by": _day(advice.promise_by),
        "started_at": moment(advice.started_at),
        "outcome": advice.outcome or None,
        "finished_at": moment(advice.finished_at),
        "finish_text": advice.finish_text,
        "typed_out": advice.typed_out_by_id is not None,
        "on_paper": advice.on_paper,
        "versions": [_version(one) for one in versions],
        "responses": [_response(one) for one in responses],
        "verdict": _verdict(advice),
        "lapsed_at": moment(advice.lapsed_at),
    }  # fmt: skip


def _day(value: datetime.date | None) -> str | None:
    return value.isoformat() if value else None


def _more_time(advice: Advice) -> dict[str, Any] | None:
    if advice.more_time_at is None:
        return None
    return {"at": moment(advice.more_time_at), "reason": advice.more_time_reason}


def _version(version: AdviceVersion) -> dict[str, Any]:
    return {
        "number": version.number, "text": version.text, "text_en": version.text_en, "dissent": version.dissent,
        "representatives": version.numbers, "given_at": moment(version.given_at),
    }  # fmt: skip


def _response(response: Response) -> dict[str, Any]:
    return {
        "number": response.number, "decision": response.decision, "reason": response.reason,
        "reason_en": response.reason_en, "language_reason": response.language_reason, "promise": response.promise,
        "promised_by": response.promised_by, "promised_for": _day(response.promised_for),
        "responded_at": moment(response.responded_at),
    }  # fmt: skip


def _verdict(advice: Advice) -> dict[str, Any] | None:
    found = getattr(advice, "verdict", None)
    if found is None:
        return None
    return {
        "judgement": found.judgement, "text": found.text, "by_coordinator": found.by_coordinator,
        "judged_at": moment(found.judged_at),
    }  # fmt: skip
