"""The part of the OpenAPI document about drafts, for programs with a key."""

from collections.abc import Callable
from typing import Any

from portal.api.describing import Schema
from portal.keys.middleware import EVERY_KEY
from transparency.api.drafts import LIST

SECURITY = "sleutel"
EXAMPLE = "2f9f64d4-5c0a-4b4e-9a53-0d3b7f6d7a10"  # of no draft
TAG = "Concepten"
ABOUT = "Teksten van uw organisatie die nog niet openbaar zijn. Alleen met een sleutel."
_COMMON = (400, 401, 403, 429)
_SENT = (408, 411, 415, 503)
Respond = Callable[..., dict[str, Any]]
Ref = Callable[[str], Schema]


def security_schemes() -> dict[str, Any]:
    """How a program says who it is."""
    words = (
        f"Een sleutel van uw organisatie. Een beheerder maakt hem in de werkruimte. Elke sleutel heeft "
        f"{EVERY_KEY.capacity} vragen; per seconde komen er {EVERY_KEY.per_second} bij."
    )
    return {SECURITY: {"type": "http", "scheme": "bearer", "description": words}}


def draft_paths(respond: Respond, ref: Ref) -> dict[str, Any]:
    """Every address. `respond` gives the answers of one, `ref` a reference to a schema."""
    key = {"name": "id", "in": "path", "required": True, "description": "Het id van het concept.",
           "schema": {"type": "string", "format": "uuid"}, "example": EXAMPLE}  # fmt: skip
    listed = [parameter.as_openapi() for parameter in LIST]
    draft, tag = ref("Concept"), {"ETag": _header("De revisie van het concept.")}
    return {
        "/concepten": {
            "get": _do("concepten", "Een bladzijde uit de lijst van concepten.", listed,
                       respond(ref("ConceptLijst"), _COMMON)),
            "post": _do(
                "conceptBeginnen", "Begin een nieuwe toepassing, of een nieuwe tekst van een toepassing.", [_TOKEN],
                respond(draft, (*_COMMON, *_SENT, 409, 422), good="201",
                        headers={**tag, "Location": _header("Het adres van het concept.")}),
                body=ref("ConceptNieuw"),
            ),
        },
        "/concepten/{id}": {
            "get": _do("concept", "Eén concept, met hoe het ervoor staat.", [key],
                       respond(draft, (*_COMMON, 404), headers=tag)),
            "patch": _do(
                "conceptVeranderen", "Verander antwoorden; de andere blijven.", [key, _SEEN, _TOKEN],
                respond(draft, (*_COMMON, *_SENT, 404, 409, 412, 422, 428), headers=tag), body=ref("ConceptAntwoorden"),
            ),
            "put": _do(
                "conceptVervangen", "Zet een hele tekst in de plaats van wat er stond.", [key, _SEEN, _TOKEN],
                respond(draft, (*_COMMON, *_SENT, 404, 409, 412, 422, 428), headers=tag), body=ref("ConceptAntwoorden"),
            ),
        },
        "/concepten/{id}/indieningen": {
            "post": _do(
                "conceptIndienen", "Dien het concept in. Een mens keurt het goed of stuurt het terug.",
                [key, _SEEN, _TOKEN],
                respond(draft, (*_COMMON, *_SENT, 404, 409, 412, 422, 428), headers=tag), body=ref("Indiening"),
            ),
        },
    }  # fmt: skip


def _header(description: str) -> dict[str, Any]:
    return {"description": description, "schema": {"type": "string"}}


_SEEN = {
    "name": "If-Match", "in": "header", "required": True, "example": '"1"',
    "schema": {"type": "string", "pattern": '^(W/)?"[0-9]{1,9}"$'},
    "description": "De ETag van het concept zoals u het las. Zonder deze header krijgt u status 428.",
}  # fmt: skip
_TOKEN = {
    "name": "Idempotency-Key", "in": "header", "required": False,
    "schema": {"type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[!-~]+$"},
    "description": "Een eigen code voor deze vraag. Stuurt u haar nog eens, dan gebeurt het maar één keer (24 uur).",
}  # fmt: skip


def _do(
    operation: str, summary: str, parameters: list[dict[str, Any]], responses: dict[str, Any], *,
    body: Schema | None = None,
) -> dict[str, Any]:  # fmt: skip
    sent = {"required": True, "description": "Wat u stuurt.", "content": {"application/json": {"schema": body}}}
    return {
        "operationId": operation,
        "tags": [TAG],
        "summary": summary,
        "description": summary,
        "security": [{SECURITY: []}],
        "parameters": parameters,
        **({"requestBody": sent} if body else {}),
        "responses": responses,
    }
