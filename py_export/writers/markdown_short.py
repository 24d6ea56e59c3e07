"""
The short way through a message's blocks: texts that need no touch, thinking, tool calls as nearly all of them are.

It gives what the long way gives (a test holds both against each other), without a piece for every line. What it does
not know for sure it leaves to that, and so notices nothing before it knows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from py_export.jsontext import encoded
from py_export.markdown import code, fence, quote
from py_export.model import Block, Text, Thinking, ToolCall
from py_export.transforms.leaves import is_base64
from py_export.writers.markdown_lines import Lines
from py_export.writers.markdown_page import Page
from py_export.writers.outline import LONGEST, outline

_GAPS = ("\n\n", "\n")
_TRUTH = ("false", "true")
_OPEN = (" ", "\t", "\r", "\n")
"""How a text begins that might go on in a list which the text before it left open."""


class Short:
    """Writes blocks as a document's options have them."""

    def __init__(self, page: Page) -> None:
        options = page.options
        self._page = page
        self._full = options.tools == "full"
        self._thinking = options.thinking
        self._thought = f"> **{page.word('markdown.thinking')}**\n>\n"
        self._input = f"\n\n> **{page.word('markdown.input')}**"
        self._result = f"\n\n> **{page.word('markdown.result')}**\n\n"
        self._lines = Lines(page)
        self._known: dict[int, bytes | None] = {}
        self._keys: dict[str, str] = {}

    def look_at(self, calls: Sequence[ToolCall]) -> None:
        """Look at calls together before they are written one by one; forget all before."""
        self._known = self._lines.of(calls)

    def write(self, blocks: Sequence[Block], texts: Iterable[bytes | None], number: int) -> list[bytes]:
        """
        Return the blocks of a message, and what stands between them; nothing where the long way is to be taken.

        Args:
            blocks: A message's.
            texts: The texts among them, in UTF-8; None of one that needs a touch, or is blank.
            number: That of the message in the session.
        """
        said = iter(texts)
        out: list[bytes] = []
        in_full: list[tuple[int, ToolCall, int]] = []
        before = ""
        for at, block in enumerate(blocks):
            if type(block) is ToolCall:
                line = self._known[id(block)]
                if line is None or (self._full and not _fits(block)):
                    return []
                out += (b"\n" if before == "line" else b"\n\n", line)
                before = "line"
                if self._full and (block.input or block.result is not None):
                    in_full.append((len(out) - 1, block, at))
                    before = "details"
            elif type(block) is Text:
                text = next(said)
                if not text or (before == "text" and block.text.startswith(_OPEN)):
                    return []
                out += (b"\n\n", text)
                before = "text"
            elif type(block) is Thinking and self._thinking and block.text.strip():
                out += (b"\n\n", encoded(self._thought + quote(block.text)))
                before = "thinking"
            else:
                return []
        for place, call, at in in_full:
            out[place] += encoded(self._details(call, number, at))
        return out[1:]

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
            name = self._keys.get(key)
            if name is None:
                name = self._keys[key] = f"> - {code(key)}: " if key else "> - "
            if type(item) is str and 0 < len(item) <= LONGEST and item.isprintable() and not item.startswith("data:"):
                span = code(item) if "`" in item or item[0] == " " else f"`{item}`"
                out.append(f"{_GAPS[tight]}{name}{span}")
                tight = True
            elif type(item) is str and key and (len(item) > LONGEST or "\n" in item) and not is_base64(key, item):
                out.append(f"{_GAPS[tight]}{name[:-1]}\n\n{fence(item)}")
                tight = False
            elif type(item) is bool or type(item) is int:
                out.append(f"{_GAPS[tight]}{name}`{_TRUTH[item] if type(item) is bool else item}`")
                tight = True
            else:
                for piece in outline({key: item}, self._page, where):
                    is_leaf = piece.kind == "leaf"
                    out += (_GAPS[tight and is_leaf], piece.text)
                    tight = is_leaf


def _fits(call: ToolCall) -> bool:
    """Return whether a call is one that is known how to write in full; its line has asked for what it gave back."""
    permission, result = call.permission, call.result
    return (
        (call.input is None or type(call.input) is dict)
        and (permission is None or not permission.answers)
        and (result is None or any(type(block) is Text and block.text != "" for block in result.blocks))
    )
