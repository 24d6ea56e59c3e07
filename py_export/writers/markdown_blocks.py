"""The blocks of a message as pieces of Markdown: one function per block, and a table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from py_export import times
from py_export.l10n import translate
from py_export.markdown import code, fence, link, one_line, plain, quote
from py_export.model import Block, Citation, Code, Error, Event, File, Image, Text, Thinking, Unknown
from py_export.writers.markdown_page import Page, Piece
from py_export.writers.outline import outline


def pieces(block: Block, page: Page, where: str) -> Iterable[Piece]:
    """Return the pieces of any block but a tool call."""
    return _BLOCKS[block.type](block, page, where)


def attachment(block: File | Image, page: Page, where: str) -> Iterator[Piece]:
    """Yield a file's or an image's name, type and size, and the image itself where images travel."""
    shown = page.link(block, where)
    facts = [plain(block.media_type)] if block.media_type else []
    size = _size(block)
    if size is not None:
        facts.append(page.word("markdown.bytes", count=size))
    name = shown or plain(block.name or block.path or "") or page.word("markdown.unnamed")
    what = f"{name} ({', '.join(facts)})" if facts else name
    if block.url and not block.url.startswith("data:"):
        what += f" {link(one_line(block.url))}"
    yield page.item(f"markdown.{block.type}", what=what)
    if isinstance(block, File) and block.text:
        yield Piece("part", fence(block.text))


def _text(block: Text, page: Page, where: str) -> list[Piece]:
    return page.said(block.text, where)


def _thinking(block: Thinking, page: Page, _where: str) -> list[Piece]:
    if not block.text.strip():
        return []
    return [Piece("part", f"> **{page.word('markdown.thinking')}**\n>\n{quote(block.text)}")]


def _code(block: Code, page: Page, _where: str) -> Iterator[Piece]:
    if block.path:
        yield page.item("markdown.path", path=code(block.path))
    yield Piece("part", fence(block.text, block.language))


def _event(block: Event, page: Page, where: str) -> Iterator[Piece]:
    sentence = _sentence(block, page)
    if sentence is not None:
        yield Piece("item", f"> - {sentence}")
    elif not block.text or block.data:
        yield page.item("markdown.event", name=code(block.name))
        if block.data:
            yield from outline(block.data, page, where)
    if block.text:
        yield from page.said(block.text, where)


def _sentence(block: Event, page: Page) -> str | None:
    """Return the event's sentence, filled; None where no locale has one, or where its data does not fill it."""
    key = f"event.{block.name}"
    values = {name: shown for name, value in block.data.items() if (shown := _value(name, value, page)) is not None}
    sentence = translate(key, page.options.locale, **values)
    return None if sentence in (key, "") else sentence


def _value(name: str, value: Any, page: Page) -> str | int | None:  # noqa: ANN401 - a JSON value
    """Return a value for a sentence: an integer ``somethingAt`` is a time, ``somethingMs`` a duration."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    if isinstance(value, int) and name.endswith("At"):
        return page.time(value)
    if isinstance(value, int) and name.endswith("Ms"):
        return times.duration(value)
    return value if isinstance(value, int) else plain(str(value))


def _error(block: Error, page: Page, _where: str) -> Iterator[Piece]:
    head = f"**{page.word('markdown.error')}**" + (f" {code(block.code)}" if block.code else "")
    yield Piece("part", f"> {head}\n>\n{quote(block.text)}" if block.text else f"> {head}")


def _citation(block: Citation, page: Page, _where: str) -> Iterator[Piece]:
    what = " ".join(part for part in (plain(block.title or ""), link(one_line(block.url or ""))) if part)
    yield page.item("markdown.citation", what=what or page.word("markdown.unnamed"))
    if block.text:
        yield Piece("part", quote(block.text))


def _unknown(block: Unknown, page: Page, where: str) -> Iterator[Piece]:
    page.notices.add("unknown_kept", where)
    yield page.head("markdown.unknown", name=code(block.name or "?"))
    yield from outline(block.record, page, where)


def _size(block: File | Image) -> int | None:
    if block.size is not None or not block.data:
        return block.size
    return len(block.data) * 3 // 4 - block.data[-2:].count("=")


_BLOCKS: dict[str, Callable[[Any, Page, str], Iterable[Piece]]] = {
    "text": _text,
    "thinking": _thinking,
    "image": attachment,
    "file": attachment,
    "code": _code,
    "event": _event,
    "error": _error,
    "citation": _citation,
    "unknown": _unknown,
}
