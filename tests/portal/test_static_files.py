"""What is collected is what pages ask for."""

import re

from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders

ASKED = re.compile(r"""{% static ['"]([^'"]+)['"]""")


def collected():
    patterns = apps.get_app_config("staticfiles").ignore_patterns
    return {path for finder in get_finders() for path, _storage in finder.list(patterns)}


def test_every_file_that_a_page_asks_for_is_collected():
    asked = {
        path for page in (settings.BASE_DIR / "templates").rglob("*.html") for path in ASKED.findall(page.read_text())
    }

    assert "portal/css/site.css" in asked
    assert asked - collected() == set()


def test_of_django_htmx_only_the_script_of_our_pages_is_collected():
    assert {path for path in collected() if path.startswith("django_htmx")} == {"django_htmx/htmx-2.min.js"}
