"""Images and files, however a record holds them: inline, by address, by path."""

from __future__ import annotations

import re
from typing import Any, TypeGuard

from py_export.model import File, Image, Json
from py_export.readers.records import values

_DATA = re.compile(r"\s*data:", re.IGNORECASE)
_DATA_URL = re.compile(r"data:([\w.+-]+/[\w.+-]+)?(?:;[\w=.+-]+)*;base64,([A-Za-z0-9+/=_\s-]*)", re.IGNORECASE)


def image(block: dict[str, Any]) -> Image:
    """Return an image block of any known shape: Anthropic's, OpenAI's, MCP's, Gemini's."""
    source = values.first(block, "source", "inlineData", "inline_data", "file", "image_url", "imageUrl", "url")
    holder = source if isinstance(source, dict) else {"url": source if _names_place(source) else None}
    found = from_address(values.string(values.first(holder, "url", "uri", "fileUri")))
    data = values.string(values.first(holder, "data", "base64")) or values.string(values.first(block, "data", "base64"))
    if inline(data) is not None:
        found = from_address(data)
    found.data = found.data or data
    kind = values.first(holder, "media_type", "mediaType", "mimeType") or values.first(block, "media_type", "mimeType")
    typed = holder.get("type")  # Claude's own name for it, beside "base64" and "url"
    found.media_type = values.string(kind) or found.media_type or (typed if _is_media_type(typed) else None)
    named = values.first(block, "fileName", "filename", "name", "title", "alt") or holder.get("file_id")
    found.name = values.string(named)
    found.path = values.string(values.first(block, "path", "filePath", "file_path"))
    found.size = values.count(values.first(block, "size", "originalSize")) or size(found.data)
    return found


def document(block: dict[str, Any]) -> File:
    """Return a document or a resource as a file: Anthropic's ``document``, MCP's ``resource`` and ``resource_link``."""
    inner = values.mapping(values.first(block, "source", "resource", "file"))
    found = from_address(
        values.string(values.first(inner, "url", "uri")) or values.string(values.first(block, "url", "uri"))
    )
    data = values.string(values.first(inner, "data", "blob", "base64"))
    media_type = values.string(values.first(inner, "media_type", "mimeType")) or values.string(block.get("mimeType"))
    said = values.text(values.first(inner, "text", "content"))
    if data is not None and inner.get("type") == "text":
        said, data = data, None
    return File(
        name=values.string(values.first(block, "title", "filename", "fileName", "name")),
        media_type=media_type or found.media_type,
        size=size(data or found.data),
        path=values.string(values.first(block, "path", "filePath")),
        url=found.url,
        data=data or found.data,
        text=said,
    )


def attachment(item: Json) -> Image | File | None:
    """Return an attachment of a prompt by what it says of itself; None where it says nothing."""
    record = {"filename": item} if isinstance(item, str) else values.mapping(item)
    path = values.string(values.first(record, "path", "filePath"))
    name = values.string(values.first(record, "filename", "fileName", "name"))
    if name is None and path is not None:
        name = re.split(r"[/\\]", path)[-1]
    preview = from_address(values.string(values.first(record, "previewUrl", "preview_url", "url", "dataUrl")))
    name = name or values.identifier(record.get("id"))
    if name is None and preview.data is None and preview.url is None:
        return None
    media_type = (
        values.string(values.first(record, "mimeType", "mime_type", "mediaType", "contentType")) or preview.media_type
    )
    form = Image if (media_type or "").lower().startswith("image/") else File
    stated = values.count(record.get("size"))
    return form(
        name=name,
        media_type=media_type,
        size=size(preview.data) if stated is None else stated,
        path=path,
        url=preview.url,
        data=preview.data,
    )


def from_address(url: str | None) -> Image:
    """Return an image with the bytes of a base64 ``data:`` URL, else with the address."""
    match = inline(url)
    if match is None:
        return Image(url=url)
    data = re.sub(r"\s", "", match[2])
    return Image(media_type=match[1], data=data, size=size(data))


def inline(text: str | None) -> re.Match[str] | None:
    """Return the parts of a base64 ``data:`` URL where the whole text is one."""
    if text is None or _DATA.match(text) is None:
        return None
    return _DATA_URL.fullmatch(text.strip())


def _is_media_type(value: Json) -> TypeGuard[str]:
    return isinstance(value, str) and "/" in value


def _names_place(value: Json) -> bool:
    """Return whether a value is an address or a path, not the name of a kind of source."""
    return isinstance(value, str) and any(mark in value for mark in ":/.")


def size(data: str | None) -> int | None:
    """Return how many bytes a base64 text holds."""
    if data is None:
        return None
    bare = data.rstrip("=\n\r ")
    return len(bare) * 3 // 4
