"""A stranger checks the publication log of a running site with the script that the site itself offers."""

import json
import os
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.support.browser_looks import sticking_out, violations
from tests.support.browser_server import fresh_database, running, to_serve
from tests.support.loaded import do_in
from transparency.proof.controleer import HEADS, LOG, TEXTS


def fetch(address: str, path: Path) -> Path:
    """Save what stands at `address` in `path`."""
    with urllib.request.urlopen(address, timeout=60) as answer:  # noqa: S310 (our own server)
        path.write_bytes(answer.read())
    return path


def run(script: Path, *arguments: str) -> tuple[int, str]:
    """(exit code, what it said) of the script as a program of its own."""
    done = subprocess.run([sys.executable, "-I", script, *arguments], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def test_log_of_the_running_site_is_well(base_url: str, tmp_path: Path):
    script = fetch(f"{base_url}/verantwoording/controleer.py", tmp_path / "controleer.py")
    kept = fetch(f"{base_url}/verantwoording/koppen.json", tmp_path / "bewaard.json")

    code, told = run(script, base_url, "--koppen", str(kept))

    assert (code, told.split(":")[0]) == (0, "Alles klopt")


def test_one_changed_byte_of_a_downloaded_text_is_found_at_its_row(base_url: str, tmp_path: Path):
    script = fetch(f"{base_url}/verantwoording/controleer.py", tmp_path / "controleer.py")
    fetch(f"{base_url}/verantwoording/{HEADS}", tmp_path / HEADS)
    for name in (LOG, *TEXTS):
        fetch(f"{base_url}/downloads/{name}", tmp_path / name)
    rows = (tmp_path / TEXTS[0]).read_bytes().split(b"\n")
    place = rows[4].index(b'"summary":"') + 15
    rows[4] = rows[4][:place] + bytes([rows[4][place] ^ 1]) + rows[4][place + 1 :]

    assert run(script, str(tmp_path))[0] == 0
    (tmp_path / TEXTS[0]).write_bytes(b"\n".join(rows))
    code, told = run(script, str(tmp_path))

    assert code == 1
    assert told.startswith(f"{TEXTS[0]}, rij 5: logregel ")
    assert "“content.summary” is niet wat er gepubliceerd is" in told


def test_page_shows_the_head_of_today_and_that_of_now(page: Page, base_url: str, tmp_path: Path):
    page.goto(f"{base_url}/verantwoording/")
    heads = json.loads(fetch(f"{base_url}/verantwoording/{HEADS}", tmp_path / HEADS).read_bytes())

    # The head of today was written by a job; the log may have grown since.
    assert [row.inner_text() for row in page.locator(".heads tbody code").all()] == [heads["days"][0]["hash"]]
    assert page.locator("section > p > code").inner_text() == heads["now"]["hash"]


# --- Taking a text away -------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, list[str]]]:
    """A server of our own, for what is taken away stays away: (address, the sessions of two administrators)."""
    with fresh_database(os.environ.get("DATABASE_URL", "")) as database:
        env = to_serve(tmp_path_factory.mktemp("redaction"), database)
        with running(env) as address:
            told = do_in(env, "tests.support.redaction_people")
            yield address, json.loads(told.splitlines()[-1])


def signed_in(new_context: Callable[..., BrowserContext], address: str, session: str, *, script: bool) -> Page:
    """A page of who has this session."""
    context = new_context(java_script_enabled=script)
    context.add_cookies(
        [{"name": "__Host-sessionid", "value": session, "url": address.replace("http:", "https:"), "secure": True}]
    )
    return context.new_page()


def faults(page: Page) -> list[str]:
    """What axe finds on this page, and whether it scrolls sideways at 320 px."""
    found = violations(page)
    page.set_viewport_size({"width": 320, "height": 640})
    found += [*violations(page), *sticking_out(page)]
    page.set_viewport_size({"width": 1280, "height": 900})
    return found


def test_two_administrators_take_a_text_away_and_the_log_still_holds(
    installed: tuple[str, list[str]], new_context: Callable[..., BrowserContext], tmp_path: Path
):
    address, sessions = installed
    first = signed_in(new_context, address, sessions[0], script=True)
    second = signed_in(new_context, address, sessions[1], script=False)
    first.goto(f"{address}/register/boneview-cwz/versies/1/")
    line = first.locator("#waarom ~ .hint a").inner_text().split()[1]
    first.goto(f"{address}/werk/weghalen/")
    found = faults(first)
    first.get_by_label("Regel van het logboek").fill(line)
    first.get_by_role("button", name="Zoek", exact=True).click()
    found += faults(first)
    first.get_by_role("button", name="Vraag dit").click()
    expect(first.locator(".utrecht-alert--error a").first).to_be_visible()
    found += faults(first)
    first.get_by_label("Welk antwoord moet weg?").select_option("summary")
    first.get_by_label("Waarom?").fill("Er stond een naam in.")
    first.get_by_role("button", name="Vraag dit").click()
    expect(first.get_by_text("U vroeg dit zelf.")).to_be_visible()

    found += faults(first)

    second.goto(first.url)
    second.get_by_role("button", name="Haal de tekst weg").click()
    expect(second.get_by_text("De tekst is weggehaald.")).to_be_visible()

    first.goto(f"{address}/register/boneview-cwz/versies/1/")
    expect(first.get_by_text("Deze tekst is weggehaald: Er stond een naam in.").first).to_be_visible()
    found += faults(first)
    script = fetch(f"{address}/verantwoording/controleer.py", tmp_path / "controleer.py")
    assert (found, run(script, address)[0]) == ([], 0)
