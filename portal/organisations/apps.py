"""The organisations app: care providers, patient organisations and others."""

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    """Organisations and their places."""

    name = "portal.organisations"
    verbose_name = "Organisaties"
