"""Every option of every format and style, by what it does to a document: none is there for show."""

from __future__ import annotations

import json
from typing import Any

import pytest

from py_export import Selection, select
from py_export.convert import write
from py_export.model import Block, Error, Message, Session, Text, Thinking, ToolCall, ToolResult, Usage
from py_export.options import json_schema
from py_export.writers import OF_SESSIONS, WRITERS, find_writer
from tests.unit.writers.readable import readable

AT = 1_736_944_200_000  # 2025-01-15T12:30:00Z

STYLED: dict[str, tuple[str | None, ...]] = {
    "markdown": ("hapi", "sidepanel", "trace", "cursor"),
    "html": ("report", "cursor"),
}
DOCUMENTS = [(writer.id, style) for writer in OF_SESSIONS for style in STYLED.get(writer.id, (None,))]

SIGNS = {
    "messages": ("SAID",),
    "timestamps": ("2025-01-15", "Jan 15, 2025", str(AT)),
    "token_counts": ("1,234", "1234"),
    "cost": ("0.017",),
    "thinking": ("PONDERED",),
    "file_contents": ("HELD",),
    "front_matter": ("messageCount:",),
    "charts": ("<svg",),
    "highlight": ('<span class="kn">',),
}
"""By option: what stands in a document with it (in one of these forms), and in none without it."""

NUMBERED = {"json", "analytics-json", "recording"}
"""The formats whose times are numbers."""

TIMELESS = {"patch"}
"""The formats that hold no time as they are; a patch's mails are tested in tests/unit/patches."""

NO_PLACE = {("html", "cursor"): {"charts"}}
"""What a style has no place for, though its format's other styles do."""


def _session() -> Session:
    call = ToolCall(
        id="c", name="Write", kind="write", subject="a.py", paths=["a.py"], status="completed", duration_ms=3,
        input={"file_path": "a.py", "content": "HELD"}, result=ToolResult([Text("RETURNED")]),
    )  # fmt: skip
    blocks: list[Block] = [Thinking("PONDERED"), Text("SAID\n\n```python\nimport SAID\n```"), call]
    question = Message(id="q", role="user", created_at=AT, blocks=[Text("SAID")])
    answer = Message(
        id="a", role="assistant", model="m", created_at=AT, usage=Usage(1_234, 56, cost_usd=0.017), blocks=blocks
    )
    usage = Usage(1_234, 56, cost_usd=0.017)
    return Session(id="s", title="T", created_at=AT, usage=usage, messages=[question, answer])


def _written(to: str, style: str | None, **options: Any) -> str:  # noqa: ANN401 - options
    chosen = options if style is None else {"style": style, **options}
    return readable(b"".join(write(_session(), to, options=chosen)))


def _fields(to: str) -> set[str]:
    return set(find_writer(to).options.__struct_fields__)


def _all(to: str) -> dict[str, Any]:
    """Return the options with which a document of the format shows the most."""
    fields = _fields(to)
    return dict.fromkeys(SIGNS.keys() & fields, True) | ({"tools": "full"} if "tools" in fields else {})


SHOWN = [
    (to, style, option)
    for to, style in DOCUMENTS
    for option in sorted(SIGNS.keys() & _fields(to) - NO_PLACE.get((to, str(style)), set()))
]


@pytest.mark.parametrize(("to", "style", "option"), SHOWN)
def test_an_option_shows_what_it_names_and_nothing_of_it_is_left_without(to: str, style: str, option: str) -> None:
    shown = _written(to, style, **_all(to))
    assert any(sign in shown for sign in SIGNS[option])
    hidden = _written(to, style, **_all(to) | {option: False})
    assert not [sign for sign in SIGNS[option] if sign in hidden]


@pytest.mark.parametrize(("to", "style"), [one for one in DOCUMENTS if "tools" in _fields(one[0])])
def test_tools_are_left_out_in_short_or_in_full(to: str, style: str | None) -> None:
    words = ("Write", "HELD", "RETURNED")
    found = {
        tools: [word for word in words if word in _written(to, style, **_all(to) | {"tools": tools})]
        for tools in ("none", "summary", "full")
    }
    kept = ["Write", "HELD"] if to == "sidepanel-json" else list(words)  # which has no place for a result
    assert found == {"none": [], "summary": ["Write"], "full": kept}


@pytest.mark.parametrize(("to", "style"), [one for one in DOCUMENTS if one[0] not in NUMBERED | TIMELESS])
def test_a_zone_moves_the_times_of_every_document_for_people(to: str, style: str | None) -> None:
    zoned = _written(to, style, timezone="Asia/Kathmandu")
    local = "2025-01-15 18:15" if to in ("pairs", "text") else "18:15"
    # MaiChat's times are UTC, or of the offset that the source kept; the report has days alone.
    assert (local in zoned) == (to not in ("maichat-json", "pdf"))
    assert local not in _written(to, style)


@pytest.mark.parametrize(
    ("to", "style"), [one for one in DOCUMENTS if find_writer(one[0]).extension in ("md", "html", "txt")]
)
def test_a_locale_changes_the_documents_words_and_not_the_messages(to: str, style: str | None) -> None:
    english, chinese = _written(to, style), _written(to, style, locale="zh-CN")
    assert any("\u4e00" <= letter <= "\u9fff" for letter in chinese)
    assert not any("\u4e00" <= letter <= "\u9fff" for letter in english)
    assert chinese.count("SAID") == english.count("SAID")


@pytest.mark.parametrize(("to", "style"), [one for one in DOCUMENTS if find_writer(one[0]).kind == "session"])
def test_a_range_takes_its_messages_into_every_format(to: str, style: str | None) -> None:
    session = _session()
    session.messages[0].blocks, session.messages[1].blocks = [Text("FIRST")], [Text("SECOND")]
    part = select(session, Selection(range=(2, 2)))
    options = {} if style is None else {"style": style}
    document = readable(b"".join(write(part, to, options=options)))
    assert ("FIRST" in document, "SECOND" in document) == (False, True)


@pytest.mark.parametrize("to", ["pairs", "text", "maichat-json"])
def test_what_was_typed_and_the_order_stand_in_the_head(to: str) -> None:
    document = _written(to, None, filter_input="r2 :export", order_applied="topic")
    assert "r2 :export" in document
    assert "topic" in document.partition("T10")[0].partition("root")[0]
    assert "r2" not in _written(to, None)


def test_a_failure_goes_with_the_messages() -> None:
    for to, style in DOCUMENTS:
        if "messages" not in _fields(to):
            continue
        session = _session()
        session.messages[1].blocks.append(Error("BROKEN"))
        chosen = _all(to) | ({} if style is None else {"style": style})
        assert "BROKEN" in readable(b"".join(write(session, to, options=chosen)))
        assert "BROKEN" not in readable(b"".join(write(session, to, options=chosen | {"messages": False})))


def test_every_option_of_every_format_is_tested_here() -> None:
    tested = {*SIGNS, "tools", "timezone", "locale", "style", "filter_input", "order_applied"}
    tested.add("images")  # in test_markdown_images.py
    tested |= {"since", "until", "models", "estimate", "prices", "bom", "events"}  # in test_analytics.py
    tested |= {"layout", "root", "author"}  # in tests/unit/patches
    tested |= {"paper", "contents"}  # in test_session_pdf.py
    tested |= {"max_pause", "typing_speed", "width", "height"}  # in test_replay.py and test_asciicast.py
    tested |= {"resolution", "theme"}  # in test_video.py
    for writer in WRITERS:
        assert _fields(writer.id) <= tested, writer.id
        assert json.dumps(json_schema(writer.options))  # what the page draws its form from
