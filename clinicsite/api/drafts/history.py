"""A page's history says which token wrote: its user may have several, and may write by hand as well."""

from typing import Any

from django.db.models.signals import pre_save
from django.dispatch import receiver
from django.utils.translation import gettext as _
from wagtail.log_actions import LogActionRegistry, LogContext, LogFormatter, get_active_log_context
from wagtail.models import PageLogEntry

from tokens.models import ApiToken

# In the data of an entry of the history.
TOKEN_NAME = "api_token"  # noqa: S105 - the name of a key


class WrittenWith(LogContext):
    """While it is entered, what Wagtail notes of pages bears the name of ``token``."""

    def __init__(self, token: ApiToken) -> None:
        super().__init__(user=token.user)
        self.token_name = token.name


@receiver(pre_save, sender=PageLogEntry, dispatch_uid="history_token_name")
def _note_token(instance: PageLogEntry, **kwargs: Any) -> None:
    context = get_active_log_context()
    if isinstance(context, WrittenWith) and instance._state.adding:
        instance.data = {**(instance.data or {}), TOKEN_NAME: context.token_name}


class WithToken(LogFormatter):
    """Says the same as ``formatter``, and as a comment with which token it was done."""

    def __init__(self, formatter: LogFormatter) -> None:
        self._formatter = formatter
        self.label = formatter.label

    def format_message(self, log_entry: Any) -> str:
        """Return what was done, in words."""
        return self._formatter.format_message(log_entry)

    def format_comment(self, log_entry: Any) -> str:
        """Return the token, where there was one, and what else is said of it: a draft's words cannot be changed."""
        comment = self._formatter.format_comment(log_entry)
        name = (log_entry.data or {}).get(TOKEN_NAME)
        token = _("Over the API with “%(token)s”") % {"token": name} if name else ""
        return ". ".join(str(part) for part in (token, comment) if part)


def name_tokens(actions: LogActionRegistry) -> None:
    """Let all that ``actions`` say be followed by the token, where one did it."""
    for action, formatter in actions.formatters.items():
        actions.formatters[action] = WithToken(formatter)
