"""Holds the API against Logius' rules (Spectral) and against its own description (schemathesis)."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator

from tests.proof.findings import Finding, report
from tests.proof.places import API_TOOLS, BASE, OUTSIDE, RESULTS, TOOLS
from tests.proof.web import Client

DESCRIPTION = "/api/v1/openapi.json"
RULES = OUTSIDE / "standards" / "adr" / "adr-2.2.0-main.linter.yaml"
ERROR = 0  # Spectral's severity; the rest is advice, such as https for a server on this machine
EXAMPLES = "100"  # generated questions per operation


def main() -> int:
    """Run both and report."""
    RESULTS.mkdir(parents=True, exist_ok=True)
    ruled = report("spectral", DESCRIPTION, spectral()) if RULES.exists() else _left_out()
    return ruled or schemathesis()


def _left_out() -> int:
    print(f"spectral: LEFT OUT, the rules are not at {RULES} (set OUTSIDE_DIR)")
    return 0


def spectral() -> Iterator[Finding]:
    """The errors of Spectral under the NL API Design Rules."""
    _status, _headers, body = Client().ask(DESCRIPTION)
    file = RESULTS / "openapi.json"
    file.write_bytes(body)
    done = _run(TOOLS / ".bin/spectral", "lint", "--quiet", "--format", "json", "--ruleset", RULES, file)
    try:
        found = json.loads(done.stdout)
    except ValueError:
        yield Finding(rule="did-not-run", page=DESCRIPTION, message=(done.stderr or done.stdout).strip()[-500:])
        return
    for one in found:
        if one["severity"] == ERROR:
            where = ".".join(str(part) for part in one["path"])
            yield Finding(rule=str(one["code"]), page=DESCRIPTION, message=one["message"], where=where)


def schemathesis() -> int:
    """Ask what the description allows and what it forbids; every answer must be one that it tells of."""
    done = _run(API_TOOLS / "schemathesis", "run", BASE + DESCRIPTION, "--max-examples", EXAMPLES,
                "--seed", "1", "--no-color")  # fmt: skip
    (RESULTS / "schemathesis.log").write_text(done.stdout + done.stderr)
    said = [line for line in done.stdout.splitlines() if "generated" in line or "No issues" in line]
    verdict = "FAILED" if done.returncode else "ok"
    log = os.path.relpath(RESULTS / "schemathesis.log")
    print(f"schemathesis: {verdict} ({'; '.join(line.strip(' =') for line in said)}; {log})", flush=True)
    if done.returncode:
        print("\n".join(done.stdout.splitlines()[-60:]))
    return 1 if done.returncode else 0


def _run(*command: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(part) for part in command], cwd=RESULTS, capture_output=True, text=True, check=False)


if __name__ == "__main__":
    sys.exit(main())
