"""The bar above every page of somebody who is signed in: who, for whom, and where to go."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.accounts.permissions import can_administer_portal
from portal.organisations.models import Organisation

register = template.Library()


@dataclass(frozen=True, kw_only=True)
class Item:
    """A place in the bar: the name of its page, its words, and for whom. `part` is what its addresses begin with."""

    name: str
    words: Any
    part: str
    is_for: Callable[[Any, list[Organisation]], bool] = lambda user, own: True


ITEMS = (
    Item(name="work", words=_("Mijn werk"), part="werk/"),
    Item(name="transparency:work-entries", words=_("Toepassingen"), part="werk/toepassingen/"),
    Item(name="organisations", words=_("Organisatie"), part="werk/organisatie/", is_for=lambda user, own: bool(own)),
    Item(
        name="portal-organisations", words=_("Portaal"), part="werk/portaal/",
        is_for=lambda user, own: can_administer_portal.ok(user),
    ),
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
    shown = [item for item in ITEMS if item.is_for(user, own)]
    path = request.path.removeprefix("/en").removeprefix("/")
    here = max((item.part for item in shown if path.startswith(item.part)), key=len, default="")  # the longest wins
    items = [{"url": reverse(item.name), "label": item.words, "here": item.part == here} for item in shown]
    return {"items": items, "person": user.get_full_name(), "organisations": own, "csrf_token": context["csrf_token"]}
