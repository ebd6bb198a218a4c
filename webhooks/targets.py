"""Messages to addresses that somebody typed in, kept from reaching the clinic's own network.

The host's addresses are looked up once and all checked, and the connection is made to a checked one: a name that
answers differently the second time (DNS rebinding) changes nothing.
"""

import contextlib
import ipaddress
import socket
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import ConnectTimeoutError, HTTPError, NewConnectionError

PORTS = {"https": 443, "http": 80}
# For connecting and for each wait for the receiver; and for all of it, since one that sends a byte now and then would
# never end.
TIMEOUT_SECONDS = 10
WHOLE_SECONDS = 20
# So much of an answer is read, to be shown.
TEXT_BYTES = 500
# Addresses of the internet by their looks, which lead inside: translated IPv4 (RFC 6052), Azure's own services.
INSIDE = [ipaddress.ip_network(each) for each in ("64:ff9b::/96", "64:ff9b:1::/48", "168.63.129.16/32")]

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class RefusedTargetError(Exception):
    """Nothing is sent to this address; the message says why, for the administrator."""


@dataclass(frozen=True)
class Answer:
    """What the receiver said, as far as it is kept. ``text`` is how it begins, without signs that cannot be seen."""

    status: int
    retry_after: str = ""
    text: str = ""


def check_url(url: str) -> SplitResult:
    """Return the parts of ``url``. Raises RefusedTargetError where nothing may be sent there, whoever the host is."""
    if not (url.isascii() and url.isprintable()) or " " in url:
        raise RefusedTargetError(_("The address holds signs that no web address has."))
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise RefusedTargetError(_("This is not a web address.")) from None
    if not parts.hostname:
        raise RefusedTargetError(_("This is not a web address."))
    if "@" in parts.netloc:
        raise RefusedTargetError(_("The address must hold no user name and no password."))
    if _is_allowed_host(parts.hostname) and parts.scheme in PORTS:
        return parts
    if parts.scheme != "https":
        raise RefusedTargetError(_("The address must begin with https://."))
    if port not in (None, PORTS["https"]):
        raise RefusedTargetError(_("Only port 443 can be used."))
    return parts


def addresses_of(parts: SplitResult) -> list[str]:
    """Return the host's addresses. Raises RefusedTargetError where any of them is not an address of the internet.

    Raises OSError where the name cannot be looked up now.
    """
    port = parts.port or PORTS[parts.scheme]
    found = list(dict.fromkeys(str(info[4][0]) for info in socket.getaddrinfo(parts.hostname, port, proto=6)))
    if not _is_allowed_host(parts.hostname or "") and not all(is_public(each) for each in found):
        raise RefusedTargetError(_("This host leads into a private network."))
    return found


def is_public(address: str) -> bool:
    """Return whether ``address`` is one of the internet: not private, this machine's, link-local or many machines'."""
    parsed: Address = ipaddress.ip_address(address.partition("%")[0])
    if any(parsed in network for network in INSIDE):
        return False
    if isinstance(parsed, ipaddress.IPv6Address):
        inner = parsed.ipv4_mapped or parsed.sixtofour or (parsed.teredo and parsed.teredo[1])
        if inner:
            return is_public(str(inner))
        if parsed.is_site_local:
            return False
    return parsed.is_global and not parsed.is_multicast


def post(url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
    """Send ``body`` and return the answer; a redirect is an answer and is not followed.

    Raises RefusedTargetError, TimeoutError after WHOLE_SECONDS, OSError where the host is not found, and urllib3's
    HTTPError or an OSError where it does not answer.
    """
    parts = check_url(url)
    addresses = addresses_of(parts)
    target = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
    with _limited() as limit, contextlib.closing(_connected(parts, addresses, limit)) as connection:
        connection.request("POST", target, body=body, headers={**headers, "Host": parts.netloc}, preload_content=False)
        response = connection.getresponse()
        if limit.is_over:  # What was cut off looks like a whole answer without further headers.
            raise TimeoutError
        text = b""
        with contextlib.suppress(HTTPError, OSError):  # The status is known: that is an answer.
            text = response.read(TEXT_BYTES, decode_content=False)
        return Answer(response.status, response.headers.get("Retry-After", ""), _shown(text))


class _Limit:
    """The end of what may take WHOLE_SECONDS: it cuts the connection from outside, whatever that is waiting for."""

    def __init__(self) -> None:
        self.is_over = False
        self.connection: HTTPConnection | None = None

    def cut(self) -> None:
        self.is_over = True
        if self.connection is not None and self.connection.sock is not None:
            with contextlib.suppress(OSError):
                self.connection.sock.shutdown(socket.SHUT_RDWR)


@contextlib.contextmanager
def _limited() -> Iterator[_Limit]:
    limit = _Limit()
    timer = threading.Timer(WHOLE_SECONDS, limit.cut)
    timer.daemon = True
    timer.start()
    try:
        yield limit
    except (HTTPError, OSError) as error:
        if limit.is_over:
            raise TimeoutError from error
        raise
    finally:
        timer.cancel()


def _connected(parts: SplitResult, addresses: Sequence[str], limit: _Limit) -> HTTPConnection:
    """Return a connection to the first of ``addresses`` that takes one: a machine may reach only some of them."""
    failed: Exception = OSError("No address.")
    for address in addresses:
        connection = limit.connection = _connection(parts, address)
        try:
            connection.connect()
        except (NewConnectionError, ConnectTimeoutError) as error:
            connection.close()
            failed = error
            if limit.is_over:
                break
        except BaseException:
            connection.close()
            raise
        else:
            return connection
    raise failed


def _connection(parts: SplitResult, address: str) -> HTTPConnection:
    port = parts.port or PORTS[parts.scheme]
    if parts.scheme == "http":
        return HTTPConnection(address, port, timeout=TIMEOUT_SECONDS)
    # The certificate is the name's, though the connection is made to the address.
    return HTTPSConnection(
        address,
        port,
        timeout=TIMEOUT_SECONDS,
        cert_reqs="CERT_REQUIRED",
        server_hostname=parts.hostname,
        assert_hostname=parts.hostname,
    )


def _shown(text: bytes) -> str:
    words = text.decode("utf-8", "replace")
    return "".join(letter if letter.isprintable() else " " for letter in words).strip()


def _is_allowed_host(host: str) -> bool:
    return host in settings.WEBHOOKS_ALLOWED_HOSTS
