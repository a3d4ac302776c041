"""What a reader asked of the list of projects: read from the address, and the projects that fit."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.http import QueryDict

from participation.advice_dates import has_late_advice
from participation.gatekeeping import is_project_late
from participation.models import Assignment, Project
from participation.states import AssignmentState, Phase
from participation.vacancy_page import has_open_vacancy
from portal.core.paging import query_string
from portal.core.text import one_line
from portal.organisations.models import Organisation, OrganisationKind, Province

QUERY_KEYS = ("fase", "organisatie", "soort", "provincie", "zoekt", "pagina")
PAGE_SIZE = 20


def seeks_people() -> Q:
    """Of projects that `with_numbers`: those with an open vacancy."""
    return Q(seeks=True)


@dataclass(frozen=True, kw_only=True)
class Ask:
    """One question to the list; what we do not know is passed over, so an old link still works."""

    phase: str = ""
    organisation: str = ""
    kind: str = ""
    province: str = ""
    seeking: bool = False

    @classmethod
    def read(cls, data: QueryDict) -> "Ask":
        """From the address."""
        return cls(
            phase=_known(data.get("fase", ""), Phase.values),
            organisation=one_line(data.get("organisatie", ""), 100),
            kind=_known(data.get("soort", ""), OrganisationKind.values),
            province=_known(data.get("provincie", ""), Province.values),
            seeking=data.get("zoekt") == "ja",
        )

    def query(self, page: int = 1) -> str:
        """The query string of this question."""
        asked = [("fase", self.phase), ("organisatie", self.organisation), ("soort", self.kind),
                 ("provincie", self.province), ("zoekt", "ja" if self.seeking else "")]  # fmt: skip
        return query_string(asked, page)

    def found(self, today: Any) -> Any:
        """The projects that fit, in the order in which readers see them."""
        chosen = {"phase": self.phase, "organisation__slug": self.organisation, "organisation__kind": self.kind,
                  "organisation__province": self.province}  # fmt: skip
        projects = Project.objects.filter(**{key: value for key, value in chosen.items() if value})
        found = with_numbers(projects, today)
        if self.seeking:
            found = found.filter(seeks_people())
        return found.select_related("organisation").in_order()


def _known(value: str, codes: list[str]) -> str:
    return value if value in codes else ""


def with_numbers(projects: Any, today: Any) -> Any:
    """The queryset `projects` with `taking_part`, `seeks` (an open vacancy), and what is late, for cards."""
    running = Assignment.objects.filter(project=OuterRef("pk"), active_since__isnull=False)
    numbers: Any = running.exclude(state=AssignmentState.ENDED).order_by().values("project")
    return projects.annotate(
        taking_part=Coalesce(Subquery(numbers.annotate(n=Count("pk")).values("n")), Value(0)),
        seeks=has_open_vacancy(today),
        is_late=is_project_late(today),
        is_late_to_answer=has_late_advice(today),
    )


def choices() -> Mapping[str, list[tuple[str, str]]]:
    """What can be chosen in each filter: only what leads to at least one project."""
    rows = list(Project.objects.values_list("phase", "organisation__kind", "organisation__province").distinct())
    phases, kinds, provinces = ({row[place] for row in rows} for place in range(3))
    owners = Organisation.objects.filter(Exists(Project.objects.filter(organisation=OuterRef("pk"))))
    return {
        "phases": [(code, str(label)) for code, label in Phase.choices if code in phases],
        "kinds": [(code, str(label)) for code, label in OrganisationKind.choices if code in kinds],
        "provinces": [(code, str(label)) for code, label in Province.choices if code in provinces],
        "organisations": list(owners.order_by("sort_key", "pk").values_list("slug", "name")),
    }
