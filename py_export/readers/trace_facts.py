"""The lines of facts in a trace, and its words in the language that it was written in."""

from __future__ import annotations

import re
from functools import cache
from typing import get_args

from py_export.l10n import translate
from py_export.model import Role, ToolStatus, Usage
from py_export.times import parse_offset

BLOCKS = ("text", "thinking", "image", "file", "code", "event", "error", "citation", "unknown")
"""The blocks that have a heading of one fixed word."""

_LINE = re.compile(r"\n*_(.+)_(?=\n|\Z)")
_CODE = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)")
_DOT = " · "
_DOLLARS = re.compile(r"\$([\d,]+\.\d+)")
_DURATION = re.compile(r"([\d,]+) ms")


def split(chunk: str) -> tuple[list[str], list[str], str]:
    """Return the code spans and the words of the line of facts that a section begins with, and what follows it."""
    line = _LINE.match(chunk)
    if line is None:
        return [], [], chunk
    spans = [_unpadded(match[2]) for match in _CODE.finditer(line[1])]
    words = [word for word in _CODE.sub("", line[1]).split(_DOT) if word]
    return spans, words, chunk[line.end() :]


def usage(words: list[str], locale: str) -> Usage | None:
    """Return the figures among a line's words; the model's input is one figure there, whatever came from a cache."""
    found = Usage()
    for word in words:
        counted = next((match for one in _figures(locale) if (match := one.search(word)) is not None), None)
        for name, digits in ({} if counted is None else counted.groupdict()).items():
            setattr(found, name, int(digits.replace(",", "")))
        cost = _DOLLARS.search(word)
        if cost is not None:
            found.cost_usd = float(cost[1].replace(",", ""))
    return None if found == Usage() else found


def utc_offset(words: list[str]) -> int | None:
    """Return the minutes east of UTC among a message's words: ``UTC+03:00``."""
    return next((parse_offset(word) for word in words if word.startswith("UTC")), None)


def exit_code(words: list[str], locale: str) -> int | None:
    """Return a command's exit code among a call's words."""
    exited = _pattern("markdown.exit-code", locale, code="code")
    matches = (exited.fullmatch(word) for word in words)
    return next((int(match["code"]) for match in matches if match is not None), None)


def milliseconds(words: list[str]) -> int | None:
    """Return a call's duration among its words."""
    matches = (_DURATION.fullmatch(word) for word in words)
    return next((int(match[1].replace(",", "")) for match in matches if match is not None), None)


@cache
def roles(locale: str) -> dict[str, Role]:
    """Return every role by its word."""
    return {translate(f"markdown.role.{role}", locale): role for role in get_args(Role)}


@cache
def statuses(locale: str) -> dict[str, ToolStatus]:
    """Return every way in which a call may have ended by its word."""
    return {translate(f"markdown.status.{status}", locale): status for status in get_args(ToolStatus)}


@cache
def blocks(locale: str) -> dict[str, str]:
    """Return the type of every block that has a heading of its own by its word."""
    return {translate(f"markdown.block.{kind}", locale): kind for kind in BLOCKS}


@cache
def beginning(key: str, name: str, locale: str) -> str:
    """Return how a key's words begin, up to what fills ``name``."""
    return translate(key, locale, **{name: "\n"}).partition("\n")[0]


@cache
def _figures(locale: str) -> tuple[re.Pattern[str], ...]:
    given, made = {"given": "input_tokens"}, {"made": "output_tokens"}
    return (
        _pattern("markdown.tokens-both", locale, **given, **made),
        _pattern("markdown.tokens-in", locale, **given),
        _pattern("markdown.tokens-out", locale, **made),
    )


@cache
def _pattern(key: str, locale: str, **groups: str) -> re.Pattern[str]:
    """Return what matches a key's words, its numbers as groups by their names."""
    marks = {name: f"MARK{at}" for at, name in enumerate(groups)}
    escaped = re.escape(translate(key, locale, **marks))
    for name, mark in marks.items():
        escaped = escaped.replace(mark, f"(?P<{groups[name]}>-?[0-9,]+)")
    return re.compile(escaped)


def _unpadded(span: str) -> str:
    padded = len(span) > 2 and span[0] == " " == span[-1] and not span.isspace()  # noqa: PLR2004 - a space on either side
    return span[1:-1] if padded else span
