"""The JSON Schema of the settings document, from the tables that its values are checked by."""

from __future__ import annotations

import json
from typing import Any

from py_export import filename_pattern
from py_export.l10n import LOCALES
from py_export.options import json_schema as options_schema
from py_export.schema import DIALECT
from py_export.settings import FORMAT
from py_export.settings_values import HIDDEN, LONGEST_PATTERN, MODES, MOST_PATTERNS, THEMES
from py_export.versions import PRESENT
from py_export.writers import WRITERS, Writer


def json_schema() -> dict[str, Any]:
    """
    Return the JSON Schema (draft 2020-12) of the document.

    It stands as ``settings.schema.json`` in the package; ``make docs`` writes it.
    """
    return {
        "$schema": DIALECT,
        "title": "py-export settings",
        "description": "What was chosen in the page. Keys that are not named here are additions: ignore them.",
        "type": "object",
        "required": ["settingsVersion", "settings"],
        "properties": {
            "settingsVersion": {"const": int(PRESENT[FORMAT])},
            "generator": {"type": "string"},
            "exportedAt": {"type": "integer", "minimum": 0, "description": "Unix milliseconds."},
            "settings": {"type": "object", "properties": _settings()},
        },
    }


def _settings() -> dict[str, Any]:
    text = {"type": "string", "minLength": 1}
    return {
        "format": {"enum": [writer.id for writer in WRITERS]},
        "options": {"type": "object", "properties": {writer.id: _options(writer) for writer in WRITERS}},
        "locale": {"enum": list(LOCALES)},
        "theme": {"enum": list(THEMES)},
        "timezone": text | {"format": "time-zone", "description": "An IANA name."},
        "filename": text | {"maxLength": filename_pattern.LONGEST, "pattern": r"\{[a-z]+\}"},
        "redaction": {
            "type": "object",
            "properties": {
                "mode": {"enum": list(MODES)},
                "kinds": {"type": "array", "items": {"enum": list(HIDDEN)}, "maxItems": len(HIDDEN)},
                "patterns": {
                    "type": "array",
                    "items": text | {"maxLength": LONGEST_PATTERN, "format": "regex"},
                    "maxItems": MOST_PATTERNS,
                },
            },
        },
        "shortcuts": {"type": "boolean", "description": "Whether a sign alone is a shortcut."},
    }


def _options(writer: Writer) -> dict[str, Any]:
    """Return the options that a person may choose, without their defaults: what is not said is not chosen."""
    properties = options_schema(writer.options)["properties"]
    return {
        "type": "object",
        "properties": {
            name: {key: value for key, value in option.items() if key not in ("default", "title")}
            for name, option in properties.items()
            if not option.get("readOnly")
        },
    }


if __name__ == "__main__":
    print(json.dumps(json_schema(), indent=2))  # noqa: T201 - printing is the job
