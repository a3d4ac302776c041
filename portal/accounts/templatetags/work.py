"""The bar above every page of somebody who is signed in: who, for whom, and where to go."""

from collections.abc import Callable
from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.accounts.permissions import can_administer_portal
from portal.organisations.models import Organisation

register = template.Library()

# name of the page, words, for whom. What begins with the address of an item belongs to it; the longest wins.
Item = tuple[str, Any, Callable[[Any, list[Organisation]], bool]]
ITEMS: tuple[Item, ...] = (
    ("work", _("Mijn werk"), lambda user, own: True),
    ("transparency:work-entries", _("Toepassingen"), lambda user, own: True),
    ("organisations", _("Organisatie"), lambda user, own: bool(own)),
    ("portal-organisations", _("Portaal"), lambda user, own: can_administer_portal.ok(user)),
    ("account", _("Mijn account"), lambda user, own: True),
)


@register.inclusion_tag("work/menu.html", takes_context=True)
def work_menu(context: template.Context) -> dict[str, Any]:
    """The bar for who asks; nothing for somebody who is not signed in."""
    request = context["request"]
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"items": []}
    own = list(Organisation.objects.filter(memberships__user=user).distinct().order_by("sort_key", "pk"))
    shown = [(reverse(name), words) for name, words, is_for in ITEMS if is_for(user, own)]
    here = max((url for url, _words in shown if request.path.startswith(url)), key=len, default="")
    items = [{"url": url, "label": words, "here": url == here} for url, words in shown]
    return {"items": items, "person": user.get_full_name(), "organisations": own, "csrf_token": context["csrf_token"]}
