"""The postbox app: mails of an installation to try things out."""

from django.apps import AppConfig


class PostboxConfig(AppConfig):
    """Mails that are kept to be read, and sent to nobody."""

    name = "portal.postbox"
    verbose_name = "Postbus"
