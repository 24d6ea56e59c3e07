"""
CSV of tool calls: one row per call, those of sub-agents too. The rules of the table of usage events hold here as well.

| column | what it holds |
|---|---|
| `timestamp` | when it was called, else when the message that calls it was written |
| `session_id` | the session's id |
| `number` | the call's place in its session, from 1 |
| `tool` | the tool's name, as the source has it |
| `kind` | `read`, `write`, `edit`, `search`, `shell`, `task`, `web`, `plan` or `generic` |
| `subject` | what was done, in one line: a command, a path, a pattern, an address |
| `description` | what the call says of it |
| `paths` | the files that a call of kind read, write or edit names |
| `status` | `completed`, `error`, `denied`, `cancelled`, `running`, `pending` |
| `failed` | `true` where it failed, was denied or was cancelled |
| `exit_code` | a shell command's, where the source states it |
| `duration_ms` | how long it took, in milliseconds |
| `model` | the model that called it |
| `sub_agent` | `true` where a sub-agent called it |
| `message_id`, `call_id` | the message that calls it, and the call's own id |

A period takes the calls made in it. Lost: what tools were given and what they gave back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from py_export.analytics_options import CsvOptions
from py_export.csvtext import BOM, Cell, row
from py_export.model import Session
from py_export.notices import Notices
from py_export.times import rfc3339
from py_export.transforms.analytics.analysis import is_wanted
from py_export.transforms.analytics.events import Called, calls

COLUMNS = (
    "timestamp",
    "session_id",
    "number",
    "tool",
    "kind",
    "subject",
    "description",
    "paths",
    "status",
    "failed",
    "exit_code",
    "duration_ms",
    "model",
    "sub_agent",
    "message_id",
    "call_id",
)


def write(session: Session, options: CsvOptions, notices: Notices) -> Iterator[str]:
    """Yield the table of one session, row by row."""
    yield from write_several((session,), options, notices, session.exported_at)


def write_several(
    sessions: Iterable[Session], options: CsvOptions, notices: Notices, _exported_at: int | None
) -> Iterator[str]:
    """Yield the table of several sessions, one after the other."""
    yield (BOM if options.bom else "") + row(COLUMNS, notices)
    for session in sessions:
        for one in calls(session):
            if is_wanted(one.use.timestamp, one.use.model, options, notices):
                yield row(_cells(one, options), notices)
        yield ""


def _cells(one: Called, options: CsvOptions) -> tuple[Cell, ...]:
    use, call, _ = one
    at = use.timestamp
    return (
        None if at is None else rfc3339(at, options.timezone),
        use.session_id,
        use.number,
        use.name,
        use.kind,
        call.subject,
        call.description,
        ", ".join(call.paths) or None,
        use.status,
        use.failed,
        None if call.result is None else call.result.exit_code,
        use.duration_ms,
        use.model,
        use.sub_agent,
        use.message_id,
        call.id,
    )
