"""The JSON Schema of analytics, derived from the structs that the document is made of."""

from __future__ import annotations

import json
from typing import Any

import msgspec

from py_export.schema import DIALECT
from py_export.transforms.analytics.analysis import VERSION, Analytics


def json_schema() -> dict[str, Any]:
    """
    Return the JSON Schema (draft 2020-12) of what ``analytics-json`` writes and the function answers.

    It stands as ``analytics.schema.json`` in the package; ``python -m py_export.schema_analytics`` prints it.
    """
    _, parts = msgspec.json.schema_components([Analytics], ref_template="#/$defs/{name}")
    found = {
        name: {key: value for key, value in part.items() if key != "title"} for name, part in sorted(parts.items())
    }
    whole = found.pop("Analytics")
    return {
        "$schema": DIALECT,
        "title": "py-export analytics",
        "description": "What sessions took. Keys that are not named here are additions: ignore them.",
        "type": "object",
        "required": ["schemaVersion", *whole["required"]],
        "properties": {
            "schemaVersion": {"const": VERSION},
            "generator": {"type": "string"},
            "exportedAt": {"type": ["integer", "null"]},
            **whole["properties"],
        },
        "$defs": found,
    }


if __name__ == "__main__":
    print(json.dumps(json_schema(), indent=2))  # noqa: T201 - printing is the job
