"""A bubble: one message of a composer, as Cursor keeps it since 2024."""

from __future__ import annotations

from typing import Any

from py_export.model import Code, Error, Event, File, Image, Json, Message, Role, Text, Thinking, ToolCall, Usage
from py_export.notices import Notices
from py_export.readers.cursor import calls, lexical
from py_export.readers.records import media, values
from py_export.readers.records.draft import Draft

_ROLES: dict[Json, Role] = {1: "user", 2: "assistant", "user": "user", "ai": "assistant", "assistant": "assistant"}
_ATTACHED = frozenset({"images", "image", "fileSelections", "selections"})
_MUTE = frozenset(
    """
    bubbleId serverBubbleId createdAt requestId checkpointId usageUuid modelType modelInfo tokenCount unifiedMode
    richText capabilityType timingInfo
    """.split()  # noqa: SIM905 - a list of words is easier to read
)
"""What a bubble says of itself, and nobody says in it."""

_YEAR_2000 = 946_684_800_000
"""A start before it is no time but a span: milliseconds since the window was opened."""


def draft(bubble: Json, header: dict[str, Any], identity: str, where: str, notices: Notices) -> Draft:
    """
    Return what a bubble says.

    Args:
        bubble: The bubble's row.
        header: What the composer's list says of it.
        identity: Its id where it names none.
        where: Its place, for notices.
        notices: Where what could not be read is reported.
    """
    record = values.mapping(bubble)
    message = Message(id=values.identifier(record.get("bubbleId")) or identity, role="assistant")
    found = Draft(message, where, notices, sources=[bubble])
    if not isinstance(bubble, dict):
        found.unknown(bubble)
        return found
    kind = next((each for each in (record.get("type"), header.get("type")) if isinstance(each, (int, str))), None)
    if kind not in _ROLES:
        notices.add("unknown_actor", where)
    message.role = _ROLES.get(kind, "assistant")
    message.created_at = time(record, header)
    message.model = model(values.mapping(record.get("modelInfo")).get("modelName")) or model(record.get("modelType"))
    message.usage = _usage(values.mapping(record.get("tokenCount")))
    _fill(found, record)
    if not found.blocks and _says_elsewhere(record):
        found.unknown(record)
    return found


def time(record: dict[str, Any], header: dict[str, Any]) -> int | None:
    """Return when a bubble was made: as it says, else when its request began."""
    for value in (record.get("createdAt"), header.get("createdAt")):
        found = values.moment(value)
        if found is not None:
            return found
    timing = values.mapping(record.get("timingInfo"))
    start = _whole(timing.get("clientStartTime"))
    sent = next(
        (
            each
            for key in ("clientRpcSendTime", "clientSettleTime", "clientEndTime")
            if (each := _whole(timing.get(key))) is not None and each >= _YEAR_2000
        ),
        None,
    )
    return start if start is not None and start >= _YEAR_2000 else sent


def model(name: Json) -> str | None:
    """Return a model's name; ``default`` names none: Cursor chose one and does not say which."""
    found = values.string(name)
    return None if found == "default" else found


def _says_elsewhere(record: dict[str, Any]) -> bool:
    """Return whether a bubble has its text or its tool call under another name: a text has its place, empty or not."""
    if "text" not in record:
        return values.says(record, _MUTE)
    return any(isinstance(value, dict) and len(value.keys() & calls.SAYS) > 1 for value in record.values())


def _fill(found: Draft, record: dict[str, Any]) -> None:
    thought = record.get("thinking")
    said = values.text(values.mapping(thought).get("text") if isinstance(thought, dict) else thought)
    if said is not None and said.strip(values.JS_SPACE):
        found.add(Thinking(said))
    elif thought not in (None, "", {}, []) and said is None:
        found.unread(values.mapping(thought).get("text") or thought)
    _text(found, record)
    call = calls.call(record.get("toolFormerData"), found)
    if call is not None:
        found.add(call)
    _codes(found, record.get("codeBlocks"), call)
    _attachments(found, record)
    _failure(found, values.mapping(record.get("errorDetails")))
    summary = values.string(values.mapping(record.get("cachedConversationSummary")).get("summary"))
    if summary is not None:
        found.add(Event("compact-summary", text=summary))


def _text(found: Draft, record: dict[str, Any]) -> None:
    """Add the words: as text, else as the editor kept them, else under the names that older versions used."""
    for key in ("text", "rawText", "content", "finalText", "message"):
        said = values.text(record.get(key))
        if said is not None and said.strip(values.JS_SPACE):
            found.add(Text(said))
            return
    for value in (record.get("richText"), record.get("initText")):
        said = lexical.text(value)
        if said:
            found.add(Text(said))
            return
    said = values.string(values.mapping(record.get("delegate")).get("a"))
    if said is not None:
        found.add(Text(said))
    else:
        found.unread(None if isinstance(record.get("text"), str) else record.get("text"))


def _codes(found: Draft, blocks: Json, call: ToolCall | None) -> None:
    """Add code that is kept apart, where neither the text nor the tool call says it already."""
    told = found.shown_text + ("" if call is None else calls.told(call))
    for block in values.items(blocks):
        record = values.mapping(block)
        code = record.get("content")
        if isinstance(code, str) and code.strip() and code.strip() not in told:
            uri = values.mapping(record.get("uri"))
            path = values.string(values.first(uri, "fsPath", "path", "_fsPath"))
            found.add(Code(code, values.string(record.get("languageId")), path))


def _attachments(found: Draft, record: dict[str, Any]) -> None:
    context = values.mapping(record.get("context"))
    if not context and _ATTACHED.isdisjoint(record):
        return
    pictures = [*values.items(record.get("images")), *values.items(context.get("selectedImages"))]
    seen: list[Image | File] = []
    for item in (*pictures, record.get("image")):
        one = _image(item)
        if one is not None and one not in seen:
            seen.append(one)
    for item in (*values.items(context.get("fileSelections")), *values.items(record.get("fileSelections"))):
        path = _path(item)
        if path is not None and File(path=path, name=_name(path)) not in seen:
            seen.append(File(path=path, name=_name(path)))
    for item in (*values.items(context.get("selections")), *values.items(record.get("selections"))):
        told = values.string(values.first(values.mapping(item), "text", "rawText"))
        if told is not None and told.strip() not in found.shown_text:
            path = _path(item)
            seen.append(File(path=path, name=None if path is None else _name(path), text=told))
    found.add(*seen)


def _image(item: Json) -> Image | None:
    record = {"path": item} if isinstance(item, str) else values.mapping(item)
    if not any(record.get(key) for key in ("path", "data", "url", "uuid", "base64")):
        return None
    found = media.image(record)
    path = values.string(record.get("path"))
    found.name = found.name or (None if path is None else _name(path)) or values.string(record.get("uuid"))
    return found


def _path(item: Json) -> str | None:
    record = values.mapping(item)
    uri = record.get("uri")
    inside = values.string(values.first(values.mapping(uri), "fsPath", "_fsPath", "path"))
    return inside or values.string(uri) or values.string(values.first(record, "path", "relativeWorkspacePath"))


def _name(path: str) -> str:
    return path.replace("\\", "/").rstrip("/").rpartition("/")[2] or path


def _failure(found: Draft, details: dict[str, Any]) -> None:
    said = values.string(values.first(details, "message", "detail", "title"))
    if said is not None:
        found.add(Error(said, code=values.identifier(details.get("error"))))


def _usage(counts: dict[str, Any]) -> Usage | None:
    """Return the tokens; Cursor writes 0 where it does not know."""
    given = values.count(counts.get("inputTokens")) or None
    taken = values.count(counts.get("outputTokens")) or None
    return None if given is None and taken is None else Usage(input_tokens=given, output_tokens=taken)


def _whole(value: Json) -> int | None:
    """Return a time with fractions of milliseconds without them."""
    if isinstance(value, float) and abs(value) < 1e16:  # noqa: PLR2004 - beyond any time; also no infinity
        value = int(value)
    return values.milliseconds(value)
