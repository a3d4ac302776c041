"""The transparency app: the public register of AI in care."""

from uuid import UUID

from django.apps import AppConfig

from portal.audit.owners import owned_by


def _organisation_of(uuid: UUID) -> int | None:
    from transparency.models import Entry

    return Entry.objects.filter(uuid=uuid).values_list("organisation", flat=True).first()


class TransparencyConfig(AppConfig):
    """The register."""

    name = "transparency"
    verbose_name = "Register"

    def ready(self) -> None:
        """Say in whose log stands what is recorded of an entry."""
        owned_by("entry", _organisation_of)
