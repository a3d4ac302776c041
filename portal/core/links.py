"""Links in mails that work once: the mail has a long random text, the database only its hash."""

import hashlib
import secrets
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation


def new_token() -> str:
    """A text that nobody can guess: 256 bits."""
    return secrets.token_urlsafe(32)


def hash_of(token: str) -> str:
    """What the database keeps of a token. It is random and long, so a plain hash cannot be turned back."""
    return hashlib.sha256(token.encode()).hexdigest()


def address(name: str, *args: Any) -> str:
    """The whole Dutch address of the page `name`, for a mail: never the host that somebody asked us by."""
    with translation.override("nl"):
        return f"{settings.PUBLIC_URL}{reverse(name, args=args)}"
