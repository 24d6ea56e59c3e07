"""Nothing that a session says makes an element, an attribute, a link to run, or a request; and none of it is lost."""

from __future__ import annotations

import re
from html import escape
from time import monotonic
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from py_export.model import (
    Citation,
    Code,
    Error,
    Event,
    File,
    Header,
    Image,
    Message,
    Session,
    Source,
    Text,
    Thinking,
    ToolCall,
    ToolResult,
    Unknown,
)
from py_export.notices import Notices
from tests.unit.commonmark_spec import examples
from tests.unit.nasty import TEXTS
from tests.unit.sessions import SESSIONS
from tests.unit.writers.html_tree import FORBIDDEN, find, foreign, parsed, text, written

STYLES = ("report", "cursor")

HOSTILE = [
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "</style><style>*{display:none}</style>",
    "</title><title>x",
    "</pre></code></div></details></section></main></body></html>",
    "<!-- swallow",
    "--> <!DOCTYPE html> ]]>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "' autofocus onfocus='alert(1)",
    "<a href='https://example.org' onclick='x'>a</a>",
    "<iframe src='https://example.org'></iframe><object data='x'></object><embed src=x><base href='//x'>",
    "<meta http-equiv=refresh content='0;url=https://example.org'>",
    "<link rel=stylesheet href=https://example.org/x.css>",
    "<form action=https://example.org><input><textarea>",
    "[a](javascript:alert(1)) [b](JaVaScRiPt:alert(1)) [c](vbscript:x) [d](data:text/html,<script>alert(1)</script>)",
    "[a](java\tscript:alert(1)) [b](&#106;avascript:alert(1)) <javascript:alert(1)> [c](//example.org) [d](file:///etc/passwd)",
    "![a](https://example.org/pixel.png) ![b](data:image/svg+xml;base64,PHN2Zy8+) ![c](//x/y) ![d](javascript:x)",
    "[a]: javascript:alert(1) 'title\" onclick=x'\n[a] ![a]",
    '[a](https://example.org "\\" onmouseover=alert(1) \\"")',
    '```html onclick=alert(1)\n<script>\n```\n```"><script>\nx\n```',
    "| <script> | `</td>` |\n|:-:|-|\n| onclick=x | </table> |",
    "{{ 7 * 7 }} {% include 'x' %} {# x #} ${x} <%= x %>",
    "\u202egnp.exe\u2066\u2069\u200f",
    "\x00\x1b[31mred\x1b[0m\x07\x08\x0b\x0c\x7f\x85\ufdd0\uffff\U0001fffe",
    "\ud800 lone \udfff",
    "]]&amp;&lt;&#60;&#x3c;script&gt;",
    "`</code><script>alert(1)</script>` ``` ~~~ **x <b> y** ~~<i>~~",
    'http://example.org/"onclick=alert(1) https://example.org/<script> https://exa mple.org/%zz https://[::1]:x/',
    "<details open><summary>x</summary>",
    "<template><p></template><plaintext>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
]  # fmt: skip


def everywhere(said: str) -> Session:
    """Return a session that says the same in every field that holds text."""
    call = ToolCall(
        id=said,
        name=said,
        subject=said,
        description=f"{said} ",
        paths=[said],
        kind="write",
        input={said: said, "command": f"{said}\n{said}", "list": [said]},
        status="error",
        result=ToolResult(
            [Text(said), Code(said, said, said), Image(name=said, url=said), Unknown({said: said}, said)]
        ),
        messages=[Message(id=said, role="user", author=said, blocks=[Text(said)])],
    )
    blocks: list[Any] = [
        Text(said),
        Thinking(said),
        call,
        Image(name=said, media_type=said, url=said, data=said),
        File(name=said, media_type=said, url=said, path=said, text=said),
        Code(said, said, said),
        Event(said, said, {"x": said}),
        Event("title-changed-to", None, {"title": said}),
        Error(said, said),
        Citation(said, said, said),
        Unknown(said, said),
    ]
    roles: tuple[Any, ...] = ("user", "assistant", "system", "tool", "event")
    messages = [Message(id=said, role=role, author=said, model=said, topic_path=said, blocks=blocks) for role in roles]
    header = {"title": said, "model": said, "provider": said, "workspace": said, "tags": [said]}
    assert header.keys() <= set(Header.__slots__)
    return Session(id=said, source=Source(said, said, said), messages=messages, notes=messages[:1], **header)  # type: ignore[arg-type]


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
