"""The specifications' own examples, rebuilt from data: the same structure, section by section."""

from __future__ import annotations

import json
import re
from typing import Any

from py_export import convert, read, write
from tests.golden.exchange_cases import path
from tests.golden.markdown_cases import FOLDER
from tests.unit.headings import by_markdown_it

CURSOR_JSONL = """\
{"timestamp":"2025-11-07T14:23:01Z","actor":"user","content":"What is Cursor?"}
{"timestamp":"2025-11-07T14:23:03Z","actor":"assistant","content":"Cursor is an AI coding editor that uses AI to help \
you code."}
{"timestamp":"2025-11-07T14:23:10Z","actor":"user","content":"How do I use it?"}
{"timestamp":"2025-11-07T14:23:12Z","actor":"assistant","content":"You can use Cursor by:\\n\\n1. Opening a file\\n\
2. Asking questions in the chat\\n3. Using AI suggestions"}
"""

CURSOR_MARKDOWN = """\
# Session session_2025-11-07_a1b2c3d4

**Workspace:** /Users/k/Projects/my-app\u0020\u0020
**Source:** sqlite\u0020\u0020
**Messages:** 4

---

## Messages

**user:** (2025-11-07T14:23:01Z) What is Cursor?

**assistant:** (2025-11-07T14:23:03Z) Cursor is an AI coding editor that uses AI to help you code.

**user:** (2025-11-07T14:23:10Z) How do I use it?

**assistant:** (2025-11-07T14:23:12Z) You can use Cursor by:

1. Opening a file
2. Asking questions in the chat
3. Using AI suggestions
"""

SIDEPANEL_JSON: dict[str, Any] = {
    "version": "1.0",
    "exportedAt": "2025-01-15T15:45:00Z",
    "session": {
        "id": "sess_abc123",
        "title": "Debug Auth",
        "createdAt": "2025-01-15T12:30:00Z",
        "duration": 2820000,
        "model": "llama-3.3-70b",
        "provider": "venice",
        "metrics": {
            "promptTokens": 15234,
            "completionTokens": 8721,
            "totalTokens": 23955,
            "cost": 0.014,
            "messageCount": 12,
            "toolCalls": 8,
        },
        "messages": [
            {
                "id": "msg_001",
                "role": "user",
                "content": "Help me debug this authentication flow...",
                "timestamp": "2025-01-15T12:30:00Z",
            },
            {
                "id": "msg_002",
                "role": "assistant",
                "content": "I'll analyze the authentication code...",
                "timestamp": "2025-01-15T12:30:15Z",
                "usage": {"promptTokens": 1234, "completionTokens": 567},
                "toolCalls": [{"name": "read_file", "args": {"path": "src/auth/session.ts"}, "duration": 45}],
            },
        ],
    },
}

SIDEPANEL_LINES = r"""
# Debug Auth
\*\*Date:\*\* 2025-01-15
\*\*Duration:\*\* 47 min
\*\*Model:\*\* llama-3\.3-70b \(venice\)
\*\*Total Tokens:\*\* 23,955 \(15,234 in / 8,721 out\)
\*\*Cost:\*\* \$0\.014
---
## Summary
Fixed timezone bug in token expiration check\. Added comprehensive tests\.
## Conversation
### 2025-01-15T12:30:00Z - User
Help me debug this authentication flow\. .*
### 2025-01-15T12:30:15Z - Assistant \(1,234 → 567 tokens, \$0\.002\)
I'll analyze the authentication code\. .*
\*\*Tools Used:\*\*
- `read_file`: src/auth/session\.ts \(45ms\)
- `read_file`: src/auth/middleware\.ts \(32ms\)
### 2025-01-15T12:31:00Z - Assistant \(2,456 → 1,234 tokens, \$0\.004\)
I found the issue\. .*
\*\*Tools Used:\*\*
- `edit_file`: src/auth/session\.ts \(12ms\)
- `edit_file`: src/auth/session\.test\.ts \(12ms\)
---
## Files Modified
- `src/auth/session\.ts` - Fixed timezone bug
- `src/auth/session\.test\.ts` - Added test coverage
## Metrics
\| Metric \| Value \|
\|--------\|-------\|
\| Messages \| 12 \|
\| User Messages \| 5 \|
\| Assistant Messages \| 7 \|
\| Tool Calls \| 8 \|
\| Files Read \| 6 \|
\| Files Written \| 2 \|
""".strip().splitlines()


def _session(name: str) -> bytes:
    return (FOLDER / f"{name}.json").read_bytes()


def test_cursors_json_lines_are_its_own_byte_for_byte() -> None:
    assert convert(_session("what-is-cursor"), "jsonl").decode() == CURSOR_JSONL


def test_cursors_json_lines_come_back_as_they_were() -> None:
    assert b"".join(write(read(CURSOR_JSONL)[0], "jsonl")).decode() == CURSOR_JSONL


def test_cursors_markdown_is_its_own_byte_for_byte() -> None:
    assert convert(_session("what-is-cursor"), options={"style": "cursor"}).decode() == CURSOR_MARKDOWN


def test_the_sidepanels_json_is_its_own_value_for_value_and_in_its_order() -> None:
    written = b"".join(write(read(json.dumps(SIDEPANEL_JSON))[0], "sidepanel-json"))
    assert json.dumps(json.loads(written), indent=2) == json.dumps(SIDEPANEL_JSON, indent=2)


def test_the_sidepanels_markdown_has_its_lines_in_its_order_times_aside() -> None:
    document = convert(_session("debug-auth"), options={"style": "sidepanel"}).decode()
    lines = [line.rstrip() for line in document.splitlines() if line.strip()]
    assert len(lines) == len(SIDEPANEL_LINES)
    for line, wanted in zip(lines, SIDEPANEL_LINES, strict=True):
        assert re.fullmatch(wanted, line), (line, wanted)


def test_a_section_that_a_session_has_no_data_for_is_left_out() -> None:
    document = convert(_session("plain"), options={"style": "sidepanel"}).decode()
    sections = [text for level, text in by_markdown_it(document) if level == 2]
    assert sections == ["Conversation", "Metrics"]
    assert "**Cost:**" not in document
    assert "**Total Tokens:**" not in document


def test_hfs_json_says_its_version_in_its_metadata() -> None:
    document = json.loads(path("hfs-json", "debug-auth").read_bytes())
    assert document["metadata"] == {
        "schema_version": "1.0.0",
        "exported_at": "2025-01-15T15:45:00Z",
        "exporter": "py-export 0.1.0",
        "message_count": 3,
    }
    assert list(document) == ["metadata", "session", "messages"]


def test_a_trace_has_every_tool_with_its_input_and_its_result() -> None:
    document = convert(_session("rich"), options={"style": "trace"}).decode()
    tools = [text for _, text in by_markdown_it(document) if text.startswith("Tool: ")]
    assert [tool.removeprefix("Tool: ") for tool in tools] == [
        *("Bash", "Grep", "Read", "Task", "Edit", "Bash", "Bash", "Bash", "WebFetch", "Grep", "Task")
    ]
    assert '"command": "make sim | head -n 20"' in document
    assert "00:05 on   <- again" in document
    assert "Either the timer fires twice, or two timers exist." in document
