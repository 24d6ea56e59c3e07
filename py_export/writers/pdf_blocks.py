"""The blocks of a message as nodes of a PDF: one function per block, and a table."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from py_export.markdown import one_line
from py_export.model import Block, Citation, Code, Error, Event, File, Image, Json, Message, Text, Thinking, Unknown
from py_export.transforms.leaves import is_base64, leaves
from py_export.writers.images import picture
from py_export.writers.pdf_markdown import inline_text
from py_export.writers.pdf_sheet import Node, PdfSheet, code, paragraph, verbatim
from py_export.writers.sheet import size_of

_LONGEST = 120
_LEFT_OUT = {"file": "file_left_out", "image": "image_left_out"}


def block(one: Block, sheet: PdfSheet, where: str, message: Message, level: int) -> Iterator[Node]:
    """Yield any block but a tool call; ``level`` is that of the heading above it."""
    return _BLOCKS[one.type](one, sheet, where, message, level)


def outline(value: Json, sheet: PdfSheet, where: str, language: str | None = None) -> Iterator[Node]:
    """Yield a JSON value, every part of it that holds no other with its place."""
    if isinstance(value, str):
        yield code(value, language) if language else verbatim(value)
        return
    for place, leaf in leaves(value):
        if not isinstance(leaf, str):
            yield _pair(place, {"t": "code", "x": json.dumps(leaf)})
        elif is_base64(place, leaf):
            sheet.notices.add("image_left_out", where)
            yield _pair(place, {"t": "m", "c": [sheet.word("markdown.base64", count=len(leaf))]})
        elif len(leaf) > _LONGEST or "\n" in leaf or "\r" in leaf:
            if place:
                yield {"t": "label", "x": place}
            yield code(leaf, language) if language else verbatim(leaf)
        else:
            yield _pair(place, {"t": "code", "x": leaf or '""'})


def attachment(one: File | Image, sheet: PdfSheet, where: str) -> Iterator[Node]:
    """Yield an image where its bytes are here and are an image's, else a name, with what is known of it."""
    found = picture(one.data) if isinstance(one, Image) and one.data else None
    if one.data is not None and found is None:
        sheet.notices.add(_LEFT_OUT[one.type], where)
    facts = [one.media_type] if one.media_type else []
    size = size_of(one)
    if size is not None:
        facts.append(sheet.word("markdown.bytes", count=size))
    name = one_line(one.name or one.path or "") or sheet.word("markdown.unnamed")
    said = sheet.word("markdown.comma").join(facts)
    if found is not None:
        yield sheet.image(found, name) | {"caption": inline_text(f"{name} · {said}" if said else name)}
    else:
        kind = {"t": "m", "c": [sheet.word(f"html.{one.type}"), " "]}
        link = sheet.link(one.url) if one.url and not one.url.startswith("data:") else []
        more: list[Any] = [{"t": "m", "c": [f" {said} "]}] if said else [" "]
        yield paragraph(kind, *inline_text(name), *more, *link)
    if isinstance(one, File) and one.text:
        yield verbatim(one.text)


def _pair(place: str, value: Node) -> Node:
    return {"t": "pair", "k": place, "v": [value]} if place else paragraph(value)


def _text(one: Text, sheet: PdfSheet, where: str, message: Message, level: int) -> Iterator[Node]:
    if one.text.strip():
        yield from sheet.said(one.text, where, level=level, breaks=message.role == "user")


def _thinking(one: Thinking, sheet: PdfSheet, where: str, _message: Message, level: int) -> Iterator[Node]:
    if one.text.strip():
        title = sheet.word("markdown.thinking")
        yield {"t": "aside", "title": title, "c": sheet.said(one.text, where, level=level)}


def _attached(one: File | Image, sheet: PdfSheet, where: str, _message: Message, _level: int) -> Iterator[Node]:
    return attachment(one, sheet, where)


def _code(one: Code, _sheet: PdfSheet, _where: str, _message: Message, _level: int) -> Iterator[Node]:
    if one.path:
        yield paragraph({"t": "code", "x": one.path})
    yield code(one.text, one.language or extension(one.path))


def _event(one: Event, sheet: PdfSheet, where: str, _message: Message, level: int) -> Iterator[Node]:
    sentence = sheet.sentence(one)
    named = sentence is None and (not one.text or bool(one.data))
    if sentence or named:
        said = sentence or sheet.word("markdown.event", name=one.name)
        yield paragraph({"t": "m", "c": inline_text(said)})
    if named and one.data:
        yield from outline(one.data, sheet, where)
    if one.text and one.text.strip():
        yield from sheet.said(one.text, where, level=level)


def _error(one: Error, sheet: PdfSheet, _where: str, _message: Message, _level: int) -> Iterator[Node]:
    inside = [verbatim(one.text)] if one.text else []
    said = {"t": "code", "x": one.code} if one.code else ""
    yield {"t": "problem", "c": [paragraph({"t": "b", "c": [sheet.word("markdown.error")]}, " ", said), *inside]}


def _citation(one: Citation, sheet: PdfSheet, _where: str, _message: Message, _level: int) -> Iterator[Node]:
    link = sheet.link(one.url) if one.url else []
    title = one_line(one.title or "") or ("" if link else sheet.word("markdown.unnamed"))
    kind = {"t": "m", "c": [sheet.word("html.source"), " "]}
    yield paragraph(kind, *inline_text(title), " ", *link)
    if one.text:
        yield {"t": "quote", "c": [{"t": "p", "c": inline_text(one.text)}]}


def _unknown(one: Unknown, sheet: PdfSheet, where: str, _message: Message, _level: int) -> Iterator[Node]:
    sheet.notices.add("unknown_kept", where)
    title = sheet.word("markdown.unknown", name=one_line(one.name or "") or "?")
    yield {"t": "aside", "title": title, "c": list(outline(one.record, sheet, where))}


def extension(path: str | None) -> str | None:
    """Return how a path's name ends, by which the template knows the language."""
    end = (path or "").replace("\\", "/").rpartition("/")[2].rpartition(".")
    return end[2].lower() if end[1] and end[2].isalnum() else None


_BLOCKS: dict[str, Callable[[Any, PdfSheet, str, Message, int], Iterator[Node]]] = {
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
