"""Addresses of the postbox."""

from django.urls import path

from portal.postbox import views

urlpatterns = [
    path("", views.postbox, name="postbox"),
    path("<int:pk>/", views.mail, name="postbox-mail"),
]
