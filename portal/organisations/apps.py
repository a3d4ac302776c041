"""The organisations app: care providers, patient organisations and others."""

from uuid import UUID

from django.apps import AppConfig

from portal.audit.owners import owned_by


def _organisation_of(uuid: UUID) -> int | None:
    from portal.organisations.models import Organisation

    return Organisation.objects.filter(uuid=uuid).values_list("pk", flat=True).first()


class OrganisationsConfig(AppConfig):
    """Organisations, their places and their people."""

    name = "portal.organisations"
    verbose_name = "Organisaties"

    def ready(self) -> None:
        """Say in whose log stands what is recorded of an organisation."""
        owned_by("organisation", _organisation_of)
