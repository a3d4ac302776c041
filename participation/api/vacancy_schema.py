"""What the API says of vacancies to machines: its query keys and its JSON Schema, from the tables of states."""

from participation.api.project_schema import ORGANISATION
from participation.states import Influence, Phase, VacancyState
from participation.vacancy_page import FEWEST
from portal.api.describing import (
    DAY,
    ID,
    MOMENT,
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
    whole_schema,
)
from portal.api.paging import PAGING
from portal.api.parameters import Parameter
from portal.organisations.models import Province

TAG = "Vacatures"
EXAMPLE = "5b7c9a52-8f0e-4a40-9d0f-4f3a9d7e2c11"
PUBLIC_STATES = tuple(
    state.value for state in VacancyState if state not in {VacancyState.DRAFT, VacancyState.IN_REVIEW}
)


def vacancy_parameters() -> tuple[Parameter, ...]:
    """The query keys of /vacatures: those of the page /meedoen/, and how far a vacancy is."""
    return (
        Parameter(name="q", description="Woorden in de vacature of in haar project."),
        Parameter(name="stand", description="Hoe ver de vacature is.", codes=PUBLIC_STATES, most=len(PUBLIC_STATES)),
        Parameter(name="fase", description="Voor welke fase.", codes=tuple(Phase.values)),
        Parameter(name="rol", description="In welke rol.", codes=tuple(Influence.values)),
        Parameter(name="organisatie", description="De slug van de organisatie van het project."),
        Parameter(name="provincie", description="Waar die organisatie is.", codes=tuple(Province.values)),
        *PAGING,
    )


def vacancy_schema() -> Schema:
    """The document of a vacancy."""
    count: Schema = {"type": ["integer", "null"], "minimum": 0, "description": f"null: minder dan {FEWEST}."}
    states = [(code, label) for code, label in VacancyState.choices if code in PUBLIC_STATES]
    texts = dict.fromkeys(("hours", "fee_offer", "learning_offer", "support_offer"), TEXT)
    properties: dict[str, Schema] = {
        "id": ID,
        "slug": SLUG,
        "url": URL | {"description": "Dit document in de API."},
        "page": URL | {"description": "De bladzijde voor mensen."},
        "project": whole_schema({"id": ID, "slug": SLUG, "name": TEXT, "page": URL}),
        "organisation": ORGANISATION,
        "is_example": YES_OR_NO | {"description": "Verzonnen, om te laten zien hoe het werkt."},
        "state": codes(states),
        "title": TEXT,
        "title_en": TEXT | {"description": "Leeg zonder Engels."},
        "influence": codes(Influence.choices),
        "phases": {"type": "array", "items": codes(Phase.choices), "description": "Leeg: alle fasen."},
        "places": {"type": "integer", "minimum": 1},
        "tasks": TEXT,
        "tasks_en": TEXT | {"description": "Leeg zonder Engels."},
        **texts,
        "perspectives": {"type": "array", "items": TEXT, "description": "Wiens ervaring vooral gezocht wordt."},
        "language_reason": TEXT | {"description": "Waarom een tekst die niet makkelijk leest zo blijft."},
        "criteria": {"type": "array", "items": whole_schema({"text": TEXT, "why": TEXT, "is_must": YES_OR_NO})},
        "opened_at": MOMENT,
        "closes_on": DAY | {"description": "De laatste dag om zich te melden."},
        "closed_at": or_null(MOMENT),
        "ended_at": or_null(MOMENT),
        "ending_reason": TEXT | {"description": "Waarom de vacature is ingetrokken; leeg als dat niet zo is."},
        "account": {"description": "Hoe het afliep; null zolang dat niet vaststaat."} | or_null(
            whole_schema({"responded": count, "chosen": count, "text": TEXT,
                          "missing": {"type": "array", "items": TEXT}})
        ),
    }  # fmt: skip
    return {"title": "Vacature"} | whole_schema(properties)


DESCRIBED = Part(
    tags={TAG: "Projecten die patiënten zoeken of zochten. Nooit wie zich meldde."},
    paths=lambda: {
        "/vacatures": list_path("vacatures", TAG, "Vacature", vacancy_parameters()),
        "/vacatures/{id}": one_path("vacature", TAG, reference("Vacature"), example=EXAMPLE),
    },
    documents=lambda: {"Vacature": vacancy_schema()},
    schemas={"vacature": vacancy_schema},
)
