"""The blocks of a message as HTML: one function per block, and a table."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from markupsafe import Markup

from py_export.markdown import one_line
from py_export.model import Block, Citation, Code, Error, Event, File, Image, Json, Message, Text, Thinking, Unknown
from py_export.transforms.leaves import is_base64, leaves
from py_export.writers import html_parts
from py_export.writers.html_page import Page, macros
from py_export.writers.html_parts import shown, verbatim
from py_export.writers.images import inline
from py_export.writers.sheet import size_of
from py_export.writers.turns import leading

_LONGEST = 120
_EMPTY = '""'

_LEFT_OUT = {"file": "file_left_out", "image": "image_left_out"}


def block(one: Block, page: Page, where: str, message: Message, level: int) -> Markup:
    """Return any block but a tool call; ``level`` is that of the heading above it."""
    return _BLOCKS[one.type](one, page, where, message, level)


def outline(value: Json, page: Page, where: str, path: str | None = None) -> Markup:
    """Return a JSON value, every part of it that holds no other with its place; ``path`` is the file it is about."""
    if isinstance(value, str):
        return page.code(value, path=path) if path else verbatim(value)
    return html_parts.outline(_leaves(value, page, where, path))


def attachment(one: File | Image, page: Page, where: str) -> Markup:
    """Return an image where its bytes are here and are an image's, else a name, with what is known of it."""
    source = inline(one.data) if isinstance(one, Image) and one.data else None
    if one.data is not None and source is None:
        page.notices.add(_LEFT_OUT[one.type], where)
    facts = [one.media_type] if one.media_type else []
    size = size_of(one)
    if size is not None:
        facts.append(page.word("markdown.bytes", count=size))
    link = page.link(one.url) if one.url and not one.url.startswith("data:") else None
    content = page.code(one.text, path=one.name or one.path) if isinstance(one, File) and one.text else None
    name = one_line(one.name or one.path or "") or page.word("markdown.unnamed")
    kind = page.word(f"html.{one.type}")
    return Markup(  # noqa: S704 - escaped
        macros("blocks").attachment(page, kind, name, page.word("markdown.comma").join(facts), link, source, content)
    )


def _leaves(value: Json, page: Page, where: str, path: str | None) -> Iterator[tuple[str, str]]:
    for place, leaf in leaves(value):
        if not isinstance(leaf, str):
            yield place, f"<code>{shown(json.dumps(leaf))}</code>"
        elif is_base64(place, leaf):
            page.notices.add("image_left_out", where)
            yield place, f"<em>{shown(page.word('markdown.base64', count=len(leaf)))}</em>"
        elif len(leaf) > _LONGEST or "\n" in leaf or "\r" in leaf:
            yield place, page.code(leaf, path=path) if path else verbatim(leaf)
        else:
            yield place, f"<code>{shown(leaf or _EMPTY)}</code>"


def _text(one: Text, page: Page, where: str, message: Message, level: int) -> Markup:
    if not one.text.strip():
        return Markup()
    return html_parts.said(page.said(one.text, where, level=level, breaks=message.role == "user"))


def _thinking(one: Thinking, page: Page, where: str, _message: Message, level: int) -> Markup:
    if not one.text.strip():
        return Markup()
    html = page.said(one.text, where, level=level)
    return html_parts.thinking(page.word("markdown.thinking"), leading(one.text, page), html)


def _attached(one: File | Image, page: Page, where: str, _message: Message, _level: int) -> Markup:
    return attachment(one, page, where)


def _code(one: Code, page: Page, _where: str, _message: Message, _level: int) -> Markup:
    return html_parts.code(one.path, page.code(one.text, one.language, one.path))


def _event(one: Event, page: Page, where: str, _message: Message, level: int) -> Markup:
    sentence = page.sentence(one)
    named = sentence is None and (not one.text or bool(one.data))
    return Markup(  # noqa: S704 - escaped
        macros("blocks").event(
            sentence,
            page.word("markdown.event", name=one.name) if named else None,
            outline(one.data, page, where) if named and one.data else "",
            page.said(one.text, where, level=level) if one.text and one.text.strip() else None,
        )
    )


def _error(one: Error, page: Page, _where: str, _message: Message, _level: int) -> Markup:
    return Markup(macros("blocks").error(page, one.code, verbatim(one.text) if one.text else None))  # noqa: S704


def _citation(one: Citation, page: Page, _where: str, _message: Message, _level: int) -> Markup:
    link = page.link(one.url) if one.url else None
    title = one_line(one.title or "") or ("" if link else page.word("markdown.unnamed"))
    return Markup(macros("blocks").citation(page, title, link, one.text))  # noqa: S704 - escaped


def _unknown(one: Unknown, page: Page, where: str, _message: Message, _level: int) -> Markup:
    page.notices.add("unknown_kept", where)
    sentence = page.word("markdown.unknown", name=one_line(one.name or "") or "?")
    return Markup(macros("blocks").unknown(sentence, outline(one.record, page, where)))  # noqa: S704 - escaped


_BLOCKS: dict[str, Callable[[Any, Page, str, Message, int], Markup]] = {
    "text": _text,
    "thinking": _thinking,
    "image": _attached,
    "file": _attached,
    "code": _code,
    "event": _event,
    "error": _error,
    "citation": _citation,
    "unknown": _unknown,
}
