"""Addresses of participation. An address, once public, never changes."""

from django.urls import path

from participation.views import (
    deelname,
    programme_work,
    project_exceptions,
    project_gates,
    project_people,
    project_work,
    projects,
)

app_name = "participation"

urlpatterns = [
    path("projecten/", projects.projects, name="projects"),
    path("projecten/<slug:slug>/", projects.project, name="project"),
    path("programmas/", projects.programmes, name="programmes"),
    path("programmas/<slug:slug>/", projects.programme, name="programme"),
    path("deelname/", deelname.deelname, name="deelname"),
    path("werk/programmas/nieuw/", programme_work.new, name="programme-new"),
    path("werk/programmas/<slug:slug>/", programme_work.edit, name="programme-edit"),
    path("werk/projecten/", project_work.overview, name="work-projects"),
    path("werk/projecten/nieuw/", project_work.new, name="project-new"),
    path("werk/projecten/taal/", project_work.language, name="project-language"),
    path("werk/projecten/<slug:slug>/", project_work.home, name="work-project"),
    path("werk/projecten/<slug:slug>/tekst/", project_work.edit, name="project-edit"),
    path("werk/projecten/<slug:slug>/mensen/", project_people.people, name="project-people"),
    path("werk/projecten/<slug:slug>/mensen/<int:pk>/weg/", project_people.remove, name="project-person-remove"),
    path("werk/projecten/<slug:slug>/leiding/", project_people.hand_over, name="project-hand-over"),
    path("werk/projecten/<slug:slug>/stoppen/", project_people.end, name="project-end"),
    path("werk/projecten/<slug:slug>/fase/", project_gates.gate, name="project-gate"),
    path("werk/projecten/<slug:slug>/fase/<slug:step>/", project_gates.gate_step, name="project-gate-step"),
    path("werk/projecten/<slug:slug>/uitzondering/", project_exceptions.exception, name="project-exception"),
    path("werk/projecten/<slug:slug>/uitzondering/<slug:step>/", project_exceptions.exception_step,
         name="project-exception-step"),
]  # fmt: skip
