"""The design system: components, form renderer, page context."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Components for templates."""

    name = "portal.ui"
    verbose_name = "Vormgeving"
