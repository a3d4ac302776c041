"""The bank's file: right by its own schema, without personal marks, no cell a formula, and written down when taken."""

import csv
import io
from xml.etree import ElementTree

import pytest
import xmlschema
from django.core.exceptions import PermissionDenied
from sepaxml import validation

from participation.actions.money import payments
from participation.actions.money.bank import take_file
from participation.bank_file import SCHEMA, plain
from participation.models import Claim, PaymentBatch
from participation.states import ClaimState
from portal.audit.models import AuditEvent
from portal.core.sealing import SealBroken
from portal.core.workflow import StepNotAllowed
from portal.organisations.roles import Role
from tests.factories.judging import batched, claim_in
from tests.factories.money import IBAN, fresh, key, money
from tests.factories.people import member

pytestmark = pytest.mark.django_db
XSD = f"{validation.__file__.rsplit('/', 1)[0]}/schemas/{SCHEMA}.xsd"
NAMES = [
    "Zoë Çelik–Ångström & Zn. <b>", "李小龍", "Søren Łukasz Ðorđević", "=HYPERLINK(\"http://x\")", "//Jansen//",
    "O'Brien; DROP", "😀", "x" * 70, "@Piet", "\tTab",
]  # fmt: skip
S = {"n": f"urn:iso:std:iso:20022:tech:xsd:{SCHEMA}"}


@pytest.fixture
def world():
    made = money()
    made.claims = [claim_in(made, ClaimState.APPROVED) for _n in range(3)]
    return made


def with_names(world, *names):
    """A batch in which the accounts have these names."""
    batch = batched(world, *[fresh(one) for one in world.claims[: len(names)]])
    for claim, name in zip(batch.claims.order_by("pk"), names, strict=True):
        Claim.objects.filter(pk=claim.pk).update(holder=name)
    return batch


def taken(world, batch, form):
    return take_file(batch=batch, form=form, by=world.officer, now=world.now)


def test_file_is_right_by_its_own_schema_whatever_the_names(world):
    batch, schema = batched(world, *world.claims), xmlschema.XMLSchema(XSD)

    for name in NAMES:
        Claim.objects.filter(batch=batch).update(holder=name)
        schema.validate(taken(world, batch, "xml").data.decode())


def test_file_says_what_is_paid_to_whom_and_on_which_day(world):
    batch = with_names(world, "A. Voorbeeld", "Zoë de Wit")

    root = ElementTree.fromstring(taken(world, batch, "xml").data)  # noqa: S314 (our own)

    assert [one.text for one in root.iterfind(".//n:CtrlSum", S)] == ["23.00", "23.00"]
    assert [one.text for one in root.iterfind(".//n:InstdAmt", S)] == ["11.50", "11.50"]
    assert [one.text for one in root.iterfind(".//n:Cdtr/n:Nm", S)] == ["A. Voorbeeld", "Zoe de Wit"]
    assert [one.text for one in root.iterfind(".//n:CdtrAcct//n:IBAN", S)] == [IBAN, IBAN]
    assert root.findtext(".//n:ReqdExctnDt/n:Dt", namespaces=S) == batch.pay_on.isoformat()
    assert root.findtext(".//n:Ustrd", namespaces=S) == "AI in mijn zorg, uitbetaling 1"


def test_marks_tell_nothing_of_a_person_and_are_the_same_each_time(world):
    batch = with_names(world, "A. Voorbeeld", "Zoë de Wit")
    name = world.project.name

    one, other = (taken(world, batch, "xml").data for _n in range(2))

    root = ElementTree.fromstring(one)  # noqa: S314 (our own)
    marks = [node.text for node in root.iterfind(".//n:EndToEndId", S)]
    assert one == other
    assert marks == [claim.uuid.hex for claim in batch.claims.order_by("pk")]
    assert name not in one.decode()
    assert all(len(mark) <= 35 for mark in marks)


def test_table_holds_the_same_and_no_cell_is_a_formula(world):
    batch = with_names(world, '=HYPERLINK("http://x")', "@Piet", "-1")

    rows = list(csv.reader(io.StringIO(taken(world, batch, "csv").data.decode("utf-8-sig")), delimiter=";"))

    assert [row[0] for row in rows[1:]] == ['\'=HYPERLINK("http://x")', "'@Piet", "'-1"]
    assert [row[1:4] for row in rows[1:]] == [[IBAN, "11,50", "AI in mijn zorg, uitbetaling 1"]] * 3
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]


@pytest.mark.parametrize(("name", "made"), [
    ("Zoë", "Zoe"), ("a & b", "a b"), ("//x//", "x"), ("", "Ontvanger"), ("€", "EUR"), ("x" * 80, "x" * 70),
])  # fmt: skip
def test_name_is_in_letters_that_every_bank_takes(name, made):
    assert plain(name) == made


def test_taking_is_written_down_without_a_number_or_a_name(world):
    batch = with_names(world, "A. Voorbeeld")

    taken(world, batch, "csv")

    event = AuditEvent.objects.get(kind="money.batch_taken")
    assert (event.actor_id, event.target, event.data) == (
        world.officer.pk, f"batch:{batch.uuid}", {"form": "csv", "count": 1}
    )  # fmt: skip


def test_file_that_was_paid_or_taken_back_is_no_file_any_more(world):
    first, second = batched(world, fresh(world.claims[0])), batched(world, fresh(world.claims[1]))
    payments.cancel_batch(batch=first, by=world.officer, now=world.now, key=key())
    payments.mark_paid(batch=second, reference="B", by=world.officer, now=world.now, key=key())

    for batch in (first, second):
        with pytest.raises(StepNotAllowed):
            taken(world, PaymentBatch.objects.get(pk=batch.pk), "xml")


@pytest.mark.parametrize("who", ["manager", "lead", "coordinator"])
def test_only_who_pays_takes_it(world, who):
    batch = batched(world, fresh(world.claims[0]))

    with pytest.raises(PermissionDenied):
        take_file(batch=batch, form="xml", by=getattr(world, who), now=world.now)
    assert not AuditEvent.objects.filter(kind="money.batch_taken").exists()


def test_finance_officer_without_a_second_step_gets_no_file(world, client):
    batch = batched(world, fresh(world.claims[0]))
    officer = member(world.payer.organisation, Role.FINANCE_OFFICER)
    officer.authenticator_set.all().delete()
    client.force_login(officer)

    response = client.post(f"/werk/geld/betalen/{world.payer.organisation.slug}/{batch.uuid}/bestand/xml/")

    assert response.status_code == 302
    assert "tweede-stap" in response.headers["Location"]
    assert not AuditEvent.objects.filter(kind="money.batch_taken").exists()


def test_account_sealed_with_a_key_that_is_gone_makes_no_file(world, settings):
    batch = batched(world, fresh(world.claims[0]))
    settings.SECRET_KEY = "een andere sleutel" * 3

    with pytest.raises(SealBroken):
        taken(world, batch, "xml")
