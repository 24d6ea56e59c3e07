"""
Claude Code's transcripts: JSON Lines below ``~/.claude/projects``, one file per session, and its sub-agents' files.

Also read: a whole project's folder, where a session that was resumed into another file is read once; sub-agents inside
the session's own file, as version 1 wrote them; ``{"loglines": […]}``; what ``claude -p --output-format stream-json``
prints. The records of one API message are one message, with its tokens counted once, as its last record has them. A
record that stands there twice is read once. Every message names its parent: what was rewound is a branch of its own.

Kept, and hidden from what people read: what the application put into the conversation (reminders, caveats, summaries
for the model) and its own bookkeeping (snapshots, queues, hooks, progress). Thinking that came as a signature alone
stays in the record. Of several folders, branches and versions the header says the first folder and the last of the
others. Sessions that share their beginning and end differently stay two, each whole.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from typing import Any

from py_export.errors import NotRecognised
from py_export.model import Json, Session
from py_export.notices import Notices
from py_export.readers.claude_code import usual
from py_export.readers.claude_code.gathering import gather, resumed, sub_agents
from py_export.readers.claude_code.heading import first_words
from py_export.readers.claude_code.transcript import Transcript
from py_export.readers.claude_code.tree import tie
from py_export.readers.input import Input
from py_export.readers.lines import records
from py_export.readers.records import values
from py_export.readers.timeline import arrange
from py_export.transforms import measure

_TURNS = frozenset({"user", "assistant"})
_BESIDE = frozenset({"system", "attachment", "progress", "result"})
_NOTES = frozenset(
    {"queue-operation", "custom-title", "ai-title", "agent-name", "last-prompt", "permission-mode", "mode"}
)


def matches(given: Input) -> bool:
    """Return whether the first lines hold a record of a transcript, or the document a list of them."""
    lines = given.object.get("loglines")
    if isinstance(lines, list):
        return any(_is_turn(values.mapping(line)) for line in lines)
    return any(map(_is_record, given.first_records))


def read(given: Input, notices: Notices) -> list[Session]:
    """
    Read one session, with the files of its sub-agents that belong to it.

    Raises:
        NotRecognised: No record of it says anything.
    """
    document = given.object if "loglines" in given.object else {}
    children = sub_agents(given)
    transcript = Transcript(notices, {child.agent_id for child in children})
    for where, record in _records(given, document, notices):
        transcript.add(where, record)
    for child in children:
        transcript.begin(child.call_id)
        for where, record in records(child.data, notices, f"{child.name}: ", usual.read):
            transcript.add(where, record)
    if not transcript.turns:
        raise NotRecognised(structure=given.structure(), known="claude-code")
    heading = transcript.heading
    messages = arrange(transcript.ordered(), {}, notices)
    thread = tie(messages, transcript.nodes)
    session = heading.session(
        heading.id or sha256(given.data).hexdigest()[:16],
        heading.title(first_words(messages), transcript.nodes),
        None if transcript.leaf is None else thread.holder(transcript.leaf),
        measure.Figures.of(messages, measure.Walked(measure.walk(messages))),
    )
    about = {key: value for key, value in document.items() if key != "loglines"}
    session.metadata = about | heading.metadata(resumed(given, notices))
    session.messages = messages
    return [session]


def _records(given: Input, document: dict[str, Any], notices: Notices) -> Iterable[tuple[str, Json]]:
    if not document:
        return records(given.data, notices, short=usual.read)
    return ((f"loglines[{number}]", line) for number, line in enumerate(values.items(document["loglines"])))


def _is_record(record: dict[str, Any]) -> bool:
    """Return whether a line is one of a transcript: it says its type, and its session or its place in the tree."""
    kind = record.get("type")
    if not isinstance(kind, str):
        return False
    if kind in ("summary", "file-history-snapshot"):
        return "leafUuid" in record or "snapshot" in record
    placed = "sessionId" in record or "session_id" in record or ("uuid" in record and "parentUuid" in record)
    return placed and (_is_turn(record) or kind in _BESIDE or kind in _NOTES)


def _is_turn(record: dict[str, Any]) -> bool:
    kind = record.get("type")
    return isinstance(kind, str) and kind in _TURNS and isinstance(record.get("message"), (dict, str))


__all__ = ["gather", "matches", "read"]
