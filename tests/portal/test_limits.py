"""A limit: so many at once, so many a second after that, for each visitor, whatever worker he meets."""

import datetime
import os
import subprocess
import sys

import pytest
import time_machine
from django.conf import settings as project
from django.db import OperationalError, connection

from portal.limits.actions import Limit, take
from portal.limits.models import TokenBucket
from tests.support.browser_server import fresh_database, installation

pytestmark = pytest.mark.django_db

LIMIT = Limit(name="proef", capacity=4, per_second=2)
HER, HIM = "192.0.2.1", "192.0.2.2"


def test_so_many_at_once_and_then_come_back(now):
    waits = [take(LIMIT, HER) for _ in range(6)]

    assert waits == [0, 0, 0, 0, 1, 1]


def test_tokens_come_back_with_time(now):
    for _ in range(4):
        take(LIMIT, HER)

    with time_machine.travel(now + datetime.timedelta(seconds=1), tick=False):
        waits = [take(LIMIT, HER) for _ in range(3)]

    assert waits == [0, 0, 1]


def test_bucket_never_holds_more_than_its_capacity(now):
    take(LIMIT, HER)

    with time_machine.travel(now + datetime.timedelta(hours=5), tick=False):
        waits = [take(LIMIT, HER) for _ in range(5)]

    assert waits == [0, 0, 0, 0, 1]


def test_each_visitor_has_a_bucket_and_each_limit_too():
    for _ in range(4):
        take(LIMIT, HER)

    assert take(LIMIT, HER) == 1
    assert take(LIMIT, HIM) == 0
    assert take(Limit(name="anders", capacity=4, per_second=2), HER) == 0


def test_more_work_takes_more_tokens():
    assert [take(LIMIT, HER, 3), take(LIMIT, HER, 3), take(LIMIT, HER, 1)] == [0, 1, 0]


def test_wait_is_as_long_as_it_says(now):
    take(LIMIT, HER, 4)
    wait = take(LIMIT, HER, 4)

    with time_machine.travel(now + datetime.timedelta(seconds=wait), tick=False):
        assert (wait, take(LIMIT, HER, 4)) == (2, 0)


def test_refusal_takes_nothing(now):
    take(LIMIT, HER, 4)
    before = TokenBucket.objects.values_list("full_at", flat=True).get()

    take(LIMIT, HER)

    assert TokenBucket.objects.values_list("full_at", flat=True).get() == before


def test_nothing_of_a_visitor_stays_when_his_bucket_is_full(now):
    take(LIMIT, HER, 4)

    with time_machine.travel(now + datetime.timedelta(seconds=2), tick=False):
        take(LIMIT, HIM)

    assert TokenBucket.objects.count() == 1


def test_key_is_no_address_and_another_one_tomorrow(now):
    keys = set()
    for day in range(2):
        with time_machine.travel(now + datetime.timedelta(days=day), tick=False):
            take(LIMIT, HER)
            keys |= set(TokenBucket.objects.values_list("key", flat=True))

    assert len(keys) == 2
    assert not [key for key in keys if HER in key or len(key) != 64]


def test_limit_that_stays_longer_than_we_say_cannot_be_made():
    with pytest.raises(ValueError, match="minute"):
        Limit(name="traag", capacity=61, per_second=1)


def test_nobody_is_refused_when_the_database_does_not_answer(caplog):
    def broken(execute, sql, params, many, context):
        raise OperationalError(f"no table for {params}")

    take(LIMIT, HER, 4)
    with connection.execute_wrapper(broken):
        wait = take(LIMIT, HER)

    assert wait == 0
    assert [record.getMessage() for record in caplog.records] == ["the limit proef counts nobody now: OperationalError"]


PARALLEL = """
import django, threading
django.setup()
from concurrent.futures import ThreadPoolExecutor
from django.core.management import call_command
from django.db import connection
from portal.limits.actions import Limit, take
from portal.limits.models import TokenBucket
from unittest import mock
call_command("migrate", "limits", verbosity=0)
limit = Limit(name="proef", capacity=30, per_second=1)
from django.utils import timezone
now = timezone.now()
ready = threading.Barrier(8)
def ask(_number):
    ready.wait()
    try:
        return [take(limit, "192.0.2.1") for _ in range(20)]
    finally:
        connection.close()
with mock.patch("django.utils.timezone.now", lambda: now), ThreadPoolExecutor(8) as pool:
    waits = [wait for some in pool.map(ask, range(8)) for wait in some]
print(waits.count(0), len(waits), TokenBucket.objects.count())
"""
LOCKED = """
import django, sqlite3
django.setup()
from django.conf import settings
from django.core.management import call_command
from portal.limits.actions import Limit, take
call_command("migrate", "limits", verbosity=0)
other = sqlite3.connect(settings.DATABASES["default"]["NAME"])
other.execute("BEGIN IMMEDIATE")
limit = Limit(name="proef", capacity=1, per_second=1)
print([take(limit, "192.0.2.1") for _ in range(3)])
other.rollback()
print([take(limit, "192.0.2.1") for _ in range(3)])
"""


def run(script, folder, database=""):
    """What `script` says on an installation of its own."""
    env = installation(folder, database) | {"DJANGO_SETTINGS_MODULE": "portal.settings"}
    return subprocess.run([sys.executable, "-c", script], cwd=project.BASE_DIR, env=env, capture_output=True,
                          text=True, check=False)  # fmt: skip


def test_visitors_at_the_same_moment_get_no_more_than_there_is(tmp_path):
    with fresh_database(os.environ.get("DATABASE_URL", "")) as database:
        done = run(PARALLEL, tmp_path, database)

    assert (done.stdout.split(), done.stderr) == (["30", "160", "1"], "")


def test_long_import_on_sqlite_holds_no_visitor_up(tmp_path):
    done = run(LOCKED, tmp_path)

    assert done.stdout.splitlines() == ["[0, 0, 0]", "[0, 1, 1]"]
    assert done.stderr.count("counts nobody now: OperationalError") == 3
