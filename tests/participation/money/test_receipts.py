"""Receipts: made anew from their pixels, refused when they are something else, and seen by few."""

import io

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from participation.actions.money import claims, judging
from participation.actions.money.receipts import add_receipt, remove_receipt
from participation.models import Claim, Receipt
from participation.receipts import LARGEST, LONGEST_SIDE, MOST_RECEIPTS, made_receipt
from portal.core.workflow import StepNotAllowed
from tests.factories.meetings import DOCX, PDF
from tests.factories.money import fresh, key, money
from tests.factories.money_pictures import bomb, photo, photo_with_place
from tests.factories.people import UserFactory
from tests.support.html import soup, words

pytestmark = pytest.mark.django_db

PAGE = b"<!doctype html><script>alert(1)</script>"


@pytest.fixture
def world():
    return money()


@pytest.fixture
def claim(world):
    person = world.representative()
    world.promise(person, 10_000)
    return world.draft(person)


def added(world, claim, data):
    return add_receipt(claim=claim, data=data, by=claim.user, now=world.now)


# --- What a file is --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("mode", ["RGB", "L", "RGBA", "P", "CMYK"])
def test_photo_of_any_kind_becomes_a_jpeg(form, mode):
    if (form, mode) in {("JPEG", "RGBA"), ("JPEG", "P"), ("PNG", "CMYK")}:
        return
    kept_form, kept = made_receipt(photo(form, mode=mode))

    with Image.open(io.BytesIO(kept)) as image:
        assert (kept_form, image.format, image.size, image.mode) == ("JPG", "JPEG", (64, 48), "RGB")


def test_nothing_of_who_made_it_and_where_is_left():
    sent = photo_with_place()
    _form, kept = made_receipt(sent)

    assert all(word in sent for word in (b"Geheime Telefoon", b"Geheime tekst", b"Geheim commentaar"))
    assert not any(word in kept for word in (b"Geheim", b"Exif"))
    with Image.open(io.BytesIO(kept)) as image:
        assert (dict(image.getexif()), image.info.get("comment")) == ({}, None)
        assert image.size == (48, 64)  # turned as the phone was held


def test_what_stands_behind_a_photo_is_gone():
    _form, kept = made_receipt(photo() + PAGE)

    assert b"script" not in kept


def test_large_photo_is_made_small():
    _form, kept = made_receipt(photo(size=(6_000, 4_000)))

    with Image.open(io.BytesIO(kept)) as image:
        assert max(image.size) <= LONGEST_SIDE


@pytest.mark.parametrize("side", [8_000, 30_000, 2**31 - 1])
def test_photo_that_becomes_very_large_is_refused_unread(side):
    with pytest.raises(ValidationError):
        made_receipt(bomb(side))


@pytest.mark.parametrize(
    "data",
    [
        PAGE, b"\xff\xd8\xff" + PAGE, b"\x89PNG\r\n\x1a\n" + PAGE, b"RIFF\x00\x00\x00\x00WEBP" + PAGE,
        b"GIF89a" + b"\x00" * 50, b"%PDF-1.7\n" + PAGE, DOCX, b"MZ" + b"\x00" * 99, b"II*\x00" + b"\x00" * 99,
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", photo()[:200], b"Gewoon tekst",
        photo("GIF", mode="P"), photo("TIFF"), photo("BMP"),
    ],
)  # fmt: skip
def test_other_file_is_refused_however_it_is_called(world, claim, data):
    with pytest.raises(ValidationError) as error:
        added(world, claim, data)

    assert list(error.value.error_dict) == ["receipt"]
    assert not Receipt.objects.exists()


def test_empty_file_and_one_that_is_too_large_are_refused(client, claim):
    client.force_login(claim.user)
    address = reverse("participation:claim-receipt-add", args=[claim.uuid])
    sizes = (b"", PDF[:-6] + b" " * LARGEST + PDF[-6:], PDF + b" " * 2 * LARGEST)

    answers = [client.post(address, {"receipt": SimpleUploadedFile("bon.pdf", data)}) for data in sizes]

    assert [one.status_code for one in answers] == [422, 422, 413]
    assert "Dit bestand is leeg." in words(soup(answers[0]).select_one("#id_receipt_error"))


def test_html_that_is_called_a_photo_is_told_at_the_field(client, claim):
    client.force_login(claim.user)
    address = reverse("participation:claim-receipt-add", args=[claim.uuid])

    response = client.post(address, {"receipt": SimpleUploadedFile("bon.jpg", PAGE, "image/jpeg")})
    nothing = client.post(address, {})

    assert response.status_code == 422
    assert "Maak een foto van de bon, of kies een PDF." in words(soup(response).select_one("#id_receipt_error"))
    assert "Kies eerst een foto of een bestand." in words(soup(nothing).select_one("#id_receipt_error"))


# --- With the claim --------------------------------------------------------------------------------------------------


def test_same_file_twice_is_one_receipt(world, claim):
    added(world, claim, photo())

    assert added(world, claim, photo()) is None
    assert Receipt.objects.count() == 1


def test_there_is_an_end_to_the_number(world, claim):
    for number in range(MOST_RECEIPTS):
        added(world, claim, photo(size=(10 + number, 10)))

    with pytest.raises(ValidationError, match="Er passen 10 bonnen"):
        added(world, claim, photo(size=(99, 10)))


def test_receipt_goes_from_a_draft_and_stays_with_what_was_sent(client, world, claim):
    client.force_login(claim.user)
    first, second = added(world, claim, photo()), added(world, claim, PDF)
    assert client.post(reverse("participation:receipt-remove", args=[first.uuid])).status_code == 302
    assert list(Receipt.objects.all()) == [second]

    Claim.objects.filter(pk=claim.pk).update(state="SUBMITTED")
    with pytest.raises(StepNotAllowed):
        remove_receipt(receipt=second, by=claim.user, now=world.now)
    with pytest.raises(StepNotAllowed):
        added(world, claim, photo())


def test_nobody_else_adds_a_receipt(world, claim):
    with pytest.raises(PermissionDenied):
        add_receipt(claim=claim, data=photo(), by=world.coordinator, now=world.now)


# --- Taken along -----------------------------------------------------------------------------------------------------


def get(client, receipt, user):
    client.force_login(user)
    return client.get(reverse("participation:receipt", args=[receipt.uuid]))


@pytest.mark.parametrize(("data", "kind"), [(photo(), "image/jpeg"), (PDF, "application/pdf")])
def test_receipt_is_a_file_to_keep_and_never_opens_here(client, world, claim, data, kind):
    response = get(client, added(world, claim, data), claim.user)

    assert response.headers["Content-Type"] == kind
    assert response.headers["Content-Disposition"].startswith('attachment; filename="bon-')
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "no-store" in response.headers["Cache-Control"]


def test_only_whose_claim_it_is_and_who_judges_it_see_it(client, world, claim):
    receipt = added(world, claim, PDF)
    others = {"lead": world.lead, "coordinator": world.coordinator, "manager": world.manager, "officer": world.officer}
    strangers = {"nobody": UserFactory(), "representative": world.representative().user}

    def seen():
        people = others | strangers
        return {name for name, user in people.items() if get(client, receipt, user).status_code == 200}

    assert seen() == set()  # a draft is of one person
    claim = fresh(claim)
    claims.submit_claim(claim=claim, revision=claim.revision, by=claim.user, now=world.now, key=key())
    assert seen() == set(others)
    claim = fresh(claim)
    judging.return_claim(claim=claim, revision=claim.revision, question="Welke bon?", by=world.lead, now=world.now,
                         key=key())  # fmt: skip
    assert "lead" in seen()
    claim = fresh(claim)
    claims.cancel_claim(claim=claim, revision=claim.revision, by=claim.user, now=world.now, key=key())
    assert seen() == set()
    assert get(client, receipt, claim.user).status_code == 200
