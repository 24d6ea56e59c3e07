"""The payload's JSON names, its validation and its JSON Schema, all derived from the annotations of ``model.py``."""

from __future__ import annotations

import json
from dataclasses import MISSING, Field, fields, is_dataclass
from functools import cache
from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaMode

from py_export.model import Header, Message

SCHEMA_VERSION = 1
"""The canonical payload's version; readers migrate older ones and refuse newer ones."""

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def json_schema() -> dict[str, Any]:
    """
    Return the JSON Schema (draft 2020-12) of the canonical payload, every block, tool kind and sub-agent link.

    It stands as ``payload.schema.json`` in the package; ``python -m py_export.schema`` prints it.
    """
    adapters: list[tuple[type, JsonSchemaMode, TypeAdapter[Any]]] = [
        (Header, "validation", header_adapter()),
        (Message, "validation", message_adapter()),
    ]
    _, parts = TypeAdapter.json_schemas(adapters, schema_generator=_WithoutTitles)
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
        "$defs": {name: _with_required_type(part) for name, part in sorted(parts["$defs"].items())},
    }


def _with_required_type(part: dict[str, Any]) -> dict[str, Any]:
    """In Python a block's type follows from its class; in the payload it must be said."""
    if "const" in part["properties"].get("type", {}):
        return part | {"required": ["type", *part.get("required", [])]}
    return part


class _WithoutTitles(GenerateJsonSchema):
    """Names are enough: a title made from a name says nothing."""

    def get_title_from_name(self, name: str) -> str:
        return name

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ANN401, ARG002 - pydantic's signature
        return False


@cache
def header_adapter() -> TypeAdapter[Header]:
    """Return the validator of the payload's ``session``."""
    return TypeAdapter(Header)


@cache
def message_adapter() -> TypeAdapter[Message]:
    """Return the validator of one of the payload's ``messages``."""
    return TypeAdapter(Message)


def plain(value: Any) -> Any:  # noqa: ANN401 - a JSON value
    """
    Return a dataclass of the model as JSON: camelCase names, the model's order, without what is unknown or empty.

    JSON that a source brought along (``source``, ``metadata``, ``input``, ``data``, ``record``) is left as it is.
    """
    if isinstance(value, list):
        return [plain(item) for item in value]
    if not is_dataclass(value) or isinstance(value, type):
        return value
    return {
        alias: plain(item)
        for name, alias, empty in names(type(value))
        if (item := getattr(value, name)) is not None and (empty is MISSING or item != empty)
    }


@cache
def names(kind: type) -> tuple[tuple[str, str, Any], ...]:
    """Return each field's name, its JSON name, and the value that is left out (MISSING: only None is)."""
    alias = kind.__pydantic_config__["alias_generator"]  # type: ignore[attr-defined]
    return tuple((field.name, alias(field.name), _empty(field)) for field in fields(kind))


def _empty(field: Field[Any]) -> Any:  # noqa: ANN401
    if field.default is False:
        return False
    if field.default_factory in (list, dict) and field.name != "blocks":
        return field.default_factory()
    return MISSING


if __name__ == "__main__":
    print(json.dumps(json_schema(), indent=2))  # noqa: T201 - printing is the job
