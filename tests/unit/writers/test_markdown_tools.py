"""Tool calls in Markdown."""

from __future__ import annotations

from typing import Any

import pytest

from py_export.convert import write
from py_export.model import Code, File, Image, Message, Permission, Session, Step, Text, ToolCall, ToolResult
from py_export.notices import Notices


def _written(call: ToolCall, notices: Notices | None = None, **options: Any) -> str:  # noqa: ANN401 - options
    session = Session(id="s", title="t", messages=[Message(id="m", role="assistant", blocks=[call])])
    return b"".join(write(session, options=options, notices=notices)).decode().partition("## Assistant\n\n")[2]


def _call(**fields: Any) -> ToolCall:  # noqa: ANN401 - fields
    return ToolCall(id="c", name="Bash", **{"subject": "npm test", "status": "completed", **fields})


def _codes(notices: Notices) -> dict[str, int]:
    return {notice.code: notice.count for notice in notices}


@pytest.mark.parametrize(
    ("fields", "line"),
    [
        ({}, "Bash `npm test` — completed"),
        ({"duration_ms": 1240}, "Bash `npm test` — completed, 1.2 s"),
        ({"started_at": 1000, "ended_at": 66_000}, "Bash `npm test` — completed, 1 min 5 s"),
        ({"result": ToolResult(exit_code=0)}, "Bash `npm test` — completed, exit code 0"),
        ({"status": "running"}, "Bash `npm test` — still running"),
        ({"status": "pending"}, "Bash `npm test` — no result"),
        ({"status": "cancelled"}, "Bash `npm test` — cancelled"),
        ({"status": "denied", "permission": Permission("denied", "not\nnow")}, "Bash `npm test` — denied: `not now`"),
        (
            {"status": "error", "result": ToolResult([Text("\n boom  x\nmore")], exit_code=2), "duration_ms": 3},
            "Bash `npm test` — failed, exit code 2, 3 ms: `boom x`",
        ),
        (
            {
                "status": "error",
                "result": ToolResult([Code('Traceback (most recent call last):\n  File "x"\nKeyError: 1\n')]),
            },
            "Bash `npm test` — failed: `KeyError: 1`",
        ),
        ({"subject": None, "description": "Run all tests"}, "Bash `Run all tests` — completed"),
        ({"subject": None}, "Bash — completed"),
        ({"subject": "a\n  b `c` ``d``"}, "Bash ``` a b `c` ``d`` ``` — completed"),
    ],
)
def test_the_summary_says_what_was_done_and_how_it_ended(fields: dict[str, Any], line: str) -> None:
    assert _written(_call(**fields)) == f"> - Tool: {line}\n"


def test_a_long_subject_is_shortened_between_grapheme_clusters_and_only_in_the_summary() -> None:
    family = "👩‍👩‍👧"
    call = _call(subject=family * 200, input={"text": family * 200})
    notices = Notices()
    assert f"`{family * 159}…`" in _written(call, notices)
    assert _codes(notices) == {"text_shortened": 1}
    notices = Notices()
    assert f"\n{family * 200}\n" in _written(call, notices, tools="full")
    assert _codes(notices) == {}


def test_a_subject_of_just_the_length_stays_whole() -> None:
    assert f"`{'x' * 160}`" in _written(_call(subject="x" * 160))
    assert f"`{'x' * 159}…`" in _written(_call(subject="x" * 161))


def test_full_gives_input_and_result_in_fences() -> None:
    call = _call(
        input={"command": "npm test", "env": {"CI": True, "N": [1, None]}, "script": "a\n```\nb"},
        result=ToolResult(
            [Text("ok\n````"), Code("x = 1", "python"), Image(name="i.png", data="QUJD"), File(name="f")]
        ),
    )
    notices = Notices()
    assert (
        _written(call, notices, tools="full")
        == """\
> - Tool: Bash `npm test` — completed

> **Input**
> - `command`: `npm test`
> - `env.CI`: `true`
> - `env.N[0]`: `1`
> - `env.N[1]`: `null`
> - `script`:

````
a
```
b
````

> **Result**

`````
ok
````
`````

```python
x = 1
```

> - Image: i.png (3 bytes)
> - Attachment: f
"""
    )
    assert _codes(notices) == {"image_left_out": 1}


def test_full_gives_an_input_that_is_one_text_in_a_fence() -> None:
    assert "> **Input**\n\n```\n*** Begin Patch\n```\n" in _written(_call(input="*** Begin Patch"), tools="full")


def test_full_gives_the_structured_result_where_there_is_no_other() -> None:
    text = _written(_call(result=ToolResult(data={"rows": 3})), tools="full")
    assert text.endswith("> **Result**\n> - `rows`: `3`\n")
    text = _written(_call(result=ToolResult([Text("3 rows")], data={"rows": 3})), tools="full")
    assert text.endswith("> **Result**\n\n```\n3 rows\n```\n")


def test_full_gives_a_persons_answers() -> None:
    text = _written(_call(permission=Permission("approved", answers={"Which?": "the second"})), tools="full")
    assert text.endswith("> **Answers**\n> - `Which?`: `the second`\n")


def test_none_leaves_calls_and_their_sub_agents_out_and_counts_both() -> None:
    thread = [Message(id="a", role="user", blocks=[Text("x")]), Message(id="b", role="assistant", blocks=[Text("y")])]
    notices = Notices()
    assert _written(_call(messages=thread), notices, tools="none") == ""
    assert _codes(notices) == {"tool_left_out": 1, "sub_agent_left_out": 2}


def test_a_sub_agents_thread_comes_after_its_callers_blocks() -> None:
    thread = [Message(id="a", role="user", blocks=[Text("x")])]
    session = Session(id="s", title="t")
    call = _call(description="Look *around*", messages=thread)
    session.messages = [Message(id="m", role="assistant", blocks=[call, Text("after")])]
    document = b"".join(write(session)).decode()
    assert document.endswith("\n\nafter\n\n### Sub-agent: Look \\*around\\*\n\n#### User\n\nx\n")


def test_an_image_in_a_result_is_counted_in_the_summary_too() -> None:
    notices = Notices()
    assert "QUJD" not in _written(_call(result=ToolResult([Image(data="QUJD")])), notices)
    assert _codes(notices) == {"image_left_out": 1}


def test_a_plan_shows_its_steps_as_data_never_as_markup() -> None:
    steps = [Step("read *all* [x]", "completed"), Step("think\n## User", "in_progress"), Step("write")]
    written = _written(ToolCall("c", "plan", steps=steps))
    assert "> - Tool: plan — no result\n" in written
    assert r">   - ✓ read \*all\* \[x\]" in written
    assert ">   - ▸ think ## User\n>   - ○ write\n" in written
