"""The project itself as an app: commands, static files, system checks."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """The project's own commands, static files and checks."""

    name = "portal"
    verbose_name = "AI in mijn zorg"

    def ready(self) -> None:
        """Register our own system checks."""
        from portal import checks  # noqa: F401
