"""What is to be written, and how far it has come."""

from __future__ import annotations

from typing import NamedTuple

from py_export.model import Session
from py_export.notices import Notices
from py_export.options import HistoryOptions, Options
from py_export.transforms.pair import pairs
from py_export.writers import Writer


class Prepared(NamedTuple):
    """What is to be written, how, and what was noticed on the way there."""

    session: Session
    writer: Writer
    options: Options
    notices: Notices

    def whole(self, head: int, written: int, told: int) -> int:
        """Estimate the whole document's size from its head's and what so many messages or pairs have taken."""
        if self.source_size:
            return max(self.source_size, written)
        return head + (written - head) * max(self.units, told) // max(told, 1)

    @property
    def source_size(self) -> int:
        """The payload's size where it is given back as it came: by size and not by message; else 0."""
        document = self.session.document
        return len(document.data) if self.writer.id == "json" and document is not None else 0

    @property
    def units(self) -> int:
        """How many chunks the document takes: one per message, or per pair."""
        messages = self.session.messages
        return len(pairs(messages)) if issubclass(self.writer.options, HistoryOptions) else len(messages)
