"""Bring the portal up to date and serve it: what `make run` does, with the server of production.

The server takes the place of this process. Beside it runs what comes by the clock (`run_jobs --loop`); that stops with
the server, however that ends.
"""

import os
import sys
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from portal.accounts.examples import PASSWORD, load_example_people, people
from portal.core.server import server_command
from portal.messages import compile_catalogue
from transparency.example_work import load_example_work

WELCOME = """
  AI in mijn zorg staat klaar op {url}

  Probeer dit:
    {url}/                    zoek op “foto van mijn longen” of “huisarts”
    {url}/register/           alle toepassingen, met filters
    {url}/register/voorbeeld-botbreuken/   zo ziet een goede tekst eruit
    {url}/mijn-zorg/          van zorgverlener naar de AI die u kunt tegenkomen
    {url}/projecten/          projecten waaraan patiënten meedoen, en wat er met hun advies gebeurt
    {url}/en/                 everything in English

{people}
  Stoppen: Ctrl+C
"""
PEOPLE = """
  Log in op {url}/account/aanmelden/ als een van deze voorbeeldmensen.
  Op die pagina kan dat met één klik. Iedereen heeft het wachtwoord: {password}
{names}
  Mails komen aan op {url}/postbus/
"""


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """`--no-banner` leaves the welcome out; `--no-examples` serves the real content only, as production does."""
        parser.add_argument("--no-banner", action="store_true")
        parser.add_argument("--no-examples", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate, load, collect, and hand over to the server."""
        call_command("migrate", verbosity=0)
        compile_catalogue(settings.BASE_DIR)
        call_command("load_content", stdout=self.stdout)
        people = ""
        if not options["no_examples"]:
            call_command("load_examples", stdout=self.stdout)
            people = self._people()
        call_command("rebuild_public", when_needed=True, stdout=self.stdout)
        call_command("collectstatic", verbosity=0, interactive=False)
        if not options["no_banner"]:
            self.stdout.write(WELCOME.format(url=settings.PUBLIC_URL, people=people))
        self.stdout.flush()
        os.execv(sys.executable, server_command(jobs=True))  # noqa: S606 (our own command)

    def _people(self) -> str:
        """Make the example people, let the server know them, and say who they are; only on this machine."""
        if urlsplit(settings.PUBLIC_URL).hostname != "localhost":
            self.stdout.write("No example people: PUBLIC_URL is not on localhost.")
            return ""
        load_example_people(now=timezone.now())
        load_example_work(now=timezone.now())  # drafts and notices of those people
        os.environ["EXAMPLE_PEOPLE"] = "1"
        names = "\n".join(f"    {one.email:<64}{one.does}" for one in people())
        return PEOPLE.format(url=settings.PUBLIC_URL, password=PASSWORD, names=names)
