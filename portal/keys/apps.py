"""The app of keys for programs."""

from django.apps import AppConfig


class KeysConfig(AppConfig):
    """Keys with which a program of an organisation uses the API."""

    name = "portal.keys"
    label = "keys"
    verbose_name = "Sleutels"
