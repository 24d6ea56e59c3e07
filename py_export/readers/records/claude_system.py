"""Claude's system records: retries, turns' ends, compactions, recaps, and what the console notes for itself."""

from __future__ import annotations

from typing import Any

from py_export.model import Event, Json
from py_export.readers.records import events, tagged, values
from py_export.readers.records.draft import Draft

_STANDARD = frozenset({"conversation compacted", "context microcompacted", "context compacted"})


def decode(draft: Draft, record: dict[str, Any]) -> bool:
    """Decode a record that is neither a turn nor a summary; return whether it is a known one."""
    kind = record.get("type")
    if kind == "rate_limit_event":
        draft.event(Event("rate-limit", data=events.rest(record)), hidden=True)
    elif kind == "tool_progress":
        draft.event(Event("tool-progress", data=events.rest(record)), hidden=True)
    elif kind == "system":
        _system(draft, record)
    else:
        return False
    return True


def _system(draft: Draft, record: dict[str, Any]) -> None:
    subtype = record.get("subtype")
    if subtype == "api_error":
        _api_error(draft, record)
    elif subtype == "turn_duration":
        draft.event(_turn(record))
    elif subtype == "microcompact_boundary":
        data = _compaction(values.first(record, "microcompactMetadata", "microcompact_metadata"))
        draft.event(events.first_filled("microcompact-saved", "microcompact", data=data, text=_own_words(record)))
    elif subtype == "compact_boundary":
        data = _compaction(values.first(record, "compactMetadata", "compact_metadata"))
        draft.event(Event("compact", text=_own_words(record), data=data))
    elif subtype == "away_summary":
        text = values.text(record.get("content"))
        blank = not (record.get("content") if text is None else text.strip(values.JS_SPACE))
        draft.event_saying("recap", record.get("content"), hidden=blank)
    elif subtype == "local_command" and tagged.console(draft, values.text(record.get("content")) or ""):
        pass
    else:
        data = {"subtype": subtype} if isinstance(subtype, str) else {}
        draft.event(Event("system", text=values.string(values.text(record.get("content"))), data=data), hidden=True)


def _api_error(draft: Draft, record: dict[str, Any]) -> None:
    error = record.get("error")
    holder = values.mapping(error)
    inner = values.mapping(holder.get("error"))
    said = values.first(holder, "message") or values.mapping(inner.get("error")).get("message") or inner.get("message")
    text = next(filter(None, (values.string(values.text(one)) for one in (said, error, record.get("content")))), None)
    data: dict[str, Json] = {
        "attempt": values.count(values.first(record, "retryAttempt", "retry_attempt")),
        "max": values.count(values.first(record, "maxRetries", "max_retries")),
    }
    draft.event(events.first_filled("api-error-retrying", "api-error", data=data, text=text))
    if text is None:
        draft.unread(error)


def _turn(record: dict[str, Any]) -> Event:
    summary = values.mapping(values.first(record, "resultSummary", "result_summary"))
    span = values.first(record, "durationMs", "duration_ms")
    spent = values.milliseconds(span if span is not None else values.first(summary, "durationMs", "duration_ms"))
    known: dict[str, Json] = {"durationMs": spent if spent is not None and spent >= 0 else None}
    cost = values.first(summary, "total_cost_usd", "totalCostUsd")
    if isinstance(cost, (int, float)) and not isinstance(cost, bool) and 0 < cost < 1e9:  # noqa: PLR2004 - no bill is higher
        known |= {"costUsd": cost, "cost": f"${cost:.4f}" if cost < 0.01 else f"${cost:.2f}"}  # noqa: PLR2004 - a cent
    known["turns"] = values.count(values.first(summary, "num_turns", "numTurns")) or None
    known["usage"] = values.mapping(summary.get("usage")) or None
    return events.first_filled("turn-summary", "turn-duration", "turn-end", data=known)


def _compaction(value: Json) -> dict[str, Json]:
    record = values.mapping(value)
    known: dict[str, Json] = {
        "trigger": values.string(record.get("trigger")),
        "preTokens": values.count(values.first(record, "preTokens", "pre_tokens")),
        "saved": values.count(values.first(record, "tokensSaved", "tokens_saved")),
    }
    return {name: item for name, item in known.items() if item is not None}


def _own_words(record: dict[str, Any]) -> str | None:
    """Return what the record says, unless it is the phrase that the event's own sentence says already."""
    text = values.string(values.text(record.get("content")))
    return None if text is None or text.strip().rstrip(".").lower() in _STANDARD else text
