"""Take a file of our own JSON in, as `manage.py import_register` does: kept as it came, or public at once.

`python -m tests.bench.importing FILE [--publish]` writes to the migrated database of DATABASE_URL and tells what it
used.
"""

import io
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
django.setup()

from django.core.management import call_command  # noqa: E402 (Django must be set up first)

from tests.bench.tasks import tell  # noqa: E402
from transparency.models import Entry, NationalRecord, PublicRecord, Version  # noqa: E402


def take_in(path: str, *, publish: bool) -> int:
    """Import every entry of the file `path`, and `publish` it. Raises CommandError, RuntimeError if one is missing."""
    call_command("import_register", path, publish=publish, stdout=io.StringIO(), stderr=io.StringIO())
    count = Entry.objects.count()
    kept, public = NationalRecord.objects.count(), PublicRecord.objects.listed().filter(entry__isnull=False).count()
    if kept != count or public != Version.objects.count() or public != (count if publish else 0):
        raise RuntimeError(f"{count} entries, {kept} as they came, {public} public, {Version.objects.count()} versions")
    return count


if __name__ == "__main__":
    tell(lambda: take_in(sys.argv[1], publish="--publish" in sys.argv), database=os.environ["DATABASE_URL"])
