"""JSON Schema of the documents of participation, and their part of the OpenAPI description."""

from participation.api.projects import project_parameters
from participation.states import ExceptionState, GateState, Influence, Phase, ProjectState
from participation.taking_part import AdviceCounts
from portal.api.describing import (
    COUNT,
    DAY,
    ID,
    MOMENT,
    NUMBER,
    SLUG,
    TEXT,
    URL,
    YES_OR_NO,
    Part,
    Schema,
    codes,
    list_path,
    one_path,
    or_null,
    reference,
    rows_schema,
    short_schema,
    whole_schema,
)
from portal.organisations.models import OrganisationKind

TAG = "Projecten"
EXAMPLE = "5d2b2f8e-9b7c-4c0e-8a53-3f1c6f2d9a41"  # of no project: real ones come and go
PLACES = ("before", "past", "now", "later")
ORGANISATION = short_schema(kind={"type": "string", "enum": OrganisationKind.values})


def project_schema() -> Schema:
    """The document of a project."""
    texts = ("name", "name_en", "summary", "summary_en", "question", "question_en", "language_reason")
    properties: dict[str, Schema] = {
        "id": ID,
        "slug": SLUG,
        "url": URL | {"description": "Dit document in de API."},
        "page": URL | {"description": "De bladzijde voor mensen."},
        "organisation": ORGANISATION,
        "patient_side": or_null(ORGANISATION)
        | {"description": "null: het expertisecentrum kijkt mee namens patiënten."},
        "programme": or_null(whole_schema({"slug": SLUG, "name": TEXT, "page": URL})),
        "is_policy": YES_OR_NO | {"description": "Het gaat over het beleid van een programma, niet over een product."},
        "is_example": YES_OR_NO | {"description": "Verzonnen, om te laten zien hoe het werkt."},
        **dict.fromkeys(texts, TEXT),
        "affected": {"type": "array", "items": TEXT, "description": "Voor wie het project verschil maakt."},
        "affected_en": {"type": "array", "items": TEXT, "description": "Dezelfde groepen in het Engels, of geen."},
        "starts_on": DAY,
        "ends_on": or_null(DAY),
        "state": codes(ProjectState.choices),
        "ended": or_null(whole_schema({"at": MOMENT, "reason": TEXT})),
        "phase": codes(Phase.choices),
        "phase_since": MOMENT,
        "entry_phase": codes(Phase.choices) | {"description": "De fase waarin het project begon."},
        "entry_reason": TEXT | {"description": "Waarom het niet met het idee begon."},
        "phases": rows_schema(_phase()),
        "representatives": NUMBER | {"description": "Patiëntvertegenwoordigers die echt iets deden."},
        "roles": rows_schema({"role": codes(Influence.choices), "now": NUMBER, "before": NUMBER}),
        "planned_roles": rows_schema(
            {"phase": codes(Phase.choices), "role": codes(Influence.choices), "places": COUNT, "task": TEXT}
        ),
        "places_left": NUMBER | {"description": "Plaatsen in deze fase die nog vrij zijn."},
        "advice": whole_schema(dict.fromkeys(AdviceCounts.__dataclass_fields__, NUMBER)),
        "gates": rows_schema(_gate()),
        "exceptions": rows_schema(_exception()),
        "is_late": YES_OR_NO | {"description": "De dag om een uitzondering te herstellen is voorbij."},
        "entries": {"type": "array", "items": short_schema()},
        "systems": {"type": "array", "items": short_schema()},
    }
    return {"title": "Project", **whole_schema(properties)}


def _phase() -> dict[str, Schema]:
    return {
        "phase": codes(Phase.choices),
        "place": {"type": "string", "enum": list(PLACES), "description": "before: het project begon later."},
        "entered_at": or_null(MOMENT),
        "by_exception": YES_OR_NO | {"description": "De fase begon zonder patiënten, met een uitzondering."},
        "asked_for": codes(Influence.choices) | {"description": "De rol die ten minste nodig is om verder te gaan."},
        "representatives": NUMBER,
        "meetings": NUMBER,
        "advice": NUMBER,
    }


def _gate() -> dict[str, Schema]:
    states: Schema = {"type": "string", "enum": [one for one in GateState.values if one != GateState.WITHDRAWN]}
    return {
        "id": ID, "from_phase": codes(Phase.choices), "to_phase": codes(Phase.choices), "state": states,
        "asked_at": MOMENT, "asked_text": TEXT, "decided_at": or_null(MOMENT), "text": TEXT,
        "representatives": NUMBER, "meetings": NUMBER,
        "advice": NUMBER, "unanswered": NUMBER, "exception": or_null(ID),
    }  # fmt: skip


def _exception() -> dict[str, Schema]:
    return {
        "id": ID, "from_phase": codes(Phase.choices), "state": codes(ExceptionState.choices),
        "reason": TEXT, "missing": TEXT,
        "repair": TEXT, "decision_text": TEXT, "repair_by": DAY, "asked_at": MOMENT, "decided_at": or_null(MOMENT),
        "withdrawn_at": or_null(MOMENT), "repaired_at": or_null(MOMENT), "granted_for": or_null(ORGANISATION),
        "is_late": YES_OR_NO,
    }  # fmt: skip


# Other parts of participation (vacancies, advice) add their paths and documents here.
DESCRIBED = Part(
    tags={TAG: "Projecten met AI waaraan patiënten meedoen."},
    paths=lambda: {
        "/projecten": list_path("projecten", TAG, "Project", project_parameters()),
        "/projecten/{id}": one_path("project", TAG, reference("Project"), example=EXAMPLE),
    },
    documents=lambda: {"Project": project_schema()},
    schemas={"project": project_schema},
)
