"""Makes, in the installation of the environment, what the journeys about claims need; prints who is signed in as JSON.

`python -m tests.support.claiming_people` makes all; `… approve SLUG` submits and approves the provider's own text.
"""

import json
import os
import sys
from typing import Any

import django


def session_of(user: Any) -> str:
    """The key of a new session of `user`, who has a second factor: without one a publisher gets no further."""
    from allauth.mfa.models import Authenticator
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    Authenticator.objects.get_or_create(user=user, type=Authenticator.Type.TOTP, defaults={"data": {"secret": ""}})
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "portal.accounts.backend.AuthenticationBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return str(session.session_key)


def make() -> dict[str, Any]:
    """People of an invented hospital and of our editors, texts about it in every state, products and a group."""
    from django.utils import timezone

    from portal.accounts.models import PortalRole
    from portal.organisations.models import Organisation
    from portal.organisations.roles import Role
    from tests.factories.claims import asked_merge, claim_in, editorial_entry, open_proposal
    from tests.factories.organisations import OrganisationFactory
    from tests.factories.people import member, on_duty
    from tests.factories.transparency import published_entry, published_system
    from transparency.actions.groups import ask_leave_out, place_organisation
    from transparency.states import ClaimKind

    now = timezone.now()
    hospital = Organisation.objects.get(slug="voorbeeldziekenhuis-de-linde")
    Organisation.objects.filter(pk=hospital.pk).update(verified_at=now)
    hospital.refresh_from_db()
    people = {
        "schrijver": member(hospital, Role.EDITOR, name="Sam Schrijver", email="schrijver@linde.example"),
        "publiceerder": member(hospital, Role.PUBLISHER, name="Pip Publiceerder", email="publiceerder@linde.example"),
        "redacteur": on_duty(PortalRole.EDITORIAL, name="Robin Redacteur", email="robin@portaal.example"),
        "collega": on_duty(PortalRole.EDITORIAL, name="Rani Redacteur", email="rani@portaal.example"),
        "beheerder": on_duty(PortalRole.ADMINISTRATOR, name="Bo Beheerder", email="bo@portaal.example"),
    }
    for slug in ("bevestig", "verbeter", "betwist", "betwist-stil"):
        editorial_entry(organisation=hospital, slug=f"voorbeeld-{slug}", content={"name": f"Botkijker ({slug})"})
    of_others = {state: str(claim_in(state, entry=editorial_entry(organisation=hospital)).uuid)
                 for state in ("ASKED", "FILED", "RETURNED", "SHOWN", "ANSWERING")}  # fmt: skip
    claim_in("ASKED", ClaimKind.CONFIRM, entry=editorial_entry(organisation=hospital, slug="voorbeeld-gevraagd"))
    practice = OrganisationFactory(
        name="Voorbeeldpraktijk De Eik", slug="voorbeeldpraktijk-de-eik", is_example=True, verified_at=now
    )
    place_organisation(organisation=practice, parent=hospital, by=None, now=now)
    entry = published_entry(organisation=hospital, slug="voorbeeld-groep", content={"name": "Spraakhulp van de groep"})
    in_practice = member(practice, Role.PUBLISHER, name="Pat Praktijk", email="pat@eik.example")
    people["praktijk"] = in_practice
    other = OrganisationFactory(name="Voorbeeldpraktijk De Es", slug="voorbeeldpraktijk-de-es", is_example=True,
                                verified_at=now)  # fmt: skip
    place_organisation(organisation=other, parent=hospital, by=None, now=now)
    ask_leave_out(entry=entry, organisation=other, reason="Wij gebruiken dit niet.", by=member(other, Role.PUBLISHER),
                  now=now)  # fmt: skip
    merge = asked_merge(
        old=published_system(slug="voorbeeldkijker-oud", content={"name": "Voorbeeldkijker oud"}),
        into=published_system(slug="voorbeeldkijker", content={"name": "Voorbeeldkijker"}),
    )
    return {
        "sessions": {name: session_of(user) for name, user in people.items()},
        "disputes": of_others,
        "proposal": str(open_proposal(organisation=hospital).uuid),
        "merge": str(merge.uuid),
    }


def approve(slug: str) -> dict[str, Any]:
    """The open draft of the entry `slug`, changed, submitted by who writes and approved by who publishes."""
    from django.utils import timezone

    from portal.accounts.models import User
    from transparency.actions import drafts
    from transparency.models import Draft

    draft = Draft.objects.open().select_related("entry__organisation", "entry__current_version").get(entry__slug=slug)
    writer, publisher = (User.objects.get(email=f"{name}@linde.example") for name in ("schrijver", "publiceerder"))
    answers = {"purpose": "Wij gebruiken het alleen bij volwassenen."}
    drafts.save_answers(draft=draft, answers=answers, seen=draft.revision, by=writer, now=timezone.now())
    drafts.submit(draft=draft, reason="Dit is nu onze eigen tekst.", by=writer, now=timezone.now())
    drafts.approve(draft=draft, revision=draft.revision, by=publisher, now=timezone.now())
    return {}


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    django.setup()
    print(json.dumps(approve(sys.argv[2]) if sys.argv[1:2] == ["approve"] else make()))
