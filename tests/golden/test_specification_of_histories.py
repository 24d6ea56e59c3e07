"""The history export's specification, its examples rebuilt from data: headers, headings, fences, separators, names."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from py_export import convert, filename, read, write
from py_export.version import GENERATOR
from py_export.writers import find_writer

PLANNING: dict[str, Any] = {
    "id": "p_7",
    "createdAt": "2025-09-16T13:45:00+03:00",
    "topicPath": "AI > Planning",
    "topicId": "3a8b2f6e-1c9a-4e2c-9b17-0d5a3c7e2f10",
    "model": "gpt-4o",
    "stars": 2,
    "flagColor": "blue",
    "userText": "User message text …",
    "assistantText": "Assistant response …",
    "errorState": False,
}
FAILED = PLANNING | {
    "id": "p_8",
    "createdAt": "2025-09-16T13:48:00+03:00",
    "stars": 1,
    "flagColor": "grey",
    "userText": "Follow-up details...",
    "assistantText": "",
    "errorState": True,
    "errorMessage": "Timeout contacting provider",
}
DOCUMENT: dict[str, Any] = {
    "schemaVersion": "1",
    "app": GENERATOR,
    "generatedAt": "2025-09-16T10:11:12Z",
    "filterInput": "t'AI...' & o5 :export md --order topic",
    "orderApplied": "topic",
    "count": 2,
    "pairs": [PLANNING, FAILED],
}
ZONE = "Europe/Istanbul"

MARKDOWN = f"""\
```json meta
{{
  "generatedAt": "2025-09-16T10:11:12Z",
  "app": "{GENERATOR}",
  "filterInput": "t'AI...' & o5 :export md --order topic",
  "orderApplied": "topic",
  "timezone": "{ZONE}",
  "count": 2
}}
```

## 1. AI > Planning — gpt-4o — 2025-09-16 13:45 (local)
Stars: 2 · Flag: blue

### User
```
User message text …
```

### Assistant
```
Assistant response …
```

## 2. AI > Planning — gpt-4o — 2025-09-16 13:48 (local) — error
Stars: 1 · Flag: grey

### User
```
Follow-up details...
```

### Assistant
> Error: Timeout contacting provider
```

```
"""

TEXT = f"""\
Meta:
  generatedAt: 2025-09-16T10:11:12Z
  app: {GENERATOR}
  filterInput: t'AI...' & o5 :export md --order topic
  orderApplied: topic
  timezone: {ZONE}
  count: 2

---

#1 AI > Planning — gpt-4o — 2025-09-16 13:45
Stars: 2 · Flag: blue

[User]
User message text …

[Assistant]
Assistant response …

{"-" * 80}

#2 AI > Planning — gpt-4o — 2025-09-16 13:48 [error]
Stars: 1 · Flag: grey

[User]
Follow-up details...

[Error]
Timeout contacting provider

[Assistant]

"""


def _written(to: str, document: dict[str, Any] = DOCUMENT) -> str:
    options = {} if to == "maichat-json" else {"timezone": ZONE}
    return convert(json.dumps(document), to, options=options).decode()


def test_the_json_is_its_own_value_for_value_in_its_order_and_layout() -> None:
    assert _written("maichat-json") == json.dumps(DOCUMENT, indent=2, ensure_ascii=False) + "\n"


def test_the_markdown_is_its_own_byte_for_byte_the_zone_added() -> None:
    assert _written("pairs") == MARKDOWN


def test_the_plain_text_is_its_own_byte_for_byte_the_zone_and_the_error_added() -> None:
    assert _written("text") == TEXT


@pytest.mark.parametrize(("text", "marks"), [("a `b` c", 3), ("```\nx\n```", 4), ("`````", 6), ("", 3)])
def test_a_fence_is_as_long_as_the_longest_run_of_backticks_and_one_more(text: str, marks: int) -> None:
    section = _written("pairs", DOCUMENT | {"pairs": [PLANNING | {"userText": text}]}).partition("### User\n")[2]
    fences = re.findall(r"^(`+)\n", section, re.MULTILINE)
    assert (len(fences[0]), section.startswith(f"{'`' * marks}\n{text}\n{'`' * marks}\n")) == (marks, True)


def test_what_the_source_does_not_know_has_the_specifications_default() -> None:
    bare = {name: PLANNING[name] for name in ("id", "userText", "assistantText")}
    (pair,) = json.loads(_written("maichat-json", DOCUMENT | {"pairs": [bare]}))["pairs"]
    assert pair == bare | {
        "topicPath": "root", "topicId": "root", "stars": 0, "flagColor": "grey", "errorState": False,
    }  # fmt: skip


@pytest.mark.parametrize(("to", "extension"), [("maichat-json", "json"), ("pairs", "md"), ("text", "txt")])
def test_the_file_is_named_after_the_moment(to: str, extension: str) -> None:
    (session,) = read(json.dumps(DOCUMENT))
    assert filename(session, find_writer(to)) == f"export_chat-20250916-101112.{extension}"


def test_every_format_ends_its_lines_with_lf_and_is_utf_8() -> None:
    (session,) = read(json.dumps(DOCUMENT))
    for to in ("maichat-json", "pairs", "text"):
        data = b"".join(write(session, to))
        assert b"\r" not in data
        assert data.endswith(b"\n")
        assert "…".encode() in data
