"""Origins of the web (RFC 6454), as editors write them and as browsers send them."""

from urllib.parse import urlsplit

from django.utils.translation import gettext as _


def parsed_origins(text: str) -> list[str]:
    """Return the origins in ``text``, one per line, each as a browser sends it and once.

    Raises ValueError, in words for the person who typed it, for a line that is no origin of a website.
    """
    return list(dict.fromkeys(_parsed(line) for line in text.split()))


def _parsed(line: str) -> str:
    words = {"line": line}
    try:
        parts = urlsplit(line)
        port = parts.port
    except ValueError as error:
        raise ValueError(_("“%(line)s” is not an address. Write it as https://www.example.com.") % words) from error
    host = (parts.hostname or "").encode("idna").decode() if parts.hostname else ""
    if parts.scheme not in ("https", "http") or not host or "*" in host or parts.username is not None:
        raise ValueError(_("“%(line)s” is not an address. Write it as https://www.example.com.") % words)
    if parts.path not in ("", "/") or parts.query or parts.fragment:
        raise ValueError(_("“%(line)s” is a page. Write only its beginning, such as https://www.example.com.") % words)
    if parts.scheme == "http" and host not in ("localhost", "127.0.0.1"):
        raise ValueError(_("“%(line)s” is not encrypted. Write https:// instead of http://.") % words)
    usual = {"https": 443, "http": 80}[parts.scheme]
    return f"{parts.scheme}://{host}" + (f":{port}" if port and port != usual else "")
