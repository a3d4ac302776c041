"""Fetching an address that somebody gave us (standards.md): https only, to a public address only, small and quick.

The name is resolved once; what was checked is what is connected to, so that a name cannot point elsewhere meanwhile.
"""

import socket
from ipaddress import IPv6Address, ip_address
from typing import Any

import requests
from django.conf import settings
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, PoolManager
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import NewConnectionError
from urllib3.util.connection import create_connection

LARGEST = 1_000_000  # bytes of an answer
SECONDS = 5  # to connect, and between two pieces of an answer


class TooLarge(requests.RequestException):
    """The answer is larger than anything we ask for."""


def is_public(address: str) -> bool:
    """Whether everybody can reach `address`, written as a number: no loopback, private network, link or multicast."""
    number: Any = ip_address(address.partition("%")[0])
    if isinstance(number, IPv6Address):
        number = number.ipv4_mapped or number.sixtofour or number
    return bool(number.is_global) and not number.is_multicast


def resolved(host: str, port: int) -> list[str]:
    """The addresses of `host`, none when one of them is not public. With FETCH_PRIVATE_ADDRESSES any will do."""
    try:
        found = [str(one[4][0]) for one in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError):
        return []
    return found if settings.FETCH_PRIVATE_ADDRESSES or all(is_public(one) for one in found) else []


def _connect(connection: Any) -> socket.socket:
    addresses = resolved(connection.host, connection.port)
    if not addresses:
        raise NewConnectionError(connection, "no public address")
    return create_connection(
        (addresses[0], connection.port), connection.timeout, socket_options=connection.socket_options
    )


class _PublicConnection(HTTPConnection):
    def _new_conn(self) -> socket.socket:
        return _connect(self)


class _PublicSecureConnection(HTTPSConnection):
    def _new_conn(self) -> socket.socket:
        return _connect(self)


class _Pool(HTTPConnectionPool):
    ConnectionCls = _PublicConnection


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = _PublicSecureConnection


class _PublicOnly(HTTPAdapter):
    """Connects to public addresses only, and takes no answer that is too large."""

    def init_poolmanager(self, connections: int, maxsize: int, block: bool = False, **more: Any) -> None:
        self.poolmanager = PoolManager(num_pools=connections, maxsize=maxsize, block=block, **more)
        self.poolmanager.pool_classes_by_scheme = {"http": _Pool, "https": _SecurePool}

    def send(self, request: requests.PreparedRequest, *args: Any, **more: Any) -> requests.Response:
        more |= {"stream": True, "timeout": SECONDS}
        response = super().send(request, *args, **more)
        body = response.raw.read(LARGEST + 1, decode_content=True)
        response.close()
        if len(body) > LARGEST:
            raise TooLarge(response=response)
        response._content = body
        response._content_consumed = True
        return response


def public_session() -> requests.Session:
    """A session that follows no redirects, knows no proxy, and speaks https (http too with FETCH_PRIVATE_ADDRESSES).

    Whatever it refuses is a requests.RequestException.
    """
    session = requests.Session()
    session.trust_env = False
    session.max_redirects = 0
    session.adapters.clear()
    session.mount("https://", _PublicOnly())
    if settings.FETCH_PRIVATE_ADDRESSES:
        session.mount("http://", _PublicOnly())
    return session
