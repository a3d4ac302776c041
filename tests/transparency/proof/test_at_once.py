"""Many who publish at the same moment: every act has a number of its own and none is left out, on both databases."""

import json
import os
import subprocess
import sys

import pytest

from tests.support.browser_server import ROOT, fresh_database, installation

THREADS, ACTS = 8, 6
DONE = THREADS * (ACTS - ACTS // 3)  # every third act is rolled back
SERVER = os.environ.get("TEST_POSTGRES_URL") or os.environ.get("DATABASE_URL", "")


@pytest.fixture(params=["SQLite", "PostgreSQL"])
def env(request, tmp_path):
    """An empty installation on each database, as far as there is a server."""
    if request.param == "PostgreSQL" and not SERVER.startswith("postgres"):
        pytest.skip("TEST_POSTGRES_URL names no PostgreSQL server")
    with fresh_database(SERVER if request.param == "PostgreSQL" else "") as database:
        yield installation(tmp_path, database) | {"DJANGO_SETTINGS_MODULE": "portal.settings"}


def test_numbers_have_no_gap_and_no_double(env):
    command = [sys.executable, "-m", "tests.support.publish_at_once", str(THREADS), str(ACTS)]

    done = subprocess.run(command, cwd=ROOT, env=env, check=True, capture_output=True, text=True)

    assert json.loads(done.stdout.splitlines()[-1]) == {
        "numbers": list(range(1, DONE + 1)), "head": DONE, "faults": [], "errors": [],
    }  # fmt: skip
