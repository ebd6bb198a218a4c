"""One connection to the mail server for as many e-mails as there are, and what its failures mean."""

import contextlib
from smtplib import (
    SMTPAuthenticationError,
    SMTPDataError,
    SMTPException,
    SMTPRecipientsRefused,
    SMTPResponseException,
    SMTPSenderRefused,
)
from types import TracebackType
from typing import Any, Self

from django.core.mail import EmailMessage, get_connection
from django.utils.translation import gettext as _

# The server answered and refuses this one e-mail: others can still go.
REFUSALS = (SMTPRecipientsRefused, SMTPSenderRefused, SMTPDataError)
# RFC 5321, 4.2.1: from 500 on the same command is not to be repeated.
FIRST_PERMANENT_CODE = 500
# What a server that is down usually looks like, as ``kind_of`` names it.
DOWN_KINDS = (
    *("ConnectionRefusedError", "ConnectionResetError", "BrokenPipeError", "TimeoutError", "gaierror", "OSError"),
    *("SMTPServerDisconnected", "SMTPConnectError 421", "SMTPAuthenticationError 535"),
)


class Outgoing:
    """Sends e-mails over one connection, opened for the first of them and again after it broke."""

    def __init__(self) -> None:
        self._connection: Any = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def send(self, message: EmailMessage) -> None:
        """Hand ``message`` to the mail server. Raises SMTPException and OSError; the next e-mail may be tried."""
        if self._connection is None:
            connection = get_connection()
            connection.open()
            self._connection = connection
        try:
            self._connection.send_messages([message])
        except REFUSALS:
            raise
        except Exception:
            self.close()
            raise

    def close(self) -> None:
        """End the connection, whether or not it still works."""
        connection, self._connection = self._connection, None
        if connection is not None:
            with contextlib.suppress(SMTPException, OSError):
                connection.close()


def is_down(error: Exception) -> bool:
    """Return whether ``error`` says that no e-mail can go at present: no server, no answer, no login."""
    return isinstance(error, (SMTPException, OSError)) and not isinstance(error, REFUSALS)


def is_permanent(error: Exception) -> bool:
    """Return whether trying the same e-mail again is of no use: its address, or it itself, was refused for good."""
    codes = _codes(error) if isinstance(error, REFUSALS) else []
    return bool(codes) and min(codes) >= FIRST_PERMANENT_CODE


def _codes(error: Exception) -> list[int]:
    if isinstance(error, SMTPRecipientsRefused):
        return [int(code) for code, _text in error.recipients.values()]
    return [error.smtp_code] if isinstance(error, SMTPResponseException) else []


def kind_of(error: Exception) -> str:
    """Return what is kept of ``error``: its kind and the server's code, never its text, which may quote the e-mail."""
    return " ".join([type(error).__name__, *(str(code) for code in _codes(error)[:1])])


def explain(kind: str) -> str:
    """Return in words what ``kind_of`` kept, for the person who is to mend it."""
    name = kind.partition(" ")[0]
    words = {
        ConnectionRefusedError.__name__: _("The mail server could not be reached."),
        TimeoutError.__name__: _("The mail server did not answer in time."),
        SMTPAuthenticationError.__name__: _("The mail server refused the login."),
        SMTPRecipientsRefused.__name__: _("The mail server refused this address."),
        SMTPSenderRefused.__name__: _("The mail server refused the sender's address."),
        SMTPDataError.__name__: _("The mail server refused the e-mail."),
        "AnswersUnreadableError": _("The answers with the patient's address cannot be read."),
        "NoAddressError": _("The answers hold no e-mail address."),
    }
    return words.get(name, _("Something went wrong (%(kind)s).") % {"kind": kind}) if kind else ""
