"""A trace is read back as far as that is honest, and says where it cannot be."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from py_export import ExportError, Notices, Session, read, write
from py_export.errors import InvalidPayload
from py_export.model import (
    Block,
    Code,
    Error,
    Event,
    Message,
    Permission,
    Step,
    SubAgent,
    Text,
    Thinking,
    ToolCall,
    ToolResult,
)
from tests.unit.nasty import TEXTS


def _back(session: Session, **options: Any) -> tuple[Session, dict[str, int]]:  # noqa: ANN401 - options
    written = b"".join(write(session, options={"style": "trace", **options}))
    notices = Notices()
    found = read(written, "trace-markdown", notices=notices)[0]
    return found, {notice.code: notice.count for notice in notices}


def _blocks(*blocks: Block, **options: Any) -> list[Block]:  # noqa: ANN401 - options
    found, _ = _back(Session(id="s", messages=[Message(id="m", role="assistant", blocks=[*blocks])]), **options)
    return found.messages[0].blocks


@pytest.mark.parametrize("locale", ["en", "zh-CN"])
@pytest.mark.parametrize("front_matter", [True, False])
def test_every_block_comes_back_in_its_order_in_every_language(locale: str, *, front_matter: bool) -> None:
    blocks: list[Block] = [
        Text("first"),
        Thinking("```\nthought\n```"),
        Text("second"),
        Text("third"),
        Code("x = 1", "python", "a.py"),
        Error("broke", "E`1"),
        Event("turn-ended", data={"n": 1}),
    ]
    assert _blocks(*blocks, locale=locale, front_matter=front_matter) == blocks


def test_a_call_comes_back_with_input_result_permission_and_how_it_ended() -> None:
    call = ToolCall(
        id="c ` 1",
        name="Bash_*x*",
        input={"command": "ls", "deep": [1, {"a": None}]},
        status="denied",
        duration_ms=12_345,
        permission=Permission("denied", "no", answers={"a": ["b"]}),
        result=ToolResult([Text("````\n**Result**\n````"), Text("")], exit_code=-1),
    )
    (found,) = _blocks(call)
    assert isinstance(found, ToolCall)
    for name in ("id", "name", "input", "status", "duration_ms", "permission", "result"):
        assert getattr(found, name) == getattr(call, name), name


def test_what_a_tool_did_is_told_anew_from_its_input() -> None:
    edit = ToolCall(name="Edit", input={"file_path": "a.py", "old_string": "a", "new_string": "b"})
    plan = ToolCall(name="TodoWrite", input={"todos": [{"content": "do", "status": "completed"}]})
    found, planned = _blocks(edit, plan)
    assert isinstance(found, ToolCall)
    assert isinstance(planned, ToolCall)
    assert (found.kind, found.paths) == ("edit", ["a.py"])
    assert planned.steps == [Step("do", "completed")]


def test_an_input_that_is_text_stays_text_even_where_it_looks_like_json() -> None:
    (found,) = _blocks(ToolCall(name="x", input='{"a": 1}'))
    assert isinstance(found, ToolCall)
    assert found.input == '{"a": 1}'


@settings(max_examples=100)
@given(TEXTS)
def test_what_is_fenced_comes_back_to_the_letter_but_for_a_line_end_at_its_end(text: str) -> None:
    blocks = _blocks(Text("x"), Thinking(text), ToolCall(name="x", input=text or "x"))
    thought = [block for block in blocks if isinstance(block, Thinking)]
    assert [one.text for one in thought] == ([text.removesuffix("\n")] if text.strip() else [])
    call = blocks[-1]
    assert isinstance(call, ToolCall)
    assert call.input == (text or "x").removesuffix("\n")


def test_sub_agents_stand_below_their_calls_two_levels_deep() -> None:
    deep = Message(id="d", role="assistant", sub_agent=SubAgent(call_id="c3"), blocks=[Text("deep")])
    below = Message(
        id="b",
        role="assistant",
        sub_agent=SubAgent(call_id="c2"),
        blocks=[Text("below"), ToolCall(id="c3", name="Task", messages=[deep])],
    )
    calls: list[Block] = [ToolCall(id="c1", name="Task"), ToolCall(id="c2", name="Task", messages=[below])]
    messages = [
        Message(id="m", role="assistant", blocks=[*calls, Text("after")]),
        Message(id="n", role="user", blocks=[Text("next")]),
    ]
    found, codes = _back(Session(id="s", messages=messages))
    assert [one.id for one in found.messages] == ["m", "n"]
    first, second, text = found.messages[0].blocks
    assert isinstance(first, ToolCall)
    assert isinstance(second, ToolCall)
    assert (first.messages, text) == ([], Text("after"))
    assert [(one.id, one.sub_agent) for one in second.messages] == [("b", SubAgent(call_id="c2"))]
    third = second.messages[0].blocks[1]
    assert isinstance(third, ToolCall)
    assert [(one.id, one.blocks) for one in third.messages] == [("d", [Text("deep")])]
    assert codes == {}


def test_below_that_it_is_a_guess_and_says_so() -> None:
    message = Message(id="m4", role="assistant", blocks=[Text("deepest")])
    for level in range(3, 0, -1):
        call = ToolCall(id=f"c{level}", name="Task", messages=[message])
        message = Message(id=f"m{level}", role="assistant", blocks=[call])
    _, codes = _back(Session(id="s", messages=[message]))
    assert codes == {"sub_agent_depth": 1}


def test_a_texts_own_title_is_text() -> None:
    session = Session(id="s", title="The Title", messages=[Message(id="m", role="user", blocks=[Text("# Own\n\nx")])])
    found, _ = _back(session)
    assert (found.title, found.messages[0].blocks) == ("The Title", [Text("# Own\n\nx")])


def test_a_text_that_the_guard_touched_says_that_it_may_hold_a_backslash() -> None:
    found, codes = _back(Session(id="s", messages=[Message(id="m", role="user", blocks=[Text("## User")])]))
    assert found.messages[0].blocks == [Text("\\## User")]
    assert codes == {"escapes_kept": 1}


def test_a_part_of_a_session_is_read_as_one() -> None:
    written = '---\ntitle: "x"\ntraceVersion: 1\nmessageRange: "3-4/12"\n\n---\n\n# x\n\n## User\n\n_`m`_\n\nhi\n'
    part = read(written)[0].range
    assert part is not None
    assert (part.from_, part.to, part.of) == (3, 4, 12)


def test_a_document_that_somebody_changed_is_read_as_far_as_it_goes() -> None:
    broken = "# T\n\n## User\n\nno facts\n\n### Thinking\n\nno fence\n\n"
    written = f"{broken}## Assistant\n\n_`m`_\n\n## Something of my own\n\nx\n"
    notices = Notices()
    session = read(written, "trace-markdown", notices=notices)[0]
    assert session.title == "T"
    assert [one.role for one in session.messages] == ["assistant"]  # a role without its facts is a text's
    assert session.messages[0].blocks == [Text("## Something of my own\n\nx")]
    assert {notice.code for notice in notices} == {"session_id_missing"}


@pytest.mark.parametrize("document", ["", "hello", "## Something\n\nx"])
def test_a_document_without_any_heading_of_a_trace_is_refused(document: str) -> None:
    with pytest.raises(InvalidPayload):
        read(document, "trace-markdown")


@settings(max_examples=100)
@given(
    st.lists(TEXTS | st.sampled_from(["\n## User\n\n_`m`_\n\n", "\n### Tool: x\n\n", "**Input**\n\n```json\n[\n```\n"]))
)
def test_any_document_is_read_or_refused_with_an_error_of_ours(parts: list[str]) -> None:
    try:
        session = read("# T\n" + "".join(parts), "trace-markdown")[0]
    except ExportError:
        return
    b"".join(write(session, "json"))
