"""The version of each format that has one, as this program writes it and as older ones are migrated to."""

from __future__ import annotations

from py_export.schema import SCHEMA_VERSION

PRESENT = {
    "json": str(SCHEMA_VERSION),
    "sidepanel-json": "1.0",
    "hfs-json": "1.0.0",
    "maichat-json": "1",
    "trace-markdown": "1",
    "settings": "1",
}
"""By format id."""
