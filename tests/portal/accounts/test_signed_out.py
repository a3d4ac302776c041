"""A form of who is signed in no more: nothing of what was typed is lost, nothing secret is shown."""

import pytest
from django import forms
from django.urls import reverse

from portal.core.not_taken import SECRET
from tests.access.world import make_world
from tests.conftest import StrictClient
from tests.support.html import soup, words

pytestmark = pytest.mark.django_db

OURS = {"Sec-Fetch-Site": "same-origin", "Origin": "http://testserver"}
TYPED = "Zo <b>zien</b> & weten we meer.\r\nEn eerder."


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def step(world):
    """The address of a step of the writing form."""
    return reverse("transparency:draft-step", args=[world.draft.uuid, "purpose"])


def form_of(text=TYPED):
    return {
        "csrfmiddlewaretoken": "x7q2z" * 10, "blad": "0e4b" * 8, "beurt": "3", "was.purpose": "Weg",
        "seen.purpose": "2", "purpose": text, "decision_role": "ADVICE", "doe": "verder",
    }  # fmt: skip


def shown(page):
    return [one.text for one in page.select("main .check-text")]


def test_page_shows_what_was_typed_and_where_to_sign_in(client, step):
    answer = client.post(step, form_of(), headers={"Referer": f"http://testserver{step}"})
    page = soup(answer)

    assert (answer.status_code, shown(page)) == (403, [TYPED.replace("\r\n", "\n")])
    assert "U bent niet meer ingelogd" in words(page.main)
    assert page.select_one("main a[target]")["href"] == f"{reverse('account_login')}?next={step}"
    assert "x7q2z" not in answer.text
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("referer", ["", "https://elders.example/werk/", "http://testserver@elders.example/"])
def test_way_to_sign_in_leads_to_no_other_website(client, step, referer):
    page = soup(client.post(step, form_of(), headers={"Referer": referer}))

    assert page.select_one("main a[target]")["href"] == f"{reverse('account_login')}?next={reverse('work')}"


def test_htmx_gets_the_reason_alone_for_a_place_of_its_own(client, world, step):
    answer = client.post(step, form_of(), headers={"HX-Request": "true"})

    assert answer.status_code == 403
    assert (answer.headers["HX-Retarget"], answer.headers["HX-Reswap"]) == ("#niet-verstuurd", "innerHTML")
    assert "U bent niet meer ingelogd" in answer.text
    assert "<html" not in answer.text
    client.force_login(world.people["editor"])
    assert soup(client.get(step)).select_one("#niet-verstuurd[aria-live=assertive]").text == ""


def test_who_asks_for_a_page_is_led_to_sign_in(client, step):
    assert client.get(step).headers["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("name", ["account_change_password", "account_set_password", "mfa_activate_totp"])
def test_nothing_secret_is_shown(client, name):
    secrets = {field: "Geheim 7Q" for field in ("oldpassword", "password", "password1", "password2", "code")}

    answer = client.post(reverse(name), secrets)

    assert answer.status_code == 403
    assert "Geheim" not in answer.text


def password_fields(kind):
    for below in kind.__subclasses__():
        fields = getattr(below, "base_fields", {})
        yield from (name for name, field in fields.items() if isinstance(field.widget, forms.PasswordInput))
        yield from password_fields(below)


def test_every_field_for_a_secret_has_a_name_that_is_never_shown():
    found = set(password_fields(forms.BaseForm))

    assert {"password1", "oldpassword", "secret"} <= found
    assert [name for name in found if not SECRET.search(name)] == []


def test_old_form_can_be_sent_again_with_one_click(world, step):
    browser = StrictClient(enforce_csrf_checks=True)
    browser.force_login(world.people["editor"])
    browser.get(step)

    page = soup(browser.post(step, form_of(), headers=OURS))
    again = {field["name"]: field["value"] for field in page.select("main form input[name]")}
    answer = browser.post(page.select_one("main form[method=post]")["action"], again, headers=OURS)

    world.draft.refresh_from_db()
    assert shown(page) == [TYPED.replace("\r\n", "\n")]
    assert "te oud" in words(page.main)
    assert (answer.status_code, world.draft.content["purpose"]) == (302, TYPED.replace("\r\n", "\n"))


@pytest.mark.parametrize(
    "headers", [{}, {"Origin": "https://elders.example"}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "null"}], ids=str
)
@pytest.mark.parametrize("is_signed_in", [True, False])
def test_page_says_nothing_for_another_website(world, step, headers, is_signed_in):
    browser = StrictClient(enforce_csrf_checks=True)
    if is_signed_in:
        browser.force_login(world.people["editor"])

    answer = browser.post(step, form_of("Maak geld over naar mij."), headers=headers)

    assert answer.status_code == 403
    assert "Maak geld over" not in answer.text
    assert soup(answer).select("main form") == []


def test_browser_that_was_closed_meanwhile_shows_what_was_typed(step):
    page = soup(StrictClient(enforce_csrf_checks=True).post(step, form_of(), headers=OURS))

    assert shown(page) == [TYPED.replace("\r\n", "\n")]
    assert "U bent niet meer ingelogd" in words(page.main)


def test_old_form_to_sign_in_says_so_without_the_password():
    browser = StrictClient(enforce_csrf_checks=True)

    answer = browser.post(reverse("account_login"), {"login": "a@b.example", "password": "Geheim 7Q"}, headers=OURS)

    assert (answer.status_code, "te oud" in answer.text, "Geheim" in answer.text) == (403, True, False)


def test_choice_and_number_are_not_called_typed(client):
    sent = {"keuze": "JA", "nummer": "12", "soort": "de-linde", "bedrag": "12,50", "naam": "Breukkijker", "leeg": " "}

    page = soup(client.post(reverse("account"), sent))

    assert shown(page) == ["12,50", "Breukkijker"]
