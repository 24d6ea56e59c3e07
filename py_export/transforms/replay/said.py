"""What is no one's speech, as plain text: attachments, sources, events, records, a tool's input and output."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from py_export import times
from py_export.l10n import translate
from py_export.markdown import one_line
from py_export.model import Citation, Code, Event, File, Image, Json, Text, ToolCall, Unknown
from py_export.notices import Notices
from py_export.replay_options import ReplayOptions
from py_export.transforms.leaves import is_base64, leaves
from py_export.transforms.replay.events import Attached

_NOTHING: tuple[Json, ...] = (None, "", {}, [])
_LEFT_OUT = {"file": "file_left_out", "image": "image_left_out"}


@dataclass(frozen=True, slots=True)
class Said:
    """The words of a replay's options, and the notices of what stays behind."""

    options: ReplayOptions
    notices: Notices

    def noted(self, block: Image | File | Citation | Event | Unknown, where: str) -> tuple[Attached, str]:
        """Return what a block is, and what is said of it."""
        if isinstance(block, Image | File):
            return block.type, self._attachment(block, where)
        if isinstance(block, Citation):
            parts = (one_line(block.title or ""), one_line(block.url or ""), (block.text or "").strip())
            return "citation", "\n".join(filter(None, parts)) or self.word("markdown.unnamed")
        if isinstance(block, Event):
            return "event", self._event(block, where)
        self.notices.add("unknown_kept", where)
        name = self.word("markdown.unknown", name=one_line(block.name or "?"))
        return "unknown", _lines([name, *self._outline(block.record, where)])

    def input(self, call: ToolCall, where: str) -> str | None:
        """Return all that a tool was given."""
        answers = call.permission.answers if call.permission is not None else None
        return _lines([*self._value(call.input, where), *self._value(answers, where)]) or None

    def output(self, call: ToolCall, where: str) -> str | None:
        """Return all that a tool gave back: as the model saw it, else its structured twin."""
        if call.result is None:
            return None
        parts: list[str] = []
        for at, block in enumerate(call.result.blocks):
            if isinstance(block, Text | Code):
                parts.append(block.text.rstrip("\r\n"))
            else:
                parts.append(self.noted(block, f"{where}.result.blocks[{at}]")[1])
        return _lines(filter(None, parts)) or _lines(self._value(call.result.data, where)) or None

    def word(self, key: str, **values: str | int) -> str:
        """Return the document's own words for ``key``."""
        return translate(key, self.options.locale, **values)

    def _attachment(self, block: Image | File, where: str) -> str:
        if block.data is not None:
            self.notices.add(_LEFT_OUT[block.type], where)
        name = one_line(block.name or block.path or "") or self.word("markdown.unnamed")
        line = f"{name} ({one_line(block.media_type)})" if block.media_type else name
        url = block.url if block.url and not block.url.startswith("data:") else None
        held = block.text if isinstance(block, File) else None
        return _lines(filter(None, (line, url and one_line(url), held and held.rstrip("\r\n"))))

    def _event(self, block: Event, where: str) -> str:
        key = f"event.{block.name}"
        values = {name: shown for name, value in block.data.items() if (shown := self._shown(name, value)) is not None}
        sentence = translate(key, self.options.locale, **values)
        if sentence not in (key, ""):
            return _lines(filter(None, (sentence, block.text)))
        if block.text and not block.data:
            return block.text
        named = self.word("markdown.event", name=one_line(block.name))
        return _lines(filter(None, (named, *self._outline(block.data, where), block.text)))

    def _shown(self, name: str, value: Json) -> str | int | None:
        """Return a value for a sentence: an integer ``somethingAt`` is a time, ``somethingMs`` a duration."""
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            return None
        if isinstance(value, int) and name.endswith("At"):
            return times.iso(value, self.options.timezone)
        if isinstance(value, int) and name.endswith("Ms"):
            return times.duration(value)
        return value if isinstance(value, int) else one_line(str(value))

    def _value(self, value: Json, where: str) -> Iterator[str]:
        if isinstance(value, str):
            yield value.rstrip("\r\n")
        elif value not in _NOTHING:
            yield from self._outline(value, where)

    def _outline(self, value: Json, where: str) -> Iterator[str]:
        for path, leaf in leaves(value):
            shown = leaf if isinstance(leaf, str) else json.dumps(leaf)
            if isinstance(leaf, str) and is_base64(path, leaf):
                self.notices.add("image_left_out", where)
                shown = self.word("markdown.base64", count=len(leaf))
            apart = "\n" if "\n" in shown else " "
            yield f"{path}:{apart}{shown}" if path else shown


def _lines(parts: Iterable[str | None]) -> str:
    return "\n".join(part for part in parts if part)
