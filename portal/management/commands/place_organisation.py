"""Put an organisation below another one, or on its own; the entries of the group then hold for it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from portal.organisations.models import Organisation
from transparency.actions.groups import place_organisation


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """The organisation, and the one above it or `--alone`."""
        parser.add_argument("organisation", help="slug")
        above = parser.add_mutually_exclusive_group(required=True)
        above.add_argument("--below", metavar="SLUG", help="the organisation that it belongs to")
        above.add_argument("--alone", action="store_true", help="it belongs to none")

    def handle(self, *args: Any, **options: Any) -> None:
        """Move it and say how it stands. Raises CommandError for an unknown slug or a place that cannot be."""
        organisation = self._called(options["organisation"])
        parent = None if options["alone"] else self._called(options["below"])
        try:
            changed = place_organisation(organisation=organisation, parent=parent, by=None, now=timezone.now())
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        place = f"below {parent.slug}" if parent else "on its own"
        self.stdout.write(f"{organisation.slug} {'is now' if changed else 'was already'} {place}.")

    def _called(self, slug: str) -> Organisation:
        found = Organisation.objects.filter(slug=slug).first()
        if found is None:
            raise CommandError(f"There is no organisation {slug}.")
        return found
