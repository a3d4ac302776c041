"""Make the lexicon of the language check anew, or check that it is what its sources give."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from transparency.readability import building, lexicon


class Command(BaseCommand):
    help = "Maak het woordenboek van de taalcheck opnieuw. Daarvoor zijn de pakketten van de extra “lexicon” nodig."
    requires_system_checks = ()  # one of them is that the lexicon is there

    def add_arguments(self, parser: CommandParser) -> None:
        """`--check` writes nothing."""
        parser.add_argument("--check", action="store_true", help="alleen kijken of de regels nog gelijk zijn")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the lexicon; with --check raise CommandError when a row differs from what the sources give."""
        try:
            made = building.rows()
        except lexicon.LexiconError as error:
            raise CommandError(str(error)) from error
        if options["check"]:
            differ = set(made) ^ set(building.stored_rows(lexicon.FILE))
            if differ:
                raise CommandError(f"{len(differ)} regels zijn anders, bijvoorbeeld {min(differ)}.")
        else:
            building.write(lexicon.FILE, made)
        size = lexicon.FILE.stat().st_size / 1_000_000
        self.stdout.write(f"{len(made)} woorden, {size:.1f} MB, {building.digest_of(made)}")
