"""The items of Codex's interface, as rollouts keep some of them and ``codex exec --json`` prints all of them."""

from __future__ import annotations

import json
from typing import Any

from py_export.model import Event, Image, Json, ToolCall
from py_export.readers.codex.ends import Ends
from py_export.readers.codex.speech import Speech
from py_export.readers.records import codex, codex_items, events, media, results, said, tools, values
from py_export.readers.records.draft import Draft, Result

_RUNS = frozenset(
    {"command_execution", "file_change", "mcp_tool_call", "web_search", "dynamic_tool_call", "image_view"}
)


class Interface:
    """Decodes items; what they tell of a tool's end goes with the others."""

    def __init__(self, speech: Speech, ends: Ends) -> None:
        self._speech = speech
        self._ends = ends
        self._begun: dict[str, Draft] = {}

    def prompt(self, draft: Draft, payload: dict[str, Any]) -> Draft:
        """Decode what the user typed, with the images that go with it."""
        text = payload.get("message")
        images: list[Image] = [
            media.from_address(one) for one in values.items(payload.get("images")) if isinstance(one, str)
        ]
        images += [Image(path=one) for one in values.items(payload.get("local_images")) if isinstance(one, str)]
        if not isinstance(text, str):
            draft.unknown(payload)
            return draft
        return self._speech.prompt(draft, [text], images, "screen")

    def printed(self, draft: Draft, item: dict[str, Any]) -> Draft:
        """Decode an item that may have begun in an earlier line: the last line that tells of it stands."""
        identity = values.identifier(item.get("id"))
        begun = self._begun.get(identity) if identity is not None else None
        if begun is None:
            if identity is not None:
                self._begun[identity] = draft
            return self.item(draft, item)
        begun.blocks.clear()
        begun.results.clear()
        self._ends.forget(begun)
        self.item(begun, item)
        return begun

    def item(self, draft: Draft, item: dict[str, Any]) -> Draft:
        """Decode one item."""
        kind = codex_items.name(item)
        said_here = values.first(item, "text", "content")
        if kind == "user_message":
            return self._prompted(draft, said_here)
        if kind in ("agent_message", "plan"):
            return self._speech.answer(draft, said_here, "interface")
        if kind == "reasoning":
            return self._speech.thought(draft, item, "interface")
        draft.message.role = "assistant"
        draft.message.model = self._speech.model
        if kind in _RUNS:
            self._ends.note(draft, kind, item)
        elif kind == "todo_list":
            codex.decode(draft, {"type": "plan", "entries": [_step(one) for one in values.items(item.get("items"))]})
        elif kind == "error":
            events.failure(draft, codex_items.message(item))
        elif kind == "collab_tool_call":
            _collaborate(draft, item)
        elif kind in ("sleep", "context_compaction", "hook_prompt", "entered_review_mode"):
            draft.event(Event("bookkeeping", data={"kind": kind}), hidden=True)
        else:
            draft.unknown(item)
        return draft

    def review(self, draft: Draft, output: dict[str, Any]) -> str:
        """Decode a review; return what it says as a whole, which an answer may say again."""
        found = said.review(json.dumps(output))
        if found is None:
            draft.event(Event("bookkeeping", data={"kind": "review"}), hidden=True)
            return ""
        draft.add(*found, role="assistant")
        return (values.string(output.get("overall_explanation")) or "").strip()

    def _prompted(self, draft: Draft, content: Json) -> Draft:
        parts = values.items(content)
        texts = [text for part in parts if (text := values.text(part)) is not None]
        images = [media.image(part) for part in parts if isinstance(part, dict) and "image" in codex_items.name(part)]
        return self._speech.prompt(draft, texts, images, "interface")


def _step(item: Json) -> Json:
    record = values.mapping(item)
    if not isinstance(record.get("text"), str):
        return item
    return {"content": record["text"], "status": "completed" if record.get("completed") is True else "pending"}


def _collaborate(draft: Draft, item: dict[str, Any]) -> None:
    identity = values.identifier(item.get("id"))
    given = {key: item[key] for key in ("prompt", "receiver_thread_ids") if item.get(key)}
    draft.add(tools.describe(ToolCall(identity, values.string(item.get("tool")) or "unknown", input=given)))
    states = item.get("agents_states")
    if item.get("status") in ("completed", "failed"):
        draft.results.append(
            Result(identity, results.result(states or None, is_error=item["status"] == "failed" or None))
        )
