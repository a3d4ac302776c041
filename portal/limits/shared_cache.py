"""Django's cache in the database, the same for every worker: what allauth counts, and which codes were used."""

from typing import Any

from django.core.cache.backends.db import DatabaseCache
from django.utils.crypto import salted_hmac

USED_CODE = "allauth.mfa.totp.used"  # how the keys begin with which allauth remembers that a code was used
CODE_IS_VALID = 120  # seconds, with MFA_TOTP_TOLERANCE; allauth remembers for one period of 30 only


def hashed_key(key: str, prefix: str, version: int) -> str:
    """The name of a value: no mail address or network address stands in it."""
    return salted_hmac("portal.limits.shared_cache", f"{prefix}:{version}:{key}", algorithm="sha256").hexdigest()


class SharedCache(DatabaseCache):
    """Remembers a used code for as long as it would be accepted."""

    def add(self, key: str, value: Any, timeout: Any = None, version: int | None = None) -> bool:
        """Keep `value` unless there is one; whether it was kept."""
        if key.startswith(USED_CODE):
            timeout = CODE_IS_VALID
        return bool(super().add(key, value, timeout, version))
