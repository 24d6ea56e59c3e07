"""Tells without a parser that a text cannot harm the document around it, as nearly none can."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import accumulate

_BLANK = re.compile(r"\n[ \t]*(?=\n)")
_LESS_INDENTED = {indent: re.compile(rf"\n(?! {{{indent}}}|[ \t]*(?:\n|\Z))") for indent in (1, 2, 3)}


CouldRead = Callable[[int, str], bool]
"""Asked of a level and a content."""


def harmless(text: str, suspects: re.Pattern[str], could_read: CouldRead, could_end: CouldRead) -> bool:
    """
    Return whether ``text`` surely leaves nothing open and holds no heading that could read as one of the document's.

    Knows fenced code that is opened and closed in plain sight, and looks at nothing inside it; whatever else might be
    structure is left to the parser.

    Args:
        text: The text of a message, to stand alone between two blank lines.
        suspects: What to look at (``suspects()``).
        could_read: Whether a heading of that level and content could read as one of the document's own.
        could_end: Whether one could that begins anywhere in that content and ends with it.
    """
    lines = f"\n{text}\n"
    if "\r" in lines:
        lines = lines.replace("\r\n", "\n").replace("\r", "\n")
    opened: re.Match[str] | None = None
    tagged = 0  # Up to here, lines may belong to a block of HTML: what looks like a fence may be none.
    for match in suspects.finditer(lines):
        kind = match.lastgroup
        if opened is not None:
            closes = kind in ("fence", "fenced") and _closes(lines, opened, match)
            if closes is None:
                return False
            opened = None if closes else opened
        elif kind in ("fence", "fenced"):
            if match.start() < tagged:
                return False
            opened = match if kind == "fence" else None
        elif kind == "tag":
            tagged = tagged if match.start() < tagged else _blank_after(lines, match)
        elif _harms(lines, match, could_read, could_end):
            return False
    return opened is None


def doubtful(texts: Sequence[bytes], hints: re.Pattern[bytes]) -> set[int]:
    """
    Return which of several texts in UTF-8 need a look of their own, the others being harmless: one search for all.

    Args:
        texts: The texts of messages.
        hints: What to look at (``hints()``).
    """
    lines = b"\n\n".join((b"", *texts, b""))
    found = {at for at, text in enumerate(texts) if b"\r" in text} if b"\r" in lines else set()
    starts: list[int] = []
    match = hints.search(lines)
    while match is not None:
        starts = starts or list(accumulate((len(text) + 2 for text in texts), initial=2))
        after = bisect_right(starts, match.start() + 1)
        if match.lastgroup == "fenced" and match.end() <= starts[after] - 2:
            match = hints.search(lines, match.end())
        else:  # what opens in one text closes in another, and so does not close; the next is looked at by itself
            found.add(after - 1)
            match = hints.search(lines, starts[after] - 1)
    return found


@lru_cache(maxsize=16)
def suspects(names: tuple[str, ...]) -> re.Pattern[str]:
    """Return the pattern of lines that might be structure: of headings below the first level, what could be a name."""
    return re.compile(_suspects(names, "", ""))


@lru_cache(maxsize=16)
def hints(names: tuple[str, ...]) -> re.Pattern[bytes]:
    """Return the same for texts in UTF-8; where bytes tell less than characters, it finds more."""
    letters = tuple(name.encode().decode("latin-1") for name in names)
    # Without regard to case, a long s is an s; and what is no ASCII may be space.
    pattern = _suspects(letters, r"|\xc5\xbf(?i:cript|tyle)", r"\x1c-\x1f\x80-\xff")
    return re.compile(pattern.encode("latin-1"))


def _suspects(names: tuple[str, ...], more_tags: str, more_space: str) -> str:
    """Return what begins with a literal line feed, so that the search leaps from line to line."""
    letters = "|".join(map(_in_order, names)) or "(?!)"
    return (
        # An item or a quote that says something at once, as most do, is none of these; nor is what is said in bold.
        r"\n(?=[ \t`~<#=\->*+.)0-9])"
        r"(?! {0,3}(?:\*\*|(?:[\->*+]|[0-9]{1,2}[.)]) ?(?:\*\*)?)[^ \t\n>*+\-.)0-9=])"
        # Three backticks at the margin, and the same again at the margin with nothing like it between them.
        r"(?:(?P<fenced>```(?!`)[^`\n]*+(?:\n(?! {0,3}```)[^\n]*+)*+\n```[ \t]*+(?=\n))"
        # More than three spaces make no block.
        r"|(?=[ `~<#]) {0,3}(?:(?P<fence>`{3,}(?=[^`\n]*\n)|~{3,})"
        # HTML that only its own end ends (types 1 to 5 of section 4.6), and HTML that a blank line ends.
        rf"|(?P<html><(?:[!?]|(?:(?i:script|pre|style|textarea){more_tags})(?=[\s>{more_space}])))"
        r"|(?P<tag></?[A-Za-z])"
        rf"|(?P<heading>#(?=[ \t\n])|#{{2,6}}(?=[ \t])(?=[^&\n]*+&|{letters})))"
        # A row of dashes or equals signs is an underline only below a text.
        r"|(?=[ =-])(?<=[^\n]\n) {0,3}(?P<underline>(?:=+|-+)[ \t]*+(?=\n))"
        # Ten lists in one another need a marker behind sixteen columns: four tab stops, each of four columns or less.
        r"|(?P<deep>(?:[ >*+\-.)0-9]{4}|[ >*+\-.)0-9]{0,3}\t){4}[ \t>*+\-.)0-9]*?[>*+\-.)](?=[ \t\n>])))"
    )


def _in_order(name: str) -> str:
    """Return a pattern of a line that has a name's letters in their order, whatever markup stands between them."""
    return "".join(f"[^{escaped}\\n]*+{escaped}" for escaped in map(re.escape, name.replace(" ", "")))


def _harms(lines: str, match: re.Match[str], could_read: CouldRead, could_end: CouldRead) -> bool:
    """Return whether a line outside any fence might open a block for good, or be a heading that reads as ours."""
    if match.lastgroup == "heading":
        return could_read(len(match["heading"]), _rest(lines, match))
    if match.lastgroup != "underline":
        return True
    above = _above(lines, match.start())
    return above is not None and could_end(1 if "=" in match["underline"] else 2, above)


def _closes(lines: str, opened: re.Match[str], match: re.Match[str]) -> bool | None:
    """Return whether a line closes the fence, or None where that takes a parser: an indented fence may be a list's."""
    opening, marks = opened["fence"], match["fence"]
    if marks is None:  # three backticks and three again, which more than three may hold
        return False if opening.startswith("````") and _indent(opened) == 0 else None
    alone = not _rest(lines, match).strip(" \t")
    closes = alone and marks[0] == opening[0] and len(marks) >= len(opening)
    indent = _indent(opened)
    if indent == 0:
        return closes
    if not closes or _indent(match) != indent:
        return None
    return None if _LESS_INDENTED[indent].search(lines, opened.end(), match.start()) else True


def _blank_after(lines: str, match: re.Match[str]) -> int:
    """Return where the next blank line begins, or the end."""
    blank = _BLANK.search(lines, match.end())
    return blank.start() + 1 if blank else len(lines)


def _rest(lines: str, match: re.Match[str]) -> str:
    return lines[match.end() : lines.index("\n", match.end())]


def _indent(match: re.Match[str]) -> int:
    return match.end() - match.start() - 1 - len(match["fence"])


def _above(lines: str, at: int) -> str | None:
    """Return at least the paragraph that ends at ``at``; None where the line before is blank."""
    if not lines[lines.rfind("\n", 0, at) + 1 : at].strip(" \t"):
        return None
    return lines[lines.rfind("\n\n", 0, at) + 1 : at]
