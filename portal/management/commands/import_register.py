"""Take records of another register or a hospital's own list into the register."""

import csv
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TextIO

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from portal.core.cells import escape
from portal.core.text import sort_key
from portal.organisations.models import Organisation
from transparency.exchange.applying import apply
from transparency.exchange.detect import read
from transparency.exchange.importing import Planner
from transparency.exchange.plan import REPORT_COLUMNS, Outcome, Plan, Planned
from transparency.exchange.report import ExchangeError, shown

EVERY = 100  # records between two lines of progress
MOST_SHOWN = 20  # refused records on the screen; the report has them all
WORDS = {
    Outcome.NEW: "nieuw", Outcome.CHANGED: "veranderd", Outcome.UNCHANGED: "gelijk gebleven",
    Outcome.WAITING: "wacht op een mens", Outcome.DOUBLE: "dubbel", Outcome.REFUSED: "geweigerd",
}  # fmt: skip
ENDINGS = {".json", ".csv", ".xlsx"}


class Command(BaseCommand):
    help = "Neem toepassingen over uit een ander register of uit een eigen lijst: JSON, CSV of XLSX."

    def add_arguments(self, parser: CommandParser) -> None:
        """The file or folder, and how careful to be."""
        parser.add_argument("path", type=Path, help="het bestand, of een map met bestanden")
        parser.add_argument("--dry-run", action="store_true", help="alleen zeggen wat er zou gebeuren")
        parser.add_argument("--skip-bad", action="store_true", help="neem de goede regels over als er foute bij zijn")
        parser.add_argument("--report", type=Path, help="bewaar hier alle opmerkingen: .csv, of anders JSON per regel")
        parser.add_argument("--publish", action="store_true", help="maak de toepassingen meteen openbaar")
        parser.add_argument(
            "--organisation", action="append", default=[], help="alleen deze organisatie (mag vaker dan één keer)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, plan, report and write. Exits with 1 when anything was refused or could not be read."""
        try:
            made = self._plan(options)
            if options["report"]:
                _write_report(made, options["report"])
            self._tell(made, has_report=bool(options["report"]))
            if not options["dry_run"]:
                progress = self._progress("bewaard")
                apply(made, by=None, now=timezone.now(), skip_bad=options["skip_bad"], progress=progress)
        except ExchangeError as error:
            raise CommandError(str(error)) from error
        if count := len(made.refused()):
            raise CommandError("1 regel is geweigerd." if count == 1 else f"{count} regels zijn geweigerd.")

    def _plan(self, options: dict[str, Any]) -> Plan:
        paths = _files(options["path"])
        if options["report"] and options["report"].resolve() in {path.resolve() for path in paths}:
            raise ExchangeError("Het verslag zou het bestand zelf vervangen. Kies een andere naam.")
        asked = _sort_keys(options["organisation"])
        planner = Planner(publish=options["publish"], organisations=frozenset(asked.values()))
        for path in paths:
            form, rows = self._read(path)
            self.stderr.write(f"{path.name}: {form}")
            planner.take(rows, form, file=shown(path.name), progress=self._progress("gelezen"))
        found = {sort_key(item.understood.organisation) for item in planner.plan.items}
        for name in [name for name, key in asked.items() if key not in found]:
            self.stderr.write(f"Van deze organisatie vonden wij niets: {name}.")
        return planner.plan

    @staticmethod
    def _read(path: Path) -> Any:
        try:
            return read(path)
        except ExchangeError as error:
            raise ExchangeError(f"{path.name}: {error}") from error

    def _progress(self, verb: str) -> Callable[[int], None]:
        def tell(number: int) -> None:
            if number % EVERY == 0:
                self.stderr.write(f"{number} {verb}")

        return tell

    def _tell(self, made: Plan, *, has_report: bool) -> None:
        for file, note in made.notes():
            self.stderr.write(f"{file}, {note.field}: {note.reason}")
        refused, counts = made.refused(), made.counts()
        self.stderr.write("\n".join(_refusal(item) for item in refused[:MOST_SHOWN]), ending="\n" if refused else "")
        if len(refused) > MOST_SHOWN:
            self.stderr.write(f"en nog {len(refused) - MOST_SHOWN} geweigerd")
        said = [f"{counts[outcome]} {word}" for outcome, word in WORDS.items() if counts[outcome]]
        self.stdout.write(", ".join(said) or "Er was niets om over te nemen.")
        if made.skipped:
            self.stdout.write(f"{made.skipped} van andere organisaties overgeslagen")
        if changes := sum(len(item.told()) for item in made.items):
            where = "" if has_report else " Gebruik --report om ze te lezen."
            self.stdout.write(f"{changes} keer is er iets over een waarde te zeggen.{where}")


def _refusal(item: Planned) -> str:
    refused = item.understood.refused
    name = item.understood.name or "zonder naam"
    if refused is None or not refused.field:
        return f"{item.place} ({name}): {refused.reason if refused else ''}"
    return f"{item.place} ({name}), veld {refused.field}, waarde “{refused.raw}”: {refused.reason}"


def _sort_keys(names: Iterable[str]) -> dict[str, str]:
    """The sort key of every organisation asked for, by its name or its slug here."""
    by_slug = dict(Organisation.objects.filter(slug__in=names).values_list("slug", "name"))
    return {name: sort_key(by_slug.get(name, name)) for name in names}


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    found = sorted(file for file in path.iterdir() if file.suffix.lower() in ENDINGS)
    if not found:
        raise ExchangeError("In deze map staat geen JSON, CSV of XLSX.")
    return found


def _write_report(made: Plan, path: Path) -> None:
    """Every record and everything there is to say about its values, as CSV or as JSON lines by the ending of `path`."""
    is_csv = path.suffix.lower() == ".csv"
    try:
        with path.open("w", encoding="utf-8-sig" if is_csv else "utf-8", newline="") as file:
            (_write_csv if is_csv else _write_lines)(made, file)
    except OSError as error:
        raise ExchangeError(f"Het verslag {path} kan niet worden geschreven.") from error


def _write_csv(made: Plan, file: TextIO) -> None:
    writer = csv.writer(file)
    writer.writerow(REPORT_COLUMNS)
    writer.writerows([escape(str(line[key])) for key in REPORT_COLUMNS] for line in made.report())


def _write_lines(made: Plan, file: TextIO) -> None:
    file.writelines(json.dumps(line, ensure_ascii=False) + "\n" for line in made.report())
