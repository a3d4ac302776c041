"""Addresses for machines: the same in every language. An address, once public, never changes."""

import re
from functools import partial

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from portal.api.version import PATH
from portal.core.public import ANY_QUERY, keyed, public_page, public_post
from transparency.api import drafts, files, language_check, views
from transparency.views import proof

app_name = "api"

_V1 = PATH.removeprefix("/")
_open = partial(public_page, query=ANY_QUERY)  # a key that we do not know is a 400


class Download(StringConverter):
    """The name of one of our files; others stand below /downloads/ too."""

    regex = "|".join(map(re.escape, files.FILES))


register_converter(Download, "download")

urlpatterns = [
    path(f"{_V1}/toepassingen", _open(views.Entries.as_view()), name="entries"),
    path(f"{_V1}/toepassingen/<uuid:key>", _open(views.OneEntry.as_view()), name="entry"),
    path(f"{_V1}/toepassingen/<uuid:key>/versies", _open(views.EntryVersions.as_view()), name="versions"),
    path(f"{_V1}/toepassingen/<uuid:key>/aanlevering", _open(views.EntryReceived.as_view()), name="received"),
    path(
        f"{_V1}/toepassingen/<uuid:key>/landelijke-registratie", _open(views.EntryNational.as_view()), name="national"
    ),
    path(f"{_V1}/ai-systemen", _open(views.Systems.as_view()), name="systems"),
    path(f"{_V1}/ai-systemen/<uuid:key>", _open(views.OneSystem.as_view()), name="system"),
    path(f"{_V1}/organisaties", _open(views.Organisations.as_view()), name="organisations"),
    path(f"{_V1}/organisaties/<uuid:key>", _open(views.OneOrganisation.as_view()), name="organisation"),
    path(f"{_V1}/concepten", keyed(drafts.Drafts.as_view(), "GET", "HEAD", "POST"), name="drafts"),
    path(f"{_V1}/concepten/<uuid:key>", keyed(drafts.OneDraft.as_view(), "GET", "HEAD", "PATCH", "PUT"), name="draft"),
    path(f"{_V1}/concepten/<uuid:key>/indieningen", keyed(drafts.Submissions.as_view(), "POST"), name="submissions"),
    path(f"{_V1}/taalcheck", public_post(language_check.LanguageCheck.as_view()), name="language-check"),
    path(f"{_V1}/openapi.json", _open(views.OpenApi.as_view()), name="openapi"),
    path(f"{_V1}/schema/<slug:name>.json", _open(views.Schema.as_view()), name="schema"),
    path("downloads/<download:name>", files.download, name="download"),
    path("verantwoording/koppen.json", proof.heads, name="log-heads"),
    path("verantwoording/controleer.py", proof.script, name="log-script"),
    path("catalogus.ttl", files.catalogue_turtle, name="catalogue-turtle"),
    path("catalogus.jsonld", files.catalogue_json_ld, name="catalogue-json-ld"),
    path("register/<slug:slug>/bijlage-viii.json", files.entry_annex_viii, name="annex-viii"),
]
