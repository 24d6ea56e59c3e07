"""
Text made safe for Markdown: fences, code spans, quotes, escapes.

This and the guard are the only places that know CommonMark's rules.

Section numbers are those of the CommonMark specification 0.31.2.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from wcwidth import iter_graphemes

_BACKTICKS = re.compile("`+")
_LINE_END = re.compile(r"(\r\n|\n|\r)")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")
_ALWAYS = "\\`*[]<~"
"""What is markup wherever it stands; the backslash first, as the others are given one."""

_MARKUP = {
    "&": re.compile(r"&(?=#?[A-Za-z0-9]+;)"),
    "_": re.compile(r"_(?:(?<![A-Za-z0-9_]_)_*|_*(?![A-Za-z0-9_]))"),
    "#": re.compile(r"#(?:(?<=\s#)|(?<=^#))#*$", re.MULTILINE),
}
"""What is markup in some places: each begins with its character, by which the search leaps."""

_ALONE = re.compile(
    "[ -~\u00a1-\u00ac\u00ae-\u02ff\u0370-\u03ff\u0400-\u0482\u048a-\u052f\u2010-\u2027\u3000-\u3029"
    "\u3041-\u3096\u30a0-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uff01-\uff9d]*"
)
"""Characters that are grapheme clusters of their own among each other; not all that are."""

_PRINTABLE = bytes(range(32, 127))
_LANGUAGE = re.compile(r"[^\s`]{1,40}")
_WEB = re.compile(r"(?:https?|mailto):[^\s<>\\\x00-\x20\x7f-\x9f]+", re.IGNORECASE)


def fence(text: str, language: str | None = None) -> str:
    """
    Return ``text`` verbatim between two fences longer than any run of backticks inside it (4.5).

    A line end is added before the closing fence where the text does not bring its own.
    """
    longest = max(map(len, _BACKTICKS.findall(text)), default=0) if "```" in text else 0
    marks = "`" * max(3, longest + 1)
    named = _LANGUAGE.match(language.strip()) if language else None
    end = "" if text.endswith("\n") else "\n"
    return f"{marks}{named[0] if named else ''}\n{text}{end}{marks}"


def code(text: str) -> str:
    """Return ``text`` as a code span on one line (6.1): line ends are spaces, controls U+FFFD, the rest is verbatim."""
    line = text if text.isprintable() else _CONTROL.sub("\ufffd", _LINE_END.sub(" ", text).replace("\t", " "))
    if not line:
        return ""
    longest = max(map(len, _BACKTICKS.findall(line))) if "`" in line else 0
    marks = "`" * (1 if longest == 0 else longest + 1)
    padded = line[0] == "`" or line[-1] == "`" or (line[0] == " " == line[-1] and not line.isspace())
    return f"{marks} {line} {marks}" if padded else f"{marks}{line}{marks}"


def plain(text: str) -> str:
    """
    Return ``text`` on one line with a backslash before whatever could be markup (2.4), so that it reads as it is.

    Runs of white space are one space, controls U+FFFD. Not for the beginning of a line.
    """
    return escaped(one_line(text))


def are_in_one_line(texts: Sequence[str]) -> bool:
    """Return whether ``one_line`` leaves each of these texts as it is, none of them being empty."""
    together = "\n".join(["", *texts, ""])
    return (
        "  " not in together
        and "\n " not in together
        and " \n" not in together
        and "\n\n" not in together
        and together.count("\n") == len(texts) + 1
        and is_printable(together.replace("\n", ""))
    )


def is_printable(text: str) -> bool:
    """Do as ``str.isprintable``, which looks every character up, also where they are ASCII."""
    return not text.encode().translate(None, _PRINTABLE) if text.isascii() else text.isprintable()


def escaped(lines: str) -> str:
    """Return lines with a backslash before whatever could be markup in them, wherever in its line it stands."""
    for mark in _ALWAYS:
        if mark in lines:
            lines = lines.replace(mark, f"\\{mark}")
    for mark, markup in _MARKUP.items():
        if mark in lines:
            lines = markup.sub(_escape if mark * 2 in lines else r"\\\g<0>", lines)
    return lines


def one_line(text: str) -> str:
    """Return ``text`` with each run of white space as one space, none at its ends, and its controls as U+FFFD."""
    # What can be printed holds no white space but the space.
    if text.isprintable() and "  " not in text and text[:1] != " " != text[-1:]:
        return text
    line = " ".join(text.split())
    return line if line.isprintable() else _CONTROL.sub("\ufffd", line)


def shortened(text: str, most: int) -> str:
    """Return the beginning of a line that has more grapheme clusters than ``most``, cut between two; else the line."""
    if len(text) <= most:
        return text
    if _ALONE.fullmatch(text, 0, most + 1):
        return f"{text[: most - 1]}…"
    clusters = list(islice(iter_graphemes(text), most + 1))
    return text if len(clusters) <= most else "".join(clusters[: most - 1]) + "…"


def quote(text: str) -> str:
    """Return ``text`` with ``>`` before every line (5.1), whichever of CommonMark's line ends it uses (2.1)."""
    if "\r" not in text:
        quoted = f"\n{text}\n".replace("\n", "\n> ")[:-2]
        # Twice, as two blank lines in a row share a line end.
        return quoted.replace("\n> \n", "\n>\n").replace("\n> \n", "\n>\n")[1:-1]
    parts = _LINE_END.split(text)
    parts[::2] = [f"> {line}" if line else ">" for line in parts[::2]]
    return "".join(parts)


def link(url: str) -> str:
    """Return an address as an autolink (6.5) where it is one of the web's, else as code: it is never run."""
    return f"<{url}>" if _WEB.fullmatch(url) else code(url)


def _escape(match: re.Match[str]) -> str:
    found = match[0]
    return "".join(f"\\{mark}" for mark in found) if found[0] == "_" else f"\\{found}"
