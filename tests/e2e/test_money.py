"""Money from set apart to paid: a claim that is returned, one held, one refused; with and without JavaScript."""

import csv
import io
from xml.etree import ElementTree

import xmlschema
from sepaxml import validation

from participation.bank_file import SCHEMA
from tests.factories.money import IBAN
from tests.support.browser_desk import Desk, Effort
from tests.support.browser_money import OTHER_IBAN, MoneyRoad
from tests.support.browser_roads import OF_MONEY

XSD = f"{validation.__file__.rsplit('/', 1)[0]}/schemas/{SCHEMA}.xsd"
S = {"n": f"urn:iso:std:iso:20022:tech:xsd:{SCHEMA}"}

# What each act asks (clicks, fields to type in).
LEAST = {
    "fill a claim in": Effort(1, 3),
    "send a claim": Effort(1, 0),
    "send a second claim": Effort(2, 0),
    "give another account": Effort(1, 1),
}


def right(files: dict[str, bytes], cents: int) -> None:
    """Hold the files for the bank against the schema, and against what was approved."""
    xmlschema.XMLSchema(XSD).validate(files["xml"].decode())
    told = ElementTree.fromstring(files["xml"])  # noqa: S314 (our own file)
    assert {one.text for one in told.findall(".//n:CdtrAcct//n:IBAN", S)} == {IBAN, OTHER_IBAN}
    assert told.findtext(".//n:GrpHdr/n:CtrlSum", namespaces=S) == f"{cents // 100}.{cents % 100:02d}"
    assert "Geldhulp" not in files["xml"].decode()
    rows = list(csv.reader(io.StringIO(files["csv"].decode("utf-8-sig")), delimiter=";"))
    assert len(rows) == 1 + 3


def test_money_from_set_apart_to_paid(desk: Desk):
    road = MoneyRoad(desk)

    road.give_role()
    road.give_account()
    road.set_apart()
    road.promise()
    road.look_at_promises()
    road.choose()
    road.meet()
    road.claim()
    road.return_and_answer()
    road.hold()
    road.be_refused()
    road.send_invoice()
    road.type_out()
    road.check()
    road.approve()
    right(road.make_batch(), road.asked + 12_100 + 1_840)
    road.pay()
    road.get_money()
    road.undo()
    road.read_in_public()

    assert desk.complaints() == []
    assert desk.missed(OF_MONEY) == set()
    assert desk.efforts == LEAST
    assert desk.work.check_ledger()
