"""What the tests of the write API share: a hospital with a key, and questions with it."""

import json
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from portal.accounts.models import User
from portal.keys.actions import make_key
from portal.keys.models import ApiKey, Scope
from portal.organisations.models import Organisation
from portal.organisations.roles import Role
from tests.factories.organisations import OrganisationFactory
from tests.factories.people import member

DRAFTS = "/api/v1/concepten"


@dataclass
class Program:
    """A program of a hospital, with the key that an administrator made for it."""

    client: Any
    hospital: Organisation
    maker: User
    key: ApiKey
    token: str

    def ask(self, method: str, address: str = DRAFTS, body: Any = None, **headers: str) -> Any:
        """One question with the key; the body is JSON unless it is bytes."""
        sent = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        told = {"Authorization": f"Bearer {self.token}", **{name.replace("_", "-"): v for name, v in headers.items()}}
        return self.client.generic(method, address, sent, content_type="application/json", headers=told)

    def begun(self, **content: Any) -> Any:
        """The document of a draft that the program began."""
        response = self.ask("POST", body={"content": {"name": "Fotohulp", **content}})
        assert response.status_code == 201, response.text
        return response.json()


def program(client: Any, *scopes: Scope, hospital: Organisation | None = None, days: int = 30) -> Program:
    """A program with a key for `scopes`, all of them when none is named."""
    hospital = hospital or OrganisationFactory(name="Ziekenhuis De Linde", verified_at=timezone.now())
    maker = member(hospital, Role.ADMINISTRATOR, Role.PUBLISHER)
    key, token = make_key(
        organisation=hospital, name=f"Programma {ApiKey.objects.count()}", scopes=scopes or Scope.values, days=days,
        by=maker, now=timezone.now(),
    )  # fmt: skip
    return Program(client=client, hospital=hospital, maker=maker, key=key, token=token)
