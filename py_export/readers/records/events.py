"""What happened beside the talk: the names of all events, and the lifecycle events that a hub writes itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from py_export.model import Error, Event, Json
from py_export.readers.records import values
from py_export.readers.records.draft import Draft

EVENTS: Mapping[str, tuple[str, ...]] = {
    "abort-restore": (),
    "agent-run-start": (),
    "agent-run-trace": (),
    "agent-run-update": (),
    "api-error": (),
    "api-error-retrying": ("attempt", "max"),
    "attachment": (),
    "bookkeeping": (),
    "command": ("command",),
    "compact": (),
    "compact-summary": (),
    "error": (),
    "goal": (),
    "goal-cleared": (),
    "goal-status": ("status",),
    "limit-reached": (),
    "limit-reached-until": ("endsAt",),
    "limit-warning": (),
    "limit-warning-at": ("usage",),
    "message": (),
    "microcompact": (),
    "microcompact-saved": ("saved",),
    "permission-mode-changed": (),
    "permission-mode-changed-to": ("mode",),
    "rate-limit": (),
    "ready": (),
    "recap": (),
    "review": ("findings",),
    "summary": (),
    "switched": (),
    "switched-to": ("mode",),
    "system": (),
    "task-notification": (),
    "title-changed": (),
    "title-changed-to": ("title",),
    "token-count": (),
    "tool-progress": (),
    "turn-aborted": (),
    "turn-aborted-because": ("reason",),
    "turn-duration": ("durationMs",),
    "turn-end": (),
    "turn-summary": ("durationMs", "cost"),
    "turns-taken-back": ("turns",),
}
"""
Every event's name, with the values that its sentence (``event.<name>`` in the locale files) is filled from.

A value named ``…At`` is a time in Unix milliseconds, one named ``…Ms`` a span of them; writers lay them out.
"""

_LIMITS = {"five_hour": "5h", "seven_day": "7d", "seven_day_opus": "7d Opus", "seven_day_sonnet": "7d Sonnet"}


def lifecycle(draft: Draft, data: dict[str, Any]) -> bool:
    """Decode an event that a hub or its command line wrote; return whether it is a known one."""
    kind = data.get("type")
    if kind == "message":
        _remark(draft, data)
    elif kind == "error":
        failure(draft, values.first(data, "message", "error", "text"))
    elif kind in ("ready", "abort-restore"):
        said = values.string(values.first(data, "text", "message"))
        left = {key: value for key, value in rest(data).items() if value != said}
        draft.event(Event(kind, text=said, data=left), hidden=True)
    elif kind == "switch":
        draft.event(first_filled("switched-to", "switched", data={"mode": values.string(data.get("mode"))}))
    elif kind == "title-changed":
        event = title_changed(data.get("title"))
        draft.event(event)
        if not event.data:
            draft.unread(data.get("title"))
    elif kind == "permission-mode-changed":
        mode = values.string(values.first(data, "mode", "permissionMode"))
        draft.event(first_filled("permission-mode-changed-to", "permission-mode-changed", data={"mode": mode}))
    elif kind == "limit-reached":
        draft.event(
            limit_reached(
                values.first(data, "endsAt", "ends_at", "resetsAt"), values.first(data, "limitType", "limit_type")
            )
        )
    elif kind == "limit-warning":
        share = values.first(data, "utilization", "percent", "percentage")
        draft.event(
            limit_warning(
                values.first(data, "endsAt", "ends_at", "resetsAt"),
                share,
                values.first(data, "limitType", "limit_type"),
            )
        )
    else:
        return False
    return True


def first_filled(*names: str, data: dict[str, Json], text: str | None = None) -> Event:
    """Return the event by the first of its names whose sentence can be filled; the last needs nothing."""
    known = {key: value for key, value in data.items() if value is not None}
    name = next(name for name in names if known.keys() >= set(EVENTS[name]))
    return Event(name, text=text, data=known)


def failure(draft: Draft, value: Json) -> None:
    """Make the message an error's, with what it says; an event where it says nothing that can be read."""
    record = values.mapping(value)
    said = values.string(values.text(value)) or values.string(
        values.text(values.first(record, "message", "error", "detail"))
    )
    if said is not None:
        draft.add(Error(said, code=values.string(record.get("code"))), role="event")
    else:
        draft.event(Event("error"))
        draft.unread(value)


def title_changed(title: Json) -> Event:
    """Return the event of a session's new title."""
    return first_filled("title-changed-to", "title-changed", data={"title": values.string(values.text(title))})


def limit_reached(ends: Json, kind: Json) -> Event:
    """Return the event of a used-up limit; ``ends`` is a time in seconds or milliseconds."""
    return first_filled("limit-reached-until", "limit-reached", data=_limit(ends, kind))


def limit_warning(ends: Json, share: Json, kind: Json) -> Event:
    """Return the event of a limit that is nearly used up; ``share`` is a fraction of 1 or a percentage."""
    data = _limit(ends, kind)
    percent = _percent(share)
    if percent is not None:
        data["percent"] = percent
        data["usage"] = f"{percent}% ({data['limit']})" if "limit" in data else f"{percent}%"
    return first_filled("limit-warning-at", "limit-warning", data=data)


def rest(data: dict[str, Any]) -> dict[str, Json]:
    """Return what a record says beside its type."""
    return {key: value for key, value in data.items() if key != "type" and value is not None}


def _remark(draft: Draft, data: dict[str, Any]) -> None:
    value = values.first(data, "message", "text")
    said = values.text(value)
    draft.event(Event("message", text=said), hidden=said is None or not said.strip(values.JS_SPACE))
    if said is None:
        draft.unread(value or values.beside(data, ("type", "id")))


def _limit(ends: Json, kind: Json) -> dict[str, Json]:
    data: dict[str, Json] = {}
    time = values.moment(values.numeral(ends))
    if time is not None:
        data["endsAt"] = time
    name = values.string(kind)
    if name is not None:
        data |= {"limitType": name, "limit": _LIMITS.get(name, name.replace("_", " "))}
    return data


def _percent(share: Json) -> int | None:
    if isinstance(share, str):
        try:
            share = float(share.rstrip("%"))
        except ValueError:
            return None
    if isinstance(share, bool) or not isinstance(share, (int, float)) or not 0 <= share <= 1000:  # noqa: PLR2004
        return None
    return int((share * 100 if share <= 1 else share) + 0.5)
