"""What every page needs: navigation, the same page in the other language, whom to mail."""

import re
from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.encoding import escape_uri_path
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
        "navigation": [
            {"url": url, "label": label, "here": request.path.startswith(url)} for url, label in _navigation(language)
        ],
    }


@cache
def _navigation(language: str) -> list[tuple[str, str]]:
    """(address, words) of the main menu in `language`, the one in force."""
    return [(reverse(name), str(label)) for name, label in NAVIGATION]
