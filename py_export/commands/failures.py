"""What can go wrong outside the library: files that cannot be read, places that cannot be written."""

from __future__ import annotations

from py_export.errors import ExportError, UsageError


class CannotRead(ExportError):
    """The input cannot be opened. ``params``: ``name``, ``reason``."""

    code = "cannot_read"
    exit_code = 3


class CannotWrite(ExportError):
    """The output cannot be written. ``params``: ``name``, ``reason``."""

    code = "cannot_write"
    exit_code = 5


class SeveralSessions(UsageError):
    """Several sessions, and one place for them. ``params``: ``count``."""

    code = "several_sessions"


class NoSuchSession(UsageError):
    """No input holds the session that was named. ``params``: ``count``."""

    code = "no_such_session"


class ServeMissing(UsageError):
    """The packages of the extra ``serve`` are not installed. ``params``: ``name``."""

    code = "serve_missing"


class InvalidSetting(UsageError):
    """A setting takes no such value. ``params``: ``name``, ``reason``."""

    code = "invalid_setting"


class OpenDoorRefused(UsageError):
    """Serving to other machines without a key. ``params``: ``host``."""

    code = "open_door"


class AddressTaken(ExportError):
    """The address cannot be listened on. ``params``: ``host``, ``port``, ``reason``."""

    code = "address_taken"
    exit_code = 5


class StoreReadOnly(ExportError):
    """The store is another program's database, which is only read."""

    code = "store_read_only"
    exit_code = 5


class StoreClosed(ExportError):
    """The store cannot be opened. ``params``: ``reason``."""

    code = "store_closed"
    exit_code = 5
