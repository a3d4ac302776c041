"""Holds the catalogue, in both its forms, against the shapes of DCAT-AP-NL 3.0."""

import sys
from collections.abc import Iterator

from pyshacl import validate
from rdflib import Graph, Namespace

from tests.proof.findings import Finding, report
from tests.proof.places import OUTSIDE
from tests.proof.web import Client

SHAPES = OUTSIDE / "standards" / "dcat" / "combined-mandatory.ttl"
FORMS = {"/catalogus.ttl": "turtle", "/catalogus.jsonld": "json-ld"}
SH = Namespace("http://www.w3.org/ns/shacl#")


def wrong(address: str, form: str) -> Iterator[Finding]:
    """What the shapes say of one form."""
    _status, _headers, body = Client().ask(address)
    graph = Graph().parse(data=body.decode(), format=form)
    conforms, results, _text = validate(graph, shacl_graph=str(SHAPES), shacl_graph_format="turtle")
    if conforms:
        return
    for result in results.subjects(SH.resultSeverity, None):
        said = {
            name: str(results.value(result, SH[name]) or "") for name in ("resultMessage", "resultPath", "focusNode")
        }
        yield Finding(rule="shape", page=address, message=said["resultMessage"], where=said["resultPath"])


def main() -> int:
    """Check both forms and report."""
    if not SHAPES.exists():
        print(f"catalogue: LEFT OUT, the shapes are not at {SHAPES} (set OUTSIDE_DIR)")
        return 0
    findings = [finding for address, form in FORMS.items() for finding in wrong(address, form)]
    return report("catalogue", ", ".join(FORMS), findings)


if __name__ == "__main__":
    sys.exit(main())
