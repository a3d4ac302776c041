"""The accounts app: people who sign in."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People who sign in."""

    name = "portal.accounts"
    verbose_name = "Mensen"

    def ready(self) -> None:
        """Log what people do with their account."""
        from portal.accounts import events  # noqa: F401
