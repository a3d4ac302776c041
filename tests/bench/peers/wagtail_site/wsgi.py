"""Wagtail's WSGI application, for the same server."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.bench.peers.wagtail_site.settings")
application = get_wsgi_application()
