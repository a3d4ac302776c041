"""The catalogue: one graph in two forms, true to what we offer, and DCAT-AP-NL where the shapes are at hand."""

from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse
from rdflib import DCAT, DCTERMS, RDF, Graph, URIRef
from rdflib.compare import isomorphic

from tests.factories.transparency import published_entry
from transparency.api.files import FILES
from transparency.api.rdf import Graph as Said
from transparency.api.rdf import dutch, iri

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib", "ignore::DeprecationWarning:pyshacl"),
]

SHAPES = Path(settings.OUTSIDE or settings.BASE_DIR.parent / "shared") / "data/standards/dcat/combined-mandatory.ttl"


def turtle(client):
    return Graph().parse(data=client.get(reverse("api:catalogue-turtle")).text, format="turtle")


def json_ld(client):
    return Graph().parse(data=client.get(reverse("api:catalogue-json-ld")).text, format="json-ld")


def test_both_forms_say_the_same(client):
    published_entry()

    assert len(turtle(client)) > 100
    assert isomorphic(turtle(client), json_ld(client))


@pytest.mark.parametrize(
    ("name", "media"),
    [("catalogue-turtle", "text/turtle; charset=utf-8"), ("catalogue-json-ld", "application/ld+json")],
)
def test_catalogue_says_what_it_is(client, name, media):
    assert client.get(reverse(f"api:{name}")).headers["Content-Type"] == media


def test_every_file_to_download_is_in_the_catalogue_and_can_be_read(client):
    found = {str(address) for address in turtle(client).objects(None, DCAT.downloadURL)}

    assert found == {f"https://aimz.example{reverse('api:download', args=[name])}" for name in FILES}


def test_every_schema_and_description_in_the_catalogue_can_be_read(client):
    graph = turtle(client)
    named = {*graph.objects(None, DCTERMS.conformsTo), *graph.objects(None, DCAT.endpointDescription)}

    assert len(named) == 8
    assert {client.get(str(name).removeprefix("https://aimz.example")).status_code for name in named} == {200}


def test_catalogue_is_as_new_as_the_newest_text_that_is_no_example(client, now):
    published_entry(at=now.replace(day=3))
    published_entry(at=now, organisation__example=True)
    graph = turtle(client)

    (catalogue,) = graph.subjects(RDF.type, DCAT.Catalog)

    assert [str(day) for day in graph.objects(catalogue, DCTERMS.modified)] == ["2026-11-03"]


def test_everything_is_free_of_rights(client):
    graph = turtle(client)
    distributions = list(graph.subjects(RDF.type, DCAT.Distribution))

    assert len(distributions) == len(FILES)
    assert {str(graph.value(one, DCTERMS.license)).rpartition("/")[2] for one in distributions} == {"CC0"}


@pytest.mark.parametrize("text", ['Zij zei "nee"', "een\nregel", "\\ en \u2028 en \u00e9", "<b>&"])
def test_text_survives_both_forms(text):
    said = Said()
    said.say("https://aimz.example/a b<c>", ["dcat:Dataset"], dct_title=dutch(text), dct_publisher=iri("mailto:a@b.c"))

    for data, form in ((said.turtle(), "turtle"), (said.json_ld(), "json-ld")):
        graph = Graph().parse(data=data, format=form)
        subject = URIRef("https://aimz.example/a%20b%3Cc%3E")
        assert str(graph.value(subject, DCTERMS.title)) == text, form


@pytest.mark.outside
@pytest.mark.skipif(not SHAPES.exists(), reason="the shapes of DCAT-AP-NL are not here")
def test_catalogue_conforms_to_dcat_ap_nl(client):
    from pyshacl import validate

    published_entry()

    conforms, _graph, report = validate(turtle(client), shacl_graph=str(SHAPES), shacl_graph_format="turtle")

    assert conforms, report


@pytest.mark.outside
@pytest.mark.skipif(not SHAPES.exists(), reason="the shapes of DCAT-AP-NL are not here")
@pytest.mark.parametrize("said", [DCTERMS.publisher, DCTERMS.license, DCTERMS.accessRights, DCAT.contactPoint])
def test_catalogue_that_leaves_something_out_does_not_conform(client, said):
    from pyshacl import validate

    graph = turtle(client)
    graph.remove((None, said, None))

    assert not validate(graph, shacl_graph=str(SHAPES), shacl_graph_format="turtle")[0]
