"""NUL in what is asked, sent or in a cookie: an answer as to any other wrong text, and nothing is lost (PostgreSQL)."""

import pytest
from django.http import QueryDict
from django.urls import reverse

from portal.core.nul import without_nul
from tests.access import claiming, editorial, readings, writing
from tests.access.world import make_world
from tests.factories.people import PASSWORD, UserFactory
from tests.support.signing_in import is_signed_in

pytestmark = pytest.mark.django_db

ROWS = {
    row.name: row for table in (claiming, editorial, readings, writing) for row in table.ROWS if row.method == "POST"
}
# Which text of a form holds it, who sends the form, what is answered, and words of the answer.
SENT = [
    ("transparency:ask-leave-out", "organisatie", "publisher", 404, ""),
    ("transparency:ask-leave-out", "toepassing", "publisher", 404, ""),
    ("transparency:editorial-merge-system", "blijft", "editorial", 422, "Kies het systeem dat blijft"),
    ("transparency:editorial-new-entry", "systeem", "editorial", 302, ""),
    ("transparency:ask-readers", "organisatie", "publisher", 422, "Kies een patiëntenorganisatie"),
]


@pytest.mark.parametrize(("name", "field", "person", "status", "words"), SENT)
def test_name_of_nothing_is_told(client, name, field, person, status, words):
    world, row = make_world(), ROWS[name]
    row.prepare(world)
    client.force_login(world.people[person])

    answer = client.post(reverse(name, kwargs=row.kwargs(world)), {**row.data(world), field: "a\0b"})

    assert answer.status_code == status
    assert words in answer.text


def test_text_is_kept_whatever_stands_in_a_hidden_field(client):
    world = make_world()
    client.force_login(world.people["editor"])
    place = reverse("transparency:draft-step", args=[world.draft.uuid, "purpose"])

    answer = client.post(place, {"blad": "a\0b", "beurt": "1\0", "doe": "blijf\0", "purpose": "Zo zien\0 we meer."})

    world.draft.refresh_from_db()
    assert (answer.status_code, world.draft.content["purpose"]) == (302, "Zo zien we meer.")


def test_example_person_of_no_name_is_not_there(client, settings):
    settings.EXAMPLE_PEOPLE = True

    assert client.post(reverse("account_example"), {"person": "a\0b"}).status_code == 404


@pytest.mark.parametrize("name", ["__Host-sessionid", "__Host-csrftoken"])
def test_cookie_is_one_of_nobody(client, name):
    client.cookies.load(f'{name}="abcdefghijklmnopqrstuvwxyz\\000abcde"')

    assert client.get(reverse("account_login")).status_code == 200
    assert not is_signed_in(client)


def test_password_is_not_made_shorter(client):
    user = UserFactory()

    client.post(reverse("account_login"), {"login": user.email, "password": f"{PASSWORD}\0"})

    assert not is_signed_in(client)


def test_everything_else_of_a_form_stays():
    sent = QueryDict("a=1&a=%00&b%00=%E2%82%AC&c=")

    assert list(without_nul(sent).lists()) == [("a", ["1", "\x1a"]), ("b\x1a", ["€"]), ("c", [""])]
    assert without_nul(plain := QueryDict("a=1&b=")) is plain
