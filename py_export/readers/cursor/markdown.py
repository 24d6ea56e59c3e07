"""The Markdown that Cursor's "Export Transcript" writes: a title, when and by which version, and the texts."""

from __future__ import annotations

import re
from hashlib import sha256

from py_export.errors import Unreadable
from py_export.model import Message, Role, Session, Source, Text
from py_export.notices import Notices
from py_export.readers.cursor.titles import first_words
from py_export.readers.input import Input
from py_export.transforms import measure

_HEAD = re.compile(
    rb"# (?P<title>[^\r\n]*)\r?\n"
    rb"_Exported on (?P<when>[^\r\n]{1,99}?) from Cursor(?: \((?P<version>[^\r\n()]{1,40})\))?_\r?\n"
)
_TURN = re.compile(r"(?:^|\n)---\n\n\*\*(User|Cursor)\*\*\n(?:\n|\Z)")
"""A rule alone is no turn's end: texts hold rules too."""

_ROLES: dict[str, Role] = {"User": "user", "Cursor": "assistant"}


def matches(given: Input) -> bool:
    """Return whether the first two lines are a title, and when Cursor exported it."""
    return _HEAD.match(given.data) is not None


def read(given: Input, notices: Notices) -> list[Session]:
    """
    Read one session. ``notices`` hears of nothing: the form has texts alone.

    Raises:
        Unreadable: There is no turn in it.
    """
    del notices
    head = _HEAD.match(given.data)
    if head is None:
        raise Unreadable("line 1", reason="no Markdown that Cursor exported")
    body = given.data[head.end() :].decode("utf-8").replace("\r\n", "\n")
    parts = _TURN.split(body)
    messages = [
        _message(number, who, text) for number, (who, text) in enumerate(zip(parts[1::2], parts[2::2], strict=True), 1)
    ]
    if not messages:
        raise Unreadable("line 3", reason="no turn in it")
    identity = sha256(given.data).hexdigest()[:16]
    version = head["version"]
    return [
        Session(
            id=identity,
            title=head["title"].decode("utf-8").strip() or first_words(messages),
            source=Source("cursor", "cursor", None if version is None else version.decode("utf-8")),
            counts=measure.counts(messages),
            messages=messages,
            metadata={"exportedOn": head["when"].decode("utf-8")},
        )
    ]


def _message(number: int, who: str, text: str) -> Message:
    said = text.strip("\n")
    return Message(
        id=f"message-{number}",
        seq=number,
        role=_ROLES[who],
        blocks=[Text(said)] if said else [],
        source=f"**{who}**\n{text}",
    )
