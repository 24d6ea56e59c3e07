"""The HTML writer: its structure, its options, its security policy, its chunks."""

from __future__ import annotations

import re
import tracemalloc
from base64 import b64encode
from hashlib import sha256
from itertools import pairwise
from xml.etree.ElementTree import Element

import pytest
from hypothesis import given, settings

from py_export import filename
from py_export.convert import write
from py_export.model import (
    Code,
    Event,
    File,
    Image,
    Message,
    Session,
    Text,
    Thinking,
    Usage,
)
from py_export.options import HtmlOptions, parse
from py_export.writers import find_writer
from tests.unit.sessions import SESSIONS
from tests.unit.writers.html_tree import AT, counts, find, headings, one, parsed, talk, text, written

PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


def test_the_documents_headings_are_title_figures_turns_and_speakers() -> None:
    session = talk(Text("Because."))
    session.messages += [Message(id="b", role="user", blocks=[Text("And?")])]
    session.notes = [Message(id="n", role="user", blocks=[Text("remember")])]
    assert headings(parsed(written(session))) == [
        (1, "T"), (2, "Contents"), (2, "Figures"), (2, "Notes"), (2, "Conversation"),
        (3, "1 User"), (4, "Assistant"), (3, "2 User"),
    ]  # fmt: skip


@settings(max_examples=60)
@given(SESSIONS)
def test_no_heading_skips_a_level(session: Session) -> None:
    levels = [level for level, _ in headings(parsed(written(session, tools="full")))]
    assert levels[0] == 1
    assert [pair for pair in pairwise(levels) if pair[1] > pair[0] + 1] == []


def test_the_contents_lead_to_every_turn() -> None:
    session = talk(Text("Because."), said="# *Why* `so`?\nmore")
    session.messages.append(Message(id="b", role="user", blocks=[Image(name="x")]))
    tree = parsed(written(session))
    links = find(one(tree, "nav"), "a")
    assert [(each.get("href"), each.text) for each in links] == [("#turn-1", "Why so?"), ("#turn-2", "User")]
    assert {each.get("id") for each in find(tree, "section", "turn")} == {"turn-1", "turn-2"}


def test_the_contents_call_a_turn_that_a_command_opened_by_the_command() -> None:
    session = talk(Text("Because."))
    command = Message(id="c", role="event", blocks=[Event("command", data={"command": "/init <b>all</b>"})])
    session.messages += [command, *talk(Text("Done.")).messages[1:]]
    links = find(one(parsed(written(session)), "nav"), "a")
    assert [each.text for each in links][1:] == ["/init <b>all</b>"]


def test_a_session_that_the_assistant_begins_has_a_turn_without_a_question() -> None:
    session = Session(id="s", messages=[Message(id="a", role="assistant", blocks=[Text("Hello.")]), *talk().messages])
    assert [each[1] for each in headings(parsed(written(session)))][-2:] == ["1 Assistant", "2 User"]


def test_one_speaker_is_named_once_in_a_row_and_a_second_model_by_its_name() -> None:
    session = talk(Text("a"), model="m1")
    session.messages += [
        Message(id="b", role="assistant", model="m1", blocks=[Text("b")]),
        Message(id="e", role="event", blocks=[Event("compact")]),
        Message(id="c", role="assistant", model="m1", blocks=[Text("c")]),
        Message(id="d", role="assistant", model="m2", author="Ada", blocks=[Text("d")]),
    ]
    session.model = "m1"
    assert [said for _, said in headings(parsed(written(session)))][-3:] == ["1 User", "Assistant", "Assistant Ada m2"]


def test_times_carry_their_zone_and_the_machines_form() -> None:
    document = written(talk(Text("x"), created_at=AT), timezone="Asia/Tokyo")
    assert '<time datetime="2025-09-16T19:44:00.006+09:00">2025-09-16 19:44:00+09:00</time>' in document
    assert '<time datetime="2025-09-16T19:44:00.006+09:00">19:44:00+09:00</time>' in document


@pytest.mark.parametrize("at", [10**18, -(10**14), 253_402_300_800_000])
def test_a_time_that_html_has_no_form_for_is_text(at: int) -> None:
    tree = parsed(written(talk(Text("x"), created_at=at)))
    assert len(find(tree, "time")) == 1


def test_without_timestamps_no_message_has_a_time() -> None:
    session = talk(Text("x"), created_at=AT, usage=Usage(output_tokens=1), api_id="1")
    session.messages.append(Message(id="b", role="assistant", created_at=AT, usage=Usage(output_tokens=1), api_id="2"))
    assert "10:44" in written(session)
    assert "10:44" not in written(session, timestamps=False)


def test_an_image_that_the_session_holds_is_shown_and_any_other_is_named() -> None:
    images = [Image(name="a", data=PNG), Image(name="b", data="QUJD"), Image(name="c", url="https://example.org/c.png")]
    session = talk(*images)
    tree = parsed(written(session))
    assert [each.get("src") for each in find(tree, "img")] == [f"data:image/png;base64,{PNG}"]
    assert [text(each).split()[:2] for each in find(tree, "p", "attachment")] == [["Image", "b"], ["Image", "c"]]
    assert counts(session) == {"image_left_out": 1}


def test_a_files_text_is_folded_below_its_name_in_its_language() -> None:
    tree = parsed(written(talk(File(name="a.py", text="def f(): pass"))))
    assert one(one(tree, "details", "content"), "code").get("class") == "language-py"


def test_code_keeps_its_path_and_language() -> None:
    tree = parsed(written(talk(Code("x = 1", "python", "a/b.py"))))
    assert text(one(tree, "p", "path")).startswith("a/b.py")
    assert one(tree, "pre", "code")[0].get("class") == "language-python"


def test_without_highlighting_no_token_is_marked() -> None:
    code = Code("def f(): pass", "python")
    assert '<span class="k">' in written(talk(code))
    assert '<span class="k">' not in written(talk(code), highlight=False)


def test_without_messages_who_spoke_and_the_figures_stay() -> None:
    session = talk(Text("secret"), created_at=AT)
    document = written(session, messages=False)
    assert "secret" not in document
    assert "Why" not in document
    assert [said for _, said in headings(parsed(document))][-2:] == ["1 User", "Assistant"]
    assert counts(session, messages=False) == {"content_left_out": 2}


def test_a_message_that_has_nothing_to_show_is_not_there_and_what_it_had_is_counted() -> None:
    session = talk(Thinking("hm"))
    assert len(find(parsed(written(session, thinking=False)), "div", "message")) == 1
    assert counts(session, thinking=False) == {"thinking_left_out": 1}


def test_a_hidden_message_is_counted_and_not_shown() -> None:
    session = talk(Text("unseen"), hidden=True)
    assert "unseen" not in written(session)
    assert counts(session) == {"hidden_messages": 1}


def test_an_empty_session_says_so() -> None:
    assert "This session holds no messages." in written(Session(id="s"))


def test_tokens_and_cost_stand_once_per_api_message_and_can_be_left_out() -> None:
    usage = Usage(input_tokens=1000, cache_read_tokens=234, output_tokens=56, cost_usd=0.0042)
    session = talk(Text("a"), usage=usage, api_id="1")
    session.messages.append(Message(id="b", role="assistant", api_id="1", usage=usage, blocks=[Text("b")]))
    assert written(session).count("<span>1,234 in · 56 out</span> <span>$0.0042</span>") == 1
    assert "1,234" not in written(session, token_counts=False)
    assert "$" not in written(session, cost=False)


@pytest.mark.parametrize("style", ["report", "cursor"])
def test_the_policy_allows_the_documents_own_style_and_script_and_nothing_else(style: str) -> None:
    tree = parsed(written(talk(Text("x")), style=style))
    [policy] = [each.get("content", "") for each in find(tree, "meta") if each.get("http-equiv")]
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))

    def hashed(element: Element) -> str:
        return f"'sha256-{b64encode(sha256(''.join(element.itertext()).encode()).digest()).decode()}'"

    scripts = {"script-src": hashed(one(tree, "script"))} if style == "report" else {}
    assert rules == {
        "default-src": "'none'", "style-src": hashed(one(tree, "style")), **scripts, "img-src": "data:",
        "base-uri": "'none'", "form-action": "'none'",
    }  # fmt: skip


def test_style_and_script_end_nowhere_but_at_their_end_and_fetch_nothing() -> None:
    document = written(talk())
    style, script = (re.search(rf"<{name}>(.*?)</{name}>", document, re.DOTALL) for name in ("style", "script"))
    assert style is not None
    assert script is not None
    assert not re.search(r"url\(|@import|</|<!--", style[1] + script[1])
    assert not re.search(r"innerHTML|eval|fetch|XMLHttp|import\(|\.src\b", script[1])


def test_the_cursor_style_has_that_documents_elements_and_classes() -> None:
    session = talk(Text("```go\npackage main\n```"), created_at=AT - 6)
    session.workspace, session.source.app = "/w", "sqlite"
    tree = parsed(written(session, style="cursor", highlight=False))
    assert headings(tree) == [(1, "Session s")]
    assert one(tree, "title").text == "Session s"
    assert ["".join(each.itertext()) for each in one(tree, "div", "metadata")] == [
        "Workspace: /w",
        "Source: sqlite",
        "Messages: 2",
    ]
    boxes = list(one(one(tree, "main"), "div", "messages"))
    assert [each.get("class") for each in boxes] == ["message user", "message assistant"]
    assert [[part.get("class") for part in each] for each in boxes] == [["timestamp", "content"]] * 2
    assert "".join(boxes[1][0].itertext()).strip() == "2025-09-16T10:44:00Z"
    assert one(boxes[1], "pre")[0].get("class") == "language-go"


def test_the_words_are_those_of_the_locale() -> None:
    tree = parsed(written(talk(Text("x")), locale="zh-CN"))
    assert tree.get("lang") == "zh-CN"
    assert [said for _, said in headings(tree)][1:] == ["目录", "数据", "对话", "1 用户", "助手"]


def test_files_are_named_as_the_style_has_it() -> None:
    session, writer = Session(id="ab", title="T", exported_at=0), find_writer("html")
    assert filename(session, writer, parse(HtmlOptions, {})) == "t-ab-1970-01-01.html"
    assert filename(session, writer, parse(HtmlOptions, {"style": "cursor"})) == "session_ab.html"


def test_messages_come_many_at_a_time_and_each_of_them_once() -> None:
    messages = [Message(id="m", role="assistant", blocks=[Text(f"said {at}")]) for at in range(50)]
    chunks = [chunk.decode() for chunk in write(Session(id="s", messages=messages), "html")]
    assert [sum(f"<p>said {at}<" in chunk for chunk in chunks) for at in range(50)] == [1] * 50
    assert [chunk.count("<p>said ") for chunk in chunks] == [0, 32, 18, 0]


def test_memory_does_not_grow_with_the_document() -> None:
    def peak(count: int) -> int:
        roles = ("user", "assistant")
        messages = [Message(id="m", role=roles[at % 2], blocks=[Text("word " * 400)]) for at in range(count)]  # type: ignore[arg-type]
        session = Session(id="s", messages=messages)
        tracemalloc.start()
        size = sum(map(len, write(session, "html")))
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert size > count * 2000
        return found

    few = peak(1000)
    assert peak(4000) < few + 100_000


@settings(max_examples=20)
@given(SESSIONS)
def test_the_same_session_gives_the_same_bytes(session: Session) -> None:
    assert written(session) == written(session)


def test_the_cursor_style_says_who_speaks_to_those_who_see_no_colour() -> None:
    session = Session(id="s", messages=[Message(id="m", role="user", blocks=[Text("x")])])
    for locale, name in (("en", "User"), ("zh-CN", "用户")):
        (message,) = find(parsed(written(session, style="cursor", locale=locale)), "div", "message")
        assert (message.get("role"), message.get("aria-label")) == ("group", name)


@pytest.mark.parametrize("style", ["report", "cursor"])
def test_every_style_has_a_dark_sheet_and_one_for_paper(style: str) -> None:
    (sheet,) = find(parsed(written(Session(id="s"), style=style)), "style")
    rules = sheet.text or ""
    assert rules.count("{") == rules.count("}")
    for media in ("prefers-color-scheme: dark", "@media print"):
        assert media in rules
    assert "print-color-adjust: exact" in rules
