"""
Cursor's conversations: its databases, an agent's transcript, and the Markdown that it exports.

* ``state.vscdb`` (SQLite): every composer of the global one, in the order of its headers; the chats of a workspace's.
  Rows that no header lists - turns that were taken back - are left out, with a notice. A sub-agent's composer stands
  below the call that started it, where that call is in the file. Times are those of the requests; what a bubble keeps
  beside its text (rules, file trees, lint results) stays in the message's source.
* ``store.db`` (SQLite), as its command line program keeps one chat: the messages that its latest root lists.
* Agents' transcripts (JSON Lines): these hold no times, no models and no ids; what the application put around a prompt
  is hidden. The session's id is made from the bytes.
* Its own Markdown: texts alone. When it was exported is kept as written: the order of day and month is the machine's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from py_export.model import Session
from py_export.notices import Notices
from py_export.readers import sqlite
from py_export.readers.cursor import database, markdown, store, transcript
from py_export.readers.files import Group
from py_export.readers.input import Input


def matches(given: Input) -> bool:
    """Return whether this is one of Cursor's files."""
    if given.is_database:
        return database.matches(given) or store.matches(given)
    return transcript.matches(given) or markdown.matches(given)


def read(given: Input, notices: Notices) -> list[Session]:
    """
    Read every conversation.

    Raises:
        Unreadable: There is none in it, or it is damaged.
    """
    if given.is_database:
        return store.read(given, notices) if store.matches(given) else database.read(given, notices)
    return markdown.read(given, notices) if markdown.matches(given) else transcript.read(given, notices)


def gather(files: Mapping[str, bytes]) -> Iterator[Group]:
    """Yield each transcript with its sub-agents', and each database with its log."""
    yield from transcript.gather(files)
    yield from sqlite.gather(files)
