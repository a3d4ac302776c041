"""Every figure now: of all together, and of each organisation."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from participation.figures.base import Figure, Measured, hide_small_groups
from participation.figures.own import FIGURES
from participation.models import Project
from portal.organisations.models import Organisation

Groups = Mapping[int | None, Measured]  # organisation → the figure; None: all together


@dataclass(frozen=True, kw_only=True)
class Now:
    """One figure as it is now."""

    figure: Figure
    groups: Groups

    @property
    def everybody(self) -> Measured:
        """All organisations together."""
        return self.groups[None]


def measured_now(today: datetime.date, *, examples: bool = False) -> list[Now]:
    """Every figure, of what is real or of the `examples`: the two never meet in one number."""
    rows = Project.objects.filter(organisation__is_example=examples).order_by("pk").values_list("pk", "organisation")
    owners = dict(rows)
    keys, loaded = list(owners), dict[Any, Mapping[int, Any]]()
    made = []
    for figure in FIGURES:
        if figure.load not in loaded:
            loaded[figure.load] = figure.load(keys, today)
        made.append(Now(figure=figure, groups=_groups(figure, loaded[figure.load], owners)))
    return made


def _groups(figure: Figure, data: Mapping[int, Any], owners: Mapping[int, int]) -> Groups:
    by_owner: dict[int | None, list[Any]] = {None: list(data.values())}
    for project, one in data.items():
        by_owner.setdefault(owners[project], []).append(one)
    return hide_small_groups({key: figure.measure(ones) for key, ones in by_owner.items()}, figure.fewest)


def organisations_with_projects(*, examples: bool = False) -> Sequence[Organisation]:
    """Whose figures there are, by name: never by how well they do."""
    found = Organisation.objects.filter(projects__isnull=False, is_example=examples).distinct()
    return list(found.order_by("sort_key", "pk"))
