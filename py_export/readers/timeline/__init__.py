"""From single records to the conversation as its chat shows it: calls with results, sub-agents below calls."""

from __future__ import annotations

from collections.abc import Mapping

from py_export.model import Message
from py_export.notices import Notices
from py_export.readers.records import usage
from py_export.readers.records.draft import Draft
from py_export.readers.timeline import agents, calls, streams, turns
from py_export.readers.timeline.calls import Request


def arrange(drafts: list[Draft], requests: Mapping[str, Request], notices: Notices) -> list[Message]:
    """
    Return the messages of a session from its records in time order.

    Args:
        drafts: The records, decoded; they are used up.
        requests: What is known of tool calls elsewhere, by the call's id: what was asked, and what a person decided.
        notices: Where what could not be tied together is reported.
    """
    usage.settle(drafts)
    drafts = calls.join(streams.merge(drafts), requests, notices)
    top, below = agents.nest(drafts, notices)
    for call, inner in below:
        call.messages = turns.flow(inner)
    messages = turns.flow(top)
    hidden = sum(message.hidden for message in messages) + sum(
        message.hidden for call, _ in below for message in call.messages
    )
    if hidden:
        notices.add("hidden_messages", count=hidden)
    return messages


__all__ = ["Request", "arrange"]
