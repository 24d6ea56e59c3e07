"""What a replay says in words of its own: who speaks, how a tool ended, the steps of a plan."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from py_export import times
from py_export.l10n import translate
from py_export.markdown import one_line
from py_export.model import Step
from py_export.transforms.replay.events import Began, ToolEnded

_MARKS = {"completed": "✓", "in_progress": "▸", "pending": "○"}


def speaker(event: Began, model: str | None, locale: str) -> str:
    """Return who speaks: the role, a name, a model that is not the session's."""
    if event.note:
        return translate("replay.note", locale)
    role = translate(f"markdown.role.{event.role}", locale)
    below = translate("replay.sub-agent", locale) if event.depth and event.role == "assistant" else ""
    other = event.model if event.model != model else None
    return " · ".join(one_line(part) for part in (below or role, event.author, other) if part)


def ended(event: ToolEnded, locale: str) -> str:
    """Return how a tool ended: ``failed, exit code 1, 1.2 s: reason``."""
    parts = [translate(f"markdown.status.{event.status}", locale)]
    if event.exit_code is not None:
        parts.append(translate("markdown.exit-code", locale, code=event.exit_code))
    if event.took_ms is not None:
        parts.append(times.duration(event.took_ms))
    how = translate("markdown.comma", locale).join(parts)
    return translate("markdown.because", locale, what=how, why=event.reason) if event.reason else how


def marks(steps: Sequence[Step]) -> Iterator[str]:
    """Yield the steps of a plan, each with the sign of its status."""
    for step in steps:
        yield f"{_MARKS[step.status]} {one_line(step.text)}"
