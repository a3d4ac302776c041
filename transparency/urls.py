"""Addresses of the register. An address, once public, never changes."""

from django.urls import path

from transparency.views import (
    beginning,
    comments,
    drafts,
    entry,
    language_check,
    my_care,
    providers,
    received,
    register,
    systems,
    work,
    writing,
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
    path("werk/toepassingen/<slug:slug>/verbeteren/", beginning.correct, name="correct-entry"),
    path("werk/nieuw/", beginning.new_entry, name="new-entry"),
    path("werk/teksten/<uuid:key>/", drafts.draft, name="draft"),
    path("werk/teksten/<uuid:key>/stap/<slug:step>/", writing.step, name="draft-step"),
    path("werk/teksten/<uuid:key>/stap/<slug:step>/engels/", writing.english, name="draft-english"),
    path("werk/teksten/<uuid:key>/ontbreekt/", drafts.missing, name="draft-missing"),
    path("werk/teksten/<uuid:key>/taal/", drafts.language, name="draft-language"),
    path("werk/teksten/<uuid:key>/zo-ziet-het-eruit/", drafts.preview, name="draft-preview"),
    path("werk/teksten/<uuid:key>/zo-ziet-het-eruit/folder.pdf", drafts.leaflet, name="draft-leaflet"),
    path("werk/teksten/<uuid:key>/opmerkingen/", comments.comments, name="draft-comments"),
    path("werk/teksten/<uuid:key>/opmerkingen/<int:number>/klaar/", comments.settle, name="draft-comment-done"),
    path("taalcheck/", language_check.language_check, name="language-check"),
]
