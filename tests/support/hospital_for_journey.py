"""A hospital with people who are signed in: `python -m tests.support.hospital_for_journey SLUG…`, as another process.

Says, as JSON, the keys of the sessions of writer, publisher and other, and the address of a draft of each name given.
"""

import json
import os
import sys

import django


def main(*slugs: str) -> None:
    """Make them; a draft for each of `slugs`."""
    from django.urls import reverse

    from tests.factories.life import make_hospital, new_draft

    hospital = make_hospital(slug="voorbeeld-de-els", name="Voorbeeldziekenhuis De Els", is_example=True)
    drafts = {slug: new_draft(hospital, slug=slug) for slug in slugs}
    print(
        json.dumps(
            {
                "sessions": {who: session_of(getattr(hospital, who)) for who in ("writer", "publisher", "other")},
                "drafts": {slug: reverse("transparency:draft", args=[draft.uuid]) for slug, draft in drafts.items()},
            }
        )
    )


def session_of(user) -> str:
    """The key of a new session of `user`."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "portal.accounts.backend.AuthenticationBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return str(session.session_key)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    django.setup()
    main(*sys.argv[1:])
