"""Sessions made by hypothesis, nasty in every field that holds text."""

from __future__ import annotations

from hypothesis import strategies as st

from py_export.model import (
    Block,
    Citation,
    Code,
    Error,
    Event,
    File,
    Image,
    Message,
    Permission,
    Session,
    Source,
    SubAgent,
    Text,
    Thinking,
    ToolCall,
    ToolResult,
    Unknown,
)
from tests.unit.nasty import TEXTS

TIMES = st.one_of(st.none(), st.integers(-(10**17), 10**17))
MAYBE = st.one_of(st.none(), TEXTS)
JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), TEXTS),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(TEXTS, inner, max_size=3)),
    max_leaves=6,
)
FILES = st.builds(
    File, name=MAYBE, media_type=MAYBE, path=MAYBE, url=MAYBE, text=MAYBE, size=st.one_of(st.none(), st.integers(0))
)
IMAGES = st.builds(Image, name=MAYBE, media_type=MAYBE, url=MAYBE, data=st.one_of(st.none(), st.just("QUJD" * 200)))
RESULTS = st.builds(
    ToolResult,
    blocks=st.lists(
        st.one_of(
            st.builds(Text, TEXTS), IMAGES, FILES, st.builds(Code, TEXTS, MAYBE), st.builds(Unknown, JSON, MAYBE)
        ),
        max_size=2,
    ),
    data=JSON,
    exit_code=st.one_of(st.none(), st.integers(-1, 255)),
)


def _calls(messages: st.SearchStrategy[Message]) -> st.SearchStrategy[ToolCall]:
    return st.builds(
        ToolCall,
        id=MAYBE,
        name=TEXTS,
        subject=MAYBE,
        description=MAYBE,
        input=JSON,
        status=st.sampled_from(["pending", "running", "completed", "error", "denied", "cancelled"]),
        result=st.one_of(st.none(), RESULTS),
        permission=st.one_of(st.none(), st.builds(Permission, TEXTS, MAYBE, answers=JSON)),
        duration_ms=st.one_of(st.none(), st.integers(-5, 10**9)),
        messages=st.lists(messages, max_size=2),
    )


def _messages(calls: st.SearchStrategy[ToolCall] | None) -> st.SearchStrategy[Message]:
    blocks: list[st.SearchStrategy[Block]] = [
        st.builds(Text, TEXTS),
        st.builds(Text, TEXTS),
        st.builds(Thinking, TEXTS),
        IMAGES,
        FILES,
        st.builds(Code, TEXTS, MAYBE, MAYBE),
        st.builds(
            Event,
            st.one_of(st.sampled_from(["title-changed-to", "compact"]), TEXTS),
            MAYBE,
            st.dictionaries(st.sampled_from(["title", "x", "endsAt", "durationMs"]), JSON),
        ),
        st.builds(Error, TEXTS, MAYBE),
        st.builds(Citation, MAYBE, MAYBE, MAYBE),
        st.builds(Unknown, JSON, MAYBE),
    ]
    if calls is not None:
        blocks.append(calls)
    return st.builds(
        Message,
        id=st.just("m"),
        role=st.sampled_from(["user", "assistant", "system", "tool", "event"]),
        created_at=TIMES,
        hidden=st.sampled_from([False, False, False, True]),
        sub_agent=st.sampled_from([None, None, SubAgent()]),
        blocks=st.lists(st.one_of(blocks), max_size=4),
    )


MESSAGES = _messages(_calls(_messages(_calls(_messages(_calls(_messages(None)))))))

SESSIONS = st.builds(
    Session,
    id=TEXTS,
    title=MAYBE,
    source=st.builds(Source, MAYBE, MAYBE, MAYBE),
    model=MAYBE,
    workspace=MAYBE,
    exported_at=TIMES,
    messages=st.lists(MESSAGES, max_size=4),
    notes=st.lists(_messages(None), max_size=2),
)
