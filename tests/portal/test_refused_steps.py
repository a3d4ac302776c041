"""A step that is not possible any more, or not allowed, is told in plain words with a way on."""

import pytest
from django.urls import reverse

from portal.core.middleware import page_above
from tests.conftest import NOW
from tests.factories.life import asked_to_end, make_hospital, new_draft, submitted, told
from tests.support.html import links, soup, words
from transparency.actions import drafts, endings, notices

pytestmark = pytest.mark.django_db


@pytest.fixture
def hospital():
    return make_hospital()


def url(name, *args):
    return reverse(f"transparency:{name}", args=args)


def post(client, user, address, **data):
    client.force_login(user)
    return client.post(address, data)


def test_double_click_is_told_and_leads_to_how_things_stand(client, hospital):
    draft = submitted(hospital)
    address, data = url("draft-approve", draft.uuid), {"revision": draft.revision, "when": "nu"}
    assert post(client, hospital.publisher, address, **data).status_code == 302

    answer = post(client, hospital.publisher, address, **data)

    page = soup(answer)
    assert answer.status_code == 409
    assert "klikte twee keer" in words(page.select_one("main"))
    assert url("draft", draft.uuid) in links(page.select_one("main"))


@pytest.mark.parametrize("revision", [1, 2**31 - 1])
def test_text_that_changed_meanwhile_is_not_approved(client, hospital, revision):
    draft = submitted(hospital)

    answer = post(client, hospital.publisher, url("draft-approve", draft.uuid), revision=revision, when="nu")

    assert answer.status_code == 409
    assert "veranderde de tekst terwijl u keek" in answer.text


def test_text_that_was_taken_back_while_it_was_read_is_not_approved(client, hospital):
    draft = submitted(hospital)
    drafts.take_back(draft=draft, by=hospital.writer, now=NOW)

    answer = post(client, hospital.publisher, url("draft-approve", draft.uuid), revision=draft.revision, when="nu")

    assert answer.status_code == 409


def test_end_that_was_called_off_is_not_confirmed(client, hospital):
    ending = asked_to_end(hospital)
    address = url("ending-confirm", ending.entry.slug)
    endings.cancel(ending=ending, by=hospital.writer, now=NOW)

    assert post(client, hospital.publisher, address).status_code == 409


def test_notice_that_was_confirmed_already_is_not_confirmed_again(client, hospital):
    notice = told(hospital)
    notices.confirm(notice=notice, by=hospital.other, now=NOW)

    answer = post(client, hospital.other, url("notice-confirm", notice.uuid))

    assert answer.status_code == 409
    assert url("notice", notice.uuid) in links(soup(answer).select_one("main"))


def test_page_is_in_the_language_of_the_address(client, hospital):
    notice = told(hospital)
    notices.confirm(notice=notice, by=hospital.other, now=NOW)

    answer = post(client, hospital.other, "/en" + url("notice-confirm", notice.uuid))

    assert 'lang="en"' in answer.text
    assert "/en" + url("notice", notice.uuid) in links(soup(answer).select_one("main"))


def test_refusal_says_why(client, hospital):
    answer = post(client, hospital.writer, url("draft-return", submitted(hospital).uuid), remarks="Korter.")

    assert answer.status_code == 403
    assert "Alleen publiceerders van deze organisatie kunnen dit." in answer.text


@pytest.mark.parametrize(("path", "above"), [
    ("/werk/teksten/00000000-0000-0000-0000-000000000001/goedkeuren/",
     "/werk/teksten/00000000-0000-0000-0000-000000000001/"),
    ("/werk/meldingen/00000000-0000-0000-0000-000000000001/sluiten/bevestigen/",
     "/werk/meldingen/00000000-0000-0000-0000-000000000001/"),
    ("/werk/controle/klopt/", "/werk/controle/"),
    ("/werk/bestaat/niet/", "/werk/"),
])  # fmt: skip
def test_page_above_a_step_is_one_to_look_at(path, above):
    assert page_above(path) == above


# --- What was typed stays ------------------------------------------------------------------------------------------


def test_wrong_input_is_told_at_its_field_and_kept(client, hospital):
    draft = new_draft(hospital)
    client.force_login(hospital.writer)

    answer = client.post(
        url("draft-submit", draft.uuid),
        {"reason": " ", "reason_en": "A better text.", "responsible_editor": hospital.other.pk, "revision": 1},
    )

    page = soup(answer)
    assert answer.status_code == 422
    assert links(page.select_one("[role=alert]")) == ["#id_reason"]
    assert page.select_one("#id_reason")["aria-invalid"] == "true"
    assert "id_reason_error" in page.select_one("#id_reason")["aria-describedby"]
    assert page.select_one("#id_reason_en").text.strip() == "A better text."


def test_approval_for_later_needs_a_moment_that_lies_ahead(client, hospital):
    draft = submitted(hospital)
    address = url("draft-approve", draft.uuid)
    later = {"revision": draft.revision, "when": "later", "time": "09:00"}

    assert "Kies een dag en een tijd." in post(client, hospital.publisher, address, **later).text
    past = post(client, hospital.publisher, address, **later, day="2026-11-22")
    assert (past.status_code, "al voorbij" in past.text) == (422, True)
    done = post(client, hospital.publisher, address, **later, day="2026-12-01")

    draft.refresh_from_db()
    assert done.status_code == 302
    assert draft.publish_at.isoformat() == "2026-12-01T08:00:00+00:00"  # nine o'clock in Amsterdam
