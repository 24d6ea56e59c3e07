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
_ATTACHED = frozenset(
    """
    agent_listing_delta agent_mention already_read_file async_hook_response auto_mode auto_mode_exit budget_usd
    command_permissions compact_file_reference compaction_reminder context_efficiency critical_system_reminder
    current_session_memory date_change deferred_tools_delta diagnostics directory dynamic_skill edited_image_file
    edited_text_file file invoked_skills mcp_instructions_delta mcp_resource memory_update nested_memory
    opened_file_in_ide output_style output_token_usage pdf_reference plan_file_reference plan_mode plan_mode_exit
    plan_mode_reentry relevant_memories selected_lines_in_ide skill_discovery skill_listing structured_output
    task_reminder task_status team_context teammate_mailbox todo todo_reminder token_usage ultrathink_effort
    verify_plan_reminder
    """.split()  # noqa: SIM905 - a list of words is easier to read
)


def decode(draft: Draft, record: dict[str, Any]) -> bool:
    """Decode a record of the application's own; return whether it is a known one."""
    kind = record.get("type")
    if kind == "result" and "duration_ms" in record:  # the last line that the program prints, not a hub's own record
        draft.event(Event("bookkeeping", data={"kind": "result"}), hidden=True)
    elif kind == "attachment" and isinstance(record.get("attachment"), dict):
        _attached(draft, record["attachment"])
    elif isinstance(kind, str) and kind in _KINDS:
        draft.event(Event("bookkeeping", data={"kind": kind}), hidden=True)
    else:
        return False
    return True


def _attached(draft: Draft, attachment: dict[str, Any]) -> None:
    """Decode what the application put beside a turn; what it is not known to put there is counted."""
    named = values.string(attachment.get("type"))
    draft.event(Event("attachment", data={} if named is None else {"kind": named}), hidden=True)
    if named is None or not (named in _ATTACHED or named.startswith("hook_")):
        draft.notices.add("unknown_type", draft.where, type=values.type_name(attachment))
