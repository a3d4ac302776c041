"""Addresses of participation. An address, once public, never changes."""

from django.urls import path

from participation.views import deelname, projects

app_name = "participation"

urlpatterns = [
    path("projecten/", projects.projects, name="projects"),
    path("projecten/<slug:slug>/", projects.project, name="project"),
    path("programmas/<slug:slug>/", projects.programme, name="programme"),
    path("deelname/", deelname.deelname, name="deelname"),
]
