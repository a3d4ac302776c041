"""The project itself as an app: commands, static files, system checks."""

from django.apps import AppConfig
from django.conf import settings
from django.core.cache import close_caches
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, reset_queries

from portal.core.columns import tell_at_once
from portal.core.connections import tend


class PortalConfig(AppConfig):
    """The project's own commands, static files and checks."""

    name = "portal"
    verbose_name = "AI in mijn zorg"

    def ready(self) -> None:
        """Register our own system checks, and what happens when a request begins."""
        from portal import checks  # noqa: F401

        tell_at_once()
        request_started.connect(tend, dispatch_uid="tend")
        request_started.disconnect(close_old_connections)
        request_finished.disconnect(close_old_connections)
        request_finished.disconnect(close_caches)  # ours is in the database: there is nothing to close
        if not settings.DEBUG:
            request_started.disconnect(reset_queries)  # kept only for who is looking for a fault
