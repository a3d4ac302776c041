"""The language check for machines: JSON with a text in, the report out. Nothing of the text is stored or logged."""

from http import HTTPStatus
from typing import Any

from django.http import HttpResponse
from rest_framework.exceptions import APIException, Throttled
from rest_framework.request import Request

from portal.api.problems import InvalidQuestion
from portal.api.views import SendView, answer, as_json, sent_json
from portal.core.dates import number
from portal.core.visitor import network_of
from transparency.readability.check import MOST_CHARACTERS
from transparency.readability.lexicon import LexiconError
from transparency.readability.public_check import TooOften, check_for
from transparency.readability.score import Colour
from transparency.readability.telling import KINDS

EXAMPLE_TEXT = "Indien u vragen heeft, kunt u contact opnemen met de polikliniek."
KEYS = ("text", "to_reader")
LONGEST_NAME = 200  # characters of a wrong key that are repeated


class DoesNotWork(APIException):
    """503: there is no lexicon."""

    status_code = HTTPStatus.SERVICE_UNAVAILABLE
    wait = 60


class LanguageCheck(SendView):
    """How readable a text is."""

    def post(self, request: Request) -> HttpResponse:
        """The report."""
        sent = _read(request)
        try:
            report = check_for(network_of(request._request), sent["text"], to_reader=sent.get("to_reader", True))
        except TooOften as error:
            raise Throttled(wait=error.seconds) from error
        except LexiconError as error:
            raise DoesNotWork from error
        response = answer(as_json(report.as_json()))
        response.headers["Cache-Control"] = "no-store"
        return response


def _read(request: Request) -> dict[str, Any]:
    """What was sent. Raises InvalidQuestion with everything that is wrong, and ParseError when it is no JSON."""
    errors = [_wrong("query", name, "Dit adres heeft geen sleutels.") for name in request.query_params]
    sent = sent_json(request)
    if not isinstance(sent, dict):
        raise InvalidQuestion([*errors, _wrong("body", "", 'Stuur een object: {"text": "…"}.')])
    errors += [
        _wrong("body", name, f"Deze sleutel kennen wij niet. Kies uit: {', '.join(KEYS)}.")
        for name in sent
        if name not in KEYS
    ]
    if fault := _fault(sent.get("text")):
        errors.append(_wrong("body", "text", fault))
    if not isinstance(sent.get("to_reader", True), bool):
        errors.append(_wrong("body", "to_reader", "Geef true of false."))
    if errors:
        raise InvalidQuestion(errors)
    return sent


def _fault(text: Any) -> str:
    """What is wrong with the text, or ""."""
    if not isinstance(text, str) or not text:
        return "Geef een tekst."
    if len(text) > MOST_CHARACTERS:
        return f"De tekst heeft {number(len(text))} tekens. Er passen er {number(MOST_CHARACTERS)}."
    if any("\ud800" <= character <= "\udfff" for character in text):
        return "In de tekst staat een half teken (surrogate). Stuur geldige Unicode."
    return ""


def _wrong(where: str, name: str, detail: str) -> dict[str, str]:
    return {"in": where, "name": _printable(name), "detail": detail}


def _printable(name: str) -> str:
    """A key as it may stand in an answer: not too long, and without half characters."""
    return name[:LONGEST_NAME].encode(errors="replace").decode()


# --- Schemas ---------------------------------------------------------------------------------------------------------


def question_schema() -> dict[str, Any]:
    """What is sent."""
    text = {
        "type": "string",
        "minLength": 1,
        "maxLength": MOST_CHARACTERS,
        "description": "De tekst, in het Nederlands.",
    }
    to_reader = {
        "type": "boolean",
        "default": True,
        "description": "De tekst spreekt de lezer aan: dan hoort er “u” in.",
    }
    return {"type": "object", "properties": {"text": text, "to_reader": to_reader}, "required": ["text"],
            "additionalProperties": False}  # fmt: skip


def answer_schema() -> dict[str, Any]:
    """The report (readability.md, output). Without a score there are only findings, without Dutch there is nothing."""
    count = {"type": "integer", "minimum": 0}
    mean = {"type": ["number", "null"]}
    code = {"type": "string", "enum": sorted(KINDS)}
    place = {"type": "integer", "minimum": 0, "description": "In Unicode-tekens, van de tekst zoals u die stuurde."}
    words = {"type": "string"}
    finding = {"code": code, "severity": {"type": "string", "enum": ["hint", "warning", "error"]}, "start": place,
               "end": place, "text": words, "message": words, "advice": words,
               "suggestions": {"type": "array", "items": words}}  # fmt: skip
    facts = {"sentences": count, "words": count, "mean_sentence": mean, "over20": count, "freq": mean,
             "concrete": mean, "content_per_clause": mean, "passives_per_100": mean}  # fmt: skip
    return _object({
        "model": words | {"description": "De versie van de schatting."},
        "language": {"enum": ["nl", None], "description": "null: dit lijkt geen Nederlands."},
        "score": mean | {"description": "0 (makkelijk) tot 100 (moeilijk), een schatting; null: niets te meten."},
        "margin": count | {"description": "Zoveel punten kan de score ernaast zitten."},
        "level": {"type": ["integer", "null"], "minimum": 1, "maximum": 4},
        "colour": {"type": ["string", "null"], "enum": [*map(str, Colour), None]},
        "reliable": {"type": "boolean", "description": "Lang genoeg voor een niveau en een kleur."},
        "facts": _object(facts),
        "findings": {"type": "array", "items": _object(finding)},
        "top": {"type": "array", "items": _object({"code": code, "count": count}),
                "description": "Wat u het eerst kunt verbeteren."},
        "note": words,
    })  # fmt: skip


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties)}
