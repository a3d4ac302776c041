"""What the API says of advice to machines: its query keys and its JSON Schema, from the tables of states."""

from functools import cache

from participation.api.project_schema import ORGANISATION
from participation.states import (
    PUBLIC_ADVICE,
    AdviceState,
    Decision,
    Judgement,
    Outcome,
    Phase,
    Topic,
    Weight,
)
from portal.api.describing import (
    COUNT,
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

TAG = "Adviezen"
EXAMPLE = "c7b1f2d4-5a3e-4f68-9b0d-2e8a6c4f1d35"
MORE = "Meer keer gegeven: een van die waarden is genoeg."
MOST_PROJECTS = 20


@cache
def advice_parameters() -> tuple[Parameter, ...]:
    """What the list of advice takes."""
    choices: dict[str, tuple[str, list[str]]] = {
        "fase": ("Fase van het project waarin het openbaar werd.", Phase.values),
        "status": ("Hoe ver het advies is.", [str(one) for one in PUBLIC_ADVICE]),
        "onderwerp": ("Waar het advies over gaat.", Topic.values),
        "gewicht": ("Hoe zwaar het telt voor wie het gaf.", Weight.values),
        "besluit": ("Wat de organisatie ermee doet, volgens het nieuwste antwoord.", Decision.values),
    }
    return (
        Parameter(name="project", description=f"De slug van een project. {MORE}", most=MOST_PROJECTS),
        *(
            Parameter(name=name, description=f"{text} {MORE}", codes=tuple(values), most=len(values))
            for name, (text, values) in choices.items()
        ),
        Parameter(name="teLaat", description="Of de organisatie nu te laat is.", codes=("ja", "nee")),
        *PAGING,
    )


def _list(item: Schema) -> Schema:
    return {"type": "array", "items": item}


def advice_schema() -> Schema:
    """The document of a piece of advice."""
    version = whole_schema(dict(
        number=COUNT, text=TEXT, text_en=TEXT, given_at=MOMENT,
        dissent=TEXT | {"description": "Wat sommigen van hen er anders over denken."},
        representatives=_list(COUNT) | {"description": "Nummers van wie het gaven; een naam staat nergens."},
    ))  # fmt: skip
    response = whole_schema(dict(
        number=COUNT, decision=codes(Decision.choices), reason=TEXT, reason_en=TEXT, language_reason=TEXT,
        promise=TEXT, promised_by=TEXT | {"description": "Een functie, geen naam."}, promised_for=or_null(DAY),
        responded_at=MOMENT,
    ))  # fmt: skip
    verdict = whole_schema(
        dict(judgement=codes(Judgement.choices), text=TEXT, by_coordinator=YES_OR_NO, judged_at=MOMENT)
    )
    return {"title": "Advies"} | whole_schema(
        dict(
            id=ID,
            url=URL | {"description": "Dit document in de API."},
            page=URL | {"description": "De bladzijde voor mensen."},
            project=whole_schema({"id": ID, "slug": SLUG, "name": TEXT, "page": URL}),
            organisation=ORGANISATION,
            is_example=YES_OR_NO | {"description": "Verzonnen, om te laten zien hoe het werkt."},
            phase=codes(Phase.choices),
            topic=codes(Topic.choices),
            weight=codes(Weight.choices),
            state=codes((one, one.label) for one in AdviceState if one in PUBLIC_ADVICE),
            decision=or_null(codes(Decision.choices)),
            late_since=or_null(DAY) | {"description": "De laatste dag op tijd; null: de organisatie is niet te laat."},
            released_at=MOMENT,
            acknowledge_by=DAY,
            acknowledged_at=or_null(MOMENT),
            respond_by=DAY,
            more_time=or_null(whole_schema(dict(at=MOMENT, reason=TEXT))),
            promise_by=or_null(DAY),
            started_at=or_null(MOMENT),
            outcome=or_null(codes(Outcome.choices)),
            finished_at=or_null(MOMENT),
            finish_text=TEXT,
            typed_out=YES_OR_NO | {"description": "Uitgetypt door de coördinator."},
            on_paper=YES_OR_NO | {"description": "Wie het gaf, tekende op papier."},
            versions=_list(version),
            responses=_list(response),
            verdict=or_null(verdict),
            lapsed_at=or_null(MOMENT),
        )
    )


DESCRIBED = Part(
    tags={TAG: "Advies van patiënten aan projecten, met het antwoord, de belofte en het oordeel."},
    paths=lambda: {
        "/adviezen": list_path("adviezen", TAG, "Advies", advice_parameters()),
        "/adviezen/{id}": one_path("advies", TAG, reference("Advies"), example=EXAMPLE),
    },
    documents=lambda: {"Advies": advice_schema()},
    schemas={"advies": advice_schema},
)
