"""
A session's messages, written run by run before its head is: where none but the head needs to know them all.

A format that can be written so has a function beside ``write``:

    run(session: Session, options: ItsOptions) -> Run | None     None where these options need all messages at once

Of ``session`` it knows the title and the model, which may turn out to be others (``Run.needs``). ``write`` then puts
the runs (``Runs``) where the messages belong.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from typing import Any, ClassVar

from py_export.model import Message
from py_export.notices import Notices

_PLACE = "messages["


class Run(ABC):
    """
    How messages are written run by run, by whichever process; what is written is put together by one.

    Attributes:
        needs: Names of a session's fields that what it writes depends on.
        linked: Whether a message is written with the id of the one before it.
    """

    needs: ClassVar[tuple[str, ...]] = ()
    linked: ClassVar[bool] = False

    @abstractmethod
    def write(self, messages: list[Message], first: int, notices: Notices) -> Iterator[bytes]:
        """Write messages as ``write`` would, the first of which has this number in the run."""

    def overview(self, messages: list[Message], notices: Notices) -> Any:  # noqa: ANN401 - each format's own
        """Return what the head has to know of a run; what is noticed on the way comes before all that is written."""
        del messages, notices

    def follow(self, text: bytes, overview: Any) -> bytes | None:  # noqa: ANN401 - as above
        """Return what was written of the next run as it stands behind those before; None where it cannot."""
        del overview
        return text

    @property
    def whole(self) -> Any:  # noqa: ANN401 - as above
        """What the head has to know of all runs so far."""
        return None


class Runs(list[Message]):
    """
    The messages of a session that are written already; as a list, none.

    Attributes:
        shown: How many of them the chat shows.
        chunks: Yields what was written of them, in a format that the session is to be written in.
        overview: What the format's head has to know of them.
        looked: What was counted when that was looked up.
        notices: What was counted when they were written.
    """

    def __init__(
        self,
        chunks: Callable[[], Iterator[bytes]],
        shown: int,
        overview: Any,  # noqa: ANN401 - each format's own
        looked: Notices,
        notices: Notices,
    ) -> None:
        super().__init__()
        self.chunks = chunks
        self.shown = shown
        self.overview = overview
        self.looked = looked
        self.notices = notices


def placed(heard: Notices, first: int) -> Notices:
    """Return a run's notices with the numbers that its messages have in the session."""
    found = Notices()
    for notice in heard:
        number, _, below = notice.where.removeprefix(_PLACE).partition("]")
        counted = notice.where.startswith(_PLACE) and number.isdecimal()
        where = f"{_PLACE}{int(number) + first}]{below}" if counted else notice.where
        found.add(notice.code, where, notice.count, **notice.params)
    return found
