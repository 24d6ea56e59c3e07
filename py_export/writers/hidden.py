"""What every format for people leaves out because the application's own chat does not show it either."""

from __future__ import annotations

from py_export.model import Session
from py_export.notices import Notices
from py_export.transforms.measure import walk


def report_hidden(session: Session, notices: Notices) -> None:
    """Report hidden messages, unless the reader has said so."""
    if "hidden_messages" not in notices:
        hidden = sum(message.hidden for message in walk(session.messages))
        if hidden:
            notices.add("hidden_messages", count=hidden)
