"""The file of payments for the bank of a payer, in two forms. Only here an account number is whole again."""

import csv
import datetime
import io
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from sepaxml import SepaTransfer
from sepaxml.validation import try_valid_xml
from text_unidecode import unidecode

from participation.iban import opened
from participation.models import PaymentBatch
from participation.states import ClaimState
from portal.core.cells import escape

SCHEMA = "pain.001.001.09"
_NAMESPACE = f"urn:iso:std:iso:20022:tech:xsd:{SCHEMA}"
_ROOM = 70  # characters of a name
_NOT_SEPA = re.compile(r"[^A-Za-z0-9/\-?:().,'+ ]")  # what every bank takes is these (EPC217-08)


@dataclass(frozen=True, kw_only=True)
class Payment:
    """One payment: to whom, how much, and a mark by which the bank names it that says nothing of a person."""

    name: str
    iban: str
    cents: int
    mark: str


@dataclass(frozen=True, kw_only=True)
class BankFile:
    """A file to take away."""

    name: str
    content_type: str
    data: bytes


def payments_of(batch: PaymentBatch) -> list[Payment]:
    """The payments of `batch` that wait for the bank. Raises sealing.SealBroken."""
    waiting = batch.claims.filter(state=ClaimState.EXPORTED).order_by("pk")
    return [
        Payment(name=one.holder, iban=opened(one.iban_sealed), cents=one.amount, mark=one.uuid.hex) for one in waiting
    ]


def description_of(batch: PaymentBatch) -> str:
    """What stands beside each payment on somebody's account: no project, since its name may tell of an illness."""
    with override("nl"):
        return _("AI in mijn zorg, uitbetaling %(number)d") % {"number": batch.number}


def plain(name: str) -> str:
    """`name` in the letters that every bank takes; never empty, and no slash at its ends."""
    letters = _NOT_SEPA.sub(" ", unidecode(name))
    text = " ".join(letters.replace("//", "/").split()).strip("/ ")
    return text[:_ROOM].strip("/ ") or "Ontvanger"


def as_xml(batch: PaymentBatch, payments: Sequence[Payment], now: datetime.datetime) -> BankFile:
    """SEPA credit transfer, held against its own schema. Raises sepaxml.validation.ValidationError when it is wrong.

    The same batch gives the same marks each time it is taken, so that a bank knows what it had already.
    """
    payer = batch.payer
    transfer = SepaTransfer(
        {"name": plain(payer.account_name), "IBAN": opened(payer.iban_sealed), "currency": "EUR", "batch": True},
        schema=SCHEMA,
    )
    for one in payments:
        transfer.add_payment(
            {
                "name": plain(one.name), "IBAN": one.iban, "amount": one.cents, "execution_date": batch.pay_on,
                "description": plain(description_of(batch)), "endtoend_id": one.mark,
            }
        )  # fmt: skip
    data = _marked(transfer.export(validate=False), batch, now)
    try_valid_xml(data, SCHEMA)
    return BankFile(name=f"{_file_name(batch)}.xml", content_type="application/xml; charset=utf-8", data=data)


def _marked(data: bytes, batch: PaymentBatch, now: datetime.datetime) -> bytes:
    """The document with our own marks, where the library makes up new ones each time; banks stay open."""
    root = ElementTree.fromstring(data)  # noqa: S314 (made by ourselves just now)
    marks = {
        "MsgId": batch.uuid.hex, "PmtInfId": f"{batch.uuid.hex[:20]}-{batch.number}",
        "CreDtTm": f"{timezone.localtime(now):%Y-%m-%dT%H:%M:%S}",
    }  # fmt: skip
    for tag, text in marks.items():
        for node in root.iter(f"{{{_NAMESPACE}}}{tag}"):
            node.text = text
    for bank in root.iter(f"{{{_NAMESPACE}}}FinInstnId"):  # the account number says which bank it is
        other = ElementTree.SubElement(bank, f"{{{_NAMESPACE}}}Othr")
        ElementTree.SubElement(other, f"{{{_NAMESPACE}}}Id").text = "NOTPROVIDED"
    ElementTree.register_namespace("", _NAMESPACE)
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)


def as_csv(batch: PaymentBatch, payments: Sequence[Payment], now: datetime.datetime) -> BankFile:
    """One line for each payment, for who types them over or has a program that reads this. No cell is a formula."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(("naam", "rekening", "bedrag", "omschrijving", "kenmerk", "betaaldag"))
    for one in payments:
        amount = f"{one.cents // 100},{one.cents % 100:02d}"
        cells = (one.name, one.iban, amount, description_of(batch), one.mark, batch.pay_on.isoformat())
        writer.writerow([escape(cell) for cell in cells])
    return BankFile(
        name=f"{_file_name(batch)}.csv", content_type="text/csv; charset=utf-8",
        data=out.getvalue().encode("utf-8-sig"),
    )  # fmt: skip


def _file_name(batch: PaymentBatch) -> str:
    return f"uitbetaling-{batch.payer.organisation.slug}-{batch.number}"


FORMS: dict[str, Callable[[PaymentBatch, Sequence[Payment], datetime.datetime], BankFile]] = {
    "xml": as_xml,
    "csv": as_csv,
}
