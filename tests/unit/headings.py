"""A document's top-level headings as two CommonMark parsers see them: markdown-it-py, and the port of commonmark.js."""

from __future__ import annotations

from itertools import pairwise

import commonmark  # type: ignore[import-untyped]
from markdown_it import MarkdownIt
from markdown_it.token import Token

Heading = tuple[int, str]


def by_markdown_it(document: str) -> list[Heading]:
    """Return level and text of each top-level heading."""
    tokens = MarkdownIt("commonmark").parse(document)
    return [
        (int(opening.tag[1]), _collapsed(_text(inline.children or [])))
        for opening, inline in pairwise(tokens)
        if opening.type == "heading_open" and opening.level == 0
    ]


def by_commonmark(document: str) -> list[Heading]:
    """Return level and text of each top-level heading."""
    found = []
    node = commonmark.Parser().parse(document).first_child
    while node is not None:
        if node.t == "heading":
            found.append((node.level, _collapsed("".join(_literals(node)))))
        node = node.nxt
    return found


def _text(tokens: list[Token]) -> str:
    return "".join(
        " " if token.type in ("softbreak", "hardbreak") else "" if token.type == "html_inline" else token.content
        for token in tokens
    )


def _literals(heading: commonmark.node.Node) -> list[str]:
    parts = []
    for node, entering in heading.walker():
        if entering and node.t in ("text", "code"):
            parts.append(node.literal)
        elif entering and node.t in ("softbreak", "linebreak"):
            parts.append(" ")
    return parts


def _collapsed(text: str) -> str:
    return " ".join(text.split())
