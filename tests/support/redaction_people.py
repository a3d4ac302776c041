"""Two administrators who are signed in, as another process would make them: `python -m tests.support.redaction_people`.

Prints their session keys as JSON.
"""

import json
import os

import django


def main() -> None:
    """Make them with a second factor and a session each."""
    from django.conf import settings
    from django.test import Client

    from tests.factories.proof import administrators

    keys = []
    for person in administrators():
        client = Client()
        client.force_login(person)
        keys.append(client.cookies[settings.SESSION_COOKIE_NAME].value)
    print(json.dumps(keys))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    django.setup()
    main()
