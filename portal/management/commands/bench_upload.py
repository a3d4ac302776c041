"""Measure reading a file in: how long each step takes and how much memory, with rows that are bad among the good.

Wants an empty installation of its own: `VAR_DIR=$(mktemp -d) manage.py bench_upload`.
"""

import csv
import io
import json
import time
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from openpyxl import Workbook

from portal.accounts.models import User
from portal.core.text import sort_key
from portal.organisations.models import Membership, Organisation, OrganisationKind
from portal.organisations.roles import Role
from transparency.actions.uploads import accept_upload, begin_upload, undo_upload
from transparency.exchange import flat
from transparency.models import Entry, Upload
from transparency.uploads.work import work_on_uploads

OWNER = "Voorbeeldziekenhuis De Meting"
TEXT = "De computer kijkt mee naar foto’s van botten. De arts kijkt zelf ook en beslist. "
TEXTS = ("summary", "purpose", "for_whom", "effect_on_you", "told_how", "data_used", "data_storage", "risks",
         "who_decides", "monitoring", "how_it_works", "complain_how", "technical")  # fmt: skip


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How many rows, how many of them bad, and in which form."""
        parser.add_argument("--rows", type=int, default=10_000)
        parser.add_argument("--bad", type=int, default=37)
        parser.add_argument("--form", choices=MAKERS, default="csv")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, take over and take back; say of each how long it took. Raises CommandError when a count is wrong."""
        call_command("migrate", verbosity=0)
        if Entry.objects.exists():
            raise CommandError("this wants an empty installation: set VAR_DIR or DATABASE_URL to a new one")
        data = MAKERS[options["form"]](list(_documents(options["rows"], options["bad"])))
        self.stdout.write(f"{options['rows']} rows, {options['bad']} bad, {options['form']}, {len(data) / 1e6:.1f} MB")
        by, organisation = _place()
        begin_upload(organisation=organisation, name="meting", data=data, by=by, now=timezone.now())
        del data
        good = options["rows"] - options["bad"]
        self._step("read", "PLANNED")
        accept_upload(upload=_upload(), skip_bad=True, by=by, now=timezone.now())
        self._step("take over", "DONE")
        self._expect(_upload().counts == {"NEW": good, "BAD": options["bad"]} and Entry.objects.count() == good)
        undo_upload(upload=_upload(), by=by, now=timezone.now())
        self._step("take back", "UNDONE")
        self._expect(not Entry.objects.exists())
        self.stdout.write(f"most memory: {_most_memory()} MB")

    def _step(self, name: str, state: str) -> None:
        begun = time.monotonic()
        work_on_uploads(timezone.now())
        self.stdout.write(f"{name}: {time.monotonic() - begun:.1f} s")
        self._expect(_upload().state == state)

    def _expect(self, is_right: bool) -> None:
        if not is_right:
            upload = _upload()
            raise CommandError(f"not as it should be: {upload.state} {upload.counts} {upload.error}")


def _upload() -> Upload:
    return Upload.objects.without_file().select_related("organisation").get()


def _place() -> tuple[User, Organisation]:
    now = timezone.now()
    organisation = Organisation.objects.create(
        slug="de-meting", name=OWNER, kind=OrganisationKind.HOSPITAL, sort_key=sort_key(OWNER), is_example=True,
        find_key=sort_key(OWNER), verified_at=now,
    )  # fmt: skip
    user = User.objects.create_user("meting@voorbeeld.invalid")
    Membership.objects.create(user=user, organisation=organisation, role=Role.EDITOR, since=now)
    return user, organisation


def _documents(rows: int, bad: int) -> Any:
    """Entries in our own form; the bad ones, spread evenly, are of somebody else."""
    wrong = {number * rows // bad for number in range(bad)} if bad else set()
    for number in range(rows):
        yield {
            **dict.fromkeys(flat.META, ""),
            "id": f"eigen-{number}",
            "organisation": {"name": "Voorbeeldziekenhuis Elders" if number in wrong else OWNER},
            "system": None,
            "content": {"name": f"Hulp {number}", "status": "IN_USE", **dict.fromkeys(TEXTS, TEXT)},
        }


def _csv(documents: list[Any]) -> bytes:
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(flat.headers())
    writer.writerows(flat.cells(document) for document in documents)
    return buffer.getvalue().encode()


def _json(documents: list[Any]) -> bytes:
    return json.dumps({"format": "toepassingen", "entries": documents}, ensure_ascii=False).encode()


def _xlsx(documents: list[Any]) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(list(flat.headers()))
    for document in documents:
        sheet.append([cell or None for cell in flat.cells(document)])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


MAKERS: dict[str, Callable[[list[Any]], bytes]] = {"csv": _csv, "json": _json, "xlsx": _xlsx}


def _most_memory() -> int:
    """The most memory that this process ever held, in MB; making the file is counted too."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) // 1024
