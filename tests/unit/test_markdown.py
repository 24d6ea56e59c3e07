"""Text made safe for Markdown."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token
from wcwidth import iter_graphemes

from py_export.markdown import are_in_one_line, code, escaped, fence, link, one_line, plain, quote, shortened
from tests.unit.headings import by_commonmark, by_markdown_it

NASTY = st.text(st.sampled_from("`~*_[]()<>#&!|\\-=+.1 \n\r\t\x00\x0c\u2028abé<!--&amp;"), max_size=60)
COMMONMARK = MarkdownIt("commonmark")


def _only(document: str, kind: str) -> Token:
    tokens = COMMONMARK.parse(document)
    assert [token.type for token in tokens] == [kind]
    return tokens[0]


def _seen(text: str) -> str:
    """Return a text as a CommonMark parser keeps it: its line ends, and NUL."""
    return re.sub("\r\n?", "\n", text).replace("\x00", "\ufffd")


@given(st.one_of(NASTY, st.text()))
def test_a_fence_holds_any_text_verbatim(text: str) -> None:
    content = _only(fence(text), "fence").content
    assert content == (_seen(text) if text.endswith("\n") else f"{_seen(text)}\n".replace("\r\n", "\n")) or (
        text.endswith("\r") and content == _seen(text)
    )


def test_a_fence_is_longer_than_any_run_inside() -> None:
    assert fence("a") == "```\na\n```"
    assert fence("``") == "```\n``\n```"
    assert fence("x ```` y") == "`````\nx ```` y\n`````"


def test_a_text_with_a_line_end_of_its_own_gets_no_second() -> None:
    assert fence("a\n") == "```\na\n```"
    assert fence("") == "```\n\n```"


@given(NASTY)
def test_a_language_never_breaks_its_fence(language: str) -> None:
    assert _only(fence("a", language), "fence").content == "a\n"


@given(st.one_of(NASTY, st.text()))
def test_code_reads_as_the_text_on_one_line(text: str) -> None:
    tokens = COMMONMARK.parseInline(f"x {code(text)} y")[0].children or []
    if not text:
        assert [token.content for token in tokens] == ["x  y"]
        return
    assert [token.type for token in tokens] == ["text", "code_inline", "text"]
    line = re.sub("[\x00-\x1f\x7f-\x9f]", "\ufffd", re.sub("\r\n|\n|\r|\t", " ", text))
    assert tokens[1].content == line


@given(st.one_of(NASTY, st.text()))
def test_plain_reads_as_the_text_in_a_heading(text: str) -> None:
    document = f"# {plain(text)}"
    expected = [(1, one_line(text))]
    assert by_markdown_it(document) == expected
    assert by_commonmark(document) == expected


def test_plain_escapes_no_more_than_it_must() -> None:
    for text in (
        "snake_case_name",
        "C# and F#",
        "AT&T",
        "a + b = c",
        "1. first - second",
        "it's 5 > 3!",
        "émigré: (x) {y}",
    ):
        assert plain(text) == text


@given(st.one_of(NASTY, st.text()))
def test_a_quote_stands_before_every_line_and_can_be_taken_off(text: str) -> None:
    quoted = quote(text)
    lines = re.split("(\r\n|\n|\r)", quoted)
    assert all(line.startswith(">") for line in lines[::2])
    assert (
        "".join(line.removeprefix(">").removeprefix(" ") if at % 2 == 0 else line for at, line in enumerate(lines))
        == text
    )


@given(NASTY)
def test_what_is_quoted_stays_inside_its_quote(text: str) -> None:
    tokens = COMMONMARK.parse(f"{quote(text)}\n\nafter")
    assert [token.type for token in tokens if token.level == 0 and token.nesting >= 0] == [
        "blockquote_open",
        "paragraph_open",
    ]


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://example.org/a?b=c&d#e", "<https://example.org/a?b=c&d#e>"),
        ("mailto:ada@example.org", "<mailto:ada@example.org>"),
        ("javascript:alert(1)", "`javascript:alert(1)`"),
        ("data:text/html,<b>", "`data:text/html,<b>`"),
        ("https://example.org/><script>", "`https://example.org/><script>`"),
        ("https://example.org/a b", "`https://example.org/a b`"),
        ("", ""),
    ],
)
def test_only_an_address_of_the_web_is_a_link(url: str, shown: str) -> None:
    assert link(url) == shown


GRAPHEMES = st.text(
    st.one_of(
        st.characters(codec="utf-8"),
        st.sampled_from("aé潮汐。ア한กำ\u0301\u200d\u3099\uff9e\ufe0f👩🔬🇳🇴\u1100\u1161\u0600"),
    )
)


@given(GRAPHEMES, st.integers(2, 12))
@example("潮汐潮汐\u3099潮", 5)
@example("ab\u0301cdef", 4)
@example("日本語の文章です", 4)
def test_a_line_is_cut_between_grapheme_clusters(text: str, most: int) -> None:
    clusters = list(iter_graphemes(text))
    assert shortened(text, most) == (text if len(clusters) <= most else "".join(clusters[: most - 1]) + "…")


@given(st.lists(st.one_of(NASTY, st.text(), st.sampled_from(["a", "a_b", "_a_ # ", "## ", "é"])), max_size=4))
@example(["a_", "_b"])
@example(["#", "# #", "a#"])
@example(["__a__", "&", "amp;"])
def test_lines_that_are_escaped_together_read_as_each_of_them(texts: list[str]) -> None:
    lines = [one_line(text) for text in texts]
    assert escaped("\n".join(lines)) == "\n".join(map(plain, lines))


@given(st.lists(st.one_of(NASTY, st.text(), st.sampled_from(["a", " a", "a  b", "\u00a0", "\x7f", ""])), max_size=4))
def test_texts_are_in_one_line_where_that_changes_none_of_them(texts: list[str]) -> None:
    if are_in_one_line(texts):
        assert texts == [one_line(text) for text in texts]
        assert "" not in texts


def test_most_texts_are_in_one_line() -> None:
    assert are_in_one_line(["Read the gauge.", "Fit it 🎣", "潮位"])
    assert are_in_one_line([])


def test_every_mark_of_github_is_escaped_and_a_backslash_once() -> None:
    assert plain(r"a \ ~~b~~ [c](d) *e* <f> `g`") == r"a \\ \~\~b\~\~ \[c\](d) \*e\* \<f> \`g\`"
