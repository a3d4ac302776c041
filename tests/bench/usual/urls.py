"""The addresses of the baseline, as those of the portal."""

from django.urls import path

from tests.bench.usual import views

urlpatterns = [
    path("register/", views.entries),
    path("register/<slug:slug>/", views.entry, name="entry"),
    path("api/v1/toepassingen", views.EntryList.as_view()),
    path("api/v1/toepassingen/<slug:slug>", views.EntryDetail.as_view()),
]
