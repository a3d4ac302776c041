"""The script that a stranger runs, as a program of its own on the files that we offer: one changed byte is found."""

import json
import subprocess
import sys

import pytest
from django.urls import reverse

from tests.factories.proof import redacted, taken_away
from tests.factories.transparency import COMPLETE, published_entry, published_system, with_notice
from transparency.actions.publication_log import publish_daily_head
from transparency.actions.publishing import end_entry, publish_entry
from transparency.actions.redaction import seal_of_system
from transparency.proof import controleer
from transparency.proof.controleer import HEADS, LOG, TEXTS
from transparency.views.proof import SCRIPT

pytestmark = pytest.mark.django_db
VERSIONS, SYSTEMS, ACTS = TEXTS


MADE: dict[str, bytes] = {}  # what we offer, made once: a test changes its own copy


@pytest.fixture
def files(request, tmp_path):
    """A folder with what we offer, downloaded: every kind of act, an example, texts that are gone."""
    if not MADE:
        request.getfixturevalue("register")
    for name, content in MADE.items():
        (tmp_path / name).write_bytes(content)
    return tmp_path


@pytest.fixture
def register(client, now):
    """The register that `files` are of, in the database."""
    system = published_system(content={"purpose": "Een naam."})
    entry = published_entry(content={"translations": {"en": {"purpose": "So we miss less."}}})
    content = {**COMPLETE, "name": "Ünïcode 😀 en 'aanhaling' \"hier\""}
    publish_entry(entry=entry, content=content, reason="Beter.", responsible="De Linde", by=None, now=now)
    with_notice(entry)
    with_notice(published_entry(organisation__example=True))
    publish_daily_head(now)
    end_entry(entry=entry, reason="Gestopt.", by=None, now=now)
    redacted(published_entry(), key="name")
    taken_away(seal_of_system(system.slug, 1))
    MADE.clear()
    for name in (HEADS, LOG, *TEXTS):
        address = reverse("api:log-heads") if name == HEADS else reverse("api:download", args=[name])
        MADE[name] = b"".join(client.get(address))


@pytest.fixture
def run(capsys):
    """Runs the script here: gives (exit code, what it said)."""

    def running(*arguments):
        code = controleer.main([str(argument) for argument in arguments])
        return code, capsys.readouterr().out.strip()

    return running


def run_alone(*arguments):
    """(exit code, what it said) of the script as a program, with nothing of this project to import."""
    done = subprocess.run(
        [sys.executable, "-I", str(SCRIPT), *map(str, arguments)], capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    return done.returncode, done.stdout.strip()


def change(path, row, old, new):
    """Replace `old` in row `row` (from 1) of a file."""
    rows = path.read_bytes().split(b"\n")
    assert old.encode() in rows[row - 1]
    rows[row - 1] = rows[row - 1].replace(old.encode(), new.encode(), 1)
    path.write_bytes(b"\n".join(rows))


def test_all_is_well(files):
    code, told = run_alone(files)

    assert (code, told.splitlines()) == (
        0,
        [
            "Alles klopt: 10 regels, 8 teksten en 2 koppen gecontroleerd.",
            "2 regels gaan over verzonnen voorbeelden: daarvan is alleen de regel te controleren.",
        ],
    )


def test_it_speaks_english(files, run):
    assert run(files, "--lang", "en")[1].startswith("All is well: checked 10 lines, 8 texts and 2 heads.")


def test_empty_log_is_well(client, tmp_path, run):
    for name in (HEADS, LOG, *TEXTS):
        address = reverse("api:log-heads") if name == HEADS else reverse("api:download", args=[name])
        (tmp_path / name).write_bytes(b"".join(client.get(address)))

    assert run(tmp_path) == (0, "Alles klopt: 0 regels, 0 teksten en 0 koppen gecontroleerd.")


# --- The log ----------------------------------------------------------------------------------------------------------


def test_every_changed_byte_of_a_line_is_found_at_its_row(files, capsys):
    whole = (files / LOG).read_bytes()
    row = 4
    start = whole.index(whole.split(b"\n")[row - 1])

    missed = []
    for place in range(start, start + len(whole.split(b"\n")[row - 1])):
        (files / LOG).write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        code = controleer.main([str(files)])
        if code != 1 or not capsys.readouterr().out.startswith(f"{LOG}, rij {row}: "):
            missed.append(place - start)

    assert missed == []
    assert run_alone(files)[0] == 1


@pytest.mark.parametrize(
    ("old", "new"),
    [('"version":1', '"version":2'), ('"example":false', '"example":true'), ('"kind":"', '"kind": "'),
     ("ENTRY_PUBLISHED", "ENTRY_WITHDRAWN")],
)  # fmt: skip
def test_changed_line_is_found(files, old, new, run):
    change(files / LOG, 2, old, new)

    code, told = run(files)

    assert (code, told.partition(":")[0]) == (1, f"{LOG}, rij 2")


def rows_of(path):
    return path.read_bytes().splitlines(keepends=True)


@pytest.mark.parametrize("row", [1, 5, 9])
def test_removed_line_is_found(files, row, run):
    rows = rows_of(files / LOG)
    (files / LOG).write_bytes(b"".join(rows[: row - 1] + rows[row:]))

    assert run(files)[1].startswith(f"{LOG}, rij {row}: hier hoort nummer {row}, maar er staat {row + 1}")


def test_added_line_is_found(files, run):
    rows = rows_of(files / LOG)
    (files / LOG).write_bytes(b"".join([*rows[:3], rows[2], *rows[3:]]))

    assert run(files)[1].startswith(f"{LOG}, rij 4: hier hoort nummer 4, maar er staat 3")


def test_moved_lines_are_found(files, run):
    rows = rows_of(files / LOG)
    rows[2], rows[5] = rows[5], rows[2]
    (files / LOG).write_bytes(b"".join(rows))

    assert run(files)[1].startswith(f"{LOG}, rij 3: hier hoort nummer 3, maar er staat 6")


@pytest.mark.parametrize("left", [0, 1, 9])
def test_cut_off_end_is_found(files, left, run):
    (files / LOG).write_bytes(b"".join(rows_of(files / LOG)[:left]))

    assert run(files)[1].startswith(f"{LOG}, rij {left}: het logboek houdt op bij nummer {left}")


def test_log_that_is_made_anew_is_found_by_who_kept_the_heads(files, tmp_path, run):
    kept = tmp_path / "bewaard.json"
    told = json.loads((files / HEADS).read_bytes())
    told["days"][0]["hash"] = "0" * 64
    kept.write_text(json.dumps(told))

    code, said = run(files, "--koppen", kept)

    assert (code, said) == (
        1, f"{HEADS}, rij 1: de kop van 2026-11-22 (nummer {told['days'][0]['number']}) is niet de hash van die regel",
    )  # fmt: skip
    assert run(files, "--koppen", files / HEADS)[0] == 0


# --- Texts ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "row", "old", "new", "place"),
    [
        (VERSIONS, 3, "Zo missen we minder breuken.", "Zo missen we minder breuken!", "content.purpose"),
        (VERSIONS, 2, "So we miss less.", "So we miss more.", "content.translations.en.purpose"),
        (VERSIONS, 3, '"Beter."', '"Beter?"', "reason"),
        (VERSIONS, 3, '"De Linde"', '"De linde"', "responsible"),
        (SYSTEMS, 2, "BoneFinder", "Bonefinder", "content.name"),
        (ACTS, 2, '"Let op."', '"Let op!"', "text"),
        (ACTS, 3, '"Gestopt."', '"Gestopd."', "reason"),
    ],
)
def test_changed_text_is_found_at_its_row_and_place(files, name, row, old, new, place, run):
    change(files / name, row, old, new)

    code, told = run(files)

    assert (code, told.partition(":")[0]) == (1, f"{name}, rij {row}")
    assert f"“{place}” is niet wat er gepubliceerd is" in told


def test_added_answer_is_found(files, run):
    change(files / VERSIONS, 3, '"content":{', '"content":{"tags":"x",')

    assert "“content.tags”" in run(files)[1]


@pytest.mark.parametrize("part", ["salt", "hash"])
def test_changed_proof_is_found(files, part, run):
    change(files / VERSIONS, 3, f'"{part}":"', f'"{part}":"0')

    assert run(files)[1].startswith(f"{VERSIONS}, rij 3: ")


@pytest.mark.parametrize(
    ("old", "new"),
    [('"log_number":3', '"log_number":2'), ('"version":2', '"version":3'), ("2026-11-22T", "2026-11-23T")],
)
def test_text_that_says_it_is_another_is_found(files, old, new, run):
    change(files / VERSIONS, 3, old, new)

    assert run(files)[1].startswith(f"{VERSIONS}, rij 3: ")


@pytest.mark.parametrize(("name", "row", "number"), [(VERSIONS, 3, 3), (SYSTEMS, 2, 1), (ACTS, 2, 4)])
def test_text_that_is_left_out_is_found(files, name, row, number, run):
    rows = rows_of(files / name)
    (files / name).write_bytes(b"".join(rows[: row - 1] + rows[row:]))

    assert run(files) == (1, f"{LOG}, rij {number}: van logregel {number} staat de tekst niet in de bestanden")


def test_text_that_stands_there_twice_is_found(files, run):
    rows = rows_of(files / VERSIONS)
    (files / VERSIONS).write_bytes(b"".join([*rows[:2], rows[1], *rows[2:]]))

    assert "voor de tweede keer" in run(files)[1]


def test_text_that_was_taken_away_without_a_line_is_found(files, run):
    rows = rows_of(files / ACTS)
    gone = [row for row in rows if b"TEXT_REDACTED" not in row]
    (files / ACTS).write_bytes(b"".join(gone))

    assert run(files)[0] == 1


def test_text_that_was_published_after_the_log_was_read_waits(register, files, client, run):
    published_entry()
    (files / VERSIONS).write_bytes(b"".join(client.get(reverse("api:download", args=[VERSIONS]))))

    assert run(files)[0] == 0


@pytest.mark.parametrize("name", [LOG, *TEXTS])
def test_broken_row_is_named(files, name, run):
    rows = rows_of(files / name)
    (files / name).write_bytes(b"".join([rows[0], b'{"half', *rows[1:]]))

    code, told = run(files)

    assert (code, told) == (1, f"{name}, rij 2: dit is geen regel JSON")


@pytest.mark.parametrize("row", [b"{}", b"[]", b"1", b'{"log_number":1}', b'{"log_number":"x","proof":{}}'], ids=str)
@pytest.mark.parametrize("name", TEXTS)
def test_row_that_is_no_text_is_named(files, name, row, run):
    rows = rows_of(files / name)
    (files / name).write_bytes(b"".join([rows[0], row + b",\n", *rows[1:]]))

    code, told = run(files)

    assert (code, told.partition(":")[0]) == (1, f"{name}, rij 2")


@pytest.mark.parametrize("name", [HEADS, LOG, *TEXTS])
def test_missing_file_is_said(files, name, run):
    (files / name).unlink()

    code, told = run(files)

    assert (code, "is niet te lezen" in told) == (2, True)
