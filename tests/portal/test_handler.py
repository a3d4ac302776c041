"""Where an address leads is remembered, and a reader of a public page is led past what serves people."""

import pytest
from django.conf import settings
from django.test import RequestFactory
from django.urls import Resolver404
from django.utils import translation

from portal.core.handler import Handler, _match

SHORTCUT, END = "portal.core.middleware.ShortcutMiddleware", "portal.core.middleware.ShortcutEndMiddleware"


def found(path, language="nl"):
    with translation.override(language):
        return Handler().resolve_request(RequestFactory().get(path))


def test_an_address_leads_to_the_same_view_again_and_is_looked_up_once():
    first = found("/register/een/")
    before = _match.cache_info()

    again = found("/register/een/")

    assert (again.func, again.kwargs) == (first.func, {"slug": "een"})
    assert _match.cache_info().hits == before.hits + 1


def test_another_address_gives_other_values():
    assert found("/register/een/").kwargs != found("/register/twee/").kwargs


def test_in_another_language_an_address_is_looked_up_again():
    assert found("/en/register/", "en").view_name == found("/register/").view_name
    with pytest.raises(Resolver404):
        found("/en/register/")


def test_an_address_that_leads_nowhere_is_not_remembered():
    before = _match.cache_info().currsize
    for _time in range(2):
        with pytest.raises(Resolver404):
            found("/register/een/twee/drie/")
    assert _match.cache_info().currsize == before


def test_what_is_remembered_is_bounded():
    assert _match.cache_info().maxsize == 5_000


def test_the_shortcut_passes_only_what_steps_aside_for_public_pages():
    names = settings.MIDDLEWARE
    assert names[names.index(SHORTCUT) + 1 : names.index(END)] == [
        "portal.core.nul.NulMiddleware",
        "portal.accounts.middleware.SessionMiddleware",
        "portal.accounts.middleware.AuthenticationMiddleware",
        "portal.core.middleware.BodyMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "portal.accounts.middleware.SignInMiddleware",
        "portal.accounts.middleware.MessageMiddleware",
        "allauth.account.middleware.AccountMiddleware",
    ]


@pytest.mark.django_db
def test_a_public_page_knows_no_session_and_a_private_one_does(client):
    assert not hasattr(client.get("/over/").wsgi_request, "session")
    assert hasattr(client.get("/account/aanmelden/").wsgi_request, "session")
