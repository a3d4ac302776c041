"""The command that puts an organisation below another one."""

import pytest
from django.core.management import CommandError, call_command

from tests.factories.organisations import OrganisationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair():
    return OrganisationFactory(slug="praktijk"), OrganisationFactory(slug="groep")


def test_organisation_is_put_below_another_and_on_its_own_again(pair, capsys):
    practice, group = pair

    call_command("place_organisation", "praktijk", "--below", "groep")
    practice.refresh_from_db()
    assert practice.parent == group

    call_command("place_organisation", "praktijk", "--alone")
    practice.refresh_from_db()
    assert practice.parent is None
    assert capsys.readouterr().out.splitlines() == [
        "praktijk is now below groep.", "praktijk is now on its own.",
    ]  # fmt: skip


def test_doing_it_again_says_so(pair, capsys):
    call_command("place_organisation", "praktijk", "--alone")

    assert capsys.readouterr().out == "praktijk was already on its own.\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["weg", "--alone"], "There is no organisation weg."),
        (["praktijk", "--below", "weg"], "There is no organisation weg."),
        (["praktijk", "--below", "praktijk"], "onder zichzelf"),
    ],
)
def test_what_cannot_be_is_refused(pair, words, said):
    with pytest.raises(CommandError, match=said):
        call_command("place_organisation", *words)
