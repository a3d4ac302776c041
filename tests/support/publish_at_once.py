"""Publish from many threads at once, each with its own connection: `python -m tests.support.publish_at_once 8 5`.

Prints as JSON the numbers of the log, what is wrong with it, and the errors of threads.
"""

import json
import os
import sys
import threading

import django


def main(threads: int, acts: int) -> None:
    """Let each of `threads` publish `acts` new versions of an entry of its own, or roll one back now and then."""
    from django.db import connection, transaction
    from django.utils import timezone

    from portal.organisations.models import Organisation, OrganisationKind
    from transparency.actions.publishing import publish_entry
    from transparency.models import Entry, LogHead, PublicationEvent
    from transparency.proof.verify import verify
    from transparency.states import Origin

    owner = Organisation.objects.create(slug="een", name="Een", kind=OrganisationKind.HOSPITAL, sort_key="een")
    errors: list[str] = []
    begin = threading.Barrier(threads)

    def work(number: int) -> None:
        try:
            entry = Entry.objects.create(slug=f"een-{number}", organisation=owner, origin=Origin.EDITORIAL)
            begin.wait()
            for act in range(acts):
                with transaction.atomic():
                    publish_entry(
                        entry=entry, content={"name": f"Naam {act}"}, reason="Nieuw.", responsible="Redactie",
                        by=None, now=timezone.now(),
                    )  # fmt: skip
                    transaction.set_rollback(act % 3 == 2)
                entry.refresh_from_db()
        except Exception as error:
            errors.append(f"{type(error).__name__}: {error}")
        finally:
            connection.close()

    running = [threading.Thread(target=work, args=(number,)) for number in range(threads)]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()
    told = {
        "numbers": list(PublicationEvent.objects.order_by("pk").values_list("pk", flat=True)),
        "head": LogHead.objects.get(pk=1).number,
        "faults": [str(fault) for fault in verify()],
        "errors": errors,
    }
    print(json.dumps(told))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    django.setup()
    main(*map(int, sys.argv[1:]))
