"""Holds every saved page against html-validate and vnu, and style sheets and pictures against vnu."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

from tests.proof.findings import Finding, report
from tests.proof.places import HERE, PAGES, RESULTS, TOOLS
from tests.proof.web import crawled

LONGEST = 160  # of a quoted piece of a page


def main() -> int:
    """Run both and report."""
    addresses = {str(PAGES / answer.file): answer.address for answer in crawled() if answer.file}
    files = [Path(name) for name in addresses if name.endswith((".html", ".css", ".svg"))]
    if not files:
        print("html: FAILED, no saved page to look at")
        return 1
    pages = sum(file.suffix == ".html" for file in files)
    first = report("html-validate", f"{pages} pages", html_validate(addresses))
    second = report("vnu", f"{len(files)} pages, style sheets and pictures", vnu(addresses))
    return first or second


def html_validate(addresses: dict[str, str]) -> Iterator[Finding]:
    """html-validate's findings, warnings included."""
    out = RESULTS / "html-validate.json"
    out.unlink(missing_ok=True)
    done = _run(TOOLS / ".bin/html-validate", "--config", HERE / ".htmlvalidate.mjs",
                "--formatter", f"json={out}", PAGES / "**/*.html")  # fmt: skip
    if not out.exists():
        yield Finding(rule="did-not-run", page="", message=(done.stderr or done.stdout).strip()[-500:])
        return
    for result in json.loads(out.read_text()):
        lines = (result.get("source") or "").splitlines()
        for message in result["messages"]:
            number = message["line"]
            line = lines[number - 1].strip() if 0 < number <= len(lines) else ""
            yield Finding(
                rule=message["ruleId"],
                page=addresses.get(str(Path(result["filePath"]).resolve()), result["filePath"]),
                message=message["message"],
                where=f"{message.get('selector') or ''} | {line}"[:LONGEST],
            )
    out.unlink()  # holds the source of every page once more


def vnu(addresses: dict[str, str]) -> Iterator[Finding]:
    """The errors of the Nu Html Checker, in one process. Its warnings are advice that the others give."""
    done = _run("java", "-Xss8m", "-jar", TOOLS / "vnu-jar/build/dist/vnu.jar", "--errors-only",
                "--skip-non-html", "--also-check-css", "--also-check-svg",
                "--format", "json", "--stdout", "--exit-zero-always", PAGES)  # fmt: skip
    try:
        messages = json.loads(done.stdout)["messages"]
    except (ValueError, KeyError):
        yield Finding(rule="did-not-run", page="", message=(done.stderr or done.stdout).strip()[-500:])
        return
    for message in messages:
        file = unquote(urlsplit(message.get("url", "")).path)
        extract = " ".join(message.get("extract", "").split())
        yield Finding(
            rule=message.get("subType") or message["type"],
            page=addresses.get(file, file),
            message=message.get("message", ""),
            where=f"line {message.get('lastLine', '?')} | {extract}"[:LONGEST],
        )


def _run(*command: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, check=False)


if __name__ == "__main__":
    sys.exit(main())
