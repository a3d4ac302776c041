"""Where a request comes from, for limits only: it is never stored or logged as it is."""

from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

NETWORK = 64  # bits of an IPv6 address that one household or organisation has


def network_of(request: HttpRequest) -> str:
    """The address that asks; of IPv6 its network. Behind our proxy the one that the proxy saw, whatever others wrote.

    A proxy puts the address that it saw last in X-Forwarded-For; what stands before that, the visitor may have made up.
    """
    told = request.META.get("REMOTE_ADDR", "")
    if settings.BEHIND_PROXY:
        told = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip() or told
    try:
        address = ip_address(told)
    except ValueError:
        return "unknown"
    if isinstance(address, IPv6Address):
        mapped = address.ipv4_mapped
        return str(mapped or ip_network((int(address), NETWORK), strict=False))
    return str(address)
