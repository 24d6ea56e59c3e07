"""The headings of each style of Markdown: those that a document has, and those that it must have."""

from __future__ import annotations

from collections.abc import Iterator

from py_export.guard import fold
from py_export.markdown import one_line
from py_export.model import Block, Message, Session, Text, Thinking, ToolCall

Heading = tuple[int, str]

ROLES = {"user": "User", "assistant": "Assistant", "system": "System", "tool": "Tool", "event": "Event"}
BLOCKS = {
    "thinking": "Thinking",
    "image": "Image",
    "file": "Attachment",
    "code": "Code",
    "event": "Event",
    "error": "Error",
    "citation": "Source",
    "unknown": "Unknown record",
}
SUB_AGENT, TOOL = "Sub-agent:", "Tool:"


def own(style: str, session: Session, headings: list[Heading]) -> list[Heading]:
    """Return the headings that read as one that the style makes; of one that names something, only what it is."""
    title = fold(one_line(f"Session {session.id}" if style == "cursor" else session.title or "") or "Untitled session")
    read = {"cursor": _cursors, "sidepanel": _sidepanels, "trace": _traces}[style]
    found = []
    for level, text in headings:
        name = fold(text)
        what = ("title" if name == title else None) if level == 1 else read(level, name)
        if what is not None:
            found.append((level, what))
    return found


def _cursors(level: int, name: str) -> str | None:
    return name if (level, name) == (2, "Messages") else None


def _sidepanels(level: int, name: str) -> str | None:
    if level == 2:
        return name if name in ("Summary", "Notes", "Conversation", "Files Modified", "Metrics") else None
    if level in (4, 6) and name.startswith(SUB_AGENT):
        return SUB_AGENT
    last = name.rpartition(" - ")[2].partition(" (")[0]
    speaks = level in (3, 5, 6) and last in (*ROLES.values(), "Note") and _is_message(name, last)
    return last if speaks else None


def _traces(level: int, name: str) -> str | None:
    if level > 2 and name.startswith((SUB_AGENT, TOOL)):
        return SUB_AGENT if name.startswith(SUB_AGENT) else TOOL
    ours = (level, name) in [(2, "Notes"), (3, "Note")]
    ours = ours or (level % 2 == 0 and name in ROLES.values()) or (level > 2 and name in (*BLOCKS.values(), "Text"))
    return name if ours else None


def _is_message(name: str, last: str) -> bool:
    before = name.partition(f" - {last}")[0] if f" - {last}" in name else ""
    return not before or (" " not in before and before.lstrip("+-")[:1].isdigit())


def expected(style: str, session: Session) -> list[Heading]:
    """Return the headings that a document must have, said anew from what the styles promise."""
    if style == "cursor":
        return [(1, "title"), (2, "Messages")]
    if style == "sidepanel":
        notes = [(2, "Notes"), *[(3, "Note")] * len(session.notes)] if session.notes else []
        return [(1, "title"), *notes, (2, "Conversation"), *_messages(session.messages, 3, style), (2, "Metrics")]
    notes = [(2, "Notes")] if session.notes else []
    for note in session.notes:
        notes += [(3, "Note"), *_blocks(note, 4)]
    return [(1, "title"), *notes, *_messages(session.messages, 2, style)]


def _messages(messages: list[Message], level: int, style: str) -> Iterator[Heading]:
    for message in messages:
        if message.hidden:
            continue
        threads: list[Heading] = []
        for call in (block for block in message.blocks if isinstance(block, ToolCall)):
            below = list(_messages(call.messages, level + 2, style))
            threads += [(min(level + 1, 6), SUB_AGENT), *below] if below else []
        if threads or any(_shows(block, style) for block in message.blocks):
            yield min(level, 6), ROLES[message.role]
            if style == "trace":
                yield from _blocks(message, min(level + 1, 6))
            yield from threads


def _shows(block: Block, style: str) -> bool:
    if isinstance(block, Thinking):
        return style == "trace" and bool(block.text.strip())
    return bool(block.text.strip()) if isinstance(block, Text) else True


def _blocks(message: Message, level: int) -> Iterator[Heading]:
    """Return the headings of a trace's blocks: every one but a first text has its own."""
    first = True
    for block in message.blocks:
        if not _shows(block, "trace"):
            continue
        if isinstance(block, ToolCall):
            yield level, TOOL
        elif not isinstance(block, Text):
            yield level, BLOCKS[block.type]
        elif not first:
            yield level, "Text"
        first = False
