"""A passkey without a browser: it makes a key, signs challenges with it, and answers as a browser does."""

import hashlib
import json
import secrets
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData

ORIGIN = "https://testserver"
SEEN = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV  # somebody touched it, and it knows who


class Passkey:
    """One key pair of one person for this site."""

    def __init__(self) -> None:
        self.private = ec.generate_private_key(ec.SECP256R1())
        self.number = secrets.token_bytes(16)
        self.owner = b""

    def create(self, options: dict[str, Any]) -> str:
        """The answer to the options of a registration, as JSON."""
        asked = options["publicKey"]
        self.owner = asked["user"]["id"]
        public = ES256.from_cryptography_key(self.private.public_key())
        data = AuthenticatorData.create(
            _hash(asked["rp"]["id"]), SEEN | AuthenticatorData.FLAG.AT, 0,
            AttestedCredentialData.create(Aaguid.NONE, self.number, public),
        )  # fmt: skip
        client = _client("webauthn.create", asked["challenge"])
        attested = AttestationObject.create("none", data, {})
        return self._answer({"clientDataJSON": websafe_encode(client), "attestationObject": websafe_encode(attested)})

    def get(self, options: dict[str, Any]) -> str:
        """The answer to the options of signing in, as JSON."""
        asked = options["publicKey"]
        data = AuthenticatorData.create(_hash(asked["rpId"]), SEEN, 0)
        client = _client("webauthn.get", asked["challenge"])
        signed = self.private.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(SHA256()))
        return self._answer({
            "clientDataJSON": websafe_encode(client), "authenticatorData": websafe_encode(data),
            "signature": websafe_encode(signed), "userHandle": self.owner,
        })  # fmt: skip

    def _answer(self, response: dict[str, Any]) -> str:
        name = websafe_encode(self.number)
        return json.dumps({
            "id": name, "rawId": name, "type": "public-key", "response": response,
            "clientExtensionResults": {"credProps": {"rk": True}},
        })  # fmt: skip


def _hash(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()


def _client(kind: str, challenge: str) -> bytes:
    return json.dumps({"type": kind, "challenge": challenge, "origin": ORIGIN}).encode()
