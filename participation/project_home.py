"""The home of a project in the workspace, for both sides: where its parts are. Each owner of a part adds a function."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from participation.models import Project
from participation.permissions import can_lead, can_see_gates
from participation.states import ProjectState


@dataclass(frozen=True, kw_only=True)
class Link:
    """A place of the project's work: what it is called, where it is, and in a few words how it stands."""

    label: str | Promise
    url: str
    about: str | Promise = ""


def own_links(user: Any, project: Project) -> Iterator[Link]:
    """Text, team, gates and the end."""
    args = [project.slug]
    if can_see_gates.ok(user, project):
        yield Link(label=_("Volgende fase"), url=reverse("participation:project-gate", args=args),
                   about=project.get_phase_display())  # fmt: skip
        yield Link(label=_("Uitzondering"), url=reverse("participation:project-exception", args=args))
    if can_lead.ok(user, project):
        if project.state == ProjectState.RUNNING:
            yield Link(label=_("Tekst en plannen"), url=reverse("participation:project-edit", args=args))
        yield Link(label=_("Team"), url=reverse("participation:project-people", args=args))
        if project.state == ProjectState.RUNNING:
            yield Link(label=_("Stoppen of afronden"), url=reverse("participation:project-end", args=args))


# user, project → the places that this person may go to.
LINKS: tuple[Callable[[Any, Project], Iterator[Link]], ...] = (own_links,)


def links_for(user: Any, project: Project) -> list[Link]:
    """Every place of the work on `project` for `user`."""
    return [link for part in LINKS for link in part(user, project)]
