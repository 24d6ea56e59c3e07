"""
The lines of tool calls in short, many at once: what was done and how it ended, and the steps of a plan.

It gives what ``markdown_tools`` gives; what that would notice, or what few calls have, it leaves to that.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from py_export import times
from py_export.jsontext import encoded
from py_export.markdown import are_in_one_line, code, escaped, is_printable, one_line, plain
from py_export.model import Text, ToolCall
from py_export.transforms.reason import reason
from py_export.transforms.shown import duration
from py_export.writers.markdown_page import MOST_IN_A_LINE, Page
from py_export.writers.markdown_tools import FAILED, MARKS, how, step

_FILES = ("read", "write", "edit")
_WHAT, _HOW = "\0", "\1"
_PLACES = re.compile(f"([{_WHAT}{_HOW}])")
_END = "\0"
"""What parts texts that are encoded together: what can be printed has none."""

_END_BYTE = b"\0"
_STEPS = {status: f"\n>   - {mark} ".encode() for status, mark in MARKS.items()}
"""How a step begins, with the line end before it."""

_BETWEEN = "¦"
"""What parts subjects that are looked at together: can be printed, takes a byte, and is seldom part of one."""

_Frame = tuple[bytes, bytes, bytes, bool]
"""What stands before, between and behind what was done and how long it took, and whether they come in that order."""


class Lines:
    """The lines of calls as a document's options have them."""

    def __init__(self, page: Page) -> None:
        options = page.options
        self._page = page
        self._full = options.tools == "full"
        self._shown = options.tools != "none"
        self._files = options.file_contents
        self._words = _PLACES.split(f"> - {page.word('markdown.tool', what=_WHAT, how=_HOW)}")
        self._comma = page.word("markdown.comma")
        self._names: dict[str, str] = {}
        self._frames: dict[tuple[str, str, int | None], _Frame] = {}
        self._spans: dict[int, bytes] = {}

    def of(self, calls: Sequence[ToolCall]) -> dict[int, bytes | None]:
        """Return the line of each call by its ``id()``, None where the long way is to be taken."""
        if not calls or not self._shown:
            return dict.fromkeys(map(id, calls))
        steps = _steps([call for call in calls if call.steps])
        subjects = [call.subject or call.description or "" for call in calls]
        known = iter(subjects)
        plainly = _are_plain(subjects)
        said = encoded(_END.join(subjects)).split(_END_BYTE) if plainly else map(encoded, subjects)
        found: dict[int, bytes | None] = {}
        for call, subject in zip(calls, said, strict=True):
            text, result = next(known), call.result
            line: bytes | None
            if (
                call.messages
                or not (self._files or call.kind not in _FILES)
                or (result is not None and not (len(result.blocks) == 1 and type(result.blocks[0]) is Text))
            ):
                line = None
            elif plainly and subject and call.status not in FAILED:
                key = (call.name, call.status, None if result is None else result.exit_code)
                before, between, after, in_order = self._frames.get(key) or self._frame(*key)
                long = self._span(call)
                first, second = (subject, long) if in_order else (long, subject)
                line = b"".join((before, first, between, second, after))
            else:
                line = self._unusual(call, text)
            if call.steps and line is not None:
                line += steps[id(call)]
            found[id(call)] = line
        return found

    def _span(self, call: ToolCall) -> bytes:
        """Return how long a call took, as its line goes on after how it ended."""
        taken = duration(call)
        if taken is None:
            return b""
        # Of a minute and more, or of less than a second, every length of time would be kept.
        tenths = (taken + 50) // 100 if 1000 <= taken < 59_950 else None  # noqa: PLR2004 - as ``times.duration`` has it
        span = None if tenths is None else self._spans.get(tenths)
        if span is None:
            span = f"{self._comma}{times.duration(taken)}".encode()
            if tenths is not None:
                self._spans[tenths] = span
        return span

    def _frame(self, name: str, status: str, exit_code: int | None) -> _Frame:
        ended = self._page.word(f"markdown.status.{status}")
        if exit_code is not None:
            ended += self._comma + self._page.word("markdown.exit-code", code=exit_code)
        before, first, between, _, after = _PLACES.split(
            self._filled(f"{self._name(name)} `{_WHAT}`", f"{ended}{_HOW}")
        )
        found = (encoded(before), encoded(between), encoded(after), first == _WHAT)
        self._frames[name, status, exit_code] = found
        return found

    def _unusual(self, call: ToolCall, subject: str) -> bytes | None:
        """Return a line as the long way has it; None where that would notice something."""
        said = one_line(subject)
        why = reason(call) if call.status in FAILED else ""
        if not self._full and max(len(said), len(why)) > MOST_IN_A_LINE:
            return None
        name = self._name(call.name)
        done = f"{name} {code(self._page.shortened(said))}" if said else name
        return encoded(self._filled(done, how(call, self._page, None)))

    def _filled(self, what: str, how: str) -> str:
        return "".join(what if part == _WHAT else how if part == _HOW else part for part in self._words)

    def _name(self, name: str) -> str:
        found = self._names.get(name)
        if found is None:
            found = self._names[name] = plain(name) or self._page.word("markdown.unnamed")
        return found


def _steps(calls: Sequence[ToolCall]) -> dict[int, bytes]:
    """Return the steps of each call by its ``id()``, with the line end before them."""
    if not calls:
        return {}
    texts = [step.text for call in calls for step in call.steps]
    if not are_in_one_line(texts):
        return {id(call): encoded("".join([f"\n{step(one)}" for one in call.steps])) for call in calls}
    plainly = iter(encoded(escaped("\n".join(texts))).split(b"\n"))
    found: dict[int, bytes] = {}
    for call in calls:
        parts: list[bytes] = []
        for one in call.steps:
            parts += (_STEPS[one.status], next(plainly))
        found[id(call)] = b"".join(parts)
    return found


def _are_plain(subjects: Sequence[str]) -> bool:
    """Return whether subjects read as they stand as code on one line each."""
    together = f"{_BETWEEN}{_BETWEEN.join(subjects)}{_BETWEEN}"
    return (
        "`" not in together
        and "  " not in together
        and f" {_BETWEEN}" not in together
        and f"{_BETWEEN} " not in together
        and max(map(len, subjects)) <= MOST_IN_A_LINE
        and is_printable(together)
    )
