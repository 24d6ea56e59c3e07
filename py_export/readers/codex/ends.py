"""How tools fared, as the screen was told: the structured twin of a call's result, or the only record of the call."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from py_export.model import Json, ToolCall, ToolResult
from py_export.readers.records import results, tools, values
from py_export.readers.records.draft import Draft, Result

_OUTPUTS = ("aggregated_output", "formatted_output", "stdout", "stderr", "result", "error", "content_items", "output")
_GIVEN = ("arguments", "action", "changes", "command", "query", "prompt", "path")
_TOLD = frozenset(
    """
    type id call_id turn_id process_id source server tool status success exit_code cwd duration started_at completed_at
    started_at_ms completed_at_ms parsed_cmd mcp_app_resource_uri plugin_id
    """.split()  # noqa: SIM905 - a list of words is easier to read
).union(_OUTPUTS)
"""What an end says beside what the tool was given."""

_NAMES = {
    "exec_command": "shell",
    "command_execution": "shell",
    "patch_apply": "apply_patch",
    "file_change": "apply_patch",
    "web_search": "web_search",
}


class Ends:
    """Collects the ends of tool calls, and gives them to their calls."""

    def __init__(self) -> None:
        self._found: dict[int, tuple[Draft, str, dict[str, Any]]] = {}

    def note(self, draft: Draft, kind: str, payload: dict[str, Any]) -> None:
        """Take one end; ``kind`` is the tool's, as records name it."""
        self._found[id(draft)] = (draft, kind, payload)

    def forget(self, draft: Draft) -> None:
        """Let go of what a draft told, as it is about to tell it anew."""
        self._found.pop(id(draft), None)

    def hold(self, draft: Draft) -> bool:
        """Return whether a draft told one."""
        return id(draft) in self._found

    def settle(self, drafts: Sequence[Draft]) -> list[Draft]:
        """Return the drafts with every end as a call, or behind them, as the last word on a call that stands there."""
        called = {block.id for draft in drafts for block in draft.blocks if isinstance(block, ToolCall)}
        answered = {result.call_id for draft in drafts for result in draft.results}
        behind: set[int] = set()
        for draft, kind, payload in self._found.values():
            identity = values.identifier(values.first(payload, "call_id", "id"))
            result = Result(identity, _result(payload), duration_ms=_span(payload.get("duration")))
            if identity is not None and identity in called:
                behind.add(id(draft))
                if identity in answered:
                    result.result.blocks = []  # the model saw them, as they stand in its own record
            else:
                result.call_id = identity or f"{draft.message.id}-call"
                draft.add(_call(result.call_id, kind, payload, draft), role="assistant")
                draft.message.hidden = False
            draft.results.append(result)
        first = [draft for draft in drafts if id(draft) not in behind]
        return first + [draft for draft in drafts if id(draft) in behind]


def _call(identity: str, kind: str, payload: dict[str, Any], draft: Draft) -> ToolCall:
    about = values.mapping(payload.get("invocation")) or payload
    server, tool = values.string(about.get("server")), values.string(about.get("tool"))
    name = _NAMES.get(kind) or (f"mcp__{server}__{tool}" if server and tool else tool or kind)
    key = next((key for key in _GIVEN if about.get(key) is not None), None)
    given: Json = values.beside(about, _TOLD) or None
    if key is not None:
        given = about[key] if key in ("arguments", "action") else {key: about[key]}
    if kind == "web_search" and isinstance(given, dict) and "query" in about:
        given = {"query": about["query"]} | given
    call = ToolCall(identity, name, input=given, started_at=draft.message.created_at)
    return tools.describe(call)


def _result(payload: dict[str, Any]) -> ToolResult:
    said = [payload[key] for key in _OUTPUTS if payload.get(key) not in (None, "", [])]
    if isinstance(payload.get("aggregated_output"), str):
        said = said[:1]  # both streams, as they came
    streams = [one for one in said if isinstance(one, str)]
    content: Json = "\n".join(streams) if len(streams) == len(said) else said[0]
    code = values.integer(payload.get("exit_code"))
    failed = payload.get("success") is False or payload.get("status") in ("failed", "declined") or bool(code)
    found = results.result(content or None, None, is_error=failed or None)
    found.data, found.exit_code = payload, code
    return found


def _span(duration: Json) -> int | None:
    """Return a duration in milliseconds from seconds and nanoseconds."""
    record = values.mapping(duration)
    seconds, nanos = values.count(record.get("secs")), values.count(record.get("nanos")) or 0
    return None if seconds is None else seconds * 1000 + nanos // 1_000_000
