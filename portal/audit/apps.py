"""The audit app; it also keeps every append-only table append-only."""

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate, pre_migrate


def _install_triggers(sender: AppConfig, using: str, **kwargs: Any) -> None:
    from portal.core import append_only

    connection = connections[using]
    there = set(connection.introspection.table_names())
    append_only.install(connection, [table for table in append_only.tables() if table in there])


def _lift_exceptions(sender: AppConfig, using: str, plan: Any = (), **kwargs: Any) -> None:
    from portal.core import append_only

    if plan:
        append_only.lift_exceptions(connections[using])


class AuditConfig(AppConfig):
    """The log, and the triggers of every append-only table."""

    name = "portal.audit"
    verbose_name = "Logboek"

    def ready(self) -> None:
        """Make the triggers again after every migrate: SQLite drops them when it rebuilds a table."""
        # Django tells it once for every app: the first time is enough, all tables are there by then.
        pre_migrate.connect(_lift_exceptions, sender=self, dispatch_uid="append-only-before")
        post_migrate.connect(_install_triggers, sender=self, dispatch_uid="append-only")
