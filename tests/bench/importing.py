"""Take a file of our own JSON in, published, with versions and log: what `manage.py import_register --publish` does.

`python -m tests.bench.importing FILE` writes to the migrated database of DATABASE_URL and tells what it used.
"""

import io
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
django.setup()

from django.core.management import call_command  # noqa: E402 (Django must be set up first)

from tests.bench.tasks import tell  # noqa: E402
from transparency.models import PublicRecord, Version  # noqa: E402


def take_in(path: str) -> int:
    """Import and publish every entry of the file `path`. Raises CommandError, RuntimeError when one is not public."""
    call_command("import_register", path, publish=True, stdout=io.StringIO(), stderr=io.StringIO())
    count = PublicRecord.objects.listed().filter(entry__isnull=False).count()
    if count != Version.objects.count():
        raise RuntimeError(f"{Version.objects.count()} versions for {count} public entries")
    return count


if __name__ == "__main__":
    tell(lambda: take_in(sys.argv[1]), database=os.environ["DATABASE_URL"])
