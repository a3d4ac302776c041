"""The headers that every answer must have, and the ones that no public answer may have (standards.md).

Pages of people who sign in may differ by cookie; no cache may keep those.
"""

import re
from collections.abc import Iterator

from portal.core.private import is_private_path
from tests.proof.findings import Finding
from tests.proof.web import Answer

ONE_YEAR = 365 * 24 * 3600
FIXED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}
# Not covered by default-src, or asked for by name in standards.md.
POLICIES = ("frame-src", "frame-ancestors", "base-uri", "form-action")
FEATURES = ("camera", "geolocation", "microphone")


def wrong_headers(answer: Answer) -> Iterator[Finding]:
    """What is wrong with the headers of one answer."""
    for message in _security(answer):
        yield Finding(rule="header", page=answer.address, message=message, where=f"status {answer.status}")
    yield from (_kept if is_private_path(answer.address.partition("?")[0]) else _personal)(answer)
    if answer.is_page and "charset=utf-8" not in answer.header("Content-Type").lower():
        yield Finding(rule="header", page=answer.address, message="Content-Type without charset=utf-8")


def _personal(answer: Answer) -> Iterator[Finding]:
    """What makes a public answer one for a single reader."""
    if cookie := answer.header("Set-Cookie"):
        yield Finding(rule="cookie", page=answer.address, message="sets a cookie", where=cookie)
    for name in sorted(_listed(answer, "Vary") & {"cookie", "accept-language", "*"}):
        yield Finding(rule="vary", page=answer.address, message=f"differs by {name}")


def _kept(answer: Answer) -> Iterator[Finding]:
    """What lets a cache keep an answer for somebody who signs in; what is the same for all may be kept."""
    is_for_one = bool(answer.header("Set-Cookie")) or "cookie" in _listed(answer, "Vary")
    if is_for_one and not _listed(answer, "Cache-Control") & {"no-store", "private"}:
        yield Finding(rule="private", page=answer.address, message="a cache may keep it")


def _listed(answer: Answer, name: str) -> set[str]:
    return {part.strip().lower() for part in answer.header(name).split(",")}


def _security(answer: Answer) -> Iterator[str]:
    for name, expected in FIXED.items():
        if answer.header(name) != expected:
            yield f"{name} is {answer.header(name) or 'missing'}, not {expected}"
    strict = answer.header("Strict-Transport-Security")
    age = re.search(r"max-age=(\d+)", strict)
    if age is None or int(age[1]) < ONE_YEAR:
        yield f"Strict-Transport-Security is {strict or 'missing'}, not at least one year"
    off = answer.header("Permissions-Policy").replace(" ", "")
    for feature in FEATURES:
        if f"{feature}=()" not in off:
            yield f"Permissions-Policy does not switch off {feature}"
    yield from _content_security(answer.header("Content-Security-Policy"))


def _content_security(policy: str) -> Iterator[str]:
    directives = {words[0]: words[1:] for part in policy.split(";") if (words := part.split())}
    if directives.get("default-src") != ["'none'"]:
        yield f"Content-Security-Policy has default-src {directives.get('default-src')}, not 'none'"
    for name in POLICIES:
        if name not in directives:
            yield f"Content-Security-Policy without {name}"
    for name, sources in directives.items():
        for source in sources:
            if source.startswith(("'unsafe-", "'nonce-")) or source in {"*", "data:", "http:", "https:"}:
                yield f"Content-Security-Policy has {source} in {name}"
