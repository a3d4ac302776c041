"""What a reader asked of the list of vacancies: read from the address, and the open vacancies that fit."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from participation.models import Vacancy
from participation.states import PHASES, Influence, Phase
from portal.core.paging import query_string
from portal.core.text import one_line, sort_key
from portal.organisations.models import Province

QUERY_KEYS = ("q", "fase", "rol", "organisatie", "provincie", "pagina")
PAGE_SIZE = 20


@dataclass(frozen=True, kw_only=True)
class Ask:
    """One question to the list; what we do not know is passed over, so an old link still works."""

    words: str = ""
    phase: str = ""
    role: str = ""
    organisation: str = ""
    province: str = ""

    @classmethod
    def read(cls, data: QueryDict) -> "Ask":
        """From the address."""
        return cls(
            words=one_line(data.get("q", ""), 100),
            phase=_known(data.get("fase", ""), Phase.values),
            role=_known(data.get("rol", ""), Influence.values),
            organisation=one_line(data.get("organisatie", ""), 100),
            province=_known(data.get("provincie", ""), Province.values),
        )

    def query(self, page: int = 1) -> str:
        """The query string of this question."""
        asked = [("q", self.words), ("fase", self.phase), ("rol", self.role), ("organisatie", self.organisation),
                 ("provincie", self.province)]  # fmt: skip
        return query_string(asked, page)

    def found(self, today: datetime.date) -> list[Vacancy]:
        """The open vacancies that fit, in the order in which readers see them.

        Few are open at a time, so words and phases are looked up here: the same on every database.
        """
        chosen = {"influence": self.role, "project__organisation__slug": self.organisation,
                  "project__organisation__province": self.province}  # fmt: skip
        fits = open_vacancies(today).filter(**{key: value for key, value in chosen.items() if value})
        wanted = sort_key(self.words).split()
        return [
            one
            for one in fits
            if (not self.phase or not one.phases or self.phase in one.phases) and has_words(one, wanted)
        ]


def open_vacancies(today: datetime.date) -> Any:
    """Every vacancy to which somebody can reply on `today`, with what its card shows."""
    return Vacancy.objects.open_on(today).select_related("project__organisation").in_order()


def _known(value: str, codes: list[str]) -> str:
    return value if value in codes else ""


def has_words(vacancy: Vacancy, wanted: list[str]) -> bool:
    """Whether each word stands at the beginning of a word of the vacancy or its project."""
    if not wanted:
        return True
    project = vacancy.project
    parts = [vacancy.title, vacancy.title_en, vacancy.tasks, *vacancy.perspectives, project.name, project.name_en,
             project.summary, project.question, *project.affected, project.organisation.name]  # fmt: skip
    text = f" {sort_key(' '.join(parts))}"
    return all(f" {word}" in text for word in wanted)


def choices(today: datetime.date) -> Mapping[str, list[tuple[str, str]]]:
    """What can be chosen in each filter: only what leads to at least one vacancy."""
    found = list(open_vacancies(today))
    phases = {phase for one in found for phase in (one.phases or Phase.values)}
    roles = {one.influence for one in found}
    owners = {one.project.organisation for one in found}
    provinces = {one.province for one in owners}
    return {
        "phases": [(phase.value, str(phase.label)) for phase in PHASES if phase in phases],
        "roles": [(code, str(label)) for code, label in Influence.choices if code in roles],
        "organisations": [(one.slug, one.name) for one in sorted(owners, key=lambda one: (one.sort_key, one.pk))],
        "provinces": [(code, str(label)) for code, label in Province.choices if code in provinces],
    }
