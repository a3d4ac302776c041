"""Every figure now: of all together, and of each organisation."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from participation.figures.base import Figure, Measured, Subject, hide_small_groups
from participation.figures.own import FIGURES
from participation.models import Fund, Payer, Project
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
    owners, loaded = {one: _owners(one, examples=examples) for one in Subject}, dict[Any, Mapping[int, Any]]()
    made = []
    for figure in FIGURES:
        mine = owners[figure.subject]
        if figure.load not in loaded:
            loaded[figure.load] = figure.load(list(mine), today)
        made.append(Now(figure=figure, groups=_groups(figure, loaded[figure.load], mine)))
    return made


def _owners(subject: Subject, *, examples: bool) -> Mapping[int, int]:
    """{number of what is counted: whose it is}."""
    models: dict[Subject, Any] = {Subject.PROJECTS: Project, Subject.FUNDS: Fund, Subject.PAYERS: Payer}
    chosen = models[subject].objects.filter(organisation__is_example=examples).order_by("pk")
    return dict(chosen.values_list("pk", "organisation"))


def _groups(figure: Figure, data: Mapping[int, Any], owners: Mapping[int, int]) -> Groups:
    by_owner: dict[int | None, list[Any]] = {None: list(data.values())}
    for project, one in data.items():
        by_owner.setdefault(owners[project], []).append(one)
    return hide_small_groups({key: figure.measure(ones) for key, ones in by_owner.items()}, figure.fewest)


def organisations_with_figures(*, examples: bool = False) -> Sequence[Organisation]:
    """Whose figures there are, by name: never by how well they do."""
    has_some = Q(projects__isnull=False) | Q(funds__isnull=False) | Q(payer__isnull=False)
    found = Organisation.objects.filter(has_some, is_example=examples).distinct()
    return list(found.order_by("sort_key", "pk"))
