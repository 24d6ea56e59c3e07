"""Sessions in which something was said, before and after hiding."""

from __future__ import annotations

from py_export.model import Message, Session, Text
from py_export.transforms.redact import Redaction, redact

ALL = Redaction.of("all")


def said(*texts: str) -> Session:
    """Return a session in which this was said, message by message."""
    return Session(
        id="s", messages=[Message(id=str(at), role="user", blocks=[Text(one)]) for at, one in enumerate(texts)]
    )


def texts(session: Session) -> list[str]:
    """Return what was said."""
    return [block.text for message in session.messages for block in message.blocks if isinstance(block, Text)]


def hidden(text: str, kinds: str = "all", **more: list[str]) -> str:
    """Return a text as it is after hiding."""
    (found,) = texts(redact(said(text), Redaction.of(kinds, **more))[0])
    return found
