"""
CSV of messages: one row per message, those of sub-agents too, after the one that started them.

The rules are those of the table of usage events. Figures stand once per API message, with its last record.

| column | what it holds |
|---|---|
| `timestamp` | when it was written, ISO 8601 in the time zone of the options |
| `session_id` | the session's id |
| `number` | the message's place in the table of its session, from 1 |
| `role`, `author`, `model` | who wrote it |
| `text` | what it says, verbatim; events, errors and attachments by name, and thinking if asked for, as quoted lines |
| `tool_calls`, `tools` | how many tools it called, and their names |
| `prompt_tokens`, `completion_tokens`, `cost_diem` | as in the table of usage events, like the next four |
| `cache_read_tokens`, `cache_write_tokens`, `reasoning_tokens`, `estimated_cost_diem` | |
| `sub_agent` | `true` where a sub-agent wrote it |
| `message_id`, `parent_id` | its own id, and that of the message that it answers or follows |

A period takes the messages written in it, models those that they wrote. Lost: what tools were given and gave back,
branches (but for `parent_id`), texts beyond the 32,767 characters that a cell of Excel holds, hidden messages.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from py_export.analytics_options import MessagesCsvOptions
from py_export.csvtext import BOM, Cell, row
from py_export.model import Message, Session, ToolCall
from py_export.notices import Notices
from py_export.options import ContentOptions
from py_export.times import rfc3339
from py_export.transforms.analytics.analysis import is_wanted
from py_export.transforms.analytics.events import of_messages
from py_export.transforms.analytics.records import UsageEvent
from py_export.writers.content import content, page_for
from py_export.writers.hidden import report_hidden

COLUMNS = (
    "timestamp",
    "session_id",
    "number",
    "role",
    "author",
    "model",
    "text",
    "tool_calls",
    "tools",
    "prompt_tokens",
    "completion_tokens",
    "cost_diem",
    "cache_read_tokens",
    "cache_write_tokens",
    "reasoning_tokens",
    "estimated_cost_diem",
    "sub_agent",
    "message_id",
    "parent_id",
)


def write(session: Session, options: MessagesCsvOptions, notices: Notices) -> Iterator[str]:
    """Yield the table of one session, row by row."""
    yield from write_several((session,), options, notices, session.exported_at)


def write_several(
    sessions: Iterable[Session], options: MessagesCsvOptions, notices: Notices, _exported_at: int | None
) -> Iterator[str]:
    """Yield the table of several sessions, one after the other."""
    yield (BOM if options.bom else "") + row(COLUMNS, notices)
    for session in sessions:
        report_hidden(session, notices)
        shown = ContentOptions(
            locale=options.locale,
            timezone=options.timezone,
            messages=options.messages,
            thinking=options.thinking,
            tools="summary",
        )
        page = page_for(session.messages, shown, notices)
        events = of_messages(session, options.price_table)
        for number, (message, where) in enumerate(_walk(session.messages, ""), 1):
            if is_wanted(message.created_at, message.model, options, notices):
                said = content(message, page, where, tools=False)
                at = message.created_at
                place = (None if at is None else rfc3339(at, options.timezone), session.id, number)
                yield row((*place, *_about(message, said, events.get(id(message)))), notices, where)
        yield ""


def _walk(messages: list[Message], before: str) -> Iterator[tuple[Message, str]]:
    """Yield each message that is shown, with its place."""
    for at, message in enumerate(messages):
        where = f"{before}messages[{at}]"
        if not message.hidden:
            yield message, where
        for number, block in enumerate(message.blocks):
            if isinstance(block, ToolCall) and block.messages:
                yield from _walk(block.messages, f"{where}.blocks[{number}].")


def _about(message: Message, said: str, event: UsageEvent | None) -> Iterator[Cell]:
    calls = [block.name for block in message.blocks if isinstance(block, ToolCall)]
    yield from (message.role, message.author, message.model, said or None)
    yield from (len(calls), ", ".join(dict.fromkeys(calls)) or None)
    yield from (None,) * 7 if event is None else _spent(event)
    yield from (message.sub_agent is not None, message.id, message.parent_id)


def _spent(event: UsageEvent) -> tuple[Cell, ...]:
    usage = event.usage
    return (
        event.prompt_tokens,
        usage.output_tokens,
        usage.cost_usd,
        usage.cache_read_tokens,
        usage.cache_write_tokens,
        usage.reasoning_tokens,
        event.estimated_cost_usd,
    )
