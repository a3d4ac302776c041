"""What every page needs: navigation, the same page in the other language, whom to mail."""

import re
from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.encoding import escape_uri_path
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

NAVIGATION = (
    ("transparency:register", _("Register")),
    ("transparency:my-care", _("Mijn zorg")),
    ("transparency:providers", _("Zorgverleners")),
    ("participation:projects", _("Projecten")),
    ("participation:vacancies", _("Meedoen")),
    ("help-index", _("Uitleg")),
)


def other_language_path(path: str) -> str:
    """The address of the same page in the other language. The path alone decides the language."""
    other = path[3:] or "/" if path == "/en" or path.startswith("/en/") else f"/en{path}"
    # "//host" and "/\\host" lead to other sites; escaping also deals with tabs, line ends and "?".
    return re.sub(r"^/{2,}", "/", escape_uri_path(other))


def site(request: HttpRequest) -> dict[str, Any]:
    """Template context of every page."""
    language = get_language() or "nl"
    return {
        "page_language": language,
        "other_language": "en" if language == "nl" else "nl",
        "other_language_path": other_language_path(request.path),
        "kept_query": "",  # a view fills in what was chosen, so that it is not lost with the language
        "canonical": f"{settings.PUBLIC_URL}{escape_uri_path(request.path)}",
        "public_url": settings.PUBLIC_URL,
        "contact_email": settings.CONTACT_EMAIL,
        "menu": _menu(language, next((url for url in _menu_addresses(language) if request.path.startswith(url)), "")),
    }


@cache
def _menu_addresses(language: str) -> list[str]:
    """Where the main menu leads to, in `language`, the one in force."""
    return [reverse(name) for name, _label in NAVIGATION]


@cache
def _menu(language: str, here: str) -> SafeString:
    """The items of the main menu in `language`, the one in force; that of the address `here` is marked."""
    items = [
        {"url": url, "label": label, "here": url == here}
        for url, (_name, label) in zip(_menu_addresses(language), NAVIGATION, strict=True)
    ]
    return render_to_string("ui/menu.html", {"items": items})
