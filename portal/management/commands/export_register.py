"""Write the public register as national JSON or CSV, as our own JSON, as a flat CSV or as XLSX."""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, BinaryIO

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import Count, QuerySet

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
NATIONAL = {"national-json", "national-csv"}  # meant for the national register: only for whoever chose that
MOST_NAMED = 20  # organisations that are left out


class Command(BaseCommand):
    help = "Schrijf het openbare register weg, of de toepassingen van een paar organisaties."

    def add_arguments(self, parser: CommandParser) -> None:
        """The format, where to, and which entries."""
        parser.add_argument("--format", choices=FORMATS, required=True, help="xlsx is het veiligst voor Excel")
        parser.add_argument("--output", type=Path, help="het bestand; zonder dit komt alles op het scherm")
        parser.add_argument(
            "--organisation", action="append", default=[], help="alleen deze organisatie (mag vaker dan één keer)"
        )
        parser.add_argument(
            "--all", action="store_true", help="landelijk: ook organisaties die niet voor het landelijke register kozen"
        )
        parser.add_argument("--with-examples", action="store_true", help="ook de verzonnen voorbeelden")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write piece by piece; what is left out and what did not fit the format is told on standard error."""
        slugs = [slug for name in options["organisation"] for slug in _slugs_of(name)]
        entries = public_entries(organisations=slugs, with_examples=options["with_examples"])
        if options["format"] in NATIONAL and not slugs and not options["all"]:
            self._tell_left_out(entries.filter(organisation__national_export=False))
            entries = entries.filter(organisation__national_export=True)
        pieces = FORMATS[options["format"]](entries, self._tell)
        if options["output"]:
            self._write_file(options["output"], pieces)
        else:
            _write(sys.stdout.buffer, pieces)

    def _tell(self, entry: Entry, change: Change) -> None:
        self.stderr.write(f"{entry.slug}: {change.field}: {change.reason}")

    def _tell_left_out(self, entries: QuerySet[Entry]) -> None:
        """Say how many entries stay behind, of whom, and what to do about it."""
        owners = Organisation.objects.filter(entries__in=entries.order_by()).annotate(left_out=Count("entries"))
        found = list(owners.order_by("sort_key", "pk").values_list("name", "left_out"))
        if not found:
            return
        total = sum(number for _name, number in found)
        named = [f"{name} ({number})" for name, number in found[:MOST_NAMED]]
        if len(found) > MOST_NAMED:
            named.append(f"en nog {len(found) - MOST_NAMED} organisaties")
        self.stderr.write(
            f"{total} {'toepassing gaat' if total == 1 else 'toepassingen gaan'} niet mee, want de organisatie koos "
            f"niet voor het landelijke register: {', '.join(named)}. Kiest zij er nu voor? Bewaar dat met manage.py "
            "national_export. Voor één keer: noem haar met --organisation, of neem alles met --all."
        )

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
    if slugs := list(Organisation.objects.called(name).order_by("pk").values_list("slug", flat=True)):
        return slugs
    raise CommandError(f"Deze organisatie kennen wij niet: {name}.")


def _write(file: BinaryIO, pieces: Iterable[str | bytes]) -> None:
    for piece in pieces:
        file.write(piece if isinstance(piece, bytes) else piece.encode())
