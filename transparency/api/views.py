"""The API of the register: entries with their versions, products, organisations, and what describes them."""

import uuid

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from rest_framework.request import Request

from portal.api.paging import PAGING
from portal.api.parameters import read
from portal.api.views import OpenView, answer, as_json, page_answer
from portal.core.replica import read_rows, reading_connection
from portal.organisations.models import Organisation
from transparency.api import lists
from transparency.api.documents import entry_document, organisation_document
from transparency.api.openapi import openapi
from transparency.api.parameters import (
    entry_parameters,
    organisation_parameters,
    system_parameters,
)
from transparency.api.received import national_document, received_document
from transparency.api.schema import published_schema, schema_names
from transparency.models import AISystem, Entry


class Entries(OpenView):
    """Entries that fit the words and filters of the address."""

    def get(self, request: Request) -> HttpResponse:
        """One page."""
        asked = read(entry_parameters(), request.query_params)
        return page_answer(request, asked, lists.records("ENTRY", asked))


class OneEntry(OpenView):
    """One entry; one that has ended says so in `ended`. Never a 404 once it was public."""

    def get(self, request: Request, key: uuid.UUID) -> HttpResponse:
        """Its document, as it was made at publication."""
        read((), request.query_params)
        return answer(_kept(Entry, key) or _document_of_ended(key))


_KEPT = {
    Entry: "SELECT r.api FROM transparency_publicrecord r JOIN transparency_entry t ON t.id = r.entry_id",
    AISystem: "SELECT r.api FROM transparency_publicrecord r JOIN transparency_aisystem t ON t.id = r.system_id",
}


def _kept(model: type[Entry] | type[AISystem], key: uuid.UUID) -> str:
    """The document of the entry or product `key` as it was made at publication, or ""."""
    stored = model._meta.get_field("uuid").get_db_prep_value(key, reading_connection())
    return next((str(row[0]) for row in read_rows(f"{_KEPT[model]} WHERE t.uuid = %s", [stored])), "")


def _document_of_ended(key: uuid.UUID) -> str:
    entries = Entry.objects.public().select_related(
        "organisation", "current_version", "system__current_version", "successor"
    )
    entry = get_object_or_404(entries, uuid=key)
    return as_json(entry_document(entry, entry.notices.order_by("-published_at", "-pk")))


class EntryVersions(OpenView):
    """Every published text of one entry."""

    def get(self, request: Request, key: uuid.UUID) -> HttpResponse:
        """One page, newest first."""
        asked = read(PAGING, request.query_params)
        entry = get_object_or_404(Entry.objects.public(), uuid=key)
        return page_answer(request, asked, lists.versions(entry, asked))


class EntryReceived(OpenView):
    """What another register sent about one entry, as far as everybody may see it."""

    def get(self, request: Request, key: uuid.UUID) -> HttpResponse:
        """Its document; a 404 for an entry that came from nowhere else or is no longer listed."""
        read((), request.query_params)
        entry = get_object_or_404(Entry.objects.listed().select_related("organisation"), uuid=key)
        return answer(as_json(received_document(entry)))


class EntryNational(OpenView):
    """One entry in the form of the national register."""

    def get(self, request: Request, key: uuid.UUID) -> HttpResponse:
        """Its record of standard 1.0."""
        read((), request.query_params)
        return answer(as_json(national_document(key)))


class Systems(OpenView):
    """Products that fit the words and filters of the address."""

    def get(self, request: Request) -> HttpResponse:
        """One page."""
        asked = read(system_parameters(), request.query_params)
        return page_answer(request, asked, lists.records("SYSTEM", asked))


class OneSystem(OpenView):
    """One product."""

    def get(self, request: Request, key: uuid.UUID) -> HttpResponse:
        """Its document, as it was made at publication."""
        read((), request.query_params)
        made = _kept(AISystem, key)
        if not made:
            raise Http404
        return answer(made)


class Organisations(OpenView):
    """Care providers and others."""

    def get(self, request: Request) -> HttpResponse:
        """One page."""
        asked = read(organisation_parameters(), request.query_params)
        return page_answer(request, asked, lists.organisations(asked))


class OneOrganisation(OpenView):
    """One organisation."""

    def get(self, request: Request, key: uuid.UUID) -> HttpResponse:
        """Its document."""
        read((), request.query_params)
        found = get_object_or_404(Organisation.objects.select_related("parent", "successor"), uuid=key)
        return answer(as_json(organisation_document(found)))


class OpenApi(OpenView):
    """What this API is, for machines."""

    def get(self, request: Request) -> HttpResponse:
        """The OpenAPI document."""
        read((), request.query_params)
        return answer(as_json(openapi()), "application/json")


class Schema(OpenView):
    """The JSON Schema of a document."""

    def get(self, request: Request, name: str) -> HttpResponse:
        """The schema `name`."""
        read((), request.query_params)
        if name not in schema_names():
            raise Http404
        return answer(as_json(published_schema(name)), "application/schema+json")
