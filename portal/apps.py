"""The project itself as an app: commands, static files, system checks."""

from django.apps import AppConfig
from django.core.signals import request_started

from portal.core.connections import trust_recent


class PortalConfig(AppConfig):
    """The project's own commands, static files and checks."""

    name = "portal"
    verbose_name = "AI in mijn zorg"

    def ready(self) -> None:
        """Register our own system checks, and what happens when a request begins."""
        from portal import checks  # noqa: F401

        request_started.connect(trust_recent, dispatch_uid="trust_recent")
