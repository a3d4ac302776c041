"""A national record of 1.0 as our content."""

import html
from collections.abc import Mapping
from typing import Any

from portal.core.text import hidden_characters, sort_key
from transparency.exchange import cleaning
from transparency.exchange.composing import code_of, take_apart, word
from transparency.exchange.fitting import Fitting
from transparency.exchange.mapping import EXPLANATION, RULES, Rule
from transparency.exchange.markup import to_text
from transparency.exchange.national import BY_KEY as NATIONAL
from transparency.exchange.national import IN_HOUSE, Shape
from transparency.exchange.older import clean_value
from transparency.exchange.report import Change, change

_STATUS_IN = {"In ontwikkeling": "DEVELOPMENT", "In gebruik": "IN_USE", "Buiten gebruik": "STOPPED"}


def to_content(record: Mapping[str, Any], address: str = "") -> tuple[dict[str, Any], list[Change]]:
    """The content that `record` (of 1.0) gives, every value of the right shape, and what had to be changed for that.

    `address` is where the whole of a text can be read that is too long for us.
    """
    found: dict[str, Any] = {}
    changes: list[Change] = []
    for rule in RULES:
        value = record.get(rule.key)
        if value not in (None, "", []):
            _merge(found, _read(rule, value, changes))
    fitting = Fitting(address)
    content = {key: fitted for key, value in found.items() if (fitted := fitting.fit(key, value)) not in (None, "", [])}
    return content, changes + fitting.changes


def _merge(found: dict[str, Any], more: Mapping[str, Any]) -> None:
    for key, value in more.items():
        found[key] = found[key] + value if key in found and isinstance(value, list) else value


def _read(rule: Rule, value: Any, changes: list[Change]) -> dict[str, Any]:
    shape = NATIONAL[rule.key].shape
    if shape == Shape.HTML and hidden_characters(html.unescape(cleaning.plain(value)).replace("\r", "")):
        text = to_text(cleaning.plain(value))
        changes.append(change(rule.key, value, text, "Onzichtbare tekens zijn weggehaald."))
    if rule.key == "impacttoetsen":
        parts = take_apart(to_text(cleaning.plain(value)), EXPLANATION, ("medical_device",))
        text = parts.pop(EXPLANATION, "")
        return {
            **parts,
            **({"assessments": [{"kind": "OTHER", "title": EXPLANATION, "summary": text}]} if text else {}),
        }
    if shape == Shape.HTML:
        return take_apart(to_text(cleaning.plain(value)), rule.main, rule.parts)
    if shape == Shape.LINKS:
        return {rule.main: [_link(rule.main, row) for row in value if isinstance(row, Mapping)]}
    if rule.key == "category":
        theme = _theme(value)
        if len(value) > 1:
            changes.append(change(rule.key, value, word("theme", theme), "Wij tonen van de thema’s er één."))
        return {"theme": theme}
    cleaned, reason = clean_value(rule.key, value)
    if reason and cleaned != value:
        changes.append(change(rule.key, value, cleaned, reason))
    return _one(rule, cleaned)


def _one(rule: Rule, value: Any) -> dict[str, Any]:
    if value is None:
        return {}
    if rule.key == "status":
        return {"status": _STATUS_IN[value]}
    if rule.key == "publication_category":
        return {rule.main: code_of("ar_publication_category", value)}
    if rule.key == "provider" and value == IN_HOUSE:
        return {"developed_in_house": "YES"}
    return {rule.main: value}


def _theme(names: list[str]) -> str:
    codes = [code for name in names if (code := code_of("theme", name))]
    return "CARE" if "CARE" in codes else codes[0] if codes else ""


def _link(key: str, row: Mapping[str, Any]) -> dict[str, Any]:
    title, link = cleaning.plain(row.get("title")), cleaning.plain(row.get("link"))
    made = {"title": title, **({"link": link} if link else {})}
    return {"kind": _assessment(title), **made} if key == "assessments" else made


def _assessment(title: str) -> str:
    folded = f" {sort_key(title)} "
    if "dpia" in folded or "data protection impact" in folded:
        return "DPIA"
    return next((code for code in ("FRIA", "IAMA", "AIIA") if code.lower() in folded), "OTHER")
