"""Texts in tags that an agent's console keeps among the user's turns: commands, output, notifications, reminders."""

from __future__ import annotations

from py_export.model import Code, Event
from py_export.readers.records import values
from py_export.readers.records.draft import Draft

_OUTPUTS = ("local-command-stdout", "local-command-stderr", "bash-stdout", "bash-stderr")
_CONSOLE = ("command-name", "command-message", "command-args", "command-contents", "bash-input", *_OUTPUTS)
_CAVEAT = "Caveat: The messages below"
_INJECTED = (
    "<system-reminder>",
    "<local-command-caveat>",
    "<teammate-message",
    "<environment_context>",
    "<user_instructions>",
    _CAVEAT,
)
_NOTIFICATION = "<task-notification>"


def may_be(text: str) -> bool:
    """Return whether a text holds what any of the others look for, as few do."""
    return "<" in text or _CAVEAT in text


def is_injected(text: str) -> bool:
    """Return whether the application wrote this, not a person."""
    return text.lstrip(values.JS_SPACE).startswith(_INJECTED)


def console(draft: Draft, text: str) -> bool:
    """Decode a command typed in the console and what it printed; return whether the text is one."""
    found, left = _elements(text)
    if not found:
        return False
    command = " ".join(part for part in (found.get("command-name", ""), found.get("command-args", "")) if part.strip())
    if not command and found.get("bash-input", "").strip():
        command = f"! {found['bash-input'].strip()}"
    if not command:
        command = found.get("command-message", "").strip()
    if command:
        draft.add(Event("command", data={"command": command}), role="event")
    for name in (*_OUTPUTS, "command-contents"):
        if found.get(name, "").strip(values.JS_SPACE):
            draft.add(Code(found[name]), role="event")
    draft.message.role = "event"
    draft.console = True
    if left.strip(values.JS_SPACE):
        draft.say(left.strip(values.JS_SPACE), role="user")
        draft.console = False
    return True


def notification(draft: Draft, text: str) -> bool:
    """Decode the notice that a background task sent; return whether the text is one."""
    body = text.lstrip(values.JS_SPACE)
    if not body.startswith(_NOTIFICATION):
        return False
    data = {name: value for key, name in (("task-id", "taskId"), ("status", "status")) if (value := _first(body, key))}
    summary = _first(body, "summary") or _first(body, "result") or data.get("status")
    inner = body.removeprefix(_NOTIFICATION).partition("</task-notification>")[0].strip(values.JS_SPACE)
    draft.event(Event("task-notification", text=summary or inner or None, data=dict(data)))
    return True


def _elements(text: str) -> tuple[dict[str, str], str]:
    """Return the console's elements by name, and what stands outside; each tag is looked for once: linear time."""
    found: dict[str, str] = {}
    for name in _CONSOLE:
        start = text.find(f"<{name}>")
        end = text.find(f"</{name}>", start)
        if start >= 0 and end >= 0:
            found[name] = text[start + len(name) + 2 : end]
            text = text[:start] + text[end + len(name) + 3 :]
    return found, text


def _first(text: str, name: str) -> str:
    start = text.find(f"<{name}>")
    end = text.find(f"</{name}>", start)
    return text[start + len(name) + 2 : end].strip(values.JS_SPACE) if start >= 0 and end >= 0 else ""
