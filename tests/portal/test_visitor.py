"""Who asks, for a limit: the address that our own proxy or the connection tells, never one that was made up."""

import pytest

from portal.core.visitor import network_of


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("", "unknown"),
        ("unix:", "unknown"),
    ],
)
def test_address_of_the_connection_counts(rf, address, network):
    assert network_of(rf.get("/", REMOTE_ADDR=address)) == network


def test_what_a_visitor_writes_counts_for_nothing_without_a_proxy(rf):
    request = rf.get("/", REMOTE_ADDR="192.0.2.7", headers={"X-Forwarded-For": "198.51.100.1"})

    assert network_of(request) == "192.0.2.7"


@pytest.mark.parametrize(
    ("told", "network"),
    [
        ("198.51.100.1", "198.51.100.1"),
        ("203.0.113.9, 198.51.100.1", "198.51.100.1"),
        ("made up, 2001:db8::1", "2001:db8::/64"),
        ("", "10.0.0.1"),
        ("198.51.100.1, ", "10.0.0.1"),
    ],
)
def test_behind_a_proxy_the_last_address_counts(rf, settings, told, network):
    settings.BEHIND_PROXY = True

    assert network_of(rf.get("/", REMOTE_ADDR="10.0.0.1", headers={"X-Forwarded-For": told})) == network
