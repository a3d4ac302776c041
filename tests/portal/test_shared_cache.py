"""The cache is one for all workers, holds no address in its names, and remembers codes long enough."""

import datetime

import pytest
import time_machine
from django.core.cache import cache, caches

from portal.limits.actions import forget_old_values
from portal.limits.models import SharedValue
from portal.limits.shared_cache import CODE_IS_VALID, USED_CODE
from tests.conftest import NOW

pytestmark = pytest.mark.django_db


def test_what_one_worker_keeps_another_reads():
    cache.set("limiet", [1, 2], 60)
    another = caches.create_connection("default")

    assert another.get("limiet") == [1, 2]


def test_adding_happens_once():
    assert (cache.add("slot", True, 10), cache.add("slot", True, 10)) == (True, False)


def test_no_address_stands_in_the_database():
    cache.set("allauth:rl:ip:192.0.2.7:anna@linde.example", 1, 60)

    kept = str(list(SharedValue.objects.values("cache_key")))
    assert "192.0.2.7" not in kept
    assert "anna" not in kept


def test_used_code_is_remembered_as_long_as_it_would_be_accepted():
    cache.add(f"{USED_CODE}?user=1&code=123456", "y", timeout=30)

    assert SharedValue.objects.get().expires == NOW + datetime.timedelta(seconds=CODE_IS_VALID)
    with time_machine.travel(NOW + datetime.timedelta(seconds=91), tick=False):
        assert not cache.add(f"{USED_CODE}?user=1&code=123456", "y", timeout=30)


def test_what_is_over_is_forgotten():
    cache.set("kort", 1, 10)
    cache.set("lang", 1, 1000)

    assert forget_old_values(NOW + datetime.timedelta(seconds=11)) == 1
    assert cache.get("lang") == 1
