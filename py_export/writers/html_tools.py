"""Tool calls as HTML: one line that says what was done and how it ended; input, result and sub-agent folded below."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain

from markupsafe import Markup

from py_export import times
from py_export.markdown import one_line
from py_export.model import Code, File, Image, Json, Message, Text, ToolCall, ToolResult
from py_export.transforms.reason import reason
from py_export.transforms.shown import duration
from py_export.writers import html_parts
from py_export.writers.html_blocks import attachment, block, outline
from py_export.writers.html_page import Page
from py_export.writers.html_parts import markup, shown, verbatim
from py_export.writers.markdown_tools import FAILED, MARKS

_NOTHING: tuple[Json, ...] = (None, "", {}, [])

Thread = Callable[[ToolCall], Iterator[Markup]]
"""Writes the messages of the sub-agent that a call started."""


def tool_call(call: ToolCall, page: Page, where: str, message: Message, thread: Thread | None) -> Iterator[Markup]:
    """Yield a tool call, as much of it as the options ask for."""
    full = page.options.tools == "full"
    parts: Iterator[Markup] = _details(call, page, where, message) if full else iter(())
    if thread is not None:
        parts = chain(parts, thread(call))
    first = next(parts, None)
    name = one_line(call.name) or page.word("markdown.unnamed")
    subject = page.shortened(call.subject or call.description or "", None if full else where)
    line = html_parts.tool(name, subject, _how(call, page, None if full else where), call.status)
    if first is None:
        yield html_parts.alone(line, call.status)
    else:
        yield html_parts.fold_begin(line, call.status)
        yield first
        yield from parts
        yield html_parts.FOLD_END
    if call.steps:
        yield html_parts.steps(
            (MARKS[step.status], step.status.replace("_", "-"), one_line(step.text)) for step in call.steps
        )


def _how(call: ToolCall, page: Page, where: str | None) -> str:
    """Return how a call ended: ``failed, exit code 1, 1.2 s: reason``."""
    parts = [page.word(f"markdown.status.{call.status}")]
    if call.result is not None and call.result.exit_code is not None:
        parts.append(page.word("markdown.exit-code", code=call.result.exit_code))
    taken = duration(call)
    if taken is not None:
        parts.append(times.duration(taken).replace(" ", "\u00a0"))
    ended = page.word("markdown.comma").join(parts)
    why = page.shortened(reason(call), where) if call.status in FAILED else ""
    return page.word("markdown.because", what=ended, why=why) if why else ended


def _details(call: ToolCall, page: Page, where: str, message: Message) -> Iterator[Markup]:
    path = call.paths[0] if call.paths and call.kind in ("read", "write", "edit") else None
    subject = one_line(call.subject or "")
    if call.description and one_line(call.description) != subject:
        yield Markup('<p class="description"><bdi>{}</bdi></p>\n').format(call.description)
    if call.subject and page.shortened(call.subject) != subject:
        yield verbatim(call.subject)
    if call.input not in _NOTHING:
        yield _label("markdown.input", page)
        yield outline(call.input, page, where, path)
    if call.permission is not None and call.permission.answers:
        yield _label("markdown.answers", page)
        yield outline(call.permission.answers, page, where)
    if call.result is not None:
        yield from _result(call.result, page, where, message, path)


def _result(result: ToolResult, page: Page, where: str, message: Message, path: str | None) -> Iterator[Markup]:
    shown = [one for one in result.blocks if not isinstance(one, Text | Code) or one.text]
    if shown or result.data not in _NOTHING:
        yield _label("markdown.result", page)
    if not shown and result.data not in _NOTHING:
        yield outline(result.data, page, where, path)
    for at, one in enumerate(shown):
        place = f"{where}.result.blocks[{at}]"
        if isinstance(one, Text):
            yield verbatim(one.text)
        elif isinstance(one, Image | File):
            yield attachment(one, page, place)
        else:
            yield block(one, page, place, message, 6)


def _label(key: str, page: Page) -> Markup:
    return markup(f'<p class="label">{shown(page.word(key))}</p>\n')
