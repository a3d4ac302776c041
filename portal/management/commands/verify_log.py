"""Check the publication log: is every line as it was written, and does every text fit its line?"""

import json
import resource
import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from transparency.models import PublicationEvent
from transparency.proof.verify import verify


class Command(BaseCommand):
    help = "Controleer het publicatielogboek: elke regel, elke tekst, elke kop."

    def add_arguments(self, parser: CommandParser) -> None:
        """What to hold it against, how much to tell."""
        parser.add_argument("--heads", type=Path, help="een koppen.json die u eerder bewaarde")
        parser.add_argument("--most", type=int, default=20, help="zoveel fouten noemen; de eerste staat bovenaan")
        parser.add_argument("--measure", action="store_true", help="ook zeggen hoe lang het duurde en hoeveel geheugen")

    def handle(self, *args: Any, **options: Any) -> None:
        """Say what is wrong, the first line first. Raises CommandError when anything is."""
        began, cpu = time.monotonic(), time.process_time()
        found = 0
        for fault in verify(kept_heads=_kept(options["heads"]), progress=self._tell):
            found += 1
            if found <= options["most"]:
                self.stdout.write(str(fault))
        if options["measure"]:
            memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
            self.stdout.write(
                f"{time.monotonic() - began:.1f} s, {time.process_time() - cpu:.1f} s rekentijd, {memory} MB geheugen"
            )
        if found:
            raise CommandError(f"Het logboek klopt niet: {found} {'fout' if found == 1 else 'fouten'}.")
        self.stdout.write(f"Het logboek klopt: {PublicationEvent.objects.count()} regels.")

    def _tell(self, number: int) -> None:
        self.stderr.write(f"{number} regels", ending="\r")


def _kept(path: Path | None) -> list[tuple[str, int, str]]:
    """(name, number, hash) of each head in a file that somebody kept. Raises CommandError."""
    if path is None:
        return []
    try:
        told = json.loads(path.read_bytes())
        heads = [*told["days"], *([told["now"]] if told["now"] else [])]
        return [(f"{path.name}, {head['day']}", int(head["number"]), str(head["hash"])) for head in heads]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CommandError(f"Het bestand {path} kunnen wij niet lezen.") from error
