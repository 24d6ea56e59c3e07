"""Small sessions to select from."""

from __future__ import annotations

from typing import Any

from py_export.model import Message, Session, Text, Usage


def message(name: str, parent: str | None = None, **fields: Any) -> Message:  # noqa: ANN401
    """Make one message; a name that begins with u is the user's, any other the assistant's."""
    role = fields.pop("role", "user" if name.startswith("u") else "assistant")
    return Message(id=name, parent_id=parent, role=role, blocks=[Text(name)], **fields)


def tree() -> Session:
    """u1 is answered twice; u2 is edited, to u2b; the application shows u2b's branch."""
    messages = [
        message("u1"), message("a1", "u1", usage=Usage(1, 1)), message("a1b", "u1", usage=Usage(2, 2)),
        message("u2", "a1b"), message("a2", "u2", usage=Usage(4, 4)), message("u2b", "a1b"),
        message("a2b", "u2b", usage=Usage(8, 8)),
    ]  # fmt: skip
    return Session(id="s", leaf_id="a2b", messages=messages, usage=Usage(15, 15))


def talk(*names: str, **fields: Any) -> Session:  # noqa: ANN401
    """Make a session of messages without a tree, a second apart."""
    messages = [message(name, created_at=1000 * place) for place, name in enumerate(names)]
    return Session(id="s", messages=messages, **fields)


def ids(session: Session) -> list[str]:
    """Return the messages' ids."""
    return [one.id for one in session.messages]
