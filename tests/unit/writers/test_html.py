"""The HTML writer: its structure, its options, its security policy, its chunks."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from itertools import pairwise
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from hypothesis import given, settings

from py_export import filename
from py_export.convert import write
from py_export.errors import TooDeep
from py_export.model import (
    Code,
    Event,
    File,
    Image,
    Message,
    Session,
    Step,
    SubAgent,
    Text,
    Thinking,
    ToolCall,
    ToolResult,
    Usage,
)
from py_export.notices import Notices
from py_export.options import HtmlOptions, parse
from py_export.writers import find_writer
from tests.unit.sessions import SESSIONS
from tests.unit.writers.html_tree import find, parsed, text, written

AT = 1_758_019_440_006  # 2025-09-16T10:44:00.006Z
PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


def _talk(*blocks: Any, said: str = "Why?", **fields: Any) -> Session:  # noqa: ANN401 - blocks; fields of the answer
    question = Message(id="q", role="user", created_at=AT, blocks=[Text(said)])
    return Session(
        id="s", title="T", messages=[question, Message(id="a", role="assistant", blocks=[*blocks], **fields)]
    )


def _headings(tree: Element) -> list[tuple[int, str]]:
    return [
        (int(each.tag[1]), "".join(each.itertext())) for each in tree.iter() if re.fullmatch(r"h[1-6]", str(each.tag))
    ]


def _counts(session: Session, **options: Any) -> dict[str, int]:  # noqa: ANN401 - options
    notices = Notices()
    written(session, notices, **options)
    return {notice.code: notice.count for notice in notices}


def _one(tree: Element, tag: str, kind: str = "") -> Element:
    [found] = find(tree, tag, kind)
    return found


def test_the_documents_headings_are_title_figures_turns_and_speakers() -> None:
    session = _talk(Text("Because."))
    session.messages += [Message(id="b", role="user", blocks=[Text("And?")])]
    session.notes = [Message(id="n", role="user", blocks=[Text("remember")])]
    assert _headings(parsed(written(session))) == [
        (1, "T"), (2, "Contents"), (2, "Figures"), (2, "Notes"), (2, "Conversation"),
        (3, "1 User"), (4, "Assistant"), (3, "2 User"),
    ]  # fmt: skip


@settings(max_examples=60)
@given(SESSIONS)
def test_no_heading_skips_a_level(session: Session) -> None:
    levels = [level for level, _ in _headings(parsed(written(session, tools="full")))]
    assert levels[0] == 1
    assert [pair for pair in pairwise(levels) if pair[1] > pair[0] + 1] == []


def test_the_contents_lead_to_every_turn() -> None:
    session = _talk(Text("Because."), said="# *Why* `so`?\nmore")
    session.messages.append(Message(id="b", role="user", blocks=[Image(name="x")]))
    tree = parsed(written(session))
    links = find(_one(tree, "nav"), "a")
    assert [(each.get("href"), each.text) for each in links] == [("#turn-1", "*Why* so?"), ("#turn-2", "User")]
    assert {each.get("id") for each in find(tree, "section", "turn")} == {"turn-1", "turn-2"}


def test_a_session_that_the_assistant_begins_has_a_turn_without_a_question() -> None:
    session = Session(id="s", messages=[Message(id="a", role="assistant", blocks=[Text("Hello.")]), *_talk().messages])
    assert [each[1] for each in _headings(parsed(written(session)))][-2:] == ["1 Assistant", "2 User"]


def test_one_speaker_is_named_once_in_a_row_and_a_second_model_by_its_name() -> None:
    session = _talk(Text("a"), model="m1")
    session.messages += [
        Message(id="b", role="assistant", model="m1", blocks=[Text("b")]),
        Message(id="e", role="event", blocks=[Event("compact")]),
        Message(id="c", role="assistant", model="m1", blocks=[Text("c")]),
        Message(id="d", role="assistant", model="m2", author="Ada", blocks=[Text("d")]),
    ]
    session.model = "m1"
    assert [said for _, said in _headings(parsed(written(session)))][-3:] == ["1 User", "Assistant", "Assistant Ada m2"]


def test_times_carry_their_zone_and_the_machines_form() -> None:
    document = written(_talk(Text("x"), created_at=AT), timezone="Asia/Tokyo")
    assert '<time datetime="2025-09-16T19:44:00.006+09:00">2025-09-16 19:44:00+09:00</time>' in document
    assert '<time datetime="2025-09-16T19:44:00.006+09:00">19:44:00+09:00</time>' in document


@pytest.mark.parametrize("at", [10**18, -(10**14), 253_402_300_800_000])
def test_a_time_that_html_has_no_form_for_is_text(at: int) -> None:
    tree = parsed(written(_talk(Text("x"), created_at=at)))
    assert len(find(tree, "time")) == 1


def test_without_timestamps_no_message_has_a_time() -> None:
    session = _talk(Text("x"), created_at=AT, usage=Usage(output_tokens=1), api_id="1")
    session.messages.append(Message(id="b", role="assistant", created_at=AT, usage=Usage(output_tokens=1), api_id="2"))
    assert "10:44" in written(session)
    assert "10:44" not in written(session, timestamps=False)


def test_thinking_and_tools_are_folded() -> None:
    call = ToolCall(name="Bash", subject="ls", input={"command": "ls"}, status="completed", duration_ms=1200)
    tree = parsed(written(_talk(Thinking("**Hm.**\nso"), call)))
    thinking, tool = (_one(tree, "details", kind) for kind in ("thinking", "tool"))
    assert text(find(thinking, "summary")[0]).startswith("Thinking Hm.")
    assert "".join(find(tool, "summary")[0].itertext()) == "Bash ls completed, 1.2\u00a0s"
    assert thinking.get("open") is tool.get("open") is None


def test_tools_in_short_are_a_line_each() -> None:
    call = ToolCall(
        name="Bash", subject="false", input="x", status="error", result=ToolResult([Text("no\nmore")], exit_code=1)
    )
    tree = parsed(written(_talk(call), tools="summary"))
    assert "".join(_one(tree, "p", "tool").itertext()) == "Bash false failed, exit code 1: no"
    assert find(tree, "details", "tool") == []


def test_tools_that_are_left_out_are_counted() -> None:
    call = ToolCall(name="Bash", subject="ls", messages=[Message(id="x", role="user", blocks=[Text("y")])])
    session = _talk(call)
    assert "Bash" not in written(session, tools="none")
    assert _counts(session, tools="none") == {"tool_left_out": 1, "sub_agent_left_out": 1}


def test_the_steps_of_a_plan_stand_below_its_call() -> None:
    call = ToolCall(name="Plan", kind="plan", steps=[Step("a", "completed"), Step("b", "in_progress"), Step("c")])
    tree = parsed(written(_talk(call)))
    assert ["".join(each.itertext()) for each in find(_one(tree, "ul", "steps"), "li")] == ["✓ a", "▸ b", "○ c"]


def test_a_sub_agent_stands_inside_the_call_that_started_it() -> None:
    inner = ToolCall(
        name="Task", description="deeper", messages=[Message(id="z", role="assistant", blocks=[Text("z")])]
    )
    outer = ToolCall(
        name="Task", description="look", messages=[Message(id="y", role="assistant", blocks=[Text("y"), inner])]
    )
    tree = parsed(written(_talk(outer), tools="summary"))
    threads = find(tree, "section", "thread")
    assert len(threads) == 2
    assert threads[1] in list(threads[0].iter())
    assert _headings(tree)[-4:] == [
        (5, "Sub-agent: look"),
        (6, "Assistant"),
        (6, "Sub-agent: deeper"),
        (6, "Assistant"),
    ]


def test_a_sub_agent_whose_call_is_unknown_is_marked() -> None:
    assert "Sub-agent, its call unknown" in written(_talk(Text("x"), sub_agent=SubAgent("1")))


def test_sub_agents_beyond_any_real_session_are_refused() -> None:
    message = Message(id="m", role="user", blocks=[Text("deepest")])
    for _ in range(400):
        message = Message(id="m", role="assistant", blocks=[ToolCall(name="Task", messages=[message])])
    with pytest.raises(TooDeep):
        written(Session(id="s", messages=[message]))


def test_fifty_sub_agents_below_each_other_are_not() -> None:
    message = Message(id="m", role="user", blocks=[Text("deepest")])
    for _ in range(50):
        message = Message(id="m", role="assistant", blocks=[ToolCall(name="Task", messages=[message])])
    assert "deepest" in written(Session(id="s", messages=[message]))


def test_an_image_that_the_session_holds_is_shown_and_any_other_is_named() -> None:
    images = [Image(name="a", data=PNG), Image(name="b", data="QUJD"), Image(name="c", url="https://example.org/c.png")]
    session = _talk(*images)
    tree = parsed(written(session))
    assert [each.get("src") for each in find(tree, "img")] == [f"data:image/png;base64,{PNG}"]
    assert [text(each).split()[:2] for each in find(tree, "p", "attachment")] == [["Image", "b"], ["Image", "c"]]
    assert _counts(session) == {"image_left_out": 1}


def test_a_files_text_is_folded_below_its_name_in_its_language() -> None:
    tree = parsed(written(_talk(File(name="a.py", text="def f(): pass"))))
    assert _one(_one(tree, "details", "content"), "code").get("class") == "language-py"


def test_code_keeps_its_path_and_language() -> None:
    tree = parsed(written(_talk(Code("x = 1", "python", "a/b.py"))))
    assert text(_one(tree, "p", "path")).startswith("a/b.py")
    assert _one(tree, "pre", "code")[0].get("class") == "language-python"


def test_without_highlighting_no_token_is_marked() -> None:
    code = Code("def f(): pass", "python")
    assert '<span class="k">' in written(_talk(code))
    assert '<span class="k">' not in written(_talk(code), highlight=False)


def test_what_files_held_can_be_left_out() -> None:
    call = ToolCall(
        name="Write", kind="write", paths=["a.py"], subject="a.py", input={"content": "x\ny"}, status="completed"
    )
    session = _talk(call)
    assert "<pre" in written(session)
    assert "<pre" not in written(session, file_contents=False)
    assert _counts(session, file_contents=False) == {"file_contents_left_out": 1}


def test_without_messages_who_spoke_and_the_figures_stay() -> None:
    session = _talk(Text("secret"), created_at=AT)
    document = written(session, messages=False)
    assert "secret" not in document
    assert "Why" not in document
    assert [said for _, said in _headings(parsed(document))][-2:] == ["1 User", "Assistant"]
    assert _counts(session, messages=False) == {"content_left_out": 2}


def test_a_message_that_has_nothing_to_show_is_not_there_and_what_it_had_is_counted() -> None:
    session = _talk(Thinking("hm"))
    assert len(find(parsed(written(session, thinking=False)), "div", "message")) == 1
    assert _counts(session, thinking=False) == {"thinking_left_out": 1}


def test_a_hidden_message_is_counted_and_not_shown() -> None:
    session = _talk(Text("unseen"), hidden=True)
    assert "unseen" not in written(session)
    assert _counts(session) == {"hidden_messages": 1}


def test_an_empty_session_says_so() -> None:
    assert "This session holds no messages." in written(Session(id="s"))


def test_tokens_and_cost_stand_once_per_api_message_and_can_be_left_out() -> None:
    usage = Usage(input_tokens=1000, cache_read_tokens=234, output_tokens=56, cost_usd=0.0042)
    session = _talk(Text("a"), usage=usage, api_id="1")
    session.messages.append(Message(id="b", role="assistant", api_id="1", usage=usage, blocks=[Text("b")]))
    assert written(session).count("<span>1,234 in · 56 out</span> <span>$0.0042</span>") == 1
    assert "1,234" not in written(session, token_counts=False)
    assert "$" not in written(session, cost=False)


@pytest.mark.parametrize("style", ["report", "cursor"])
def test_the_policy_allows_the_documents_own_style_and_script_and_nothing_else(style: str) -> None:
    tree = parsed(written(_talk(Text("x")), style=style))
    [policy] = [each.get("content", "") for each in find(tree, "meta") if each.get("http-equiv")]
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))

    def hashed(element: Element) -> str:
        return f"'sha256-{b64encode(sha256(''.join(element.itertext()).encode()).digest()).decode()}'"

    scripts = {"script-src": hashed(_one(tree, "script"))} if style == "report" else {}
    assert rules == {
        "default-src": "'none'", "style-src": hashed(_one(tree, "style")), **scripts, "img-src": "data:",
        "base-uri": "'none'", "form-action": "'none'",
    }  # fmt: skip


def test_style_and_script_end_nowhere_but_at_their_end_and_fetch_nothing() -> None:
    document = written(_talk())
    style, script = (re.search(rf"<{name}>(.*?)</{name}>", document, re.DOTALL) for name in ("style", "script"))
    assert style is not None
    assert script is not None
    assert not re.search(r"url\(|@import|</|<!--", style[1] + script[1])
    assert not re.search(r"innerHTML|eval|fetch|XMLHttp|import\(|\.src\b", script[1])


def test_the_cursor_style_has_that_documents_elements_and_classes() -> None:
    session = _talk(Text("```go\npackage main\n```"), created_at=AT - 6)
    session.workspace, session.source.app = "/w", "sqlite"
    tree = parsed(written(session, style="cursor", highlight=False))
    assert _headings(tree) == [(1, "Session s")]
    assert _one(tree, "title").text == "Session s"
    assert ["".join(each.itertext()) for each in _one(tree, "div", "metadata")] == [
        "Workspace: /w",
        "Source: sqlite",
        "Messages: 2",
    ]
    boxes = list(_one(_one(tree, "main"), "div", "messages"))
    assert [each.get("class") for each in boxes] == ["message user", "message assistant"]
    assert [[part.get("class") for part in each] for each in boxes] == [["timestamp", "content"]] * 2
    assert "".join(boxes[1][0].itertext()).strip() == "2025-09-16T10:44:00Z"
    assert _one(boxes[1], "pre")[0].get("class") == "language-go"


def test_the_words_are_those_of_the_locale() -> None:
    tree = parsed(written(_talk(Text("x")), locale="zh-CN"))
    assert tree.get("lang") == "zh-CN"
    assert [said for _, said in _headings(tree)][1:] == ["目录", "数据", "对话", "1 用户", "助手"]


def test_files_are_named_as_the_style_has_it() -> None:
    session, writer = Session(id="ab", title="T", exported_at=0), find_writer("html")
    assert filename(session, writer, parse(HtmlOptions, {})) == "t-ab-1970-01-01.html"
    assert filename(session, writer, parse(HtmlOptions, {"style": "cursor"})) == "session_ab.html"


def test_each_message_is_a_chunk_of_its_own() -> None:
    messages = [Message(id="m", role="assistant", blocks=[Text(f"said {at}")]) for at in range(50)]
    chunks = [chunk.decode() for chunk in write(Session(id="s", messages=messages), "html")]
    assert [sum(f"<p>said {at}<" in chunk for chunk in chunks) for at in range(50)] == [1] * 50
    assert max(chunk.count("<p>said ") for chunk in chunks) == 1


def test_a_long_sub_agent_leaves_in_many_chunks() -> None:
    inner = [Message(id="m", role="assistant", blocks=[Text("x" * 1000)]) for _ in range(1000)]
    session = _talk(ToolCall(name="Task", messages=inner))
    assert max(len(chunk) for chunk in write(session, "html")) < 100_000


@settings(max_examples=20)
@given(SESSIONS)
def test_the_same_session_gives_the_same_bytes(session: Session) -> None:
    assert written(session) == written(session)
