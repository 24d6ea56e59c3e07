"""HFS's JSON, version 1.0.0: its names, its times, and its JSON Schema, all derived from the model."""

from __future__ import annotations

import json
from typing import Any

from msgspec import NODEFAULT, Struct

from py_export import model
from py_export.model import Json, camel
from py_export.schema import DIALECT, definitions, names
from py_export.times import LAST, rfc3339
from py_export.versions import PRESENT

_OPAQUE = frozenset({"input", "data", "record", "source", "metadata", "answers"})
"""Members that hold a source's own JSON, whose names are not ours to change."""

_TIME: dict[str, Any] = {"anyOf": [{"type": "string", "format": "date-time"}, {"type": "integer"}]}
"""ISO 8601; milliseconds only where the number is no time that a calendar has."""


def json_schema() -> dict[str, Any]:
    """
    Return the JSON Schema (draft 2020-12) of the document.

    It stands as ``hfs-json.schema.json`` in the package; ``python -m py_export.schema_hfs`` prints it.
    """
    parts = {name: _adapted(part, getattr(model, name)) for name, part in definitions().items()}
    parts["Header"]["properties"]["range"] = {"type": "object", "required": ["from", "to", "of"]}
    del parts["Range"]
    said = parts["Message"]
    said["properties"] |= {"content": {"type": "string", "description": "The message's texts, apart by a blank line."}}
    said["required"] = ["role"]
    said["anyOf"] = [{"required": ["content"]}, {"required": ["blocks"]}]
    return {
        "$schema": DIALECT,
        "title": "HFS session export",
        "description": "One session with its full trace. Keys that are not named here are additions: ignore them.",
        "type": "object",
        "required": ["metadata", "session", "messages"],
        "properties": {
            "metadata": {
                "type": "object",
                "required": ["schema_version"],
                "properties": {
                    "schema_version": {"const": PRESENT["hfs-json"]},
                    "exported_at": _TIME,
                    "exporter": {"type": "string"},
                    "message_count": {"type": "integer", "minimum": 0},
                },
            },
            "session": {"$ref": "#/$defs/Header"},
            "messages": {"type": "array", "items": {"$ref": "#/$defs/Message"}},
            "notes": {"type": "array", "items": {"$ref": "#/$defs/Message"}},
        },
        "$defs": parts,
    }


def plain(value: Any, zone: str = "UTC") -> Json:  # noqa: ANN401 - a part of the model, or JSON
    """Return a part of the model by its Python names, times as ISO 8601, without what is unknown or empty."""
    if isinstance(value, list):
        return [plain(item, zone) for item in value]
    if not isinstance(value, Struct):
        return value
    tag = value.__struct_config__.tag
    found: dict[str, Json] = {} if tag is None else {"type": tag}
    for name, _, empty in names(type(value)):
        item = getattr(value, name)
        if item is not None and (empty is NODEFAULT or item != empty):
            found[name.rstrip("_")] = moment(item, zone) if name.endswith("_at") else plain(item, zone)
    return found


def moment(at: int, zone: str) -> str | int:
    """Return a time as ISO 8601; a number that is no time as it is."""
    return rfc3339(at, zone) if abs(at) <= LAST else at


def canonical(value: Json) -> Json:
    """Return the same with the canonical payload's names; what a source brought along stays as it is."""
    if isinstance(value, list):
        return [canonical(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {camel(name): item if name in _OPAQUE else canonical(item) for name, item in value.items()}


def _adapted(part: dict[str, Any], kind: type[Struct]) -> dict[str, Any]:
    """Name fields as Python does, and make a time text."""
    python = {encoded: name for name, encoded, _ in names(kind)}
    named = {python.get(name, name): item for name, item in part["properties"].items()}
    properties = {name: _TIME if name.endswith("_at") else item for name, item in named.items()}
    return part | {"properties": properties, "required": [python.get(name, name) for name in part.get("required", [])]}


if __name__ == "__main__":
    print(json.dumps(json_schema(), indent=2))  # noqa: T201 - printing is the job
