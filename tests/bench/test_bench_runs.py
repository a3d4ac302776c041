"""The bench works: servers, load and counting, at its smallest; how fast things are is no matter of a test."""

import json
import os
import shutil
import subprocess
import sys

import pytest

from tests.support.browser_server import NOT_OURS, ROOT

pytestmark = pytest.mark.bench


@pytest.mark.skipif(not shutil.which("wrk"), reason="wrk is not installed")
def test_bench_compares_the_portal_with_the_baselines(tmp_path):
    env = {key: value for key, value in os.environ.items() if key not in NOT_OURS} | {"VAR_DIR": str(tmp_path)}
    command = ["manage.py", "bench", "--quick", "--databases", "sqlite", "--names", "list", "rare"]

    done = subprocess.run([sys.executable, *command], cwd=ROOT, env=env, capture_output=True, text=True)

    assert done.returncode == 0, done.stderr
    rows = [json.loads(line) for line in (tmp_path / "bench" / "results.jsonl").read_text().splitlines()]
    compared = {(row["kind"], row["name"], row["theirs"]) for row in rows}
    assert {("cold", "list", "usual"), ("cold", "rare", "usual"), ("warm", "list", "static"), ("304", "list", "warm"),
            ("growth", "deep", "cold")} <= compared  # fmt: skip
    samples = [sample for row in rows for sample in (*row["ours_samples"], *row["theirs_samples"])]
    assert {sample["failed"] for sample in samples} == {0}
    assert min(sample["cpu_ms"] for sample in samples) > 0
