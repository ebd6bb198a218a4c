"""Where a request comes from."""

from ipaddress import IPv6Address, ip_address

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str | None:
    """Return the address of the machine that asks; behind a proxy, the one that the proxy itself has added.

    Whatever stands before it in X-Forwarded-For was sent by the machine and may be made up.
    """
    direct = request.META.get("REMOTE_ADDR")
    if not settings.BEHIND_PROXY:
        return direct
    return request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip() or direct


def counted_address(request: HttpRequest) -> str | None:
    """Return what a request is counted by; None where no address is known."""
    address = client_address(request)
    return counted(address) if address else None


def counted(address: str) -> str:
    """Return what requests from ``address`` are counted by: a whole network of IPv6, the /64 that each customer has.

    One machine has as many addresses in it as it likes. An address of IPv4 stands for itself, also one written as IPv6.
    """
    if ":" not in address:
        return address
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if not isinstance(found, IPv6Address):
        return str(found)
    return str(found.ipv4_mapped or IPv6Address(int(found) >> 64 << 64))
