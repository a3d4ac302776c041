"""Makes a fund with its people and a project with two representatives; prints who is signed in as JSON.

`python -m tests.support.money_people NAME SLUG` makes them in the installation of the environment, beside the people of
browser_projects.
"""

import json
import os
import sys

import django


def make(name: str, slug: str) -> dict[str, str]:
    """{who: key of a session}: who works for the fund, and who takes part in the project `name`."""
    from django.utils import timezone

    from portal.accounts.models import User
    from portal.organisations.models import Organisation, OrganisationKind
    from portal.organisations.roles import Role
    from tests.factories.organisations import OrganisationFactory
    from tests.factories.participation import ProjectFactory, representative
    from tests.factories.people import UserFactory, member
    from tests.support.claiming_people import session_of

    fund = OrganisationFactory(
        name=f"Voorbeeldfonds {name}", slug=f"fonds-{slug}", kind=OrganisationKind.FUND, verified_at=timezone.now(),
        is_example=True,
    )  # fmt: skip
    hospital, patients = (Organisation.objects.get(slug=one) for one in ("de-es", "breuken"))
    project = ProjectFactory(
        organisation=hospital, patient_side=patients, name=name, slug=slug,
        lead=User.objects.get(email="lead@voorbeeld.example"),
    )  # fmt: skip
    roles = {
        "fund": ("Fem Fonds", Role.FUND_MANAGER), "officer": ("Olaf Betaler", Role.GATE_DECIDER),
        "chair": ("Cor Voorzitter", Role.ADMINISTRATOR), "second": ("Sien Tweede", Role.ADMINISTRATOR),
    }  # fmt: skip
    people = {
        who: member(fund, role, email=f"{who}.{slug}@fonds.example", name=called)
        for who, (called, role) in roles.items()
    }
    for who in ("mees", "bep"):
        people[who] = UserFactory(email=f"{who}.{slug}@thuis.example", name=who.capitalize())
        representative(project, user=people[who])
    return {who: session_of(user) for who, user in people.items()}


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    django.setup()
    print(json.dumps(make(*sys.argv[1:])))
