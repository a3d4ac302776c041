"""The transparency app: the public register of AI in care."""

from django.apps import AppConfig


class TransparencyConfig(AppConfig):
    """The register."""

    name = "transparency"
    verbose_name = "Register"
