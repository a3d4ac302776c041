"""Addresses of home and help, under both languages."""

from django.urls import path

from portal.core.public import public_page
from portal.home import feeds, logbook, views, work

urlpatterns = [
    path("", views.home, name="home"),
    path("uitleg/", views.help_index, name="help-index"),
    path("uitleg/woordenlijst/", views.glossary, name="glossary"),
    path("uitleg/<slug:slug>/", views.help_detail, name="help-page"),
    path("werk/", work.work, name="work"),
    path("werk/organisatie/<slug:slug>/logboek/", logbook.logbook, name="organisation-log"),
    path("nieuw/", views.changes, name="changes"),
    path("over/", views.about, {"slug": "over"}, name="over"),
    path("privacy/", views.about, {"slug": "privacy"}, name="privacy"),
    path("toegankelijkheid/", views.about, {"slug": "toegankelijkheid"}, name="toegankelijkheid"),
    path("ontwikkelaars/", views.about, {"slug": "ontwikkelaars"}, name="ontwikkelaars"),
    path("downloads/", views.about, {"slug": "downloads"}, name="downloads"),
    path("voor-zorgverleners/", views.about, {"slug": "voor-zorgverleners"}, name="voor-zorgverleners"),
    path("taalcheck-cijfers/", views.about, {"slug": "taalcheck-cijfers"}, name="taalcheck-cijfers"),
    path("register/wijzigingen.atom", public_page(feeds.ChangesFeed()), name="changes-feed"),
]
