"""The bench works: servers, load and counting, at its smallest; how fast things are is no matter of a test."""

import json
import os
import shutil
import subprocess
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from tests.bench.measure import Asking
from tests.bench.servers import Server
from tests.support.browser_server import NOT_OURS, ROOT

pytestmark = [
    pytest.mark.bench,
    pytest.mark.skipif(not shutil.which("wrk"), reason="wrk is not installed"),
]


def _bench(folder, *options):
    """The rows of a quick run of the bench on SQLite."""
    env = {key: value for key, value in os.environ.items() if key not in NOT_OURS} | {"VAR_DIR": str(folder)}
    command = ["manage.py", "bench", "--quick", "--databases", "sqlite", *options]
    done = subprocess.run([sys.executable, *command], cwd=ROOT, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in (folder / "bench" / "results.jsonl").read_text().splitlines()]


def _compared(rows):
    return {(row["kind"], row["name"], row["theirs"]) for row in rows}


def test_bench_compares_the_portal_with_the_baselines(tmp_path):
    rows = _bench(tmp_path, "--names", "list", "rare", "deep", "import", "export", "--peers", "usual", "static")

    assert {("cold", "list", "usual"), ("cold", "rare", "usual"), ("warm", "list", "static"), ("304", "list", "warm"),
            ("growth", "deep", "cold"), ("growth", "rare", "cold at 200"), ("import", "import", "row by row"),
            ("export", "export", "DRF at once"), ("memory", "export", "export of 200")} <= _compared(rows)  # fmt: skip
    assert {json.dumps(row["problems"]) for row in rows} == {"{}"}
    samples = [sample for row in rows for sample in (*row["ours_samples"], *row["theirs_samples"])]
    assert min(sample["cpu_ms"] for sample in samples) > 0


@pytest.mark.skipif(not shutil.which("nginx", path="/usr/sbin:/usr/bin"), reason="nginx is not installed")
def test_bench_installs_the_peers_and_compares_the_portal_with_them(tmp_path):
    rows = _bench(tmp_path, "--kinds", "cold", "warm", "--names", "list", "filter", "rare", "entry",
                  "--peers", "wagtail", "datasette", "nginx")  # fmt: skip

    asked = {(kind, peer) for kind, _name, peer in _compared(rows)}
    assert asked == {("cold", "wagtail"), ("cold", "datasette"), ("warm", "nginx")}
    assert {json.dumps(row["problems"]) for row in rows} == {"{}"}


class _Missing(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.send_response(404 if "weg" in self.path else 200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *args):
        """Say nothing."""


@pytest.mark.parametrize(
    ("paths", "connections", "problem"),
    [(["/", "/weg/", "/?q=hart"], 4, "404 /weg/"), (["/weg/"], 32, "status /weg/")],
)
def test_answer_that_fails_is_counted_with_its_address(tmp_path, paths, connections, problem):
    log = tmp_path / "server.log"
    log.write_text("eerste\nlaatste\n")
    with ThreadingHTTPServer(("127.0.0.1", 0), _Missing) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        asked = Server(name="x", address=f"http://127.0.0.1:{server.server_port}", leader=os.getsid(0), log=log)

        sample = Asking(server=asked, paths=paths).sample(seconds=1, connections=connections)

        server.shutdown()
    assert set(sample.problems) == {problem}
    assert sample.problems[problem] > 0
    assert sample.log == ["eerste", "laatste"]
