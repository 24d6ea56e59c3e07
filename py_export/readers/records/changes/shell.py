"""What commands may have done to files, and what some show of them whole: a shell's word is taken for nothing more."""

from __future__ import annotations

import re
import shlex
from typing import Any

from py_export.changes import FileChange, lines_of
from py_export.model import Code, Text, ToolCall
from py_export.readers.records import values
from py_export.readers.records.changes import asked, seen

_READING = frozenset(
    """
    ls cat head tail less more grep rg egrep fgrep wc pwd echo printf which type whoami date file stat du df tree env
    printenv uname hostname ps id true false test [ diff cmp nl sort uniq cut tr column jq basename dirname realpath
    readlink sleep cd
    """.split()  # noqa: SIM905 - a list of words is easier to read
)
"""Commands that change no file, whatever they are told, unless a shell leads what they print into one."""

_GIT = frozenset("status log diff show blame grep ls-files rev-parse describe shortlog".split())  # noqa: SIM905
_FLAGS = {
    "sed": ("-i", "--in-place"),
    "sort": ("-o", "--output"),
    "find": ("-exec", "-delete", "-fprint", "-ok", "-fls"),
    "fd": ("-x", "-X", "--exec"),
}
"""Commands that change no file but with one of these."""

_WRITING = re.compile(r">(?!&\d)|`|\$\(|<\(")
_PARTS = re.compile(r"&&|\|\||[|;\n]")
_NO_FILE = re.compile(r"(?:\d|&)?>>?\s*(?:/dev/null|&\d)")
_PLAIN = re.compile(r"[^\s;&|<>'\"$`*?\[\]{}~!\\()]+")
_LINES = re.compile(r"(\d{1,7}),(\d{1,7})p")
_MADE = re.compile(r"tokens truncated|omitted|\.\.\. ?\[|Total output lines:")
_NUMBERED = re.compile(r" {0,5}(\d{1,7})\t(.*)", re.DOTALL)
"""How ``nl`` lays a line out."""


def may_write(call: ToolCall) -> bool:
    """Return whether a command may have changed files; what it is not known to leave alone, it may."""
    if call.status in ("denied", "cancelled"):
        return False
    command = command_of(call)
    if command is None:  # a look at one that still runs
        return values.first(values.mapping(call.input), "bash_id", "shell_id") is None
    bare = _outside_quotes(_NO_FILE.sub("", command))
    return _WRITING.search(bare) is not None or not all(reads(part.split()) for part in _PARTS.split(bare))


def shown(call: ToolCall) -> list[FileChange]:
    """Return the lines of a file that a plain ``cat``, ``head``, ``sed -n`` or ``nl`` printed."""
    command = command_of(call)
    text = _printed(call)
    found = None if command is None or text is None else _asked_for(command)
    if found is None or text is None:
        return []
    path, first, last, numbered = found
    lines = lines_of(text)
    shown = _unnumbered(lines) if numbered else lines
    if len(shown) < len(lines) or (last is not None and len(shown) > last - first):
        return []
    ends = last is None or len(shown) < last - first
    return [seen.seen(path, first, shown, ends=ends, folder=asked.folder_of(values.mapping(call.input)))]


def _unnumbered(lines: list[str]) -> list[str]:
    """Return the lines behind their numbers, those that have the right one."""
    matches = [_NUMBERED.fullmatch(line) for line in lines]
    return [match[2] for at, match in enumerate(matches, 1) if match is not None and int(match[1]) == at]


def _printed(call: ToolCall) -> str | None:
    """Return what a command printed, where all of it is there to the end of its last line."""
    result = call.result
    texts = [block.text for block in result.blocks if isinstance(block, (Text, Code))] if result else []
    if call.status != "completed" or result is None or len(texts) != 1 or not texts[0].endswith("\n"):
        return None
    data = result.data
    raw = data.get("aggregated_output") if isinstance(data, dict) else data
    cut = _MADE.search(texts[0]) or (isinstance(raw, str) and _MADE.search(raw))
    return None if cut else texts[0]


def _asked_for(command: str) -> tuple[str, int, int | None, bool] | None:
    """Return the file whose lines a command prints, from which line on, up to which, and whether by number."""
    try:
        words = shlex.split(command)
    except ValueError:
        return None
    paths = [word for word in words[-1:] if _PLAIN.fullmatch(word) and not word.startswith("-")]
    if not paths or not all(_PLAIN.fullmatch(word) for word in command.split() if not word.startswith(("'", '"'))):
        return None
    match words[:-1]:
        case ["cat"] | ["cat", "--"] | ["nl", "-ba"]:
            first, last = 0, None
        case ["head", "-n", count] if count.isdecimal():
            first, last = 0, int(count)
        case ["sed", "-n", span] if found := _LINES.fullmatch(span):
            first, last = int(found[1]) - 1, int(found[2])
        case _:
            return None
    return paths[0], first, last, words[0] == "nl"


def command_of(call: ToolCall) -> str | None:
    """Return what a shell was told, as one line; None where that is not said."""
    given: Any = call.input
    if isinstance(given, dict):
        given = values.first(given, "command", "cmd", "CommandLine", "script")
    if isinstance(given, list) and given and all(isinstance(word, str) for word in given):
        return _of_words(given)
    return given if isinstance(given, str) else None


def _of_words(words: list[str]) -> str:
    """Return words as one line; of ``bash -lc "ls"`` what the shell was told."""
    match words:
        case [_, flag, script] if flag.startswith("-") and flag.endswith("c"):
            return script
    return shlex.join(words)


def _outside_quotes(command: str) -> str:
    return re.sub(r"'[^']*'|\"[^\"$`]*\"", "x", command)


def reads(part: list[str]) -> bool:
    """Return whether a command, given by its words, changes no file."""
    name, *words = part or ["true"]
    if name == "git":
        return bool(words) and words[0] in _GIT
    if name == "sed" and "-n" not in words:
        return False
    return (name in _READING or name in _FLAGS) and not any(
        word.startswith(_FLAGS.get(name, ("\0",))) for word in words
    )
