"""
The short way through a message's blocks: texts that need no touch, thinking, tool calls as nearly all of them are.

It gives what the long way gives (a test holds both against each other), without a piece for every line. What it does
not know for sure it leaves to that: ``fits`` says so before anything is written or noticed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from py_export import times
from py_export.jsontext import encoded
from py_export.markdown import code, fence, plain, quote
from py_export.model import Block, Text, Thinking, ToolCall
from py_export.writers.markdown_page import MOST_IN_A_LINE, Page
from py_export.writers.markdown_tools import FAILED, how, step, what
from py_export.writers.outline import LONGEST, outline

_WHAT, _HOW = "\0", "\1"
_FILES = ("read", "write", "edit")
_GAPS = ("\n\n", "\n")
_OPEN = (" ", "\t", "\r", "\n")
"""How a text begins that might go on in a list which the text before it left open."""


class Short:
    """Writes blocks as a document's options have them."""

    def __init__(self, page: Page) -> None:
        options = page.options
        self._page = page
        self._full = options.tools == "full"
        self._calls = options.tools != "none"
        self._files = options.file_contents
        self._thinking = options.thinking
        self._tool = _places(f"> - {page.word('markdown.tool', what=_WHAT, how=_HOW)}")
        self._thought = f"> **{page.word('markdown.thinking')}**\n>\n"
        self._input = f"\n\n> **{page.word('markdown.input')}**"
        self._result = f"\n\n> **{page.word('markdown.result')}**\n\n"
        self._comma = page.word("markdown.comma")
        self._names: dict[str, str] = {}
        self._ends: dict[tuple[str, int | None], str] = {}
        self._keys: dict[str, str] = {}

    def fits(self, blocks: Sequence[Block], texts: Sequence[bytes | None]) -> bool:
        """Return whether ``write`` knows all blocks; ``texts`` are those of the texts that need no touch, in UTF-8."""
        if not blocks or not all(texts):
            return False
        follows = False
        for block in blocks:
            if type(block) is ToolCall:
                if not self._fits(block):
                    return False
            elif type(block) is Text:
                if block.text.isspace() or (follows and block.text.startswith(_OPEN)):
                    return False
            elif type(block) is not Thinking or not self._thinking or not block.text.strip():
                return False
            follows = type(block) is Text
        return True

    def _fits(self, call: ToolCall) -> bool:
        result = call.result
        if not self._calls or call.messages or not (self._files or call.kind not in _FILES):
            return False
        if result is not None and not (len(result.blocks) == 1 and type(result.blocks[0]) is Text):
            return False
        if not self._full:
            return True
        permission = call.permission
        return (
            (call.input is None or type(call.input) is dict)
            and (permission is None or not permission.answers)
            and (result is None or result.blocks[0].text != "")  # type: ignore[union-attr]
        )

    def write(self, blocks: Sequence[Block], texts: Sequence[bytes | None], number: int) -> Iterator[bytes]:
        """Yield the blocks of a message, which has this number in the session, and what stands between them."""
        said = iter(texts)
        in_list: bool | None = None
        for at, block in enumerate(blocks):
            if type(block) is ToolCall:
                details = self._details(block, number, at) if self._full else ""
                text = encoded(self._line(block, number, at) + details)
                gap, still = b"\n" if in_list else b"\n\n", not details
            else:
                text = encoded(self._thought + quote(block.text)) if type(block) is Thinking else next(said) or b""
                gap, still = b"\n\n", False
            if in_list is not None:
                yield gap
            yield text
            in_list = still

    def _line(self, call: ToolCall, number: int, at: int) -> str:
        """Return the line that says what was done and how it ended, and the steps of a plan."""
        done = call.subject or call.description
        if done and not _is_plain(done):
            said = what(call, self._page, self._place(number, at))
        else:
            name = self._names.get(call.name)
            if name is None:
                name = self._names[call.name] = plain(call.name) or self._page.word("markdown.unnamed")
            said = f"{name} `{done}`" if done else name
        failed = call.status in FAILED
        ended = how(call, self._page, self._place(number, at)) if failed else self._ended(call)
        before, first, between, _, after = self._tool
        line = f"{before}{said}{between}{ended}{after}" if first == _WHAT else f"{before}{ended}{between}{said}{after}"
        return "\n".join([line, *map(step, call.steps)]) if call.steps else line

    def _place(self, number: int, at: int) -> str | None:
        """Return where a call stands, for the notice that its line is shortened; in full it is not, really."""
        return None if self._full else f"messages[{number}].blocks[{at}]"

    def _ended(self, call: ToolCall) -> str:
        exit_code = None if call.result is None else call.result.exit_code
        ended = self._ends.get((call.status, exit_code))
        if ended is None:
            ended = self._page.word(f"markdown.status.{call.status}")
            if exit_code is not None:
                ended += self._comma + self._page.word("markdown.exit-code", code=exit_code)
            self._ends[call.status, exit_code] = ended
        taken = call.duration_ms
        if taken is None:
            if call.started_at is None or call.ended_at is None:
                return ended
            taken = max(0, call.ended_at - call.started_at)
        return ended + self._comma + times.duration(taken)

    def _details(self, call: ToolCall, number: int, at: int) -> str:
        """Return a call's input and result in full, as what follows its line."""
        out: list[str] = []
        if call.input:
            out.append(self._input)
            self._outline(call.input, out, f"messages[{number}].blocks[{at}]")
        if call.result is not None:
            out += (self._result, fence(call.result.blocks[0].text or ""))  # type: ignore[union-attr]
        return "".join(out)

    def _outline(self, value: dict[str, Any], out: list[str], where: str) -> None:
        tight = True
        for key, item in value.items():
            if type(item) is str and 0 < len(item) <= LONGEST and item.isprintable() and not item.startswith("data:"):
                name = self._keys.get(key)
                if name is None:
                    name = self._keys[key] = f"> - {code(key)}: " if key else "> - "
                span = code(item) if "`" in item or item[0] == " " else f"`{item}`"
                out.append(f"{_GAPS[tight]}{name}{span}")
                tight = True
            else:
                for piece in outline({key: item}, self._page, where):
                    is_leaf = piece.kind == "leaf"
                    out += (_GAPS[tight and is_leaf], piece.text)
                    tight = is_leaf


def _places(words: str) -> tuple[str, ...]:
    """Return words in five parts, the second and the fourth being what to fill in."""
    return tuple(re.split(f"([{_WHAT}{_HOW}])", words))


def _is_plain(line: str) -> bool:
    """Return whether a subject reads, as code on one line, as it stands."""
    return (
        len(line) <= MOST_IN_A_LINE
        and line.isprintable()
        and "`" not in line
        and "  " not in line
        and line[0] != " " != line[-1]
    )
