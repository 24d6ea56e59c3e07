"""From a chat's pieces to its messages: what the model thought, which edits aider applied, what it all took."""

from __future__ import annotations

import re
from typing import Any

from py_export.model import Event, Message, Text, Thinking, ToolCall, ToolResult, Usage
from py_export.readers.aider.chat import Piece
from py_export.readers.records import tools
from py_export.transforms import measure

_BLANK = "<blank>"
_THOUGHT = re.compile(r"<(thinking-content-[0-9a-f]{8,64})>")
_APPLIED = re.compile(r"Applied edit to (\S.*)")
_MODEL = re.compile(r"(?:Main model|Models?): (\S+)(?: with|$|,)")
_FOLDER = re.compile(r"Git working dir: (\S.*)")
_VERSION = re.compile(r"Aider v(\d\S*)")
_COUNT = r"([\d.,]+[kM]?)"
_FIGURES = re.compile(
    rf"Tokens: {_COUNT} sent(?:, {_COUNT} cache write)?(?:, {_COUNT} cache hit)?, {_COUNT} received\."
    r"(?: Cost: \$([\d.,]+) (?:request|message|send), \$([\d.,]+) session\.)?.*"
)
_UNITS = {"k": 1000, "M": 1_000_000}


class Turns:
    """
    Collects the messages of one chat.

    Attributes:
        messages: The messages so far.
        version: aider's version, by what it printed first.
        model: The model that answers from here on.
        workspace: The project's folder, which aider names where it is not the one that it runs in.
        cost: US dollars that the chat has cost so far, as aider added them up.
        rounded: How many figures were rounded when they were written.
    """

    def __init__(self) -> None:
        self.messages: list[Message] = []
        self.version: str | None = None
        self.model: str | None = None
        self.workspace: str | None = None
        self.cost: float | None = None
        self.rounded = 0
        self._answer: Message | None = None
        self._printed: Message | None = None
        self._lines: list[str] = []

    def add(self, piece: Piece) -> None:
        """Add the next piece."""
        if piece.kind != "tool":
            self.end()
            self._answer = None
        if piece.kind == "user":
            message = self._message("user", piece)
            message.blocks.append(Text(piece.text))
            message.hidden = piece.text.strip() in ("", _BLANK)
        elif piece.kind == "assistant":
            self._answer = self._message("assistant", piece)
            self._answer.model = self.model
            self._answer.blocks += _written(piece.text)
        elif piece.kind == "tool":
            self._print(piece)

    def _message(self, role: Any, piece: Piece) -> Message:  # noqa: ANN401 - one of the roles
        number = len(self.messages) + 1
        parent = self.messages[-1].id if self.messages else None
        message = Message(id=f"message-{number}", seq=number, parent_id=parent, role=role, source=piece.source)
        self.messages.append(message)
        return message

    def _print(self, piece: Piece) -> None:
        """Add what aider printed: figures and edits to the answer that they are of, everything else as an event."""
        answer = self._answer
        left: list[str] = []
        spent: list[Usage] = []
        for line in piece.text.split("\n"):
            self._note(line)
            applied, figures = _APPLIED.fullmatch(line), self._figures(line)
            if answer is not None and applied is not None:
                answer.blocks.append(_edit(applied[1]))
            elif answer is not None and figures is not None and answer.usage is None:
                answer.usage = figures
            else:
                left.append(line)
                spent += [] if figures is None else [figures]
        if answer is not None and len(left) < piece.text.count("\n") + 1:
            if not isinstance(answer.source, list):
                answer.source = [answer.source]
            answer.source.append(piece.source)
        if left:
            self._tell("\n".join(left), piece, spent)

    def _tell(self, said: str, piece: Piece, spent: list[Usage]) -> None:
        """Add an event, or to the one that aider printed just before; figures of no answer that is seen are its."""
        if self._printed is None or spent or self._printed.usage is not None:
            self.end()
            self._printed = self._message("event", piece)
            self._printed.source = []
            self._printed.usage = measure.total(spent)
        self._printed.source.append(piece.source)
        self._lines.append(said)

    def end(self) -> None:
        """End what aider printed: it is one event."""
        if self._printed is None:
            return
        said = "\n".join(self._lines).strip("\n")
        self._printed.blocks.append(Event("message", text=said))
        self._printed.hidden = not said.strip()
        if len(self._printed.source) == 1:
            self._printed.source = self._printed.source[0]
        self._printed = None
        self._lines.clear()

    def _note(self, line: str) -> None:
        version, model = _VERSION.match(line), _MODEL.match(line)
        if version is not None:
            self.version = self.version or version[1]
        if model is not None:
            self.model = model[1]
        folder = _FOLDER.fullmatch(line)
        if folder is not None:
            self.workspace = folder[1]

    def _figures(self, line: str) -> Usage | None:
        """Return the figures that a line states; the cost of the chat so far is kept."""
        stated = _FIGURES.fullmatch(line) if line.startswith("Tokens: ") else None
        if stated is None:
            return None
        counts = [stated[number] for number in range(1, 5)]
        self.rounded += sum((count or "").endswith(tuple(_UNITS)) for count in counts)
        sent, written, hit, received = map(_count, counts)
        so_far = _number(stated[6])
        self.cost = self.cost if so_far is None else so_far
        return Usage(
            input_tokens=None if sent is None else max(0, sent - (written or 0)),
            output_tokens=received,
            cache_read_tokens=hit,
            cache_write_tokens=written,
            cost_usd=_number(stated[5]),
        )


def _edit(path: str) -> ToolCall:
    """Return the call that an applied edit stands for."""
    call = ToolCall(name="edit", input={"path": path}, status="completed", result=ToolResult(is_error=False))
    return tools.describe(call)


def _written(text: str) -> list[Any]:
    """Return what the model wrote, its thoughts apart from its words."""
    blocks: list[Text | Thinking] = []
    at = 0
    while (opened := _THOUGHT.search(text, at)) is not None:
        end = text.find(f"</{opened[1]}>", opened.end())
        if end < 0:
            break
        _say(blocks, text[at : opened.start()])
        thought = text[opened.end() : end].strip()
        if thought:
            blocks.append(Thinking(thought))
        at = end + len(opened[1]) + 3
    _say(blocks, text[at:])
    return blocks


def _say(blocks: list[Text | Thinking], text: str) -> None:
    if text.strip():
        blocks.append(Text(text.strip()))


def _count(written: str | None) -> int | None:
    """Return a count as aider writes it: ``604``, ``5,244``, ``4.1k``."""
    if written is None:
        return None
    unit = _UNITS.get(written[-1], 1)
    number = _number(written.rstrip("kM"))
    return None if number is None else round(number * unit)


def _number(written: str | None) -> float | None:
    try:
        return None if written is None else float(written.replace(",", ""))
    except ValueError:
        return None
