"""Holds every document that can be downloaded against its published JSON Schema. Runs in the API's environment."""

import json
import sys
from collections.abc import Iterator

import jsonschema_rs  # type: ignore[import-not-found]

from tests.proof.findings import Finding, report
from tests.proof.web import Client

FILES = {"toepassingen": "toepassing", "versies": "versie", "ai-systemen": "ai-systeem", "organisaties": "organisatie",
         "systeemversies": "systeemversie"}  # fmt: skip


def wrong(client: Client, file: str, schema: str) -> Iterator[Finding]:
    """What in a file is not as its schema says; a file without documents proves nothing and is wrong too."""
    rules = jsonschema_rs.validator_for(_read(client, f"/api/v1/schema/{schema}.json"), validate_formats=True)
    address = f"/downloads/{file}.json"
    documents = _read(client, address)["entries"]
    if not documents:
        yield Finding(rule="empty", page=address, message="no document to look at")
    for document in documents:
        for error in rules.iter_errors(document):
            where = "/".join(str(part) for part in error.instance_path)
            yield Finding(rule=schema, page=address, message=error.message[:200], where=where)


def _read(client: Client, address: str) -> dict:
    return json.loads(client.ask(address)[2])


def main() -> int:
    """Check every file and report."""
    client = Client()
    findings = [finding for file, schema in FILES.items() for finding in wrong(client, file, schema)]
    return report("schemas", ", ".join(FILES), findings)


if __name__ == "__main__":
    sys.exit(main())
