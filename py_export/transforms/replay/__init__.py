"""A session as it can be played again: its events in order, each with its place on a time line that begins at zero."""

from __future__ import annotations

from py_export.transforms.replay.timeline import by_message, end, timeline

__all__ = ["by_message", "end", "timeline"]
