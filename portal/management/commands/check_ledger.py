"""Prove that the money is right: sums, balances, promises, limits, and people kept apart."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, transaction

from participation.actions.money.checking import faults
from participation.models import Booking


class Command(BaseCommand):
    help = "Controleer het geld: elke boeking, elk totaal, elke toezegging, en wie wat deed."

    def add_arguments(self, parser: CommandParser) -> None:
        """How much to tell."""
        parser.add_argument("--most", type=int, default=20, help="zoveel fouten noemen")

    def handle(self, *args: Any, **options: Any) -> None:
        """Say what is wrong and where. Raises CommandError when anything is."""
        began, found = time.monotonic(), 0
        is_first = not connection.in_atomic_block
        with transaction.atomic():
            if connection.vendor == "postgresql" and is_first:  # one moment for all queries, while others go on writing
                with connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            for fault in faults():
                found += 1
                if found <= options["most"]:
                    self.stdout.write(fault)
        if found:
            raise CommandError(f"Het geld klopt niet: {found} {'fout' if found == 1 else 'fouten'}.")
        took = time.monotonic() - began
        self.stdout.write(f"Het geld klopt: {Booking.objects.count()} boekingen bekeken in {took:.1f} seconden.")
