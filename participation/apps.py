"""The participation app: patients take part in AI projects."""

from django.apps import AppConfig


class ParticipationConfig(AppConfig):
    """Participation."""

    name = "participation"
    verbose_name = "Meedoen"

    def ready(self) -> None:
        """Add the documents of participation to the description of the API."""
        from participation.api import advice_schema, fund_schema, project_schema, vacancy_schema
        from portal.api.describing import describe

        for part in (
            project_schema.DESCRIBED, vacancy_schema.DESCRIBED, advice_schema.DESCRIBED, fund_schema.DESCRIBED,
        ):  # fmt: skip
            describe(part)
