"""A person who can sign in, known by an e-mail address."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager["User"]):
    """Makes users and finds them by e-mail address, whatever its case."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A new user. Raises ValueError without an e-mail address."""
        if not email:
            raise ValueError("a user needs an e-mail address")
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A user who administers the portal, whose mail address whoever runs the installation answers for."""
        from allauth.account.models import EmailAddress  # its models point at ours

        user = self.create_user(email, password, is_superuser=True, **fields)
        EmailAddress.objects.using(self._db).create(user=user, email=user.email, verified=True, primary=True)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        """The user with this e-mail address. Raises User.DoesNotExist."""
        return self.get(email=(username or "").lower())


class User(AbstractBaseUser, PermissionsMixin):
    """A person: e-mail address and a name to call them by, nothing more (product.md: as little as possible)."""

    email = models.EmailField(
        max_length=254,
        unique=True,
        error_messages={"unique": _("Dit e-mailadres is al in gebruik. Kies een ander.")},
    )
    name = models.CharField(max_length=150, blank=True)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(auto_now_add=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="user_email_lower_case")
        ]

    class Retention:
        personal = ("email", "name", "last_login", "joined_at")
        keep = "as long as the account exists"

    def __str__(self) -> str:
        name = self.name or gettext("gebruiker")
        return f"{name} ({self.pk})"

    def get_full_name(self) -> str:
        """The name that colleagues see; the mail address when there is none."""
        return self.name or self.email
