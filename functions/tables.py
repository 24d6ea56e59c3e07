"""The store's tables. JSON is kept as the text it came as; columns beside it are what a query asks for."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Dialect,
    Double,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)

metadata = MetaData()


class Words(TypeDecorator[str]):
    """Text. PostgreSQL's holds no NUL: stored or asked for, it is U+FFFD; in JSON it is an escape all the same."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - SQLAlchemy's own
        """Return what the database is given."""
        return value.replace("\0", "\ufffd") if value is not None and "\0" in value else value


_Key = BigInteger().with_variant(Integer, "sqlite")  # SQLite counts up an INTEGER PRIMARY KEY only

sessions = Table(
    "sessions",
    metadata,
    Column("key", _Key, primary_key=True),
    Column("owner", Words(), nullable=False),
    Column("id", Words(), nullable=False),
    Column("title", Words()),
    Column("title_folded", Words(), nullable=False),  # by Unicode's rules, which SQLite's LIKE does not know
    Column("source_app", Words()),
    Column("source_format", Words()),
    Column("created_at", BigInteger),
    Column("updated_at", BigInteger),
    Column("sorted_at", BigInteger, nullable=False),  # updated_at, else created_at, else 0: what the list is ordered by
    Column("message_count", Integer, nullable=False),  # visible ones
    Column("view_count", Integer, nullable=False),
    Column("bytes", BigInteger, nullable=False),  # of the whole payload
    Column("revision", Integer, nullable=False),
    Column("digest", String(64), nullable=False),  # SHA-256 of the payload and of what the reader made of it
    Column("head", Words(), nullable=False),  # the payload with an empty list of messages
    Column("view", Words(), nullable=False),  # the header as the page shows it
    UniqueConstraint("owner", "id"),
    Index("sessions_by_time", "owner", "sorted_at", "key"),
)

messages = Table(
    "messages",
    metadata,
    Column("session", _Key, ForeignKey("sessions.key", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("number", Integer, nullable=False),  # of the visible message that this row is, or stands before
    Column("visible", Boolean, nullable=False),
    Column("size", Integer, nullable=False),  # bytes of the record
    Column("record", Words(), nullable=False),
    Index("messages_by_number", "session", "number", "size"),
)

kept_settings = Table(
    "settings",
    metadata,
    Column("owner", Words(), primary_key=True),
    Column("revision", Integer, nullable=False),  # what a writer must have seen
    Column("document", Words(), nullable=False),
)

views = Table(
    "views",
    metadata,
    Column("session", _Key, ForeignKey("sessions.key", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("record", Words(), nullable=False),
)

usage_events = Table(  # one per API message: py_export/transforms/analytics/records.py says what each column holds
    "usage_events",
    metadata,
    Column("session", _Key, ForeignKey("sessions.key", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("owner", Words(), nullable=False),  # as the session's, so that a period is found without looking at sessions
    Column("at", BigInteger),
    Column("sorted_at", BigInteger, nullable=False),  # 0 where no time is known: what pages are ordered by
    Column("type", Words(), nullable=False),
    Column("model", Words()),
    Column("provider", Words()),
    Column("message_id", Words()),
    Column("sub_agent", Boolean, nullable=False),
    Column("input_tokens", BigInteger),
    Column("output_tokens", BigInteger),
    Column("cache_read_tokens", BigInteger),
    Column("cache_write_tokens", BigInteger),
    Column("reasoning_tokens", BigInteger),
    Column("cost_usd", Double),
    Index("usage_events_by_time", "owner", "sorted_at", "session", "number"),
)

tool_calls = Table(
    "tool_calls",
    metadata,
    Column("session", _Key, ForeignKey("sessions.key", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("owner", Words(), nullable=False),
    Column("at", BigInteger),
    Column("name", Words(), nullable=False),
    Column("kind", Words(), nullable=False),
    Column("status", Words(), nullable=False),
    Column("failed", Boolean, nullable=False),
    Column("duration_ms", BigInteger),
    Column("model", Words()),
    Column("message_id", Words()),
    Column("sub_agent", Boolean, nullable=False),
    Index("tool_calls_by_time", "owner", "at"),
)

usage_sessions = Table(  # whose usage stands in the two tables above: a store that is older than they are is caught up
    "usage_sessions",
    metadata,
    Column("session", _Key, ForeignKey("sessions.key", ondelete="CASCADE"), primary_key=True),
    Column("version", Integer, nullable=False),  # of the way to count
    Column("facts", Words()),  # what is known of the session as a whole, as JSON; NULL where it cannot be read any more
)

SUPERSEDED = ("tool_uses", "counted_sessions")
"""Tables of earlier versions, which held less: what stood in them is counted anew."""
