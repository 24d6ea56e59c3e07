"""Nothing that a session says makes an element, an attribute, a link to run, or a request; and none of it is lost."""

from __future__ import annotations

import re
from html import escape
from time import monotonic

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from py_export.model import Code, Message, Session, Text, Thinking, ToolCall, ToolResult
from py_export.notices import Notices
from tests.unit.commonmark_spec import examples
from tests.unit.nasty import TEXTS
from tests.unit.sessions import SESSIONS
from tests.unit.writers.hostile import HOSTILE, everywhere
from tests.unit.writers.html_tree import FORBIDDEN, find, foreign, parsed, text, written

STYLES = ("report", "cursor")


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("said", HOSTILE)
def test_no_message_makes_an_element_or_an_attribute(said: str, style: str) -> None:
    document = written(everywhere(said), style=style, tools="full", thinking=True)
    tree = parsed(document)
    assert list(foreign(tree)) == []
    assert len(find(tree, "script")) == (style == "report")
    assert len(find(tree, "style")) == 1
    assert not FORBIDDEN.search(document)
    assert [one for one in find(tree, "img") if one.get("src", "").startswith("http")] == []


@pytest.mark.parametrize("said", HOSTILE)
def test_the_document_has_the_shape_that_harmless_words_give_it(said: str) -> None:
    def skeleton(session: Session) -> list[str]:
        tree = parsed(written(session, charts=False))
        return [
            str(each.get("class"))
            for each in tree.iter("div")
            if set(each.get("class", "").split()) & {"message", "body", "inside"}
        ]

    assert skeleton(everywhere(said)) == skeleton(everywhere("harmless"))


@settings(max_examples=60)
@given(SESSIONS, st.sampled_from(STYLES))
def test_no_session_makes_an_element_or_an_attribute(session: Session, style: str) -> None:
    document = written(session, style=style, tools="full", thinking=True)
    assert list(foreign(parsed(document))) == []
    assert not FORBIDDEN.search(document)


@settings(max_examples=200)
@given(TEXTS)
def test_no_word_of_a_text_is_lost(said: str) -> None:
    marked = _marked(said)
    shown = text(parsed(written(Session(id="s", messages=[Message(id="m", role="user", blocks=[Text(marked)])]))))
    assert [word for word in re.findall(r"qz\d+qz", marked) if word not in shown] == []


def _marked(said: str) -> str:
    """Return a text with a word of its own at the end of each line, but inside a fence's marks and a label."""
    lines = re.split(r"(\r\n|\r|\n)", said)
    return "".join(
        f"{line} qz{at}qz" if at % 2 == 0 and line.strip() and "[" not in line else line
        for at, line in enumerate(lines)
    )


@pytest.mark.parametrize("style", STYLES)
def test_the_specifications_examples_stay_inside_their_messages(style: str) -> None:
    texts = list(examples())
    messages = [Message(id="m", role="user", blocks=[Text(said)]) for said in texts]
    tree = parsed(written(Session(id="s", messages=messages), style=style))
    assert list(foreign(tree)) == []
    assert len(find(tree, "div", "message")) == sum(bool(said.strip()) for said in texts)


@pytest.mark.parametrize(
    "said",
    [each * (1_000_000 // len(each)) for each in ("a", "[", "*a", "<b>", "> ", "\\`", "[a](b)")],
    ids=["letters", "brackets", "stars", "tags", "quotes", "ticks", "links"],
)
def test_a_megabyte_on_one_line_is_shown_as_it_is(said: str) -> None:
    call = ToolCall(name="x", input=said, result=ToolResult([Text(said), Code(said, "python")]))
    message = Message(id="m", role="user", blocks=[Text(said), Thinking(said), call])
    notices = Notices()
    start = monotonic()
    document = written(Session(id="s", messages=[message]), notices)
    assert monotonic() - start < 10
    assert document.count(f">{escape(said)}</") == 5
    assert {notice.code: notice.count for notice in notices} == {"text_shown_plain": 2}
