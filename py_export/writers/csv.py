"""
CSV: what each API message took, one row per usage event, as the sidepanel's analytics export has it.

Its columns come first, in its order: ``timestamp``, ``type``, ``model``, ``prompt_tokens``, ``completion_tokens``,
``cost_diem``, ``session_id``; ours follow. RFC 4180: UTF-8, commas, CRLF, one header; several sessions are one table.

| column | what it holds |
|---|---|
| `timestamp` | when the message was written, ISO 8601 in the time zone of the options |
| `type` | `message` is an API message; `session` is what a session's own total says beyond its messages |
| `model` | as the source names it |
| `prompt_tokens` | all that the model was given, the cache's included |
| `completion_tokens` | what it wrote, its reasoning included |
| `cost_diem` | the cost as it was recorded, in Diem, which are US dollars |
| `session_id` | the session's id |
| `provider`, `app` | as the source names them |
| `cache_read_tokens`, `cache_write_tokens` | of the prompt: read from the cache, written to it |
| `reasoning_tokens` | of what it wrote: reasoning |
| `estimated_cost_diem` | the cost by the price table, where none was recorded; never in `cost_diem` |
| `sub_agent` | `true` where a sub-agent wrote it |
| `message_id` | the message that holds its figures |

A message that several records repeat is one row, by the last of them. What is unknown is empty, never 0; numbers have
all their digits and no exponent. No cell is a formula: what a spreadsheet could take for one gets an apostrophe first.

Lost: what was said.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from py_export.analytics_options import CsvOptions
from py_export.csvtext import BOM, row
from py_export.model import Session
from py_export.notices import Notices
from py_export.times import rfc3339
from py_export.transforms.analytics.analysis import taken
from py_export.transforms.analytics.records import UsageEvent

COLUMNS = (
    "timestamp",
    "type",
    "model",
    "prompt_tokens",
    "completion_tokens",
    "cost_diem",
    "session_id",
    "provider",
    "app",
    "cache_read_tokens",
    "cache_write_tokens",
    "reasoning_tokens",
    "estimated_cost_diem",
    "sub_agent",
    "message_id",
)


def write(session: Session, options: CsvOptions, notices: Notices) -> Iterator[str]:
    """Yield the table of one session."""
    yield from write_several((session,), options, notices, session.exported_at)


def write_several(
    sessions: Iterable[Session], options: CsvOptions, notices: Notices, _exported_at: int | None
) -> Iterator[str]:
    """Yield the table of several sessions, one after the other."""
    yield (BOM if options.bom else "") + row(COLUMNS, notices)
    for session in sessions:
        events = taken(session, options, notices).events
        yield "".join(_row(event, session, options, notices) for event in events)


def _row(event: UsageEvent, session: Session, options: CsvOptions, notices: Notices) -> str:
    at, usage = event.timestamp, event.usage
    return row(
        (
            None if at is None else rfc3339(at, options.timezone),
            event.type,
            event.model,
            event.prompt_tokens,
            usage.output_tokens,
            usage.cost_usd,
            event.session_id,
            event.provider,
            session.source.app,
            usage.cache_read_tokens,
            usage.cache_write_tokens,
            usage.reasoning_tokens,
            event.estimated_cost_usd,
            event.sub_agent,
            event.message_id,
        ),
        notices,
    )
