"""Sessions of each agent that change files, written as that agent writes them, beside the files before and after."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

ROOT = "/w/proj"
TIME = 1_767_322_800_000


def lines_of(text: str) -> list[str]:
    """Return a text's lines, by another way than the code under test."""
    return (
        text.splitlines(keepends=True)
        if not set(text) & set("\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029")
        else _slowly(text)
    )


def _slowly(text: str) -> list[str]:
    parts = [part + "\n" for part in text.split("\n")]
    parts[-1] = parts[-1][:-1]
    return parts if parts[-1] else parts[:-1]


def unified(old: str, new: str, context: int) -> str:
    """Return the difference of two texts, without its head, as Codex writes it."""
    made = list(difflib.unified_diff(lines_of(old), lines_of(new), n=context))[2:]
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in made)


def structured(old: str, new: str) -> list[dict[str, Any]]:
    """Return the difference of two texts as Claude Code writes it: with two spaces for each tab that begins a line."""
    hunks: list[dict[str, Any]] = []
    for line in unified(_rendered(old), _rendered(new), 3).split("\n")[:-1]:
        if line.startswith("@@"):
            before, after = line.split()[1:3]
            old_at, _, old_count = before[1:].partition(",")
            new_at, _, new_count = after[1:].partition(",")
            hunks.append({"oldStart": int(old_at) + (old_count == "0"), "oldLines": int(old_count or 1)})
            hunks[-1] |= {"newStart": int(new_at) + (new_count == "0"), "newLines": int(new_count or 1), "lines": []}
        else:
            hunks[-1]["lines"].append(line)
    return hunks


def _rendered(text: str) -> str:
    return re.sub(r"^\t+", lambda found: "  " * len(found[0]), text, flags=re.MULTILINE)


@dataclass
class Talk:
    """A session on its way: the files as they were, as they are, and what has been done."""

    before: dict[str, str]
    now: dict[str, str] = field(default_factory=dict)
    calls: list[Any] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.now = dict(self.before)


def iso(number: int) -> str:
    return f"2026-01-02T03:{number // 60 % 60:02d}:{number % 60:02d}.000Z"


class Claude:
    """Claude Code: whole contents and lines by number beside them, or the lines alone."""

    def __init__(self, *, original: bool) -> None:
        self.original = original
        self.records: list[dict[str, Any]] = []

    def say(self, text: str) -> None:
        """Let the person ask for something."""
        self._add("user", {"role": "user", "content": text})

    def change(self, path: str, old: str | None, new: str, edit: tuple[str, str] | None) -> None:
        """Change a file, and tell it."""
        full = f"{ROOT}/{path}"
        given: dict[str, Any] = {"file_path": full}
        result: dict[str, Any] = {
            "filePath": full,
            "structuredPatch": structured(old or "", new) if old is not None else [],
        }
        if edit is None:
            given |= {"content": new}
            result |= {"type": "create" if old is None else "update", "content": new}
        else:
            given |= {"old_string": edit[0], "new_string": edit[1]}
            result |= {"oldString": edit[0], "newString": edit[1], "replaceAll": False, "userModified": False}
        result["originalFile"] = old if self.original else None
        number = len(self.records)
        call = {"type": "tool_use", "id": f"t{number}", "name": "Edit" if edit else "Write", "input": given}
        self._add("assistant", {"role": "assistant", "id": f"m{number}", "content": [call]})
        answer = {"type": "tool_result", "tool_use_id": f"t{number}", "content": "The file has been updated."}
        self._add("user", {"role": "user", "content": [answer]}, toolUseResult=result)

    def _add(self, kind: str, message: dict[str, Any], **more: Any) -> None:  # noqa: ANN401 - JSON
        number = len(self.records)
        record: dict[str, Any] = {
            "type": kind,
            "uuid": f"u{number}",
            "parentUuid": f"u{number - 1}" if number else None,
        }
        record |= {"sessionId": "5f0c", "cwd": ROOT, "version": "2.1.7", "isSidechain": False, "userType": "external"}
        self.records.append(record | {"timestamp": iso(number), "message": message} | more)

    def written(self) -> str:
        """Return the session's file."""
        return "".join(json.dumps(record) + "\n" for record in self.records)


class Codex:
    """Codex: patches, and the difference of each with one line of context; it deletes and renames, too."""

    def __init__(self) -> None:
        meta = {"id": "0199", "timestamp": iso(0), "cwd": ROOT, "originator": "codex_cli_rs", "cli_version": "0.104.0"}
        self.records: list[dict[str, Any]] = [{"timestamp": iso(0), "type": "session_meta", "payload": meta}]

    def say(self, text: str) -> None:
        """Let the person ask for something."""
        self._add("event_msg", {"type": "user_message", "message": text})

    def change(self, path: str, old: str | None, new: str | None, _: object = None, to: str | None = None) -> None:
        """Change a file, and tell it."""
        done: dict[str, Any] = {"type": "update", "unified_diff": unified(old or "", new or "", 1), "move_path": None}
        if old is None:
            done = {"type": "add", "content": new}
        elif new is None:
            done = {"type": "delete", "content": old}
        elif to is not None:
            done["move_path"] = f"{ROOT}/{to}"
        identity = f"c{len(self.records)}"
        patch = f"*** Begin Patch\n*** Update File: {path}\n*** End Patch"
        self._add(
            "response_item", {"type": "custom_tool_call", "name": "apply_patch", "input": patch, "call_id": identity}
        )
        end = {"type": "patch_apply_end", "call_id": identity, "success": True, "stdout": "", "stderr": ""}
        self._add("event_msg", end | {"changes": {f"{ROOT}/{path}": done}})
        self._add(
            "response_item",
            {"type": "custom_tool_call_output", "call_id": identity, "output": "Exit code: 0\nOutput:\nok"},
        )

    def _add(self, kind: str, payload: dict[str, Any]) -> None:
        self.records.append({"timestamp": iso(len(self.records)), "type": kind, "payload": payload})

    def written(self) -> str:
        """Return the session's file."""
        return "".join(json.dumps(record) + "\n" for record in self.records)


class Gemini:
    """Gemini CLI: whole contents before and after, and a difference that takes spaces for nothing."""

    def __init__(self) -> None:
        self.messages: list[dict[str, Any]] = []

    def say(self, text: str) -> None:
        """Let the person ask for something."""
        self._add({"type": "user", "content": [{"text": text}]})

    def change(self, path: str, old: str | None, new: str, edit: tuple[str, str] | None) -> None:
        """Change a file, and tell it."""
        full = f"{ROOT}/{path}"
        given: dict[str, Any] = {"content": new} if edit is None else {"old_string": edit[0], "new_string": edit[1]}
        shown: dict[str, Any] = {
            "fileName": path.rsplit("/", 1)[-1],
            "filePath": full,
            "originalContent": old,
            "newContent": new,
        }
        shown |= {"fileDiff": f"--- x\n+++ x\n{unified(old or '', new, 3)}", "isNewFile": old is None}
        number = len(self.messages)
        call: dict[str, Any] = {
            "id": f"t{number}",
            "name": "write_file" if edit is None else "replace",
            "status": "success",
        }
        call |= {"args": {"file_path": full} | given, "resultDisplay": shown, "timestamp": iso(number)}
        call["result"] = [{"functionResponse": {"id": f"t{number}", "name": "x", "response": {"output": "Done."}}}]
        self._add({"type": "gemini", "content": "", "toolCalls": [call]})

    def _add(self, message: dict[str, Any]) -> None:
        number = len(self.messages)
        self.messages.append({"id": f"m{number}", "timestamp": iso(number)} | message)

    def written(self) -> str:
        """Return the session's file."""
        head = {
            "sessionId": "s1",
            "projectHash": "ab",
            "startTime": iso(0),
            "lastUpdated": iso(0),
            "directories": [ROOT],
        }
        return json.dumps(head | {"messages": self.messages})


class OpenCode:
    """opencode: contents before and after beside a difference whose indents are cut."""

    def __init__(self) -> None:
        self.messages: list[dict[str, Any]] = []

    def say(self, text: str) -> None:
        """Let the person ask for something."""
        self._add("user", [{"type": "text", "text": text}])

    def change(self, path: str, old: str | None, new: str, edit: tuple[str, str] | None) -> None:
        """Change a file, and tell it."""
        full = f"{ROOT}/{path}"
        old_string, new_string = edit or (old or "", new)
        given = {"filePath": full, "oldString": old_string, "newString": new_string}
        told = {
            "filediff": {"file": full, "before": old or "", "after": new},
            "diff": "--- x\n+++ x\n@@ -1 +1 @@\n-cut\n+cut\n",
        }
        number = len(self.messages)
        time = {"start": TIME + number * 1000, "end": TIME + number * 1000 + 1}
        state = {"status": "completed", "input": given, "output": "", "title": path, "metadata": told, "time": time}
        self._add("assistant", [{"type": "tool", "callID": f"t{number}", "tool": "edit", "state": state}])

    def _add(self, role: str, parts: list[dict[str, Any]]) -> None:
        number = len(self.messages)
        info = {"id": f"msg_{number}", "sessionID": "ses_1", "role": role, "time": {"created": TIME + number * 1000}}
        ids = {"sessionID": "ses_1", "messageID": f"msg_{number}"}
        whole = [{"id": f"prt_{number}_{at}"} | ids | part for at, part in enumerate(parts)]
        self.messages.append({"info": info, "parts": whole})

    def written(self) -> str:
        """Return the session's file."""
        info = {"id": "ses_1", "version": "1.0.0", "projectID": "p", "directory": ROOT, "title": "x"}
        return json.dumps({"info": info | {"time": {"created": TIME, "updated": TIME}}, "messages": self.messages})


AGENTS: dict[str, Callable[[], Any]] = {
    "claude-code": lambda: Claude(original=True),
    "claude-code, lines alone": lambda: Claude(original=False),
    "codex": Codex,
    "gemini-cli": Gemini,
    "opencode": OpenCode,
}
