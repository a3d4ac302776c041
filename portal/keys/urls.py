"""Addresses of the keys of an organisation."""

from django.urls import path

from portal.keys import views

urlpatterns = [
    path("werk/organisatie/<slug:slug>/sleutels/", views.keys, name="keys"),
    path("werk/organisatie/<slug:slug>/sleutels/<uuid:key>/intrekken/", views.revoke, name="key-revoke"),
]
