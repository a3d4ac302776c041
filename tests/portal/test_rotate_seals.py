"""A new SECRET_KEY: everything that is sealed is sealed anew, once, and then the old key can go."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.core.management import CommandError, call_command
from django.utils import timezone

from participation.iban import opened
from participation.models import Claim, Payer
from participation.states import ClaimState
from portal.accounts.models import OwnSignIn
from portal.core.sealing import SealBroken, is_current, reseal, seal, unseal
from portal.home import seals
from tests.factories.judging import claim_in
from tests.factories.money import IBAN, money
from tests.factories.organisations import OrganisationFactory
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db
NEW = "een heel nieuwe sleutel van deze installatie"


@pytest.fixture
def world():
    """One of each thing that is sealed."""
    made = money()
    made.claim = claim_in(made, ClaimState.SUBMITTED)
    claim_in(made, ClaimState.SUBMITTED)
    made.sign_in = OwnSignIn.objects.create(
        organisation=OrganisationFactory(), issuer="https://linde.example", client_id="aimz", domains=[],
        sealed_secret=seal("geheim"), saved_at=timezone.now(),
    )  # fmt: skip
    made.codes = RecoveryCodes.activate(UserFactory())
    made.app = Authenticator.objects.filter(type=Authenticator.Type.TOTP).first()
    return made


def everything():
    """All that is sealed, as it is kept."""
    found = [*Claim.objects.exclude(iban_sealed="").values_list("iban_sealed", flat=True)]
    found += Payer.objects.values_list("iban_sealed", flat=True)
    found += OwnSignIn.objects.values_list("sealed_secret", flat=True)
    return found + [one.data.get("secret") or one.data["seed"] for one in Authenticator.objects.order_by("pk")]


def rotated(settings):
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], NEW
    return {place.name: counts for place, counts in seals.rotate()}


def test_everything_that_is_sealed_is_sealed_with_the_new_key(world, settings):
    codes, secret = world.codes.generate_codes(), unseal(world.app.data["secret"])

    counts = rotated(settings)

    settings.SECRET_KEY_FALLBACKS = []
    assert all(is_current(one) for one in everything())
    assert {name: one.changed for name, one in counts.items()} == {
        "rekeningnummers van declaraties": 2, "rekeningnummers van wie betaalt": 1, "geheimen van eigen inlog": 1,
        "tweede stap": Authenticator.objects.count(),
    }  # fmt: skip
    world.claim.refresh_from_db()
    assert opened(world.claim.iban_sealed) == IBAN
    assert unseal(OwnSignIn.objects.get().sealed_secret) == "geheim"
    world.codes.instance.refresh_from_db()
    world.app.refresh_from_db()
    assert RecoveryCodes(world.codes.instance).generate_codes() == codes
    assert unseal(world.app.data["secret"]) == secret


def test_again_changes_nothing(world, settings):
    rotated(settings)
    before = everything()

    counts = [one for _place, one in seals.rotate()]

    assert everything() == before
    assert sum(one.changed for one in counts) == 0
    assert sum(one.seen for one in counts) == len(before)


def test_rows_are_read_in_batches(world, settings, monkeypatch):
    monkeypatch.setattr(seals, "BATCH", 1)

    rotated(settings)

    settings.SECRET_KEY_FALLBACKS = []
    assert all(is_current(one) for one in everything())


def test_what_somebody_changes_meanwhile_stays(world, settings):
    kept = world.payer.iban_sealed
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], NEW
    newer = seal("NL02ABNA0123456789")
    Payer.objects.update(iban_sealed=newer)
    counts = seals.Counts()

    seals._row(seals.PLACES[1], world.payer.pk, kept, counts)

    assert (Payer.objects.get().iban_sealed, counts.changed) == (newer, 0)


def test_command_tells_the_numbers_and_no_secret(world, settings, capsys):
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], NEW

    call_command("rotate_seals")

    told = capsys.readouterr().out
    assert "rekeningnummers van declaraties: 2 bekeken, 2 opnieuw verzegeld" in told
    assert [one for one in (IBAN, "geheim van") if one in told] == []


def test_command_fails_on_what_no_key_opens_and_does_the_rest(world, settings):
    Payer.objects.update(iban_sealed="gAAAAA-dit-is-niet-van-hier")
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], NEW

    with pytest.raises(CommandError, match="1"):
        call_command("rotate_seals")

    assert Payer.objects.get().iban_sealed == "gAAAAA-dit-is-niet-van-hier"
    assert is_current(OwnSignIn.objects.get().sealed_secret)


def test_codes_from_elsewhere_are_sealed_anew(world, settings):
    world.codes.instance.data = {"migrated_codes": [seal("11111111"), seal("22222222")]}
    world.codes.instance.save()

    rotated(settings)

    world.codes.instance.refresh_from_db()
    kept = world.codes.instance.data["migrated_codes"]
    assert [unseal(one) for one in kept] == ["11111111", "22222222"]
    assert all(is_current(one) for one in kept)


def test_resealing_needs_the_old_key(settings):
    kept = seal("geheim")
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = NEW, []

    with pytest.raises(SealBroken):
        reseal(kept)
