"""What Claude Code notes in its files beside the talk: snapshots, queues, hooks, modes. Kept, and never shown."""

from __future__ import annotations

from typing import Any

from py_export.model import Event
from py_export.readers.records import values
from py_export.readers.records.draft import Draft

_KINDS = frozenset(
    [
        "agent-color",
        "agent-name",
        "agent-setting",
        "ai-title",
        "atis-latch",
        "attribution-snapshot",
        "bridge-session",
        "content-replacement",
        "custom-title",
        "file-history-snapshot",
        "frame-link",
        "last-prompt",
        "marble-origami-commit",
        "marble-origami-snapshot",
        "mode",
        "permission-mode",
        "pr-link",
        "progress",
        "queue-operation",
        "relocated",
        "saved_hook_context",
        "speculation-accept",
        "started",
        "stream_event",
        "tag",
        "task-summary",
        "worktree-state",
    ]
)


def decode(draft: Draft, record: dict[str, Any]) -> bool:
    """Decode a record of the application's own; return whether it is a known one."""
    kind = record.get("type")
    if kind == "result" and "duration_ms" in record:  # the last line that the program prints, not a hub's own record
        draft.event(Event("bookkeeping", data={"kind": "result"}), hidden=True)
    elif kind == "attachment" and isinstance(record.get("attachment"), dict):
        named = values.string(record["attachment"].get("type"))
        draft.event(Event("attachment", data={} if named is None else {"kind": named}), hidden=True)
    elif isinstance(kind, str) and kind in _KINDS:
        draft.event(Event("bookkeeping", data={"kind": kind}), hidden=True)
    else:
        return False
    return True
