"""The bar above every page of somebody who is signed in: who, for whom, and where to go."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.accounts.permissions import can_administer_portal
from portal.organisations.models import Organisation, OrganisationKind

register = template.Library()


@dataclass(kw_only=True)
class Reader:
    """Who is signed in, with the organisations that they work for."""

    user: Any
    own: list[Organisation]

    @cached_property
    def works(self) -> bool:
        """Whether they work for an organisation or for the portal."""
        return bool(self.own) or self.user.is_superuser or self.user.portal_duties.exists()

    @property
    def is_for_patients(self) -> bool:
        """Whether they take part for themselves, or only for patient organisations: these have no AI to describe."""
        return (
            all(one.kind == OrganisationKind.PATIENT_ORGANISATION for one in self.own) if self.own else not self.works
        )


@dataclass(frozen=True, kw_only=True)
class Item:
    """A place in the bar: the name of its page, its words, and for whom. `part` is what its addresses begin with."""

    name: str
    words: Any
    part: str
    is_for: Callable[[Reader], bool] = lambda reader: True


ITEMS = (
    Item(name="participation:deelname", words=_("Mijn deelname"), part="deelname/",
         is_for=lambda reader: reader.is_for_patients),
    Item(name="work", words=_("Mijn werk"), part="werk/", is_for=lambda reader: reader.works),
    Item(name="participation:work-projects", words=_("Projecten"), part="werk/projecten/",
         is_for=lambda reader: bool(reader.own)),
    Item(name="transparency:work-entries", words=_("Toepassingen"), part="werk/toepassingen/",
         is_for=lambda reader: not reader.is_for_patients),
    Item(name="organisations", words=_("Organisatie"), part="werk/organisatie/",
         is_for=lambda reader: bool(reader.own)),
    Item(name="portal-organisations", words=_("Portaal"), part="werk/portaal/",
         is_for=lambda reader: can_administer_portal.ok(reader.user)),
    Item(name="account", words=_("Mijn account"), part="account/"),
)  # fmt: skip


@register.inclusion_tag("work/menu.html", takes_context=True)
def work_menu(context: template.Context) -> dict[str, Any]:
    """The bar for who asks; nothing for somebody who is not signed in."""
    request = context["request"]
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"items": []}
    own = list(Organisation.objects.filter(memberships__user=user).distinct().order_by("sort_key", "pk"))
    reader = Reader(user=user, own=own)
    shown = [item for item in ITEMS if item.is_for(reader)]
    path = request.path.removeprefix("/en").removeprefix("/")
    here = max((item.part for item in shown if path.startswith(item.part)), key=len, default="")  # the longest wins
    items = [{"url": reverse(item.name), "label": item.words, "here": item.part == here} for item in shown]
    return {"items": items, "person": user.get_full_name(), "organisations": own, "csrf_token": context["csrf_token"]}
