"""What many tests read: made once and rolled back after the last. What each test itself writes goes before that."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import time_machine
from django.db import transaction

from tests.conftest import NOW


@contextmanager
def standing(django_db_blocker: Any, make: Callable[[], Any]) -> Iterator[Any]:
    """What `make` gives, made at NOW; for a fixture of a module, which asks for `django_db_setup` too.

    A test that changes the objects themselves takes a copy of them (`copy.deepcopy`). Not for a module with a test
    that commits.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        with time_machine.travel(NOW, tick=False):
            made = make()
        yield made
        transaction.set_rollback(True)
