"""A thread's connection to the database ends with the thread.

Django keeps a connection for each thread, in an object that refers to itself: when the thread ends, the connection
stays open until Python happens to look for such circles. A web server whose threads come and go would use up
PostgreSQL's connections that way (100 as installed), each of them idle.
"""

import contextlib
import threading
import weakref
from collections import deque
from typing import Any
from weakref import WeakKeyDictionary

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.dispatch import receiver


class _Token:
    """Stands for a driver's connection in the storage of the thread that made it, and goes with it."""


class _OfThisThread(threading.local):
    """What each thread has, by the object of Django's that made the connection; a thread may have more than one."""

    def __init__(self) -> None:
        self.tokens: WeakKeyDictionary[BaseDatabaseWrapper, _Token] = WeakKeyDictionary()


_of_this_thread = _OfThisThread()
_left_open: deque[Any] = deque()


@receiver(connection_created)
def close_what_ended(connection: BaseDatabaseWrapper, **_more: Any) -> None:
    """Close the connections of threads that have ended, and note whose this new one is.

    So no more are left open than threads ended since. An ending thread does not close its own: SQLite's driver calls
    back into Python, which has no state of that thread any more (CPython 3.11 crashes in a thread of another language).
    """
    while _left_open:
        # Another thread may be first, the server may have hung up, and both drivers may be closed twice.
        with contextlib.suppress(Exception):
            _left_open.popleft().close()
    _of_this_thread.tokens[connection] = token = _Token()
    weakref.finalize(token, _left_open.append, connection.connection).atexit = False
