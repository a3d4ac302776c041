"""Addresses of the register. An address, once public, never changes."""

from django.urls import path

from transparency.views import (
    drafts,
    entry,
    language_check,
    my_care,
    proof,
    providers,
    received,
    redactions,
    register,
    systems,
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
    path("verantwoording/", proof.proof, name="proof"),
    path("werk/weghalen/", redactions.redactions, name="work-redactions"),
    path("werk/weghalen/regel/<int:number>/", redactions.ask, name="work-redaction-ask"),
    path("werk/weghalen/<uuid:key>/", redactions.redaction, name="work-redaction"),
    path("werk/weghalen/<uuid:key>/doen/", redactions.carry_out_step, name="work-redaction-do"),
    path("werk/weghalen/<uuid:key>/laten/", redactions.refuse_step, name="work-redaction-refuse"),
    path("taalcheck/", language_check.language_check, name="language-check"),
]
