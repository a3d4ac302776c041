"""Take a value out of a published text because the law says so, when the pages of the workspace cannot wait.

Two administrators of the portal answer for it, as on those pages: one asks, another does it.
"""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from portal.accounts.models import User
from transparency.actions.redaction import ask_redaction, carry_out, seal_of_entry, seal_of_line, seal_of_system
from transparency.models import Seal

KINDS = {"entry": seal_of_entry, "system": seal_of_system}


class Command(BaseCommand):
    help = "Haal een waarde weg uit een gepubliceerde tekst, omdat de wet dat vraagt."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which value, why, and the two people who answer for it."""
        parser.add_argument("entry", help="de naam in het adres; bij --of line: logboek")
        parser.add_argument("number", type=int, help="de versie; bij --of line: de regel van het publicatielogboek")
        parser.add_argument("key", help="de vraag, of reason, responsible, text, link")
        parser.add_argument("--reason", required=True, help="waarom; iedereen kan dit lezen, dus zonder namen")
        parser.add_argument("--reason-en", default="", help="hetzelfde in het Engels")
        parser.add_argument("--of", choices=[*KINDS, "line"], default="entry", help="waarvan de tekst is")
        parser.add_argument("--asked-by", required=True, help="e-mailadres van de beheerder die dit vraagt")
        parser.add_argument("--done-by", required=True, help="e-mailadres van een andere beheerder, die het doet")

    def handle(self, *args: Any, **options: Any) -> None:
        """Take it away and say from which lines. Raises CommandError when it is not allowed or not there."""
        seal, now = _seal(options), timezone.now()
        try:
            with transaction.atomic():
                request = ask_redaction(
                    seal=seal, key=options["key"], reason=options["reason"], reason_en=options["reason_en"],
                    by=_person(options["asked_by"]), now=now,
                )  # fmt: skip
                done = carry_out(request=request, by=_person(options["done_by"]), now=now)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        except PermissionDenied as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Weggehaald: regel {', '.join(str(line) for line in done.lines)} van het logboek.")
        if done.look_at:
            versions = ", ".join(str(number) for number in done.look_at)
            self.stdout.write(f"Onder deze vraag staat iets anders in versie {versions}. Kijk of dat ook weg moet.")


def _seal(options: dict[str, Any]) -> Seal:
    kind, number = options["of"], options["number"]
    seal = seal_of_line(number) if kind == "line" else KINDS[kind](options["entry"], number)
    if seal is None:
        raise CommandError(f"Dit is er niet: {options['entry']}, nummer {number}.")
    return seal


def _person(email: str) -> User:
    if user := User.objects.filter(email=email.lower(), is_active=True).first():
        return user
    raise CommandError(f"Wij kennen niemand met dit adres: {email}.")
