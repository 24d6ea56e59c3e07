"""Tool calls as HTML: one line that says what was done and how it ended; input, result and sub-agent folded below."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache

from markupsafe import Markup

from py_export import times
from py_export.l10n import translate
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
    details = _details(call, page, where, message) if full else []
    name = one_line(call.name) or page.word("markdown.unnamed")
    subject = page.shortened(call.subject or call.description or "", None if full else where)
    line = html_parts.tool(name, subject, _how(call, page, None if full else where), call.status)
    below = iter(()) if thread is None else thread(call)
    first = None if details else next(below, None)
    if details or first is not None:
        yield html_parts.fold_begin(line, call.status)
        yield from details
        if first is not None:
            yield first
        yield from below
        yield html_parts.FOLD_END
    else:
        yield html_parts.alone(line, call.status)
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


def _details(call: ToolCall, page: Page, where: str, message: Message) -> list[Markup]:
    path = call.paths[0] if call.paths and call.kind in ("read", "write", "edit") else None
    subject = one_line(call.subject or "")
    out: list[Markup] = []
    if call.description and one_line(call.description) != subject:
        out.append(Markup('<p class="description"><bdi>{}</bdi></p>\n').format(call.description))
    if call.subject and page.shortened(call.subject) != subject:
        out.append(verbatim(call.subject))
    if call.input not in _NOTHING:
        out += (_label("markdown.input", page.options.locale), outline(call.input, page, where, path))
    if call.permission is not None and call.permission.answers:
        answers = outline(call.permission.answers, page, where)
        out += (_label("markdown.answers", page.options.locale), answers)
    if call.result is not None:
        _add_result(out, call.result, page, where, message, path)
    return out


def _add_result(  # noqa: PLR0913, PLR0917 - what its call knows
    out: list[Markup], result: ToolResult, page: Page, where: str, message: Message, path: str | None
) -> None:
    shown = [one for one in result.blocks if not isinstance(one, Text | Code) or one.text]
    if shown or result.data not in _NOTHING:
        out.append(_label("markdown.result", page.options.locale))
    if not shown and result.data not in _NOTHING:
        out.append(outline(result.data, page, where, path))
    for at, one in enumerate(shown):
        place = f"{where}.result.blocks[{at}]"
        if isinstance(one, Text):
            out.append(verbatim(one.text))
        elif isinstance(one, Image | File):
            out.append(attachment(one, page, place))
        else:
            out.append(block(one, page, place, message, 6))


@lru_cache(maxsize=16)
def _label(key: str, locale: str) -> Markup:
    return markup(f'<p class="label">{shown(translate(key, locale))}</p>\n')
