"""The accounts app: people who sign in."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People who sign in."""

    name = "portal.accounts"
    verbose_name = "Mensen"
