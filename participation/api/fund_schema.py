"""What the API says of funds to machines: its query keys and its JSON Schema."""

from participation.api.project_schema import ORGANISATION
from participation.money_public import MIXED
from participation.states import BudgetState, LineKind
from portal.api.describing import (
    DAY,
    ID,
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
    whole_schema,
)
from portal.api.paging import PAGING
from portal.api.parameters import Parameter

TAG = "Fondsen"
EXAMPLE = "0c4b8f1e-5d0a-4f0b-8a4e-7c2d9e6b3a55"
MOST_ORGANISATIONS = 50
QUARTER: Schema = {"type": "string", "pattern": r"^\d{4}-Q[1-4]$"}
CENTS: Schema = NUMBER | {"description": "Hele eurocenten."}
CHANGE: Schema = {"type": "integer", "description": "Hele eurocenten; onder nul als er geld terugging."}
TOLD: Schema = {
    "type": ["integer", "null"],
    "description": "Hele eurocenten. null: niet te zien, want het gaat om minder dan vijf mensen.",
}


def fund_parameters() -> tuple[Parameter, ...]:
    """The query keys of /fondsen."""
    return (
        Parameter(name="organisatie", description="Slug van de organisatie van het fonds. Meer keer gegeven: een van "
                  "die waarden is genoeg.", most=MOST_ORGANISATIONS),
        *PAGING,
    )  # fmt: skip


def fund_schema() -> Schema:
    """The document of a fund."""
    kinds = codes([*LineKind.choices, (MIXED, "Meer soorten samen, omdat het om minder dan vijf mensen gaat")])
    quarters = rows_schema({
        "quarter": QUARTER, "earmarked": CHANGE, "committed": TOLD, "spent": TOLD,
        "since": or_null(QUARTER) | {"description": "De bedragen gaan over alle kwartalen vanaf hier."},
    })  # fmt: skip
    project = or_null(whole_schema({"id": ID, "slug": SLUG, "name": TEXT, "page": URL}))
    budgets = rows_schema({
        "id": ID,
        "project": project | {"description": "null: geld zonder project, zie purpose."},
        "purpose": TEXT,
        "purpose_en": TEXT,
        "state": codes(BudgetState.choices),
        "starts_on": DAY,
        "ends_on": DAY,
        "payer": ORGANISATION,
        "earmarked": CENTS,
        "committed": TOLD,
        "spent": TOLD,
        "went_back": TOLD | {"description": "Wat over was en terugging; null: niet afgesloten of niet te zien."},
        "closing_text": TEXT | {"description": "Waarom er geld over was."},
        "is_partial": YES_OR_NO | {"description": "Een deel is niet van dit budget alleen te zien."},
        "quarters": quarters,
    })  # fmt: skip
    properties: dict[str, Schema] = {
        "id": ID,
        "slug": SLUG,
        "url": URL | {"description": "Dit document in de API."},
        "page": URL | {"description": "De bladzijde voor mensen."},
        "organisation": ORGANISATION,
        "is_example": YES_OR_NO | {"description": "Verzonnen, om te laten zien hoe het werkt."},
        "name": TEXT,
        "name_en": TEXT | {"description": "Leeg zonder Engels."},
        "summary": TEXT,
        "summary_en": TEXT | {"description": "Leeg zonder Engels."},
        "amount": CENTS | {"description": "Wat in het fonds zit, in hele eurocenten."},
        "starts_on": DAY,
        "ends_on": DAY,
        "earmarked": CENTS | {"description": "Wat apart staat voor patiënten, in hele eurocenten."},
        "committed": CHANGE | {"description": "Wat is toegezegd; wat is uitgegeven, telt erin mee."},
        "spent": CHANGE | {"description": "Wat is goedgekeurd of betaald, in hele eurocenten."},
        "went_back": CENTS | {"description": "Wat niet is gebruikt en terugging naar het fonds."},
        "told_until": DAY | {"description": "Tot en met deze dag staat hier wat is toegezegd en uitgegeven."},
        "lines": rows_schema({"kind": kinds, "earmarked": TOLD | {"description": "null bij MIXED."},
                              "committed": CHANGE, "spent": CHANGE}),
        "plan": rows_schema({"year": {"type": "integer"}, "kind": codes(LineKind.choices), "amount": CENTS}),
        "budgets": budgets,
    }  # fmt: skip
    return {"title": "Fonds"} | whole_schema(properties)


DESCRIBED = Part(
    tags={TAG: "Geld dat apart staat voor patiënten. Nooit wat één mens krijgt."},
    paths=lambda: {
        "/fondsen": list_path("fondsen", TAG, "Fonds", fund_parameters()),
        "/fondsen/{id}": one_path("fonds", TAG, reference("Fonds"), example=EXAMPLE),
    },
    documents=lambda: {"Fonds": fund_schema()},
    schemas={"fonds": fund_schema},
)
