"""Markdown as code: Pygments' lexer, which takes text without marks word by word, with a rule that takes it at once."""

from __future__ import annotations

from typing import ClassVar

from pygments.lexer import inherit
from pygments.lexers.markup import MarkdownLexer
from pygments.token import Text

_PLAIN = r"(?!^\s)(?:[^\s\\`*_~@#!\[](?:[^\s\\`*_~][^\s\\]*|(?![^\s\\]))|[^\S\n](?![`*_~]))+"
r"""
What no rule of ``inline`` but its last two can begin in: words, and spaces between them.

A rule begins with a mark, or with one character of any kind and a mark after it. A word is taken up to its end or a
backslash by the rule before the last, whatever stands in it; ``^(\s*\[)`` needs the beginning of a line.
"""


class Markdown(MarkdownLexer):
    """Finds the tokens that ``MarkdownLexer`` finds, but for neighbouring ones of plain text, which are one."""

    tokens: ClassVar = {"inline": [(_PLAIN, Text), inherit]}
