"""People who sign in, with the roles and the second factor that they need."""

import factory
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.utils import timezone

from portal.accounts.models import PortalDuty, PortalRole, User
from portal.organisations.models import Membership, Organisation
from portal.organisations.roles import Role

PASSWORD = "een lang geheim van vier woorden"


class UserFactory(factory.django.DjangoModelFactory):
    """Somebody with a mail address that is confirmed and a password; no role, no second factor."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"persoon{n}@ziekenhuis.example")
    name = factory.Sequence(lambda n: f"Persoon {n}")
    password = factory.django.Password(PASSWORD)

    @factory.post_generation
    def address(self, create, extracted, **kwargs):
        EmailAddress.objects.create(user=self, email=self.email, verified=True, primary=True)


def with_factor(user: User) -> User:
    """`user` with an app for codes set up."""
    TOTP.activate(user, generate_totp_secret())
    return user


def has_factor(user: User) -> bool:
    """Whether `user` has an app for codes."""
    return Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists()


def member(organisation: Organisation, *roles: Role, user: User | None = None, **fields: str) -> User:
    """Somebody with `roles` for `organisation`, with a second factor; `fields` go to the factory."""
    user = user or UserFactory(**fields)
    for role in roles:
        Membership.objects.create(user=user, organisation=organisation, role=role, since=timezone.now())
    return user if has_factor(user) else with_factor(user)


def on_duty(*roles: PortalRole, **fields: str) -> User:
    """Somebody who does `roles` for the portal, with a second factor."""
    user = UserFactory(**fields)
    for role in roles:
        PortalDuty.objects.create(user=user, role=role, since=timezone.now())
    return with_factor(user)
