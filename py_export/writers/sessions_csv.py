"""
CSV of sessions: one row per session, with what it took. The rules of the table of usage events hold here as well.

| column | what it holds |
|---|---|
| `session_id`, `title` | the session |
| `app`, `app_version`, `provider`, `model`, `workspace` | where it comes from, and which model wrote last |
| `created_at`, `updated_at` | when it began and ended, ISO 8601 in the time zone of the options |
| `duration_ms` | from the first to the last message, in milliseconds |
| `messages`, `user_messages`, `assistant_messages` | how many it holds, sub-agents' included, hidden ones aside |
| `files_read`, `files_written` | how many files its tools read and wrote |
| `requests` | how many API messages |
| `tool_calls`, `failed_tool_calls` | how many calls of tools, and how many of them failed or were not allowed |
| `prompt_tokens`, `completion_tokens`, `cost_diem` | their sums, as in the table of usage events, like the next four |
| `cache_read_tokens`, `cache_write_tokens`, `reasoning_tokens`, `estimated_cost_diem` | |
| `unpriced_requests` | of how many API messages neither cost is known |

With a period or models, what stands from `requests` on counts what lies within, and a session that has nothing there
has no row. Lost: messages.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from py_export.analytics_options import CsvOptions
from py_export.csvtext import BOM, Cell, row
from py_export.model import Counts, Session
from py_export.notices import Notices
from py_export.times import rfc3339
from py_export.transforms import measure
from py_export.transforms.analytics.adding import Adder
from py_export.transforms.analytics.analysis import Taken, is_open, taken
from py_export.transforms.analytics.events import facts
from py_export.transforms.analytics.records import prompt_tokens

COLUMNS = (
    "session_id",
    "title",
    "app",
    "app_version",
    "provider",
    "model",
    "workspace",
    "created_at",
    "updated_at",
    "duration_ms",
    "messages",
    "user_messages",
    "assistant_messages",
    "files_read",
    "files_written",
    "requests",
    "tool_calls",
    "failed_tool_calls",
    "prompt_tokens",
    "completion_tokens",
    "cost_diem",
    "cache_read_tokens",
    "cache_write_tokens",
    "reasoning_tokens",
    "estimated_cost_diem",
    "unpriced_requests",
)


def write(session: Session, options: CsvOptions, notices: Notices) -> Iterator[str]:
    """Yield the table of one session: its header and one row."""
    yield from write_several((session,), options, notices, session.exported_at)


def write_several(
    sessions: Iterable[Session], options: CsvOptions, notices: Notices, _exported_at: int | None
) -> Iterator[str]:
    """Yield the table of several sessions."""
    yield (BOM if options.bom else "") + row(COLUMNS, notices)
    for session in sessions:
        found = taken(session, options, notices)
        within = is_open(options) or found.events or found.calls
        yield row((*_about(session, options), *_sums(found)), notices) if within else ""


def _about(session: Session, options: CsvOptions) -> Iterator[Cell]:
    """Yield what is known of the session as a whole."""
    known = facts(session)
    counts: Counts = known["counts"]
    yield from (known[name] for name in ("id", "title", "app", "app_version", "provider"))
    yield from (session.model or measure.model(session.messages), session.workspace)
    for at in (session.created_at, session.updated_at):
        yield None if at is None else rfc3339(at, options.timezone)
    yield known["duration_ms"]
    yield from (counts.messages, counts.user_messages, counts.assistant_messages)
    yield from (counts.files_read, counts.files_written)


def _sums(found: Taken) -> Iterator[Cell]:
    """Yield what it took."""
    adder = Adder()
    for event in found.events:
        adder.event(event, 0)
    for use, _, _ in found.calls:
        adder.call(use, 0)
    sums = adder.sums()
    usage = sums["usage"]
    yield from (sums["requests"], sums["tool_calls"], adder.failed)
    yield from (prompt_tokens(usage), usage.output_tokens, usage.cost_usd)
    yield from (usage.cache_read_tokens, usage.cache_write_tokens, usage.reasoning_tokens)
    yield from (sums["estimated_cost_usd"], sums["unpriced"])
