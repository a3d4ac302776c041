"""Our content as a national record of 1.0, and a record that came from there with only what changed here made anew."""

from collections.abc import Callable, Mapping
from typing import Any

from transparency.exchange.composing import compose, word
from transparency.exchange.mapping import EXPLANATION, RULES, Rule
from transparency.exchange.markup import has_tags, to_html, to_text
from transparency.exchange.national import BY_KEY as NATIONAL
from transparency.exchange.national import IN_HOUSE, Shape
from transparency.field import Content

_STATUS_OUT = {
    "PLANNED": "In ontwikkeling", "DEVELOPMENT": "In ontwikkeling", "PILOT": "In gebruik", "IN_USE": "In gebruik",
    "PAUSED": "In gebruik", "STOPPED": "Buiten gebruik", "WITHDRAWN": "Buiten gebruik",
}  # fmt: skip
_LINK_TEXT = {"legal_basis_links": "lawful_basis", "data_sources": "source_data"}


def to_national(content: Content) -> dict[str, Any]:
    """Every national value that our `content` makes; empty ones are None. Nothing is shortened here."""
    return {rule.key: _WRITERS.get(rule.key, _write_shape)(rule, content) for rule in RULES}


def _write_shape(rule: Rule, content: Content) -> Any:
    if NATIONAL[rule.key].shape == Shape.HTML:
        return to_html(national_text(rule, content)) or None
    return content.get(rule.main) or None


def national_text(rule: Rule, content: Content) -> str:
    """Our answers of `rule` as one plain text: the main one first, the others under their sub-headings."""
    said = {key: value for key, value in content.items() if key in rule.ours}
    for key in set(said) & set(_LINK_TEXT):  # rows with a link stand in a list of their own
        said[key] = [row for row in said[key] if not row.get("link")]
    text = _assessment_text(content) if rule.key == "impacttoetsen" else said.get(rule.main, "")
    return "\n\n".join(part for part in (text, compose(said, rule.parts)) if part)


def _assessment_text(content: Content) -> str:
    rows = content.get("assessments", [])
    said = [row["summary"] for row in rows if row.get("title") == EXPLANATION and row.get("summary")]
    for row in rows:
        title = row.get("title") or word("assessment", row.get("kind", ""))
        if title != EXPLANATION and (row.get("summary") or row.get("date")):
            said.append(
                ": ".join(
                    part for part in (" ".join([title, row.get("date", "")]).strip(), row.get("summary", "")) if part
                )
            )
    return "\n\n".join(said)


def _write_links(rule: Rule, content: Content) -> list[dict[str, str]]:
    rows = [row for row in content.get(rule.main, []) if row.get("title") != EXPLANATION]
    return [
        {"title": row.get("title") or word("assessment", row.get("kind", "OTHER")), "link": row.get("link") or ""}
        for row in rows
        if row.get("link") or not NATIONAL[rule.key].link_needed
    ]


def _write_tags(rule: Rule, content: Content) -> str | None:
    words = [part.strip() for part in content.get("tags", "").split(",")]
    for key in ("care_setting", "body_parts", "visit_reasons"):
        words += [word(name, code).replace(",", "") for name in (_VOCABULARY[key],) for code in content.get(key, [])]
    for key in ("departments", "locations"):
        words += [row.get("title", "").replace(",", "") for row in content.get(key, [])]
    return ", ".join(dict.fromkeys(part for part in words if part)) or None


_VOCABULARY = {"care_setting": "care_setting", "body_parts": "body_part", "visit_reasons": "visit_reason"}
_WRITERS: dict[str, Callable[[Rule, Content], Any]] = {
    "category": lambda rule, content: [word("theme", content.get("theme") or "CARE")],
    "status": lambda rule, content: _STATUS_OUT.get(content.get("status", "")),
    "publication_category": lambda rule, content: (
        word("ar_publication_category", content[rule.main]) if content.get(rule.main) else None
    ),
    "provider": lambda rule, content: (
        content.get("provider") or (IN_HOUSE if content.get("developed_in_house") == "YES" else None)
    ),
    "tags": _write_tags,
    "lawful_basis_grouping": _write_links,
    "impacttoetsen_grouping": _write_links,
    "source_data_grouping": _write_links,
}


def recompose(record: Mapping[str, Any], before: Content, after: Content) -> dict[str, Any]:
    """`record` with only those values made anew whose answers differ between `before` (as it came) and `after`."""
    made: dict[str, Any] = dict(record)
    fresh = to_national(after)
    for rule in RULES:
        if any(before.get(key) != after.get(key) for key in rule.ours):
            made[rule.key] = _kept_main(rule, record, before, after) or fresh[rule.key]
    return made


def _kept_main(rule: Rule, record: Mapping[str, Any], before: Content, after: Content) -> str | None:
    """The text as it came with the new answers under it, when only those changed and the text was whole."""
    raw = record.get(rule.key)
    if NATIONAL[rule.key].shape != Shape.HTML or not raw or rule.main == "assessments":
        return None
    if before.get(rule.main) != after.get(rule.main) or any(before.get(key) for key in rule.parts):
        return None
    added = national_text(Rule(key=rule.key, main="", parts=rule.parts), after)
    return (raw if has_tags(raw) else to_html(to_text(raw))) + to_html(added)
