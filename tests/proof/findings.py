"""What the proof finds: how a finding is kept, grouped and shown."""

import json
import os
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from tests.proof.places import RESULTS

SHOWN = 3  # pages and places shown per group; the file has them all
GROUPS = 60


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing that is wrong, on one page."""

    rule: str
    page: str
    message: str
    where: str = ""


def report(part: str, checked: str, findings: Iterable[Finding]) -> int:
    """Write the findings to a file, print them by rule and message, and answer the exit code."""
    found = sorted(set(findings), key=lambda f: (f.rule, f.message, f.page, f.where))
    RESULTS.mkdir(parents=True, exist_ok=True)
    path = RESULTS / f"{part}-findings.jsonl"
    path.write_text("".join(json.dumps(asdict(f), ensure_ascii=False) + "\n" for f in found))
    groups: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for finding in found:
        groups[finding.rule, finding.message].append(finding)
    by_rule = sorted(groups.items(), key=lambda group: (group[0][0], -len(group[1])))
    for (rule, message), members in by_rule[:GROUPS]:
        pages = list(dict.fromkeys(f.page for f in members))
        places = list(dict.fromkeys(f.where for f in members if f.where))
        print(f"  {rule}: {message}")
        print(f"    {_some(pages)}")
        for place in places[:SHOWN]:
            print(f"      {place}")
        if len(places) > SHOWN:
            print(f"      … {len(places) - SHOWN} more places")
    if len(groups) > GROUPS:
        print(f"  … {len(groups) - GROUPS} more groups")
    verdict = f"FAILED, {len(found)} findings in {len(groups)} groups" if found else "ok"
    print(f"{part}: {verdict} ({checked}; {os.path.relpath(path)})", flush=True)
    return 1 if found else 0


def _some(pages: list[str]) -> str:
    more = f" … {len(pages)} pages" if len(pages) > SHOWN else ""
    return "  ".join(pages[:SHOWN]) + more
