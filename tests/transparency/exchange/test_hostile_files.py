"""A file that is broken or meant to harm gets one clear sentence in Dutch, never a traceback."""

import io
import json
import zipfile

import pytest

from tests.transparency.exchange.helpers import as_bytes, planned, workbook
from transparency.exchange.detect import read, read_data
from transparency.exchange.readers import limits
from transparency.exchange.readers import workbook as workbooks
from transparency.exchange.report import ExchangeError


def zipped(**parts):
    """A zip with these parts; an underscore in a name is a slash."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name.replace("_", "/") + ".xml", data)
    return buffer.getvalue()


BAD = {
    "empty": (b"  \n", "leeg"),
    "utf-16": ("naam,organisatie".encode("utf-16"), "UTF-16"),
    "cp1252": ("naam,organisatie\nHulp,Patiënt".encode("cp1252"), "UTF-8"),
    "nul": (b"name,organization\nHu\0lp,Zorg", "NUL"),
    "bad json": (b'[{"name": ]', "geen goede JSON"),
    "deep json": (b"[" * 100_000, "te diep"),
    "rather deep json": (b"[" * 30 + b"]" * 30, "te diep"),
    "nan": (b'[{"name": NaN}]', "NaN"),
    "a field that stands twice": (b'[{"name": "a", "name": "b"}]', "twee keer"),
    "endless number": (b'[{"name": 1e999}]', "te groot"),
    "huge number": (b"[" + b"9" * 5000 + b"]", "te groot"),
    "a json value": (b'{"a": 1}', "geen registraties"),
    "a web page": (b"<html><body>404</body></html>", "webpagina"),
    "unknown columns": (b"kleur,maat\nrood,3", "kolommen"),
    "one huge cell": (b'name,organization\n"' + b"x" * 1_000_000 + b'",Zorg', "te lang"),
    "old excel": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 100, "oud"),
    "a zip": (zipped(brief="hallo"), "zip-bestand"),
    "half a zip": (workbook([["name"]])[:200], "beschadigd"),
    "broken workbook": (zipped(xl_workbook="<dit is geen xml"), "beschadigd"),
    "doctype": (zipped(xl_workbook='<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), "DOCTYPE"),
    "empty workbook": (workbook([[]]), "leeg"),
}


@pytest.mark.parametrize("case", list(BAD))
def test_a_bad_file_gets_a_clear_sentence(case):
    data, words = BAD[case]

    with pytest.raises(ExchangeError, match=words):
        [*read_data(data)[1]]


def test_a_workbook_that_unpacks_too_large_is_not_opened(monkeypatch):
    monkeypatch.setattr(workbooks, "MOST_UNPACKED", 10_000)

    with pytest.raises(ExchangeError, match="te groot"):
        workbooks.check(zipped(xl_workbook="<a/>", xl_bom="0" * 20_000))


def rebuilt(part, old, new):
    """A good workbook in which a piece of one part is another, or with one more part."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook([["name", "organization"]]))) as good,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for found in good.infolist():
            body = good.read(found)
            if found.filename == part:
                assert old in body
                body = body.replace(old, new)
            made.writestr(found.filename, body)
        if not old:
            made.writestr(part, new)
    return buffer.getvalue()


SHEET, STYLES, STRINGS = "xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/sharedStrings.xml"
END = b"</sheetData>"
FAR = b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>'
MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
TEXTS = b"<sst xmlns='" + MAIN + b"'>" + b"<si/>" * 1_000_000 + b"</sst>"
BOMBS = {
    "a cell far away": (SHEET, END, FAR + END, "te veel rijen"),
    "a row of a million empty cells": (SHEET, END, b"<row>" + b"<c/>" * 1_000_000 + b"</row>" + END, "te groot"),
    "a million styles": (STYLES, b"</cellXfs>", b'<xf numFmtId="0"/>' * 1_000_000 + b"</cellXfs>", "te groot"),
    "a million shared texts": (STRINGS, b"", TEXTS, "te groot"),
    "a very deep part": (SHEET, END, b"<row>" * 1000 + b"</row>" * 1000 + END, "te groot"),
    "a tag without an end": (SHEET, END, b"<row " + b'a="x" ' * 300_000 + b"/>" + END, "te groot"),
    "a late doctype": (STYLES, b"<styleSheet", b"<!--" + b"x" * 9000 + b"--><!DOCTYPE a><styleSheet", "DOCTYPE"),
}


@pytest.mark.parametrize("case", list(BOMBS))
def test_a_small_workbook_that_would_fill_the_memory_is_refused(case):
    part, old, new, words = BOMBS[case]

    with pytest.raises(ExchangeError, match=words):
        [*read_data(rebuilt(part, old, new))[1]]


def test_a_file_that_is_not_there_gets_a_clear_sentence(tmp_path):
    with pytest.raises(ExchangeError, match="kan niet worden geopend"):
        read(tmp_path / "weg.json")


def test_a_file_that_is_too_large_is_not_read(tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "MOST_BYTES", 10)
    (tmp_path / "groot.json").write_text('["twaalf en meer"]')

    with pytest.raises(ExchangeError, match="groter dan"):
        read(tmp_path / "groot.json")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ("tekst", "losse waarde"),
        (None, "losse waarde"),
        ([1], "losse waarde"),
        ({}, "naam ontbreekt"),
        ({"name": "  ", "organization": "Zorg"}, "naam ontbreekt"),
        ({"name": "Hulp", "organization": None}, "organisatie ontbreekt"),
        ({"name": "Hulp", "organization": "n.v.t."}, "organisatie ontbreekt"),
        ({"name": "Hulp", "organization": "Zorg", "goal": "x" * 200_000}, "tekens lang"),
    ],
)
def test_a_record_that_cannot_be_read_is_refused_alone(raw, reason):
    good = {"name": "Hulp", "organization": "Zorg"}

    made = planned(json.dumps([good, raw]).encode())

    assert [item.understood.refused and reason in item.understood.refused.reason for item in made.items] == [None, True]


SLOW = ["<!--", "<", "<p>", "<a ", "</", "<script>", "<li>", "a@", "x", "a.", "http://", "- ", "\n", "1: x. 2: "]


@pytest.mark.django_db
@pytest.mark.parametrize("piece", SLOW)
def test_a_long_value_without_an_end_is_read_like_any_other(piece):
    value = piece * (99_000 // len(piece))
    keys = ("goal", "website", "contact_email", "status", "begin_date", "lawful_basis_grouping", "source_data_link")
    rows = [{"name": "Hulp", "organization": "Zorg", key: value} for key in keys]

    made = planned(as_bytes(rows))

    assert made.refused() == []


STRANGE = ["\ud800", "a\0b", "<" * 5000, "&" * 5000, "<p>" * 3000, {"a": [1]}, [None, {}], 1e300, -5, True]
KEYS = ("goal", "category", "status", "begin_date", "website", "lawful_basis_grouping", "lars")


@pytest.mark.django_db
@pytest.mark.parametrize("value", STRANGE)
def test_a_strange_value_is_taken_in_any_field(value):
    rows = [{"name": "Hulp", "organization": "Zorg", key: value} for key in KEYS]

    made = planned(as_bytes(rows))

    assert made.refused() == []
