"""Secrets that the database may hold but not show: sealed with a key made of the SECRET_KEY of the installation."""

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


class SealBroken(Exception):
    """This was not sealed here, or the SECRET_KEY is another and stands not in SECRET_KEY_FALLBACKS."""


def _key(secret: str) -> Fernet:
    made = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"portal.core.sealing").derive(secret.encode())
    return Fernet(base64.urlsafe_b64encode(made))


def _keys() -> MultiFernet:
    return MultiFernet([_key(secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def seal(text: str) -> str:
    """`text` as only this installation can read it."""
    return _keys().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """What was sealed. Raises SealBroken."""
    try:
        return _keys().decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise SealBroken from error


def is_current(sealed: str) -> bool:
    """Whether this was sealed with the SECRET_KEY of now, and not with one of the fallbacks."""
    try:
        _key(settings.SECRET_KEY).decrypt(sealed.encode())
    except InvalidToken:
        return False
    return True


def reseal(sealed: str) -> str:
    """The same, sealed with the SECRET_KEY of now; what is so already stays as it is. Raises SealBroken."""
    return sealed if is_current(sealed) else seal(unseal(sealed))
