"""Tool calls as pieces of Markdown: one line that says what was done and how it ended, or input and result in full."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from py_export import times
from py_export.l10n import translate
from py_export.markdown import code, fence, one_line, plain
from py_export.model import Code, File, Image, Step, Text, ToolCall, ToolResult, Unknown
from py_export.transforms.reason import reason
from py_export.transforms.shown import duration
from py_export.writers.markdown_blocks import attachment, pieces
from py_export.writers.markdown_page import Page, Piece
from py_export.writers.outline import outline

MARKS = {"completed": "✓", "in_progress": "▸", "pending": "○"}
"""Signs, not words: the same in every language, and no brackets, which a message could make a link of."""

FAILED = ("error", "denied", "cancelled")


def tool_call(call: ToolCall, page: Page, where: str) -> list[Piece]:
    """Return a tool call's line, and its input and result where the options ask for them."""
    full = page.options.tools == "full"
    place = None if full else where
    done = translate("markdown.tool", page.options.locale, what=what(call, page, place), how=how(call, page, place))
    line = Piece("item", "\n".join([f"> - {done}", *map(step, call.steps)]) if call.steps else f"> - {done}")
    return [line, *(details(call, page, where) if full else in_short(call.result, page, where))]


def details(call: ToolCall, page: Page, where: str) -> Iterator[Piece]:
    """Yield a tool call's input, a person's answers, and its result, all in full."""
    if call.input not in (None, "", {}, []):
        yield page.head("markdown.input")
        yield from _value(call.input, page, where)
    if call.permission is not None and call.permission.answers:
        yield page.head("markdown.answers")
        yield from outline(call.permission.answers, page, where)
    if call.result is not None:
        yield from _result(call.result, page, where)


def step(step: Step) -> str:
    """Return one step of a plan, as a line below its call's."""
    return f">   - {MARKS[step.status]} {plain(step.text)}".rstrip()


def what(call: ToolCall, page: Page, where: str | None) -> str:
    """Return a call's name and what it did, in one line; ``where`` asks for a notice where that is shortened."""
    done = call.subject or call.description
    name = plain(call.name) or page.word("markdown.unnamed")
    line = one_line(done) if done else ""
    return f"{name} {code(page.shortened(line, where))}" if line else name


def how(call: ToolCall, page: Page, where: str | None) -> str:
    """Return how a call ended: ``failed, exit code 1, 1.2 s: `reason```."""
    ended = translate(f"markdown.status.{call.status}", page.options.locale)
    if call.result is not None and call.result.exit_code is not None:
        ended += page.word("markdown.comma") + page.word("markdown.exit-code", code=call.result.exit_code)
    taken = duration(call)
    if taken is not None:
        ended += page.word("markdown.comma") + times.duration(taken)
    why = reason(call) if call.status in FAILED else ""
    return page.word("markdown.because", what=ended, why=code(page.shortened(why, where))) if why else ended


def _result(result: ToolResult, page: Page, where: str) -> Iterator[Piece]:
    shown = [block for block in result.blocks if not isinstance(block, Text | Code) or block.text]
    if shown:
        yield page.head("markdown.result")
    elif result.data not in (None, "", {}, []):
        yield page.head("markdown.result")
        yield from _value(result.data, page, where)
    for at, block in enumerate(shown):
        place = f"{where}.result.blocks[{at}]"
        if isinstance(block, Text):
            yield Piece("part", fence(block.text))
        elif isinstance(block, Image | File):
            yield from attachment(block, page, place)
        else:
            yield from pieces(block, page, place)


def _value(value: object, page: Page, where: str) -> Iterator[Piece]:
    """Yield a tool's input or structured result: a text in a fence, else an outline."""
    if isinstance(value, str):
        yield Piece("part", fence(value))
    else:
        yield from outline(value, page, where)


def in_short(result: ToolResult | None, page: Page, where: str) -> Iterable[Piece]:
    """Return the images that a tool gave back where images travel; count what else a line has no place for."""
    if result is None or (len(result.blocks) == 1 and type(result.blocks[0]) is Text):  # as nearly all are
        return ()
    return _attached(result, page, where)


def _attached(result: ToolResult, page: Page, where: str) -> Iterator[Piece]:
    for block in result.blocks:
        if isinstance(block, Image) and page.images.link(block) is not None:
            yield from attachment(block, page, where)
        elif isinstance(block, Image | File):
            page.leave_out(block, where)
        elif isinstance(block, Unknown):
            page.notices.add("unknown_kept", where)
