"""The payload's JSON names and its JSON Schema, all derived from the annotations of ``model.py``."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import msgspec
from msgspec import NODEFAULT, Struct
from msgspec.structs import FieldInfo, fields

from py_export import jsontext
from py_export.model import Header, Message

SCHEMA_VERSION = 1
"""The canonical payload's version; readers migrate older ones and refuse newer ones."""

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def json_schema() -> dict[str, Any]:
    """
    Return the JSON Schema (draft 2020-12) of the canonical payload, every block, tool kind and sub-agent link.

    It stands as ``payload.schema.json`` in the package; ``python -m py_export.schema`` prints it.
    """
    return {
        "$schema": DIALECT,
        "title": "py-export payload",
        "description": "One session, canonical form. Keys that are not named here are additions: ignore them.",
        "type": "object",
        "required": ["schemaVersion", "session", "messages"],
        "properties": {
            "schemaVersion": {"const": SCHEMA_VERSION},
            "generator": {"type": "string"},
            "exportedAt": {"type": ["integer", "null"]},
            "session": {"$ref": "#/$defs/Header"},
            "messages": {"type": "array", "items": {"$ref": "#/$defs/Message"}},
            "notes": {"type": "array", "items": {"$ref": "#/$defs/Message"}},
        },
        "$defs": definitions(),
    }


def definitions() -> dict[str, dict[str, Any]]:
    """Return the JSON Schema of every part of the model that a payload holds, by the part's name."""
    _, parts = msgspec.json.schema_components([Header, Message], ref_template="#/$defs/{name}")
    # Names are enough: a title made from a name says nothing.
    return {
        name: told({key: value for key, value in part.items() if key != "title"})
        for name, part in sorted(parts.items())
    }


def told(part: dict[str, Any]) -> dict[str, Any]:
    """Say of a block's type that there is one alone."""
    kind = part["properties"].get("type")
    tag = {"type": {"const": kind["enum"][0]}} if kind is not None and len(kind.get("enum", ())) == 1 else {}
    return part | {"properties": part["properties"] | tag}


def plain(value: Any) -> Any:  # noqa: ANN401 - any part of the model
    """
    Return a part of the model as JSON: camelCase names, the model's order, without what is unknown or empty.

    JSON that a source brought along (``source``, ``metadata``, ``input``, ``data``, ``record``) is left as it is.
    """
    try:
        return msgspec.to_builtins(value)
    except TypeError:  # it holds records that nobody has decoded yet
        return jsontext.decode(jsontext.encode(value))


@cache
def names(kind: type[Struct]) -> tuple[tuple[str, str, Any], ...]:
    """Return each field's name, its JSON name, and the value that is left out (NODEFAULT: only None is)."""
    return tuple((field.name, field.encode_name, _empty(field)) for field in fields(kind))


def _empty(field: FieldInfo) -> Any:  # noqa: ANN401
    if field.default is False:
        return False
    return field.default_factory() if field.default_factory in (list, dict) else NODEFAULT


if __name__ == "__main__":
    print(json.dumps(json_schema(), indent=2))  # noqa: T201 - printing is the job
