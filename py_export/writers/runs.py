"""
A session's messages, written run by run before its head is: where none but the head needs to know them all.

A format that can be written so has a function beside ``write``:

    run(session: Session, options: ItsOptions) -> Run | None      None where these options need all messages at once

It returns what writes a run of the messages as ``write`` would, without what stands before the first and after the last
of all; ``session`` is known by its title alone. ``write`` then puts the runs (``Runs``) where the messages belong.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from py_export.model import Message
from py_export.notices import Notices


class Run(NamedTuple):
    """
    How messages are written run by run.

    Attributes:
        write: Writes messages, the first of which has this number in the run, and counts what it cannot hold.
        titled: Whether what it writes depends on the session's title.
    """

    write: Callable[[list[Message], int, Notices], Iterator[bytes]]
    titled: bool = False


_PLACE = re.compile(r"messages\[([0-9]+)\]")


class Runs(list[Message]):
    """
    The messages of a session that are written already; as a list, none.

    Attributes:
        shown: How many of them the chat shows.
        chunks: Yields what was written of them, in a format that the session is to be written in.
        notices: What was counted meanwhile.
    """

    def __init__(self, chunks: Callable[[], Iterator[bytes]], shown: int, notices: Notices) -> None:
        super().__init__()
        self.chunks = chunks
        self.shown = shown
        self.notices = notices


def placed(heard: Notices, first: int) -> Notices:
    """Return a run's notices with the numbers that its messages have in the session."""
    found = Notices()
    for notice in heard:
        where = _PLACE.sub(lambda match: f"messages[{int(match[1]) + first}]", notice.where, count=1)
        found.add(notice.code, where, notice.count, **notice.params)
    return found
