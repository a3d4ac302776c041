"""The participation app: patients take part in AI projects."""

from collections.abc import Callable
from uuid import UUID

from django.apps import AppConfig, apps

from portal.audit.owners import owned_by


def _first(model: str, path: str) -> Callable[[UUID], int | None]:
    """How the number of the organisation of a `model` is found: at the end of `path`."""

    def find(uuid: UUID) -> int | None:
        found = apps.get_model("participation", model).objects.filter(uuid=uuid)
        return found.values_list(path, flat=True).first()

    return find


# In whose log stands what is recorded of money: with who set it apart, and what is paid with who pays.
OWNERS = {
    "fund": ("Fund", "organisation"),
    "budget": ("Budget", "fund__organisation"),
    "commitment": ("Commitment", "line__budget__fund__organisation"),
    "moneyclaim": ("Claim", "budget__fund__organisation"),
    "batch": ("PaymentBatch", "payer__organisation"),
}


class ParticipationConfig(AppConfig):
    """Participation."""

    name = "participation"
    verbose_name = "Meedoen"

    def ready(self) -> None:
        """Add the documents of participation to the description of the API; say in whose log money stands."""
        from participation.api import advice_schema, fund_schema, project_schema, vacancy_schema
        from portal.api.describing import describe

        for part in (
            project_schema.DESCRIBED, vacancy_schema.DESCRIBED, advice_schema.DESCRIBED, fund_schema.DESCRIBED,
        ):  # fmt: skip
            describe(part)
        for noun, (model, path) in OWNERS.items():
            owned_by(noun, _first(model, path))
