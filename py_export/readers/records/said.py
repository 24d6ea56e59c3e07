"""What an agent's text holds beside what it says: a limit reached, a line for the notifier, a review as data."""

from __future__ import annotations

import re
from typing import Any

from py_export import jsontext
from py_export.errors import ReadError
from py_export.model import Block, Event, Json, Text
from py_export.readers.records import events, values
from py_export.readers.records.draft import Draft

_LIMITED = "Claude AI usage limit "
_LIMIT = re.compile(r"Claude AI usage limit (reached|warning)\|(\d{1,17})(?:\|([^|\n]*))?(?:\|([^|\n]*))?")
_NOTIFY = "AGENT_NOTIFY_SUMMARY"


def agent_text(draft: Draft, value: Json) -> bool:
    """Add an agent's text as the chat shows it; return whether the value could be read as text."""
    text = value if type(value) is str else values.text(value)
    if text is None:
        return False
    if _LIMITED in text or _NOTIFY in text:  # as few do, which is found out in no time
        match = _LIMIT.fullmatch(text.strip(values.JS_SPACE))
        if match is not None:
            draft.add(_limit(match))
            return True
        text = without_notification(text)
    if text.strip(values.JS_SPACE):
        draft.message.blocks.append(Text(text))
    return True


def without_notification(text: str) -> str:
    """Return the text without a last line that was written for the notifier, not for the reader."""
    head, _, line = text.rstrip(values.JS_SPACE).rpartition("\n")
    line = line.strip(values.JS_SPACE)
    if line.startswith(_NOTIFY) and "{" in line and line.endswith("}"):
        return head.rstrip(values.JS_SPACE)
    return text


def review(text: str) -> list[Block] | None:
    """Return a code review that Codex wrote as JSON: how much it found, and its words. None where the text is none."""
    if not text.lstrip(values.JS_SPACE).startswith("{"):
        return None
    try:
        data = jsontext.decode(text.strip(values.JS_SPACE).encode("utf-8", "replace"))
    except ReadError:
        return None
    if not isinstance(data, dict) or not any(key == "findings" or key.startswith("overall_") for key in data):
        return None
    verdict = values.string(data.get("overall_correctness"))
    parts = [f"**{values.one_line(verdict)}**"] if verdict else []
    parts += [
        _paragraph(data[key])
        for key in data
        if key not in ("overall_correctness", "findings") and not _is_number(data[key])
    ]
    parts += [_finding(number, finding) for number, finding in enumerate(values.items(data.get("findings")), 1)]
    words = "\n\n".join(part for part in parts if part)
    event = Event("review", data={"findings": len(values.items(data.get("findings")))})
    return [event, Text(words)] if words else [event]


def _limit(match: re.Match[str]) -> Block:
    if match[1] == "reached":
        return events.limit_reached(int(match[2]), match[3])
    return events.limit_warning(int(match[2]), match[3], match[4])


def _finding(number: int, finding: Json) -> str:
    if not isinstance(finding, dict):
        return f"{number}. {_indented(_paragraph(finding))}"
    title = values.string(finding.get("title"))
    head = " — ".join(part for part in (f"**{values.one_line(title)}**" if title else "", _location(finding)) if part)
    known = ("title", "code_location", "codeLocation")
    body = [_paragraph(value) for key, value in finding.items() if key not in known and not _is_number(value)]
    return f"{number}. " + _indented("\n\n".join(part for part in (head, *body) if part))


def _location(finding: dict[str, Any]) -> str:
    place = values.first(finding, "code_location", "codeLocation")
    if not isinstance(place, dict):
        return values.one_line(values.string(place) or "")
    path = values.string(values.first(place, "absolute_file_path", "absoluteFilePath", "file_path", "path", "file"))
    lines = values.mapping(values.first(place, "line_range", "lineRange"))
    start, end = values.integer(lines.get("start")), values.integer(lines.get("end"))
    span = "" if start is None else f":{start}" if end in (None, start) else f":{start}-{end}"
    return f"`{values.one_line(path)}{span}`" if path else ""


def _paragraph(value: Json) -> str:
    """Return every text in a value, one paragraph each."""
    said = values.text(value)
    if said is not None:
        return said.strip(values.JS_SPACE)
    inner = list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else []
    return "\n\n".join(part for part in map(_paragraph, inner) if part)


def _indented(text: str) -> str:
    return "\n".join(f"   {line}" if line and number else line for number, line in enumerate(text.split("\n")))


def _is_number(value: Json) -> bool:
    return value is None or isinstance(value, (bool, int, float))
