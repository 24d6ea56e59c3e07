"""The recording's JSON Schema, derived from the annotations of its events."""

from __future__ import annotations

import json
from typing import Any, get_args

import msgspec
from msgspec import Struct

from py_export.model import camel
from py_export.schema import DIALECT, told
from py_export.transforms.replay.events import Event

RECORDING_VERSION = 1
"""The version of the document; a change that a player would notice needs a new one."""


class Recorded(Struct, frozen=True, kw_only=True, rename=camel, omit_defaults=True):
    """What is known of the session as a whole."""

    id: str
    title: str | None = None
    app: str | None = None
    model: str | None = None
    created_at: int | None = None


class Turn(Struct, frozen=True, kw_only=True, rename=camel, omit_defaults=True):
    """Where a turn begins: a question with all that answers it. ``event`` is the number of its event, from 0 on."""

    turn: int
    at: int
    event: int
    title: str | None = None


class Timing(Struct, frozen=True, kw_only=True, rename=camel):
    """What the times were made with: the longest pause, and how many characters a second a person types."""

    max_pause_ms: int
    typing_speed: int


def json_schema() -> dict[str, Any]:
    """
    Return the JSON Schema (draft 2020-12) of a recording.

    It stands as ``recording.schema.json`` in the package; ``python -m py_export.schema_recording`` prints it.
    """
    kinds: list[Any] = [Recorded, Turn, Timing, *get_args(Event)]
    _, parts = msgspec.json.schema_components(kinds, ref_template="#/$defs/{name}")
    return {
        "$schema": DIALECT,
        "title": "py-export recording",
        "description": "A session's replay. Keys and events that are not named here are additions: ignore them.",
        "type": "object",
        "required": ["recordingVersion", "session", "timing", "events", "turns", "durationMs"],
        "properties": {
            "recordingVersion": {"const": RECORDING_VERSION},
            "generator": {"type": "string"},
            "session": {"$ref": "#/$defs/Recorded"},
            "timing": {"$ref": "#/$defs/Timing"},
            "events": {
                "type": "array",
                "items": {"anyOf": [{"$ref": f"#/$defs/{kind.__name__}"} for kind in kinds[3:]]},
            },
            "turns": {"type": "array", "items": {"$ref": "#/$defs/Turn"}},
            "durationMs": {"type": "integer"},
        },
        "$defs": {
            name: told({key: value for key, value in part.items() if key != "title"})
            for name, part in sorted(parts.items())
        },
    }


if __name__ == "__main__":
    print(json.dumps(json_schema(), indent=2))  # noqa: T201 - printing is the job
