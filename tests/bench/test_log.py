"""Whether the log of the bench can be made and checked, at its smallest."""

import json
import subprocess
import sys

import pytest

from tests.support.browser_server import ROOT, installation

pytestmark = pytest.mark.bench


def test_generated_log_is_well(tmp_path):
    database = f"sqlite:///{tmp_path / 'log.sqlite3'}"
    env = installation(tmp_path, database) | {"DJANGO_SETTINGS_MODULE": "portal.settings"}

    for arguments in (("fill", "40"), ("verify",)):
        command = [sys.executable, "-m", "tests.bench.log", *arguments]
        told = subprocess.run(command, cwd=ROOT, env=env, check=True, capture_output=True, text=True).stdout

    assert json.loads(told.splitlines()[-1])["count"] == 40
