"""Messages that are written many at once are what they are one by one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from py_export import Notices, Session, write
from py_export.model import Block, Image, Message, Step, SubAgent, Text, Thinking, ToolCall, ToolResult, Usage
from py_export.writers import Batch, html_frames, messages_in
from py_export.writers.html_batch import Batches, Placed
from py_export.writers.html_page import printable
from tests.unit.nasty import TEXTS
from tests.unit.sessions import SESSIONS

OPTIONS: tuple[dict[str, object], ...] = (
    {},
    {"token_counts": False},
    {"cost": False, "locale": "zh-CN"},
    {"timestamps": False, "thinking": False},
    {"messages": False},
    {"timezone": "Asia/Kathmandu", "tools": "summary"},
    {"tools": "none"},
)
NOT_SHOWN = "![x](data:image/png;base64,PHN2Zy8+)"
SAID = st.one_of(
    st.sampled_from(["", " ", "a", "**b** `c`", "- d\n- e", "潮汐🌊", NOT_SHOWN, "\x1b[0m\ud800", "```\nf\n```"]), TEXTS
)
CALLS = st.builds(
    ToolCall,
    name=SAID,
    subject=st.one_of(st.none(), SAID),
    description=st.one_of(st.none(), SAID),
    input=st.one_of(st.none(), SAID, st.dictionaries(SAID, st.one_of(SAID, st.just("QUJD" * 90)), max_size=2)),
    status=st.sampled_from(["completed", "error"]),
    result=st.one_of(st.none(), st.builds(lambda text: ToolResult(blocks=[Text(text)]), SAID)),
    steps=st.lists(st.builds(Step, SAID, st.sampled_from(["pending", "in_progress"])), max_size=2),
    messages=st.lists(
        st.builds(Message, id=st.just("s"), role=st.just("user"), blocks=st.builds(lambda text: [Text(text)], SAID)),
        max_size=1,
    ),
)
BLOCKS: st.SearchStrategy[list[Block]] = st.lists(
    st.one_of(st.builds(Text, SAID), st.builds(Text, SAID), st.builds(Thinking, SAID), CALLS, st.just(Image(name="i"))),
    max_size=3,
)
USAGES = st.builds(
    Usage,
    input_tokens=st.sampled_from([None, 0, 1234]),
    output_tokens=st.sampled_from([None, 0, 5678]),
    cache_read_tokens=st.sampled_from([None, 10**7]),
    cost_usd=st.sampled_from([None, None, 0.0042]),
)
MESSAGES = st.builds(
    Message,
    id=st.sampled_from("ab"),
    role=st.sampled_from(["user", "assistant", "assistant", "event", "tool"]),
    blocks=BLOCKS,
    created_at=st.sampled_from([None, 0, 1767600000123, 10**18, -(10**14), 253_402_300_800_000, -62_167_219_200_000]),
    model=st.sampled_from([None, "m1", "m2"]),
    author=st.sampled_from([None, "Ada <b>"]),
    usage=st.one_of(st.none(), USAGES),
    stars=st.sampled_from([None, 7]),
    topic_path=st.sampled_from([None, "a > b"]),
    sub_agent=st.sampled_from([None, None, SubAgent(agent_id="x")]),
    hidden=st.sampled_from([False, False, False, True]),
)


def said(identity: str, *blocks: Block, author: str | None = None) -> Message:
    return Message(id=identity, role="user", author=author, blocks=[*blocks])


def one_by_one(batches: Batches, batch: Sequence[Placed]) -> Iterator[Batch]:
    """Write messages as before they were written together."""
    for one in batch:
        yield Batch.of([printable("".join([one.before, *batches._long(one)]))], 1)


def both(session: Session, options: dict[str, object]) -> tuple[bytes, bytes, Notices, Notices]:
    """Return the document and the notices, by the short way and by the long one."""
    short, long = Notices(), Notices()
    found = b"".join(write(session, "html", options=options, notices=short))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Batches, "write", one_by_one)
        return found, b"".join(write(session, "html", options=options, notices=long)), short, long


@pytest.mark.parametrize("options", OPTIONS)
@settings(max_examples=40)
@given(session=SESSIONS)
def test_both_ways_give_the_same(options: dict[str, object], session: Session) -> None:
    found, expected, short, long = both(session, options)
    assert found == expected
    assert list(short) == list(long)


@pytest.mark.parametrize("options", OPTIONS)
@settings(max_examples=80)
@given(messages=st.lists(MESSAGES, max_size=6))
@example(messages=[said("a", Text(NOT_SHOWN)), said("b", ToolCall(name="x", input={"a": "QUJD" * 90}))])
def test_both_ways_write_frames_calls_and_thinking_the_same(
    options: dict[str, object], messages: list[Message]
) -> None:
    found, expected, short, long = both(Session(id="s", messages=messages, model="m1"), options)
    assert found == expected
    assert list(short) == list(long)


def test_speakers_beyond_those_that_are_remembered_are_named_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html_frames, "_MOST_SPEAKERS", 2)
    messages = [said(str(at), Text("a"), author=f"Ada {at % 5}") for at in range(20)]
    found, expected, *_ = both(Session(id="s", messages=messages), {})
    assert found == expected


def test_a_chunk_says_how_many_messages_it_holds_and_does_not_grow_far() -> None:
    texts = [said(str(at), Text("word " * 2_000)) for at in range(50)]
    threads = [said(str(at), ToolCall(name="Task", messages=texts)) for at in range(2)]
    session = Session(id="s", messages=[*texts, *threads, said("e", Image(name="x"))])
    head, *chunks, _ = write(session, "html", options={"charts": False})
    assert messages_in(head) == 1
    assert sum(map(messages_in, chunks)) == len(session.messages)
    assert max(map(len, chunks)) < 100_000
    assert max(map(messages_in, chunks)) > 1
