"""
A shell's line, in commands and words, as far as it can be read without a shell.

Patterns, variables and what braces make are no literal words; a line with a substitution or a loop in it is not read.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_HEREDOC = re.compile(r"<<-?[ \t]*(['\"]?)(\w+)\1([^\n]*)\n(?:.*?\n)?[ \t]*\2(?=\n|\Z)", re.DOTALL)
_TOKEN = re.compile(
    r"""\#[^\n]*
    | (?P<end>&&|\|\||[;|\n])
    | (?P<into>(?:\d|&)?>>?\|?(?!&))
    | (?P<word>(?:'[^']*'|"(?:[^"\\$`]|\\.)*"|\\.|\d?>&\d|[^\s;&|<>()'"\\])+)
    | [ \t\r]+""",
    re.VERBOSE | re.DOTALL,
)
_DOUBLED = re.compile(r"\d?>&\d")
_PATTERN = re.compile(r"[*?\[\]{}$`~!]")
_QUOTED = re.compile(r"'([^']*)'|\"((?:[^\"\\]|\\.)*)\"|\\(.)", re.DOTALL)

_ESCAPED = re.compile(r"\\([$`\"\\])")


class Part(NamedTuple):
    """
    One command of a line.

    Attributes:
        words: Its own, None where one is not literal.
        into: The files that its output goes into.
        after: What stands behind it.
        sure: It ran where the line as a whole succeeded.
    """

    words: list[str | None]
    into: list[str | None]
    after: str
    sure: bool = False


def parts(line: str) -> list[Part]:
    """Return the commands of a line; none where it holds what is not understood."""
    line = _HEREDOC.sub(r" \3", line)
    found: list[Part] = []
    words: list[str | None] = []
    into: list[str | None] = []
    at, led = 0, False
    while at < len(line):
        token = _TOKEN.match(line, at)
        if token is None:
            return []
        at = token.end()
        if token["end"]:
            if words or into:
                found.append(Part(words, into, token["end"]))
            words, into, led = [], [], False
        elif token["into"]:
            led = True
        elif token["word"]:
            if _DOUBLED.fullmatch(token["word"]) is None and not (led and token["word"] == "/dev/null"):
                (into if led else words).append(_literal(token["word"]))
            led = False
    return _weighed([*found, Part(words, into, "")] if words or into else found)


def _weighed(found: list[Part]) -> list[Part]:
    """Return commands with whether they ran: of those that "&&" joins all did where they end the line."""
    made: list[Part] = []
    begin = 0
    for at, part in enumerate(found):
        if part.after in ("&&", "||") and at + 1 < len(found):
            continue
        chain = found[begin : at + 1]
        whole = at + 1 == len(found) and all(one.after != "||" for one in chain)
        made += (one._replace(sure=whole or (number == 0 and one.after != "||")) for number, one in enumerate(chain))
        begin = at + 1
    return made


def _literal(word: str) -> str | None:
    """Return what a word says; None where a shell would put something else in its place."""
    if _PATTERN.search(_QUOTED.sub("", word)):
        return None
    return _QUOTED.sub(lambda found: found[1] or _ESCAPED.sub(r"\1", found[2] or "") or found[3] or "", word)
