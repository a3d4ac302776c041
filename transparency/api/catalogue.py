"""The catalogue of our open data in DCAT-AP-NL 3.0, so that data.overheid.nl and others can find it."""

from dataclasses import dataclass

from django.conf import settings
from django.db.models import Max, Min
from django.utils import timezone

from portal.api.version import PATH, VERSION
from transparency.api.rdf import Graph, Term, day, dutch, iri, plain
from transparency.api.schema import schema_address
from transparency.models import Version

EU = "http://publications.europa.eu/resource/authority"
PUBLIC, HEALTH, THEMES = f"{EU}/access-right/PUBLIC", f"{EU}/data-theme/HEAL", f"{EU}/data-theme"
DUTCH, CC0, DAILY = f"{EU}/language/NLD", f"{EU}/licence/CC0", f"{EU}/frequency/DAILY"
MEDIA = {"json": "application/json", "csv": "text/csv", "jsonl": "text/plain"}
FILE_TYPES = {"json": "JSON", "csv": "CSV", "jsonl": "TXT"}  # the list of the EU has no JSON Lines


@dataclass(frozen=True, kw_only=True)
class Dataset:
    """What we offer: a file name without its ending, the words for it, its forms and the schema of one item."""

    name: str
    title: str
    description: str
    schema: str
    forms: tuple[str, ...] = ("json",)


DATASETS = (
    Dataset(name="toepassingen", title="AI-toepassingen in de Nederlandse zorg", schema="toepassing",
            description="Welke AI zorgverleners in Nederland gebruiken: waarvoor, met welke gegevens, wie beslist, wat "
            "er mis kan gaan en of u nee kunt zeggen.", forms=("json", "csv")),
    Dataset(name="versies", title="Alle versies van de teksten over AI-toepassingen", schema="versie",
            description="Elke tekst die over een toepassing is gepubliceerd, met datum en reden van de verandering."),
    Dataset(name="ai-systemen", title="AI-systemen in de Nederlandse zorg", schema="ai-systeem",
            description="Producten met AI voor de zorg, met wat openbare bronnen erover zeggen."),
    Dataset(name="organisaties", title="Zorgverleners en andere organisaties in het register", schema="organisatie",
            description="De organisaties van het register met hun plaatsen."),
    Dataset(name="systeemversies", title="Alle versies van de teksten over AI-systemen", schema="systeemversie",
            description="Elke tekst die over een product is gepubliceerd, met datum en reden van de verandering."),
    Dataset(name="handelingen", title="Meldingen, intrekkingen en weggehaalde teksten", schema="handeling",
            description="Wat er openbaar werd naast de teksten zelf: meldingen, het einde van een toepassing, en wat "
            "er weg moest van de wet."),
    Dataset(name="publicatielogboek", title="Het publicatielogboek", schema="logregel", forms=("jsonl",),
            description="Een regel voor alles wat openbaar werd, met de hash van de regel ervoor. Zo kan iedereen "
            "controleren dat er niets stil is veranderd."),
)  # fmt: skip


def catalogue() -> Graph:
    """The whole graph. Examples are in none of its data, so nothing here speaks of them."""
    graph = Graph()
    first, newest = _days()
    _catalogue(graph, newest)
    for dataset in DATASETS:
        _dataset(graph, dataset, first, newest)
    _service(graph)
    _agents(graph)
    _concepts(graph)
    return graph


def _days() -> tuple[str, str]:
    """The days of the first and the newest published text in Amsterdam; today when there is none yet."""
    real = Version.objects.filter(entry__organisation__is_example=False)
    found = real.aggregate(first=Min("published_at"), newest=Max("published_at"))
    first, newest = (timezone.localdate(found[name] or timezone.now()) for name in ("first", "newest"))
    return first.isoformat(), newest.isoformat()


def _at(path: str) -> str:
    return f"{settings.PUBLIC_URL}{path}"


# Names of things lead to the file that tells of them.
CATALOGUE = "/catalogus.ttl"
PUBLISHER, CONTACT, SERVICE = f"{CATALOGUE}#uitgever", f"{CATALOGUE}#contact", f"{CATALOGUE}#api"


def _dataset_name(dataset: Dataset) -> str:
    return _at(f"{CATALOGUE}#{dataset.name}")


def _responsible() -> dict[str, Term | list[Term]]:
    return {"dct_publisher": iri(_at(PUBLISHER)), "dcat_contactPoint": iri(_at(CONTACT))}


def _catalogue(graph: Graph, newest: str) -> None:
    graph.say(
        _at(f"{CATALOGUE}#catalogus"),
        ["dcat:Catalog"],
        dct_title=dutch("AI in mijn zorg: open data"),
        dct_description=dutch("De open data van het openbare register van AI in de Nederlandse zorg."),
        foaf_homepage=iri(_at("/")),
        dct_language=iri(DUTCH),
        dct_license=iri(CC0),
        dct_modified=day(newest),
        dcat_themeTaxonomy=iri(THEMES),
        dcat_dataset=[iri(_dataset_name(dataset)) for dataset in DATASETS],
        dcat_service=iri(_at(SERVICE)),
        **_responsible(),
    )
    for page in ("/", "/downloads/"):
        graph.say(_at(page), ["foaf:Document"])


def _dataset(graph: Graph, dataset: Dataset, first: str, newest: str) -> None:
    name = _dataset_name(dataset)
    graph.say(
        name,
        ["dcat:Dataset"],
        dct_identifier=plain(name),
        dct_title=dutch(dataset.title),
        dct_description=dutch(dataset.description),
        dct_creator=iri(_at(PUBLISHER)),
        dct_accessRights=iri(PUBLIC),
        dcat_theme=iri(HEALTH),
        dct_language=iri(DUTCH),
        dct_accrualPeriodicity=iri(DAILY),
        dcat_keyword=[dutch(word) for word in ("AI", "zorg", "algoritme", "patiënt", "register")],
        dcat_landingPage=iri(_at("/downloads/")),
        dcat_version=plain(VERSION),
        dct_issued=day(first),
        dct_modified=day(newest),
        dcat_distribution=[iri(f"{name}-{form}") for form in dataset.forms],
        **_responsible(),
    )
    graph.say(schema_address(dataset.schema), ["dct:Standard"])
    for form in dataset.forms:
        _distribution(graph, dataset, form, newest)


def _distribution(graph: Graph, dataset: Dataset, form: str, newest: str) -> None:
    file = iri(_at(f"/downloads/{dataset.name}.{form}"))
    graph.say(
        f"{_dataset_name(dataset)}-{form}",
        ["dcat:Distribution"],
        dct_title=dutch(f"{dataset.title} ({form.upper()})"),
        dcat_accessURL=file,
        dcat_downloadURL=file,
        dct_license=iri(CC0),
        dct_modified=day(newest),
        dct_format=iri(f"{EU}/file-type/{FILE_TYPES[form]}"),
        dcat_mediaType=iri(f"https://www.iana.org/assignments/media-types/{MEDIA[form]}"),
        dct_conformsTo=iri(schema_address(dataset.schema)),
        dcat_accessService=iri(_at(SERVICE)),
    )


def _service(graph: Graph) -> None:
    graph.say(
        _at(SERVICE),
        ["dcat:DataService"],
        dct_identifier=plain(_at(SERVICE)),
        dct_title=dutch("API van AI in mijn zorg"),
        dct_description=dutch("Alles van het register om te lezen, naar de Nederlandse API Design Rules."),
        dcat_endpointURL=iri(_at(PATH)),
        dcat_endpointDescription=iri(_at(f"{PATH}/openapi.json")),
        dct_license=iri(CC0),
        dct_accessRights=iri(PUBLIC),
        dcat_theme=iri(HEALTH),
        dcat_servesDataset=[iri(_dataset_name(dataset)) for dataset in DATASETS],
        **_responsible(),
    )


def _agents(graph: Graph) -> None:
    graph.say(_at(PUBLISHER), ["foaf:Agent"], foaf_name=dutch("Redactie van AI in mijn zorg"))
    graph.say(
        _at(CONTACT),
        ["vcard:Kind", "vcard:Organization"],
        vcard_fn=plain("Redactie van AI in mijn zorg"),
        vcard_hasEmail=iri(f"mailto:{settings.CONTACT_EMAIL}"),
    )


def _concepts(graph: Graph) -> None:
    """What the names of the EU's lists are, which whoever checks the catalogue by itself cannot look up."""
    concepts = {
        PUBLIC: ("dct:RightsStatement", "openbaar"),
        HEALTH: ("", "gezondheid"),
        DUTCH: ("dct:LinguisticSystem", "Nederlands"),
        DAILY: ("dct:Frequency", "dagelijks"),
        CC0: ("dct:LicenseDocument", "CC0"),
        **{f"{EU}/file-type/{kind}": ("dct:MediaTypeOrExtent", kind) for kind in FILE_TYPES.values()},
    }
    for name, (kind, label) in concepts.items():
        scheme = name.rpartition("/")[0]
        kinds = [kind, "skos:Concept"] if kind else ["skos:Concept"]
        graph.say(name, kinds, skos_prefLabel=dutch(label), skos_inScheme=iri(scheme))
    graph.say(THEMES, ["skos:ConceptScheme"], dct_title=dutch("Thema’s van data"))
    for media in MEDIA.values():
        graph.say(f"https://www.iana.org/assignments/media-types/{media}", ["dct:MediaType"])
