"""Addresses for machines: the same in every language. An address, once public, never changes."""

from django.urls import path

from portal.api.version import PATH
from portal.core.public import public_page
from transparency.api import files, views

app_name = "api"

_V1 = PATH.removeprefix("/")

urlpatterns = [
    path(f"{_V1}/toepassingen", public_page(views.Entries.as_view()), name="entries"),
    path(f"{_V1}/toepassingen/<uuid:key>", public_page(views.OneEntry.as_view()), name="entry"),
    path(f"{_V1}/toepassingen/<uuid:key>/versies", public_page(views.EntryVersions.as_view()), name="versions"),
    path(f"{_V1}/ai-systemen", public_page(views.Systems.as_view()), name="systems"),
    path(f"{_V1}/ai-systemen/<uuid:key>", public_page(views.OneSystem.as_view()), name="system"),
    path(f"{_V1}/organisaties", public_page(views.Organisations.as_view()), name="organisations"),
    path(f"{_V1}/organisaties/<uuid:key>", public_page(views.OneOrganisation.as_view()), name="organisation"),
    path(f"{_V1}/openapi.json", public_page(views.OpenApi.as_view()), name="openapi"),
    path(f"{_V1}/schema/<slug:name>.json", public_page(views.Schema.as_view()), name="schema"),
    path("downloads/<str:name>", files.download, name="download"),
    path("catalogus.ttl", files.catalogue_turtle, name="catalogue-turtle"),
    path("catalogus.jsonld", files.catalogue_json_ld, name="catalogue-json-ld"),
    path("register/<slug:slug>/bijlage-viii.json", files.entry_annex_viii, name="annex-viii"),
]
