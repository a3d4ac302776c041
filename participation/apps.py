"""The participation app: patients take part in AI projects."""

from django.apps import AppConfig


class ParticipationConfig(AppConfig):
    """Participation."""

    name = "participation"
    verbose_name = "Meedoen"
