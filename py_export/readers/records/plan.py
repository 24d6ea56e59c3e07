"""The steps of a plan, as every agent's plan tool lists them."""

from __future__ import annotations

from typing import Any

from py_export.model import Json, Step, StepStatus
from py_export.readers.records import values

_LISTS = ("todos", "plan", "entries", "items", "tasks")
_TEXTS = ("content", "step", "title", "description", "text")
_STATUS: dict[str, StepStatus] = {
    "completed": "completed",
    "complete": "completed",
    "done": "completed",
    "in_progress": "in_progress",
    "inProgress": "in_progress",
    "running": "in_progress",
}


def steps(given: Json) -> list[Step] | None:
    """Return the steps that a plan tool's input lists; None where it has no list."""
    record = values.mapping(given)
    listed: list[Json] | None = next((record[key] for key in _LISTS if isinstance(record.get(key), list)), None)
    return None if listed is None else [_step(item) for item in listed]


def progress(of: list[Step]) -> str:
    """Return in one line how far a plan has come, ``2/5``, and what is being done."""
    done = sum(step.status == "completed" for step in of)
    doing = next((step.text for step in of if step.status == "in_progress"), "")
    return " ".join(part for part in (f"{done}/{len(of)}", values.one_line(doing)) if part)


def _step(item: Json) -> Step:
    if isinstance(item, str):
        return Step(item)
    if not isinstance(item, dict):
        return Step("")
    record: dict[str, Any] = item
    status = record.get("status")
    if record.get("done") is True:
        status = "completed"
    text = values.string(values.first(record, *_TEXTS)) or ""
    return Step(text, _STATUS.get(status, "pending") if isinstance(status, str) else "pending")
