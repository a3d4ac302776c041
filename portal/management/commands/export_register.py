"""Write the public register as national JSON or CSV, as our own JSON, as a flat CSV or as XLSX."""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, BinaryIO

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import Q

from portal.core.text import sort_key
from portal.organisations.models import Organisation
from transparency.exchange import files
from transparency.exchange.exporting import public_entries
from transparency.exchange.report import Change
from transparency.models import Entry

FORMATS: dict[str, Any] = {
    "national-json": files.national_json,
    "national-csv": files.national_csv,
    "json": files.own_json,
    "csv": files.flat_csv,
    "xlsx": files.xlsx,
}


class Command(BaseCommand):
    help = "Schrijf het openbare register weg, of de toepassingen van een paar organisaties."

    def add_arguments(self, parser: CommandParser) -> None:
        """The format, where to, and which entries."""
        parser.add_argument("--format", choices=FORMATS, required=True, help="xlsx is het veiligst voor Excel")
        parser.add_argument("--output", type=Path, help="het bestand; zonder dit komt alles op het scherm")
        parser.add_argument(
            "--organisation", action="append", default=[], help="alleen deze organisatie (mag vaker dan één keer)"
        )
        parser.add_argument("--with-examples", action="store_true", help="ook de verzonnen voorbeelden")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write piece by piece; what did not fit the format is told on standard error."""
        slugs = [slug for name in options["organisation"] for slug in _slugs_of(name)]
        entries = public_entries(organisations=slugs, with_examples=options["with_examples"])
        pieces = FORMATS[options["format"]](entries, self._tell)
        if options["output"]:
            self._write_file(options["output"], pieces)
        else:
            _write(sys.stdout.buffer, pieces)

    def _tell(self, entry: Entry, change: Change) -> None:
        self.stderr.write(f"{entry.slug}: {change.field}: {change.reason}")

    def _write_file(self, path: Path, pieces: Iterable[str | bytes]) -> None:
        """Write beside `path` first, so that a half file never stands under its name."""
        part = path.with_name(f"{path.name}.part")
        try:
            with part.open("wb") as file:
                _write(file, pieces)
            part.replace(path)
        except OSError as error:
            raise CommandError(f"Het bestand {path} kan niet worden geschreven.") from error
        finally:
            part.unlink(missing_ok=True)


def _slugs_of(name: str) -> list[str]:
    """The slugs of the organisations that `name` (a name or a slug) stands for. Raises CommandError when none."""
    found = Organisation.objects.filter(Q(slug=name) | Q(sort_key=sort_key(name)))
    if slugs := list(found.order_by("pk").values_list("slug", flat=True)):
        return slugs
    raise CommandError(f"Deze organisatie kennen wij niet: {name}.")


def _write(file: BinaryIO, pieces: Iterable[str | bytes]) -> None:
    for piece in pieces:
        file.write(piece if isinstance(piece, bytes) else piece.encode())
