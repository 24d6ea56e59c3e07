"""One rollout's records, decoded in order: the model's conversation, the screen's events, what programs are told."""

from __future__ import annotations

from typing import Any

from py_export.model import Event, Json, Message, Unknown, Usage
from py_export.notices import Notices
from py_export.readers.codex import counter
from py_export.readers.codex.ends import Ends
from py_export.readers.codex.heading import Heading
from py_export.readers.codex.interface import Interface
from py_export.readers.codex.speech import Speech
from py_export.readers.records import codex, codex_items, events, values
from py_export.readers.records.draft import Draft

_ENVELOPES = frozenset(
    [
        "inter_agent_communication",
        "inter_agent_communication_metadata",
        "realtime_item",
        "retained_context",
        "token_usage_record",
        "world_state",
    ]
)
_ITEMS = frozenset(["additional_tools", "compaction", "compaction_trigger", "context_compaction", "ghost_snapshot"])
_EVENTS = frozenset(
    """
    agent_reasoning_section_break background_event deprecation_notice dynamic_tool_call_request elicitation_request
    dynamic_tool_call_response guardian_assessment hook_completed hook_started item_started list_skills_response
    mcp_startup_complete mcp_startup_update mcp_list_tools_response model_reroute plan_delta raw_response_item
    request_permissions request_user_input safety_buffering session_configured shutdown_complete skills_update_available
    sub_agent_activity task_complete task_started terminal_interaction thread_settings_applied turn_complete turn_diff
    turn_started undo_completed undo_started entered_review_mode model_verification turn_moderation_metadata
    """.split()  # noqa: SIM905 - a list of words is easier to read
)
_EVENT_ENDINGS = ("_begin", "_delta", "_approval_request", "_updated")
"""What is told while something is under way, and told again when it has ended."""

_SAID = frozenset({"error", "stream_error", "warning", "guardian_warning"})
_ENDS = {
    "exec_command_end": "exec_command",
    "patch_apply_end": "patch_apply",
    "mcp_tool_call_end": "mcp_tool_call",
    "web_search_end": "web_search",
    "view_image_tool_call": "view_image",
}


class Rollout:
    """
    Decodes the records of one session, or of one sub-agent.

    Attributes:
        heading: What the records say of the session.
        turns: How many records say something.
        usage: The session's tokens, once it is finished.
    """

    def __init__(self, notices: Notices, agent: str | None = None, call: str | None = None) -> None:
        self.heading = Heading()
        self.turns = 0
        self.usage: Usage | None = None
        self._notices = notices
        self._agent = agent
        self._call = call
        self._drafts: list[Draft] = []
        self._speech = Speech()
        self._ends = Ends()
        self._interface = Interface(self._speech, self._ends)
        self._reviews: list[tuple[Draft, str]] = []
        self._started: list[tuple[str | None, str]] = []
        self._compacted: Draft | None = None
        self._number = 0
        self._before: Json = None

    @property
    def id(self) -> str | None:
        """The session's id."""
        return self.heading.id

    def add(self, where: str, record: Json) -> None:
        """Decode one record; one that stands there twice at the same time is read once."""
        self._number += 1
        if record == self._before and values.moment(values.mapping(record).get("timestamp")) is not None:
            self._notices.add("duplicates_merged", where)
            return
        self._before = record
        name = f"record-{self._number}" if self._agent is None else f"{self._agent}-record-{self._number}"
        draft = Draft(Message(id=name, role="event"), where, self._notices, [record])
        if isinstance(record, dict):
            draft.message.created_at = values.moment(record.get("timestamp"))
            kept = self._decode(draft, record)
            if not (kept.blocks or kept.results or self._ends.hold(kept)):
                self._read_nothing(kept, record)
        else:
            draft.unread_line(record)
            kept = draft
        unknown = self.heading.id is not None and any(isinstance(block, Unknown) for block in kept.blocks)
        self.turns += unknown or kept.message.role in ("user", "assistant")
        if kept is not draft:
            kept.sources += draft.sources
            return
        if self._agent is not None:
            draft.side = draft.transcript = True
            draft.agent_id, draft.parent_call = self._agent, self._call
        self._drafts.append(draft)

    def finish(self) -> list[Draft]:
        """Return the drafts, with what only the whole of them tells."""
        self._speech.settle()
        said = [one.shown_text for one in self._drafts if one.message.role == "assistant"]
        for draft, text in self._reviews:
            draft.message.hidden = any(text in one for one in said)
        drafts = self._ends.settle(self._drafts)
        self.usage = counter.settle(drafts)
        return drafts

    def call_of(self, agent: str) -> str | None:
        """Return the id of the tool call whose result names a sub-agent."""
        return next((call for call, said in self._started if agent in said), None)

    def _decode(self, draft: Draft, record: dict[str, Any]) -> Draft:
        """Decode a record of any form; return the draft that holds it, which may be another record's."""
        kind, payload = record.get("type"), record.get("payload")
        if isinstance(kind, str) and isinstance(payload, dict):
            return self._envelope(draft, kind, payload)
        if isinstance(record.get("msg"), dict):
            return self._event(draft, record["msg"])
        if isinstance(kind, str) and ("." in kind or kind == "error"):
            return self._printed(draft, kind, record)
        if isinstance(kind, str):
            return self._item(draft, record)
        if "record_type" in record:
            _note(draft, "state")
        elif isinstance(record.get("prompt"), str):
            return self._speech.prompt(draft, [record["prompt"]], [], "screen")
        elif {"instructions", "id", "workdir", "model"} & record.keys():
            self._begin(draft, record)
        else:
            draft.unknown(record)
        return draft

    def _read_nothing(self, draft: Draft, record: dict[str, Any]) -> None:
        """Keep a record that says something in a place where nothing here looks."""
        inner = next((record[key] for key in ("payload", "msg", "item") if isinstance(record.get(key), dict)), record)
        if codex_items.says(inner):
            draft.unknown(inner)

    def _envelope(self, draft: Draft, kind: str, payload: dict[str, Any]) -> Draft:
        if kind == "response_item":
            return self._item(draft, payload)
        if kind == "event_msg":
            return self._event(draft, payload)
        if kind == "session_meta":
            self._begin(draft, payload)
        elif kind == "turn_context":
            self.heading.go_on(payload)
            self._speech.model = self.heading.model
            _note(draft, kind)
        elif kind == "compacted":
            codex.decode(draft, {"type": "compact-summary", "summary": payload.get("message") or None})
            if "message" not in payload:
                draft.unread(values.beside(payload, ("replacement_history",)))
            self._compacted = draft
        elif kind in _ENVELOPES:
            _note(draft, kind)
        else:
            draft.unknown(draft.sources[0])
        return draft

    def _begin(self, draft: Draft, about: dict[str, Any]) -> None:
        self.heading.begin(about)
        self._speech.model = self.heading.model
        told = values.first(about, "instructions", "base_instructions")
        if draft.say(values.mapping(told).get("text") if isinstance(told, dict) else told) and draft.blocks:
            draft.message.role = "system"
            draft.message.hidden = True
        else:
            _note(draft, "session")

    def _item(self, draft: Draft, item: dict[str, Any]) -> Draft:
        kind = codex_items.name(item)
        if kind == "message":
            return self._speech.message(draft, item)
        if kind == "reasoning":
            return self._speech.thought(draft, item, "model")
        if kind == "agent_message":  # from one agent to another
            draft.message.author = values.string(item.get("author"))
            return self._speech.answer(draft, item.get("content"), "agent")
        known = codex_items.streamed(item)
        if known is not None:
            self._tool(draft, item, known)
        elif kind in _ITEMS:
            _note(draft, kind)
        else:
            draft.unknown(item)
        return draft

    def _tool(self, draft: Draft, item: dict[str, Any], streamed: dict[str, Any]) -> None:
        draft.message.role = "assistant"
        draft.message.model = self.heading.model
        codex.decode(draft, streamed)
        for block in draft.blocks:
            if (
                block.type == "tool_call"
                and item.get("status") == "completed"
                and item.get("type") == "web_search_call"
            ):
                block.status = "completed"
        for result in draft.results:
            code = result.result.exit_code
            if code and result.result.is_error is None:
                result.result.is_error = True
            self._started += ((result.call_id, one.text) for one in result.result.blocks if one.type == "text")

    def _event(self, draft: Draft, payload: dict[str, Any]) -> Draft:
        kind = payload.get("type")
        if not isinstance(kind, str):
            draft.unknown(payload)
        elif kind == "user_message":
            return self._interface.prompt(draft, payload)
        elif kind == "agent_message":
            return self._speech.answer(draft, payload.get("message"), "screen")
        elif kind in ("agent_reasoning", "agent_reasoning_raw_content"):
            return self._speech.thought(draft, {"content": payload.get("text")}, "screen")
        elif kind == "item_completed" and isinstance(payload.get("item"), dict):
            return self._interface.item(draft, payload["item"])
        elif kind in _ENDS:
            _note(draft, kind)
            draft.blocks.clear()
            self._ends.note(draft, _ENDS[kind], payload)
        else:
            self._happened(draft, kind, payload)
        return draft

    def _happened(self, draft: Draft, kind: str, payload: dict[str, Any]) -> None:
        if kind == "token_count" or (kind == "turn.completed" and isinstance(payload.get("usage"), dict)):
            codex.decode(draft, _reading(payload))
        elif kind == "context_compacted":
            codex.decode(draft, payload)
            draft.message.hidden = self._compacted is not None
            self._compacted = None
        elif kind == "turn_aborted":
            reason = values.string(payload.get("reason"))
            draft.event(events.first_filled("turn-aborted-because", "turn-aborted", data={"reason": reason}))
        elif kind == "thread_rolled_back":
            draft.event(Event("turns-taken-back", data={"turns": values.count(payload.get("num_turns")) or 0}))
        elif kind == "thread_name_updated":
            self.heading.name = values.string(payload.get("thread_name")) or self.heading.name
            _note(draft, kind)
        elif kind in _SAID:
            _say(draft, kind, codex_items.message(payload))
        elif kind == "exited_review_mode" and isinstance(payload.get("review_output"), dict):
            text = self._interface.review(draft, payload["review_output"])
            self._reviews += [(draft, text)] if text else []
        elif kind.startswith("thread_goal"):
            codex.decode(draft, payload)
        elif kind in _EVENTS or kind.endswith(_EVENT_ENDINGS) or kind.startswith("collab_"):
            self._started.append((values.identifier(payload.get("call_id")), str(payload.get("new_thread_id"))))
            _note(draft, kind)
        else:
            draft.unknown(payload)

    def _printed(self, draft: Draft, kind: str, record: dict[str, Any]) -> Draft:
        """Decode what ``codex exec --json`` prints."""
        if kind.startswith("item.") and isinstance(record.get("item"), dict):
            return self._interface.printed(draft, record["item"])
        if kind in ("error", "turn.failed"):
            events.failure(draft, values.first(record, "message", "error"))
        elif kind == "turn.completed":
            codex.decode(draft, _reading({**record, "type": "token_count"}))
        elif kind == "thread.started":
            self._begin(draft, record)
        elif kind in ("turn.started", "item.plan.delta"):
            _note(draft, kind)
        else:
            draft.unknown(record)
        return draft


def _reading(payload: dict[str, Any]) -> dict[str, Any]:
    """Return a counter's reading, which for a while stood in the end of a turn."""
    usage = payload.get("usage")
    return {"type": "token_count", "info": {"total": usage}} if isinstance(usage, dict) else payload


def _say(draft: Draft, kind: str, value: Json) -> None:
    """Say what went wrong, or nearly did."""
    if kind.endswith("error"):
        events.failure(draft, value)
    else:
        draft.event_saying("message", value)


def _note(draft: Draft, kind: str) -> None:
    draft.event(Event("bookkeeping", data={"kind": kind}), hidden=True)
