"""Keep that an organisation wants its entries in exports for the national register, or no longer."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from portal.organisations.actions import choose_national_export
from portal.organisations.models import Organisation


class Command(BaseCommand):
    help = "Bewaar dat een organisatie haar toepassingen naar het landelijke register wil sturen, of niet meer."

    def add_arguments(self, parser: CommandParser) -> None:
        """Whose choice it is, and what she chose."""
        parser.add_argument("organisation", help="naam of slug van de organisatie")
        parser.add_argument("--stop", action="store_true", help="de organisatie wil het niet meer")

    def handle(self, *args: Any, **options: Any) -> None:
        """Raises CommandError when the name stands for no organisation, or for more than one."""
        name, wanted = options["organisation"], not options["stop"]
        found = list(Organisation.objects.called(name).order_by("pk"))
        if not found:
            raise CommandError(f"Deze organisatie kennen wij niet: {name}.")
        if len(found) > 1:
            slugs = ", ".join(organisation.slug for organisation in found)
            raise CommandError(f"Er zijn meer organisaties met deze naam. Neem een van deze: {slugs}.")
        changed = choose_national_export(organisation=found[0], wanted=wanted, by=None, now=timezone.now())
        now = "doet mee aan" if wanted else "staat buiten"
        self.stdout.write(f"{found[0].name} {now} de landelijke export{'' if changed else '. Dat was al zo'}.")
