"""Hold every text of our own against the language gate: pages, fields of the content, words of the screen, mails."""

import logging
import warnings
from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.test.utils import setup_databases, teardown_databases
from django.utils import timezone, translation

from participation.examples.loading import load_example_projects
from portal.own_texts.every import every_text
from portal.own_texts.text import Verdict, judge
from transparency.loading import load_content, load_examples

KINDS = {"page": "pagina’s", "field": "velden", "screen": "teksten van het scherm", "mail": "mails"}
COLOURS = {"green": "groen", "orange": "oranje", "red": "rood", None: "te kort voor een kleur"}


class Command(BaseCommand):
    help = (
        "Kijk of al onze eigen teksten door de taalcheck komen. De teksten komen uit de bestanden: die worden geladen "
        "in een tijdelijke database. Uw eigen database blijft zoals zij is."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """`--findings` says how much to tell of a text that does not pass."""
        parser.add_argument("--findings", type=int, default=5, help="hoeveel bevindingen per tekst (5)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the counts; raises CommandError with every text that does not pass and what to change."""
        verdicts = _verdicts()
        self.stdout.write("\n".join(summary(verdicts)))
        if failed := failures(verdicts, most=options["findings"]):
            raise CommandError("\n".join(failed))
        self.stdout.write(f"Alle {len(verdicts)} teksten komen door de taalcheck.")


def summary(verdicts: list[Verdict]) -> list[str]:
    """A line for every kind of text: how many there are of each colour."""
    of_kind = {kind: [one for one in verdicts if one.text.kind == kind] for kind in KINDS}
    return [f"{KINDS[kind]}: {_counted(found)}" for kind, found in of_kind.items()]


def failures(verdicts: Iterable[Verdict], *, most: int) -> list[str]:
    """Every text that does not pass, with its worst findings (at most `most`), and how many there are."""
    failed = [one.lines(most) for one in verdicts if not one.passes]
    lines = [line for told in failed for line in told]
    return [*lines, f"Niet door de taalcheck: {len(failed)}."] if failed else []


def _verdicts() -> list[Verdict]:
    """The verdict of every text, with the content of the files in a database that is thrown away."""
    logging.disable(logging.WARNING)  # that a page of errors is an error, and that no files were collected
    with warnings.catch_warnings(), translation.override("nl"):
        warnings.simplefilter("ignore", UserWarning)
        made = setup_databases(verbosity=0, interactive=False, serialized_aliases=())
        try:
            load_content(now=timezone.now())
            load_examples(now=timezone.now())
            load_example_projects(now=timezone.now())
            return [judge(text) for text in every_text(settings.BASE_DIR)]
        finally:
            teardown_databases(made, verbosity=0)
            logging.disable(logging.NOTSET)


def _counted(verdicts: list[Verdict]) -> str:
    counts = Counter(one.colour for one in verdicts)
    told = ", ".join(f"{number} {COLOURS[colour]}" for colour, number in counts.most_common())
    errors = sum(bool(one.errors) for one in verdicts)
    return f"{len(verdicts)} ({told}; {errors} met een fout)" if verdicts else "0"
