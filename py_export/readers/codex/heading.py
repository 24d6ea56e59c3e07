"""What a rollout's first record, and the context of its turns, say of the session as a whole."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from py_export.model import Json, Source
from py_export.readers.records import values

_LONG = frozenset({"type", "instructions", "base_instructions", "dynamic_tools"})
"""What the first record says of itself, and what it says at length, which a message says already."""


@dataclass(slots=True)
class Heading:
    """What is known of the session; of records that say the same thing, the first names it and the last places it."""

    id: str | None = None
    name: str | None = None
    created_at: int | None = None
    workspace: str | None = None
    model: str | None = None
    provider: str | None = None
    version: str | None = None
    metadata: dict[str, Json] = field(default_factory=dict)

    def begin(self, about: dict[str, Any]) -> None:
        """Take the session's own record; one that follows is a copy of another session's, which this went on from."""
        if self.id is not None:
            return
        self.id = values.identifier(values.first(about, "id", "session_id", "thread_id"))
        self.created_at = values.moment(about.get("timestamp"))
        self.workspace = values.string(values.first(about, "cwd", "workdir"))
        self.model = values.string(about.get("model"))
        self.provider = values.string(values.first(about, "model_provider", "provider"))
        self.version = values.string(about.get("cli_version"))
        self.metadata |= {key: value for key, value in about.items() if key not in _LONG}

    def go_on(self, context: dict[str, Any]) -> None:
        """Take the context of a turn."""
        self.model = values.string(context.get("model")) or self.model
        self.workspace = self.workspace or values.string(context.get("cwd"))
        for key in ("approval_policy", "sandbox_policy", "effort"):
            if context.get(key) is not None:
                self.metadata[key] = context[key]

    def source(self) -> Source:
        """Return where the session comes from."""
        return Source("codex", "codex", self.version)
