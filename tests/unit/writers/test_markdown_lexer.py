"""Markdown as code: shown as Pygments alone shows it."""

from __future__ import annotations

from io import StringIO

from hypothesis import given
from hypothesis import strategies as st
from pygments.formatters.html import HtmlFormatter
from pygments.lexer import Lexer
from pygments.lexers.markup import MarkdownLexer

from py_export.writers.markdown_lexer import Markdown

PIECES = [
    *"ab 0`*_~@#![]()\\:=->|é\n\t\v\u2028",
    "  ",
    "\n\n",
    "word",
    "\n- ",
    "\n1. ",
    "\n# ",
    "\n> ",
    "\n===\n",
    "```\n",
]
PIECES += ["\n===\n", "\n```py\nx = 1\n```\n", "[x] ", "\n[a]: b", " **b** ", "`c`", "a_b", "\n \n[", "@name"]


def lexer(kind: type[Lexer]) -> Lexer:
    return kind(stripnl=False, ensurenl=False)


def shown(kind: type[Lexer], text: str) -> str:
    out = StringIO()
    HtmlFormatter(nowrap=True).format(lexer(kind).get_tokens(text), out)
    return out.getvalue()


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join) | st.text())
def test_markdown_is_coloured_as_by_pygments_own_lexer(text: str) -> None:
    assert shown(Markdown, text) == shown(MarkdownLexer, text)


def test_a_sentence_without_marks_is_one_token() -> None:
    text = "A sentence of several words, without any mark."
    assert [value for _, value in lexer(Markdown).get_tokens(text)] == [text]
