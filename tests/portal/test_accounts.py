"""People sign in with an e-mail address, whatever its case, and the portal keeps little of them."""

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from portal.accounts.models import User

PASSWORD = "een lang geheim van vier woorden"

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna():
    return User.objects.create_user("Anna@Ziekenhuis.Example", PASSWORD, name="Anna de Bruin")


@pytest.mark.parametrize("email", ["anna@ziekenhuis.example", "ANNA@ZIEKENHUIS.EXAMPLE", "Anna@ziekenhuis.Example"])
@pytest.mark.parametrize("field", ["username", "email"])
def test_sign_in_works_whatever_the_case(anna, field, email):
    assert authenticate(**{field: email}, password=PASSWORD) == anna


@pytest.mark.parametrize("password", ["", "een ander geheim", PASSWORD.upper()])
def test_sign_in_fails_with_another_password(anna, password):
    assert authenticate(email=anna.email, password=password) is None


@pytest.mark.parametrize("email", ["", "bram@ziekenhuis.example", None])
def test_sign_in_fails_with_an_address_nobody_has(anna, email):
    assert authenticate(username=email, password=PASSWORD) is None


def test_sign_in_fails_for_an_account_that_was_ended(anna):
    User.objects.filter(pk=anna.pk).update(is_active=False)

    assert authenticate(email=anna.email, password=PASSWORD) is None


def test_sign_in_fails_without_a_password_of_ones_own():
    User.objects.create_user("zonder@ziekenhuis.example")

    assert authenticate(email="zonder@ziekenhuis.example", password="") is None


def test_address_is_kept_in_lower_case(anna):
    assert anna.email == "anna@ziekenhuis.example"


def test_password_is_not_kept(anna):
    assert PASSWORD not in anna.password


@pytest.mark.parametrize("email", ["anna@ziekenhuis.example", "ANNA@ziekenhuis.example"])
def test_address_can_be_used_once(anna, email):
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create_user(email, PASSWORD)


def test_database_refuses_an_address_with_capitals():
    with pytest.raises(IntegrityError, match="user_email_lower_case"), transaction.atomic():
        User.objects.create(email="Anna@ziekenhuis.example")


@pytest.mark.parametrize("email", ["", None])
def test_account_needs_an_address(email):
    with pytest.raises(ValueError, match="e-mail"):
        User.objects.create_user(email, PASSWORD)


def test_new_account_may_do_nothing_special(anna):
    assert (anna.is_active, anna.is_superuser) == (True, False)


def test_createsuperuser_makes_an_administrator(monkeypatch):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", PASSWORD)

    call_command("createsuperuser", email="Beheer@aimz.example", interactive=False, verbosity=0)

    assert authenticate(email="beheer@aimz.example", password=PASSWORD).is_superuser


def test_createsuperuser_needs_an_address(monkeypatch):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", PASSWORD)

    with pytest.raises(CommandError):
        call_command("createsuperuser", interactive=False, verbosity=0)


def test_account_is_shown_by_name_and_number(anna):
    assert str(anna) == f"Anna de Bruin ({anna.pk})"


def test_account_without_a_name_is_shown_without_its_address():
    user = User.objects.create_user("bram@ziekenhuis.example", PASSWORD)

    assert str(user) == f"gebruiker ({user.pk})"


def test_address_stands_in_no_representation(anna):
    assert "@" not in f"{anna} {anna!r}"


def test_everything_personal_is_declared_personal():
    kept = {field.name for field in User._meta.get_fields() if field.concrete and not field.many_to_many}

    assert kept - set(User.Retention.personal) == {"id", "password", "is_superuser", "is_active"}
