"""Addresses of the register. An address, once public, never changes."""

from django.urls import path

from transparency.views import (
    drafts,
    entry,
    exports,
    language_check,
    my_care,
    providers,
    received,
    register,
    systems,
    uploads,
    work,
)

app_name = "transparency"

urlpatterns = [
    path("register/", register.register, name="register"),
    path("register/<slug:slug>/", entry.entry, name="entry"),
    path("register/<slug:slug>/folder.pdf", entry.entry_leaflet, name="leaflet"),
    path("register/<slug:slug>/versies/", entry.versions, name="versions"),
    path("register/<slug:slug>/versies/<int:number>/", entry.version, name="version"),
    path("register/<slug:slug>/aanlevering/", received.received, name="received"),
    path("systemen/", systems.systems, name="systems"),
    path("systemen/<slug:slug>/", systems.system, name="system"),
    path("zorgverleners/", providers.providers, name="providers"),
    path("zorgverleners/<slug:slug>/", providers.provider, name="provider"),
    path("mijn-zorg/", my_care.my_care, name="my-care"),
    path("mijn-zorg/brief/", my_care.letter, name="letter"),
    path("werk/toepassingen/", work.entries, name="work-entries"),
    path("werk/toepassingen/<slug:slug>/", work.entry, name="work-entry"),
    path("werk/teksten/<uuid:key>/", drafts.draft, name="draft"),
    path("werk/inlezen/", uploads.uploads, name="uploads"),
    path("werk/inlezen/<uuid:key>/", uploads.upload, name="upload"),
    path("werk/inlezen/<uuid:key>/verslag.csv", uploads.report, name="upload-report"),
    path("werk/inlezen/<uuid:key>/overnemen/", uploads.accept, name="upload-accept"),
    path("werk/inlezen/<uuid:key>/terugdraaien/", uploads.undo, name="upload-undo"),
    path("werk/inlezen/<uuid:key>/weggooien/", uploads.discard, name="upload-discard"),
    path("werk/uitvoer/", exports.exports, name="exports"),
    path("werk/uitvoer/<slug:slug>/<str:name>", exports.export, name="export"),
    path("taalcheck/", language_check.language_check, name="language-check"),
]
