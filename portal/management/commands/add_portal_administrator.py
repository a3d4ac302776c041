"""Ask the first administrator of the portal: prints a link that works once, for 14 days."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.utils import timezone

from portal.accounts.actions.duties import ask_first_administrator


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """The mail address of the person."""
        parser.add_argument("email")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the link. Raises CommandError."""
        try:
            validate_email(options["email"])
            link = ask_first_administrator(email=options["email"], now=timezone.now())
        except ValidationError as error:
            raise CommandError(error.messages[0]) from error
        self.stdout.write(link)
