"""The report of a long session, written run by run: its turns get their numbers, and it gets its head, afterwards."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from secrets import token_hex

from py_export.model import Counts, Message
from py_export.notices import Notices
from py_export.transforms import figures
from py_export.writers.html_figures import Known
from py_export.writers.html_page import Page, printable
from py_export.writers.html_report import END, beginnings, each
from py_export.writers.html_turns import Turns
from py_export.writers.runs import Run


class ReportRun(Run):
    """
    The turns of some of a session's messages.

    A run that does not begin with a question, or follows one, goes on with the turn before it: then there are no runs.
    A turn's number is known when all before it are: it is written behind a mark that no session can hold, as nobody
    knew it before.
    """

    needs = ("model",)

    def __init__(self, page: Callable[[list[Message], Notices], Page]) -> None:
        self._page = page
        self._mark = token_hex(16)
        self._numbers = re.compile(f"{self._mark}([0-9]+)".encode())
        self._spent = figures.Packed()
        self._whole = Overview(Known(Counts(), self._spent, []), [])

    def write(self, messages: list[Message], first: int, notices: Notices) -> Iterator[bytes]:
        """Yield the turns, each whole."""
        del first  # a run of these is all of a stretch
        page = self._page(messages, notices)
        marked = (replace(one, number=f"{self._mark}{one.number}") for one in Turns(messages, page))
        end = b""
        for part in each(marked, page):
            for chunk in part.chunks:
                yield printable(chunk) if isinstance(chunk, str) else chunk
            end = printable(END)
        yield end

    def overview(self, messages: list[Message], notices: Notices) -> Overview:
        """Return what the head has to know of them."""
        return Overview.of(messages, self._page(messages, notices))

    def follow(self, text: bytes, overview: Overview) -> bytes | None:
        """Return the turns with the numbers that they have in the session."""
        before = len(self._whole.contents)
        if before and overview.contents and (self._whole.asks or not overview.opens):
            return None
        self._spent.add(list(overview.known.spent))
        self._whole.take(overview)
        return self._numbers.sub(lambda match: b"%d" % (int(match[1]) + before), text)

    @property
    def whole(self) -> Overview:
        """What the head has to know of all of them."""
        return self._whole


@dataclass(slots=True)
class Overview:
    """
    What the head of a document tells of its messages.

    Attributes:
        known: What its figures are made of.
        contents: How each turn begins.
        opens: Whether the first message is what a person asked.
        asks: Whether the last one is, so that what follows belongs to its turn.
    """

    known: Known
    contents: list[str]
    opens: bool = False
    asks: bool = False

    @classmethod
    def of(cls, messages: list[Message], page: Page) -> Overview:
        """Return it of messages, and count what the options leave out of those that are not shown at all."""
        found = Turns(messages, page)
        found.count_left_out()
        known, contents = Known.of(messages), list(beginnings(found, page))
        last = found.last()
        return cls(known, contents, found.asked, last is not None and last.role == "user")

    def take(self, later: Overview) -> None:
        """Add that of later messages, but for what they took."""
        self.known.tools = figures.ranked([*self.known.tools, *later.known.tools])
        self.contents += later.contents
        self.asks = later.asks if later.contents else self.asks
