"""
The sidepanel's JSON, version "1.0": ``{"version", "exportedAt", "session": {…, "metrics", "messages"}}``.

Its fields, in its order, and no others. Times are ISO 8601, a message's with the UTC offset that its source kept,
durations milliseconds; ``promptTokens`` are all that the model was given, the cache's included. What a session does not
say is left out; ``content`` is the message's texts, with events, errors and attachments as quoted lines, as in JSON
Lines.

Lost: tools' results, thinking (unless asked for, then quoted in ``content``), sub-agents' messages, branches, which
tokens came from the cache.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from py_export import jsonlayout, jsontext
from py_export.model import Json, Message, Session, ToolCall, Usage
from py_export.notices import Notices
from py_export.options import SidepanelJsonOptions
from py_export.times import LAST
from py_export.transforms import measure
from py_export.transforms.shown import duration
from py_export.versions import PRESENT
from py_export.writers.content import content, page_for
from py_export.writers.figures import prompt_tokens, session_counts, session_usage
from py_export.writers.hidden import report_hidden
from py_export.writers.markdown_page import Page


def write(session: Session, options: SidepanelJsonOptions, notices: Notices) -> Iterator[bytes]:
    """Yield the document: UTF-8, two spaces, LF, one newline at the end."""
    report_hidden(session, notices)
    if session.notes:
        notices.add("part_left_out", "notes", len(session.notes), type="note")
    page = page_for(session.messages, options, notices)
    head = {"version": PRESENT["sidepanel-json"], "exportedAt": _time(session.exported_at, page)}
    document = _known(head) | {"session": _header(session, page)}
    messages = (_message(one, page, f"messages[{at}]") for at, one in enumerate(session.messages) if not one.hidden)
    yield jsontext.encode(document, indent=2).removesuffix(b"\n  }\n}")
    yield from jsonlayout.listed("messages", messages, 2)
    yield b"\n  }\n}\n"


def _header(session: Session, page: Page) -> dict[str, Json]:
    taken = session.duration_ms
    return _known(
        {
            "id": session.id,
            "title": session.title,
            "createdAt": _time(page.shown.time(session.created_at), page),
            "duration": measure.duration(session.messages) if taken is None else taken,
            "model": session.model or measure.model(session.messages),
            "provider": session.provider,
            "metrics": _metrics(session, page),
        }
    )


def _metrics(session: Session, page: Page) -> dict[str, Json]:
    usage = page.shown.usage(session_usage(session)) or Usage()
    given, made = prompt_tokens(usage), usage.output_tokens
    counts = session_counts(session)
    return _known(
        {
            "promptTokens": given,
            "completionTokens": made,
            "totalTokens": None if given is None or made is None else given + made,
            "cost": usage.cost_usd,
            "messageCount": counts.messages,
            "toolCalls": counts.tool_calls,
        }
    )


def _message(message: Message, page: Page, where: str) -> dict[str, Json]:
    said = content(message, page, where, tools=False)
    usage = page.shown.spent(message) or Usage()
    return _known(
        {
            "id": message.id,
            "role": message.role,
            "content": said if said or page.options.messages else None,
            "timestamp": _time(page.shown.time(message.created_at), page, message.utc_offset),
            "usage": _known({"promptTokens": prompt_tokens(usage), "completionTokens": usage.output_tokens}) or None,
            "toolCalls": list(_calls(message, page, where)) or None,
        }
    )


def _calls(message: Message, page: Page, where: str) -> Iterator[dict[str, Json]]:
    quiet = Notices()  # what is left out has been counted with the content
    for place, block in page.shown.with_notices(quiet).blocks(message, where):
        if isinstance(block, ToolCall):
            full = page.options.tools == "full"
            yield _known({"name": block.name, "args": block.input if full else None, "duration": duration(block)})
            if full and block.result is not None:
                page.notices.add("part_left_out", f"{place}.result", type="tool_result")
            if block.messages:
                page.notices.add("part_left_out", f"{place}.messages", len(block.messages), type="sub-agent")


def _time(at: int | None, page: Page, offset: int | None = None) -> str | None:
    return None if at is None or abs(at) > LAST else page.brief(at, offset)


def _known(values: dict[str, Any]) -> dict[str, Json]:
    return {name: value for name, value in values.items() if value is not None}
