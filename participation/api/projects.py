"""Projects in the API: what may be asked, one page of what fits, and one of them."""

import datetime
import uuid
from functools import cache

from django.db.models import Q
from django.http import Http404, HttpResponse
from django.utils import timezone
from rest_framework.request import Request

from participation.api.project_document import documents_of, readable
from participation.models import Project
from participation.project_list import seeks_people, with_numbers
from participation.states import Phase
from portal.api.paging import PAGING, Cursor, Page, cursor_of, size_of
from portal.api.parameters import Parameter, read
from portal.api.views import OpenView, answer, as_json, page_answer
from portal.organisations.models import OrganisationKind, Province

# The query keys of the page, and the column that each is about.
COLUMNS = {"fase": "phase", "organisatie": "organisation__slug", "soort": "organisation__kind",
           "provincie": "organisation__province"}  # fmt: skip
MOST_ORGANISATIONS = 50


@cache
def project_parameters() -> tuple[Parameter, ...]:
    """What the list of projects takes: the filters of the page."""
    more = " Meer keer gegeven: een van die waarden is genoeg."
    return (
        Parameter(name="fase", description=f"Fase waarin het project nu is.{more}", codes=tuple(Phase.values),
                  most=len(Phase)),
        Parameter(name="organisatie", description=f"Slug van de organisatie.{more}", most=MOST_ORGANISATIONS),
        Parameter(name="soort", description=f"Soort organisatie.{more}", codes=tuple(OrganisationKind.values),
                  most=len(OrganisationKind)),
        Parameter(name="provincie", description=f"Provincie van de organisatie.{more}", codes=tuple(Province.values),
                  most=len(Province)),
        Parameter(name="zoekt", description="Alleen projecten die nog mensen zoeken.", codes=("ja",)),
        *PAGING,
    )  # fmt: skip


def projects(asked: dict[str, list[str]]) -> Page:
    """One page of the projects that fit, the newest first. No examples."""
    chosen = Project.objects.real().filter(
        **{f"{column}__in": asked[key] for key, column in COLUMNS.items() if key in asked}
    )
    if "zoekt" in asked:
        chosen = with_numbers(chosen, timezone.localdate()).filter(seeks_people())
    start, size = cursor_of(asked), size_of(asked)
    found = list(readable(chosen.filter(_after(start))).order_by("-starts_on", "-pk")[: size + 1])
    last = found[size - 1] if len(found) > size else None
    return Page(
        items=[as_json(document) for document in documents_of(found[:size])],
        total=chosen.count(),
        next=Cursor(after=last.starts_on.toordinal(), id=last.pk) if last else None,
    )


def _after(start: Cursor | None) -> Q:
    """What comes after the place of a cursor: the day on which a project begins, and its number."""
    if start is None:
        return Q()
    day = datetime.date.fromordinal(min(max(start.after, 1), datetime.date.max.toordinal()))
    return Q(starts_on__lt=day) | Q(starts_on=day, pk__lt=start.id)


# --- Answers ---------------------------------------------------------------------------------------------------------


class Projects(OpenView):
    """Projects that fit the filters of the address."""

    def get(self, request: Request) -> HttpResponse:
        """One page."""
        asked = read(project_parameters(), request.query_params)
        return page_answer(request, asked, projects(asked))


class OneProject(OpenView):
    """One project, also an example or one that ended."""

    def get(self, request: Request, key: uuid.UUID) -> HttpResponse:
        """Its document."""
        read((), request.query_params)
        found = list(readable(Project.objects.filter(uuid=key)))
        if not found:
            raise Http404
        return answer(as_json(documents_of(found)[0]))
