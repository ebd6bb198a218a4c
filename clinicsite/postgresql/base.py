"""The database backend: Django finds it by this module's name."""

import select

from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    """PostgreSQL, whose kept connections are not asked with a query before every request whether they still live."""

    def is_usable(self) -> bool:
        """Return whether the connection can be used.

        A server that went away has closed it, which shows on the socket: something can be read, where an idle
        connection has nothing to say. Only then is the server asked, as Django does each time.
        """
        if self.connection is None or self.connection.closed:
            return False
        poll = select.poll()
        poll.register(self.connection.fileno(), select.POLLIN | select.POLLHUP)
        return super().is_usable() if poll.poll(0) else True
