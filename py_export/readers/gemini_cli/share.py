"""What Gemini CLI shares of a chat: the API's contents, as JSON or written out as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from py_export import jsontext
from py_export.errors import ReadError
from py_export.model import Json
from py_export.readers.input import Input

_HEADING = re.compile(r"(?:\A|\n\n---\n\n)## (USER|MODEL) (?:\U0001f9d1\u200d?\U0001f4bb|\u2728)\n\n")
_TOOL = re.compile(r"\*\*Tool (Command|Response)\*\*:\n```json\n(?=\{)")
_TOOL_END = "}\n```"
_BEGINNINGS = ("## USER \U0001f9d1".encode(), "## MODEL \u2728".encode())


def is_shared(given: Input) -> bool:
    """Return whether it is a list of the API's contents, or begins as their Markdown."""
    return given.data.lstrip().startswith(_BEGINNINGS) or _listed(given) is not None


def contents(given: Input) -> list[Json] | None:
    """Return the API's contents, ``{role, parts}``, that a checkpoint or a shared chat holds; None of anything else."""
    if given.data.lstrip().startswith(_BEGINNINGS):
        return list(_written(given.data.decode("utf-8").strip("\n")))
    return _listed(given)


def _listed(given: Input) -> list[Json] | None:
    listed = given.object.get("history") if given.object else _list(given)
    if not isinstance(listed, list) or not listed:
        return None
    whole = all(isinstance(one, dict) and one.get("role") in ("user", "model") for one in listed)
    return listed if whole and all(isinstance(one.get("parts"), list) for one in listed) else None


def _list(given: Input) -> Json:
    if given.data.lstrip()[:1] != b"[":
        return None
    try:
        return given.json
    except ReadError:
        return None


def _written(text: str) -> Iterator[dict[str, Any]]:
    """Yield the contents of a chat that was shared as Markdown."""
    marks = list(_HEADING.finditer(text))
    for mark, following in zip(marks, [*marks[1:], None], strict=True):
        said = text[mark.end() : following.start() if following is not None else len(text)]
        yield {"role": mark[1].lower(), "parts": list(_parts(said))}


def _parts(text: str) -> Iterator[dict[str, Any]]:
    """Yield texts, and the calls and results that stand between them, each an object in a fence of its own."""
    start = 0
    while (tool := _TOOL.search(text, start)) is not None:
        end = text.find("\n" + _TOOL_END, tool.end()) + 1
        if not end:
            break
        record = _object(text[tool.end() : end + 1])
        if record is None:
            yield {"text": text[start : tool.end()]}
            start = tool.end()
            continue
        if start < tool.start():
            yield {"text": text[start : tool.start()]}
        yield {"functionCall" if tool[1] == "Command" else "functionResponse": record}
        start = end + len(_TOOL_END)
    if start < len(text):
        yield {"text": text[start:]}


def _object(text: str) -> dict[str, Any] | None:
    try:
        value = jsontext.decode(text.encode("utf-8"))
    except ReadError:
        return None
    return value if isinstance(value, dict) else None
