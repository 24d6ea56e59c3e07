"""
Codex's rollouts: JSON Lines below ``~/.codex/sessions``, one file per session, and its sub-agents' files beside it.

Also read: the flat form of 2025, whose first line is the session; what ``codex exec --json`` prints, now and before;
a folder of rollouts. What a rollout says twice, once for the model and once for the screen, is one message. Tokens are
those of the counter's last total; each reading goes to the answer before it. Turns that were rolled back are a branch
that ends there.

Kept, and hidden from what people read: instructions, the environment, and what else the application put into the
conversation as if the user had said it; turns' begins and ends, settings, snapshots. Reasoning that is encrypted stays
in its record. What a compaction replaced the history by is not told again. Records have no ids: they are numbered.
"""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from py_export.errors import NotRecognised
from py_export.model import Message, Session
from py_export.notices import Notices
from py_export.readers.codex import rollback
from py_export.readers.codex.gathering import gather, sub_agents
from py_export.readers.codex.rollout import Rollout
from py_export.readers.input import Input
from py_export.readers.lines import records
from py_export.readers.records import values
from py_export.readers.timeline import arrange
from py_export.transforms import measure

_ENVELOPES = frozenset({"session_meta", "response_item", "event_msg", "turn_context", "compacted"})
_ITEMS = frozenset({"message", "reasoning", "function_call", "function_call_output"})


def matches(given: Input) -> bool:
    """Return whether the first lines hold a record of a rollout, or an event of ``codex exec``."""
    return any(map(_is_record, given.first_records))


def read(given: Input, notices: Notices) -> list[Session]:
    """
    Read one session, with the files of its sub-agents that belong to it.

    Raises:
        NotRecognised: No record of it says anything.
    """
    rollout = Rollout(notices)
    for where, record in records(given.data, notices):
        rollout.add(where, record)
    if not rollout.turns:
        raise NotRecognised(structure=given.structure(), known="codex")
    drafts, total = rollout.finish(), rollout.usage
    for child in sub_agents(given, rollout.id):
        inner = Rollout(notices, child.id, rollout.call_of(child.id))
        for where, record in records(child.data, notices, f"{child.name}: "):
            inner.add(where, record)
        drafts += inner.finish()
        total = measure.total(one for one in (total, inner.usage) if one is not None)
    messages = arrange(drafts, {}, notices)
    rollback.tie(messages)
    times = [one.created_at for one in measure.walk(messages) if one.created_at is not None]
    heading = rollout.heading
    return [
        Session(
            id=rollout.id or sha256(given.data).hexdigest()[:16],
            title=heading.name or _first_words(messages),
            source=heading.source(),
            created_at=min([*times, *([] if heading.created_at is None else [heading.created_at])], default=None),
            updated_at=max(times, default=heading.created_at),
            duration_ms=measure.duration(messages),
            model=measure.model(messages) or heading.model,
            provider=heading.provider,
            workspace=heading.workspace,
            leaf_id=messages[-1].id if messages and messages[-1].parent_id is not None else None,
            usage=total or measure.usage(messages),
            counts=measure.counts(messages),
            metadata=heading.metadata,
            messages=messages,
        )
    ]


def _is_record(record: dict[str, Any]) -> bool:
    kind = record.get("type")
    if isinstance(kind, str):
        if kind in _ENVELOPES:
            return isinstance(record.get("payload"), dict)
        if kind in _ITEMS:
            return "call_id" in record or "summary" in record or isinstance(record.get("content"), list)
        return kind == "thread.started" or (kind.startswith("item.") and "item" in record)
    if "record_type" in record:
        return True
    if isinstance(record.get("msg"), dict):
        return isinstance(record["msg"].get("type"), str) and "id" in record
    return "instructions" in record and "timestamp" in record and "id" in record


def _first_words(messages: list[Message]) -> str | None:
    """Return the first line that a person typed."""
    for message in messages:
        if message.role == "user" and not message.hidden and message.sub_agent is None:
            text = values.text([block.text for block in message.blocks if block.type == "text"]) or ""
            line = next((line.strip() for line in text.split("\n") if line.strip()), None)
            if line is not None:
                return line
    return None


__all__ = ["gather", "matches", "read"]
