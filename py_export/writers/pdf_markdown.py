"""
Messages' Markdown as a tree for the PDF's template: what is in it is data there, and never markup.

A block is ``{"t": kind, ...}``; inline text is a string, or ``{"t": kind, ...}``. A run of characters that nothing
would break is cut into ``{"t": "w", "c": pieces}``, between which a line may end.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.common.utils import unescapeAll
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

from py_export.writers.gfm import Environment, gfm, is_too_long, is_web, unused_definitions
from py_export.writers.images import Picture, addressed

_DEEPEST = 6
_MOST_NESTED = 12
"""Lists and quotes inside each other; the template's functions call each other as deep, and Typst has a limit."""

_MOST_COLUMNS = 24
"""Of a table; no page is wide enough for more."""

_LONG = re.compile(r"[^\s\u2e80-\u9fff\uac00-\ud7a3\uff00-\uffef]{24,}")
_PIECE = 6
_NAME = re.compile(r"[A-Za-z0-9][\w.+#-]{0,39}", re.ASCII)
_MARKS = {"strong": "b", "em": "i", "s": "s"}


@dataclass
class Nodes:
    """
    How a text becomes nodes.

    Attributes:
        word: Our own words.
        image: Keeps an image's bytes, and returns it as a block.
        level: The level of the heading above; the text's own begin one below.
        breaks: Every line end is one to be seen, as in what people type.
        images_left_out: How many images the text brings that are none.
    """

    word: Callable[..., str]
    image: Callable[[Picture, str], dict[str, Any]]
    level: int
    breaks: bool
    images_left_out: int = 0
    open: list[int] = field(default_factory=list)


def nodes(text: str, how: Nodes) -> list[dict[str, Any]] | None:
    """Return a text as blocks; None where it is too long, or nests too deep, to be shown as anything but itself."""
    if is_too_long(text):
        return None
    env: Environment = {}
    tokens = _parser().parse(text, env)
    if _depth(tokens) > _MOST_NESTED:
        return None
    found = [block for node in SyntaxTreeNode(tokens).children for block in _block(node, how)]
    unused = unused_definitions(text, tokens, env)
    return found + [{"t": "p", "c": [{"t": "m", "c": inline_text(line)}]} for line in unused]


def inline_text(text: str) -> list[Any]:
    """Return text as inline nodes: strings, and runs that a line may end in."""
    if len(text) < 24 or not _LONG.search(text):  # noqa: PLR2004 - no run is as long
        return [text] if text else []
    found: list[Any] = []
    at = 0
    for match in _LONG.finditer(text):
        if match.start() > at:
            found.append(text[at : match.start()])
        run = match[0]
        found.append({"t": "w", "c": [run[start : start + _PIECE] for start in range(0, len(run), _PIECE)]})
        at = match.end()
    if at < len(text):
        found.append(text[at:])
    return found


@cache
def _parser() -> MarkdownIt:
    return gfm()


def _depth(tokens: Sequence[Token]) -> int:
    block = max((token.level for token in tokens), default=0)
    inline = max((child.level for token in tokens for child in token.children or ()), default=0)
    return max(block // 2, inline)


def _blocks(node: SyntaxTreeNode, how: Nodes) -> list[dict[str, Any]]:
    return [block for child in node.children for block in _block(child, how)]


def _block(node: SyntaxTreeNode, how: Nodes) -> Iterator[dict[str, Any]]:  # noqa: PLR0912, C901 - a table of kinds
    match node.type:
        case "paragraph" | "inline":
            yield from _paragraphs(node, how)
        case "heading":
            yield _heading(node, how)
        case "bullet_list":
            yield {"t": "ul", "items": [_item(child, how) for child in node.children]}
        case "ordered_list":
            start = int(node.attrs.get("start", 1))
            yield {"t": "ol", "start": start, "items": [_item(child, how) for child in node.children]}
        case "blockquote":
            yield {"t": "quote", "c": _blocks(node, how)}
        case "alert":
            title = how.word(f"html.alert-{str(node.meta['kind']).lower()}")
            yield {"t": "alert", "title": title, "c": _blocks(node, how)}
        case "alert_title":
            return
        case "fence":
            yield from _fence(node)
        case "code_block":
            yield {"t": "pre", "x": node.content}
        case "hr":
            yield {"t": "hr"}
        case "table":
            yield _table(node, how)
        case _:
            if node.children:
                yield from _blocks(node, how)
            elif node.content:
                yield {"t": "p", "c": inline_text(node.content)}


def _heading(node: SyntaxTreeNode, how: Nodes) -> dict[str, Any]:
    source = int(node.tag[1])
    parts = _inline_of(node, how)
    if not parts:
        return {"t": "p", "c": []}
    while how.open and how.open[-1] >= source:
        how.open.pop()
    how.open.append(source)
    return {"t": "h", "n": min(_DEEPEST, how.level + len(how.open)), "size": source, "c": parts}


def _item(node: SyntaxTreeNode, how: Nodes) -> dict[str, Any]:
    checked = node.meta.get("checked")
    return {"c": _blocks(node, how), **({} if checked is None else {"check": "☑" if checked else "☐"})}


def _fence(node: SyntaxTreeNode) -> Iterator[dict[str, Any]]:
    info = unescapeAll(node.info).strip()
    language, _, more = info.partition(" ")
    if not _NAME.fullmatch(language):
        language, more = "", info
    if more.strip():
        yield {"t": "p", "c": [{"t": "code", "x": more.strip()}]}
    yield {"t": "pre", "x": node.content, **({"lang": language.lower()} if language else {})}


def _table(node: SyntaxTreeNode, how: Nodes) -> dict[str, Any]:
    rows = [[_inline_of(cell, how) for cell in row.children] for part in node.children for row in part.children]
    head = node.children[0].children[0].children
    aligned = [str(cell.attrs.get("style", "")).removeprefix("text-align:") or "left" for cell in head]
    if len(aligned) > _MOST_COLUMNS:  # as a list of lines, each cell after the other
        joined = [[part for cell in row for part in (*cell, " · ")][:-1] for row in rows]
        return {"t": "ul", "items": [{"c": [{"t": "p", "c": row}]} for row in joined]}
    return {"t": "table", "align": aligned, "head": rows[0], "rows": rows[1:]}


def _paragraphs(node: SyntaxTreeNode, how: Nodes) -> Iterator[dict[str, Any]]:
    """Yield a paragraph; an image that is shown stands between what is before and after it."""
    part: list[Any] = []
    for one in _inline_of(node, how):
        if isinstance(one, dict) and one["t"] == "image":
            if part:
                yield {"t": "p", "c": part}
            yield one
            part = []
        else:
            part.append(one)
    if part:
        yield {"t": "p", "c": part}


def _inline_of(node: SyntaxTreeNode, how: Nodes) -> list[Any]:
    if node.type == "inline":
        return [part for child in node.children for part in _inline(child, how)]
    return [part for child in node.children for part in _inline_of(child, how)]


def _inline(node: SyntaxTreeNode, how: Nodes) -> Iterator[Any]:
    match node.type:
        case "softbreak":
            yield {"t": "br"} if how.breaks else " "
        case "hardbreak":
            yield {"t": "br"}
        case "code_inline":
            yield {"t": "code", "x": node.content}
        case "link":
            yield from _link(node, how)
        case "image":
            yield from _image(node, how)
        case kind if kind in _MARKS:
            yield {"t": _MARKS[kind], "c": [part for child in node.children for part in _inline(child, how)]}
        case _:
            yield from inline_text(node.content)


def _link(node: SyntaxTreeNode, how: Nodes) -> Iterator[Any]:
    url, title = str(node.attrs.get("href", "")), str(node.attrs.get("title", ""))
    inner = [part for child in node.children for part in _inline(child, how)]
    if is_web(url):
        yield {"t": "a", "url": url, "c": inner or inline_text(url)}
        return
    yield from inner
    said = "".join(child.content for child in node.walk() if child.type == "text")
    target = " ".join(part for part in (url if url != said else "", title) if part)
    if target:
        yield {"t": "m", "c": inline_text(f" ({target})")}


def _image(node: SyntaxTreeNode, how: Nodes) -> Iterator[Any]:
    url, title = str(node.attrs.get("src", "")), str(node.attrs.get("title", ""))
    said = "".join(child.content for child in node.walk() if child.type == "text").strip() or node.content.strip()
    name = f"{said} ({title})" if title else said or how.word("html.image")
    shown = addressed(url)
    if shown is not None:
        yield how.image(shown, name)
        return
    label = {"t": "m", "c": [f"{how.word('html.image')} "]}
    if url.lower().startswith("data:"):
        how.images_left_out += 1
        yield from (label, *inline_text(name))
    elif is_web(url):
        yield from (label, {"t": "a", "url": url, "c": inline_text(name)})
    else:
        yield from (label, *inline_text(name), {"t": "m", "c": inline_text(f" ({url})")})
