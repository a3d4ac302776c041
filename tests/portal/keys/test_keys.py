"""Keys of an organisation: made by its administrators, seen once, hashed, bounded, and gone at once when revoked."""

import datetime
import hashlib

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from portal.accounts.permissions import can_administer_portal, can_edit_for_portal
from portal.audit.models import AuditEvent
from portal.keys.actions import key_of, make_key, revoke_key
from portal.keys.actor import Program
from portal.keys.models import ApiKey, KeptAnswer, Scope
from portal.organisations.models import Membership
from portal.organisations.permissions import can_administer, can_coordinate, can_publish, can_see, can_write
from portal.organisations.roles import Role
from tests.factories.organisations import OrganisationFactory
from tests.factories.people import member

pytestmark = pytest.mark.django_db


@pytest.fixture
def hospital():
    return OrganisationFactory(name="De Linde", slug="de-linde", verified_at=timezone.now())


@pytest.fixture
def boss(hospital):
    return member(hospital, Role.ADMINISTRATOR, name="Beheerder Een")


def made(hospital, boss, *scopes, name="Ons systeem", days=30):
    return make_key(
        organisation=hospital, name=name, scopes=scopes or Scope.values, days=days, by=boss, now=timezone.now()
    )  # fmt: skip


def test_only_the_hash_of_a_key_is_kept(hospital, boss):
    key, token = made(hospital, boss)

    assert token.startswith(f"aimz_{key.prefix}_")
    assert key.secret_hash == hashlib.sha256(token.encode()).hexdigest()
    assert token not in str(list(ApiKey.objects.values())) + str(list(AuditEvent.objects.values()))


def test_key_works_until_its_day(hospital, boss, now):
    key, token = made(hospital, boss, days=30)

    assert key_of(token, now + datetime.timedelta(days=29)) == key
    assert key_of(token, now + datetime.timedelta(days=30)) is None


def test_revoked_key_works_no_more_and_its_name_is_free(hospital, boss, now):
    key, token = made(hospital, boss)

    revoke_key(key=key, by=boss, now=now)
    revoke_key(key=key, by=boss, now=now)

    assert key_of(token, now) is None
    assert list(AuditEvent.objects.values_list("kind", flat=True)) == ["key.made", "key.revoked"]
    made(hospital, boss)


@pytest.mark.parametrize("token", ["", "aimz", "aimz__", "x_y_z", "aimz_" + "a" * 40 + "_b", "aimz_é_x", "aimz_abc_\0"])
def test_what_is_no_key_is_none(token, now):
    assert key_of(token, now) is None


@pytest.mark.parametrize(
    ("more", "field"),
    [({"name": " "}, "name"), ({"scopes": ["PUBLISH"]}, "scopes"), ({"days": 0}, "days"), ({"days": 400}, "days")],
)
def test_wrong_key_is_not_made(hospital, boss, now, more, field):
    asked = {"name": "Ons", "scopes": Scope.values, "days": 30} | more

    with pytest.raises(ValidationError) as refused:
        make_key(organisation=hospital, by=boss, now=now, **asked)

    assert list(refused.value.message_dict) == [field]


def test_name_is_of_one_key_that_works(hospital, boss):
    made(hospital, boss)

    with pytest.raises(ValidationError, match="al een sleutel"):
        made(hospital, boss)


def test_organisation_has_at_most_twenty_keys(hospital, boss):
    for number in range(20):
        made(hospital, boss, name=f"Nr {number}")

    with pytest.raises(ValidationError, match="al 20"):
        made(hospital, boss)


@pytest.mark.parametrize("role", [Role.EDITOR, Role.PUBLISHER, Role.COORDINATOR])
def test_only_administrators_make_and_revoke(hospital, boss, now, role):
    other = member(hospital, role)
    key, _token = made(hospital, boss)

    with pytest.raises(PermissionDenied):
        made(hospital, other)
    with pytest.raises(PermissionDenied):
        revoke_key(key=key, by=other, now=now)


# Every check on people × every scope, by hand: a program never does more than write.
@pytest.mark.parametrize(("scope", "writes"), [(Scope.READ, False), (Scope.WRITE, True), (Scope.SUBMIT, True)])
def test_program_is_a_writer_at_most(hospital, boss, scope, writes):
    program = Program(made(hospital, boss, scope)[0])
    below, elsewhere = OrganisationFactory(parent=hospital), OrganisationFactory()

    for place in (hospital, below):
        assert (can_write.ok(program, place), can_see.ok(program, place)) == (writes, writes)
        assert not can_publish.ok(program, place)
        assert not can_administer.ok(program, place)
        assert not can_coordinate.ok(program, place)
    assert not can_see.ok(program, elsewhere)
    assert not can_edit_for_portal.ok(
        program,
    )
    assert not can_administer_portal.ok(program)


def test_key_goes_on_when_who_made_it_left(hospital, boss, now):
    _key, token = made(hospital, boss)
    Membership.objects.filter(user=boss).delete()

    assert can_write.ok(Program(key_of(token, now)), hospital)


@pytest.mark.parametrize(
    ("model", "fields"),
    [(ApiKey, {"name": "Ons systeem"}), (ApiKey, {"expires_at": timezone.now() - datetime.timedelta(days=9_999)})],
)
def test_database_refuses_a_name_twice_and_an_end_before_the_beginning(hospital, boss, model, fields):
    key, _token = made(hospital, boss)
    usual = {"organisation": hospital, "name": "Ander", "prefix": "x", "secret_hash": "x", "scopes": [],
             "made_at": key.made_at, "expires_at": key.expires_at}  # fmt: skip

    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.create(**usual | fields)


def test_database_knows_a_code_of_a_key_once(hospital, boss, now):
    key, _token = made(hospital, boss)
    KeptAnswer.objects.create(key=key, token="n", question_hash="x", answered_at=now)

    with pytest.raises(IntegrityError), transaction.atomic():
        KeptAnswer.objects.create(key=key, token="n", question_hash="y", answered_at=now)


# --- Pages -----------------------------------------------------------------------------------------------------------


def post(client, boss, **data):
    client.force_login(boss)
    return client.post(
        reverse("keys", args=["de-linde"]), {"name": "Ons", "scopes": ["DRAFTS_READ"], "days": 30} | data
    )


def test_new_key_is_shown_once(client, hospital, boss, now):
    response = post(client, boss)

    token = response.text.split('id="sleutel">')[1].split("<")[0]
    assert key_of(token, now) == ApiKey.objects.get()
    assert "no-store" in response.headers["Cache-Control"]
    page = client.get(reverse("keys", args=["de-linde"]))
    assert token not in page.text
    assert f"aimz_{ApiKey.objects.get().prefix}_…" in page.text


@pytest.mark.parametrize(
    ("data", "words"),
    [({"name": ""}, "Geef de sleutel een naam"), ({"scopes": []}, "Kies wat"), ({"days": 9}, "Kies uit de lijst"),
     ({"scopes": ["PUBLISH"]}, "Kies uit de lijst")],
)  # fmt: skip
def test_wrong_form_comes_back_with_what_was_typed(client, hospital, boss, data, words):
    response = post(client, boss, **data)

    assert (response.status_code, words in response.text) == (422, True)
    assert ApiKey.objects.count() == 0
    if "name" not in data:
        assert 'value="Ons"' in response.text


def test_second_click_makes_no_second_key(client, hospital, boss):
    post(client, boss)

    assert post(client, boss).status_code == 422
    assert ApiKey.objects.count() == 1


def test_page_revokes(client, hospital, boss, now):
    key, token = made(hospital, boss)
    client.force_login(boss)

    response = client.post(reverse("key-revoke", args=["de-linde", key.uuid]), follow=True)

    assert "ingetrokken" in response.text
    assert key_of(token, now) is None


def test_key_of_another_organisation_is_not_found(client, hospital, boss):
    other = OrganisationFactory()
    key, _token = made(other, member(other, Role.ADMINISTRATOR))
    client.force_login(boss)

    assert client.post(reverse("key-revoke", args=["de-linde", key.uuid])).status_code == 404
