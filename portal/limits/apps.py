"""The limits app: how often one visitor may ask."""

from django.apps import AppConfig


class LimitsConfig(AppConfig):
    """How often one visitor may ask for what costs work."""

    name = "portal.limits"
    verbose_name = "Grenzen"
