"""The one change that a published text can undergo: a value is taken away by law, as a row of `Redaction` says it.

The conditions stand in the triggers that otherwise refuse every change (portal/core/append_only.py): the row after it
must be exactly what the redaction makes of the row before it. Tried on both databases by the tests.
"""

from typing import Any

_OF_THIS = "transparency_redaction r JOIN transparency_seal s ON s.event_id = r.seal_id WHERE s.{owner} = OLD.id"
_COLUMNS = ("reason", "reason_en", "responsible")

_TEXT_POSTGRES = """EXISTS (SELECT 1 FROM {of_this}
 AND OLD.content -> 'redacted' -> r.key IS NULL
 AND NEW.content = ((OLD.content - r.key::text) #- ARRAY['translations', 'en', r.key::text])
  || jsonb_build_object('redacted',
   COALESCE(OLD.content -> 'redacted', '{{}}'::jsonb) || jsonb_build_object(r.key, r.mark))
  || COALESCE(r.instead -> 'content', '{{}}'::jsonb)
 AND {columns})"""
_TEXT_SQLITE = """EXISTS (SELECT 1 FROM {of_this}
 AND json_extract(OLD.content, '$.redacted."' || r.key || '"') IS NULL
 AND json(NEW.content) = json_patch(json_set(
  json_remove(OLD.content, '$."' || r.key || '"', '$.translations.en."' || r.key || '"'), '$.redacted',
  json(json_set(COALESCE(json_extract(OLD.content, '$.redacted'), '{{}}'), '$."' || r.key || '"', json(r.mark)))),
  COALESCE(json_extract(r.instead, '$.content'), '{{}}'))
 AND {columns})"""

_SEAL_POSTGRES = """EXISTS (SELECT 1 FROM transparency_redaction r, jsonb_array_elements_text(r.places) p
 WHERE r.seal_id = OLD.event_id AND OLD.fields -> p -> 'salt' IS NOT NULL
 AND NEW.fields = OLD.fields || jsonb_build_object(p,
  jsonb_build_object('hash', OLD.fields -> p -> 'hash', 'redacted', r.mark))
 AND NEW.told = OLD.told - p)"""
_SEAL_SQLITE = """EXISTS (SELECT 1 FROM transparency_redaction r, json_each(r.places) p
 WHERE r.seal_id = OLD.event_id AND json_extract(OLD.fields, '$."' || p.value || '".salt') IS NOT NULL
 AND json(NEW.fields) = json_set(OLD.fields, '$."' || p.value || '"', json_object(
  'hash', json_extract(OLD.fields, '$."' || p.value || '".hash'), 'redacted', json(r.mark)))
 AND json(NEW.told) = json_remove(OLD.told, '$."' || p.value || '"'))"""


def of_text(owner: str) -> dict[str, str]:
    """{vendor: condition} for a published text; `owner` is the column of Seal that points at it."""
    of_this = _OF_THIS.format(owner=owner)
    postgres = " AND ".join(f"NEW.{one} = COALESCE(r.instead ->> '{one}', OLD.{one})" for one in _COLUMNS)
    sqlite = " AND ".join(f"NEW.{one} = COALESCE(json_extract(r.instead, '$.{one}'), OLD.{one})" for one in _COLUMNS)
    return {
        "postgresql": _TEXT_POSTGRES.format(of_this=of_this, columns=postgres),
        "sqlite": _TEXT_SQLITE.format(of_this=of_this, columns=sqlite),
    }


OF_SEAL = {"postgresql": _SEAL_POSTGRES, "sqlite": _SEAL_SQLITE}
TEXT_COLUMNS = ("content", *_COLUMNS)


def content_without(content: dict[str, Any], key: str, mark: dict[str, str], instead: dict[str, Any]) -> dict[str, Any]:
    """`content` as it becomes when the answer `key` is taken away, in both languages; the order of keys counts."""
    left = {name: value for name, value in content.items() if name != key}
    if "translations" in left:
        left["translations"] = {
            language: {name: value for name, value in answers.items() if name != key} if language == "en" else answers
            for language, answers in left["translations"].items()
        }
    left["redacted"] = {**content.get("redacted", {}), key: mark}
    return {**left, **instead}


def fields_without(fields: dict[str, Any], place: str, mark: dict[str, str]) -> dict[str, Any]:
    """The hashes of a text as they become when the value at `place` is taken away: the hash stays, the salt goes."""
    return {**fields, place: {"hash": fields[place]["hash"], "redacted": mark}}
