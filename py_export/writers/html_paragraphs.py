"""
The short way through many paragraphs at once: one search over all of them, and a look at what it finds.

It gives what ``inline`` gives and the parser (a test holds them against each other). Only what is known without a look
at the rest of its paragraph is known here: code, words in bold that hold no more than words and code, links, addresses.
A paragraph with anything else is left out, and goes on to ``inline``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import quote

from py_export.writers.html_inline import HOST, LinkOpen, escaped, is_other, path

BETWEEN, LEFT_OUT = "\0", "\1"
"""Stand between paragraphs, and in one that is left out; no paragraph may hold either."""

_CODE = r"`(?![ `])[^`\n\0]*(?<! )`(?!`)"
_PLAIN = r"[^`*_\[\]\\~/\0]*"
_WORDS = rf"{_PLAIN}(?:(?:{_CODE}|/(?!/)|_(?<=\w_)(?=\w)){_PLAIN})*"
_OPENED = r"(?:(?=[^\W_])|(?<=[ \t\n\0(]{0})(?=[^\s*\0]))"
_CLOSED = r"(?:(?<=[^\W_]){0}(?!\*)|(?<=[^\s\0]){0}(?=[ \t\n\0.,:;!?)]))"
_STARRED = "|".join(f"{stars}{_OPENED}{_WORDS}{_CLOSED}".replace("{0}", stars) for stars in (r"\*\*", r"\*"))
"""Stars around words, the first of which surely open and the last surely close (CommonMark, section 6.2)."""

_SAID = r"[^\[\]`*_&\\~!:@/\n\0]*(?:&[gq][^\[\]`*_&\\~!:@/\n\0]*)*"
_LINK = rf"\[(?<!!\[)(?!\]){_SAID}\]\({HOST}(?:/[A-Za-z0-9_/.,;?=+~-]*)?(?:\#[A-Za-z0-9_.-]*)?\)"
_IDEOGRAPHS = "\u3001\u3002\u4e00-\u9fff"
_ADDRESS = (
    r"/(?:(?<=https:/)(?<![A-Za-z0-9_:+.-]https:/)|(?<=http:/)(?<![A-Za-z0-9_:+.-]http:/))"
    rf"{HOST.removeprefix('https?:/')}(?:{path(f'`{_IDEOGRAPHS}')})?"
    rf"(?:(?<=[A-Za-z0-9_/])(?=[.,)]?[ \t\n\r\f\v\0])|(?<=[{_IDEOGRAPHS}])(?=[ \t\n\0]))"
)
"""
An address from its second slash on: few letters are one, so that the search leaps.

What follows in Chinese without a space is part of it, as it is for the parser.
"""

_UNSURE = r"`|\*\**|_(?:(?<!\w_)|(?!\w))|\[(?<=!\[)|\](?=\()|\\|~|/(?=/)"
"""What takes a look at more than itself: all of it is one sign, but for stars."""

_TOKEN = re.compile(f"({_CODE}|{_STARRED}|{_LINK}|{_ADDRESS}|{_UNSURE})")
"""What may stand for more than itself; each begins with a letter of its own, by which the search leaps."""

_CODE_WITHIN = re.compile(f"({_CODE})")
_SPACE = frozenset(" \t\n\0")


def paragraphs(contents: Sequence[str], link_open: LinkOpen, *, breaks: bool) -> list[str | None]:
    """
    Return what each paragraph says as HTML, None for what is left out.

    Args:
        contents: What was said, without space around it.
        link_open: Writes the beginning of a link.
        breaks: Every line end is one to be seen.
    """
    said = BETWEEN.join(contents)
    other: set[int] = set()
    if is_other(said):
        other = {at for at, content in enumerate(contents) if is_other(content)}
        said = BETWEEN.join(["" if at in other else content for at, content in enumerate(contents)])
    parts = _TOKEN.split(f"{BETWEEN}{escaped(said)}{BETWEEN}")
    for at in range(1, len(parts), 2):
        found = parts[at]
        # Code, as most are, is written here: to ask for it takes longer.
        is_code = found[0] == "`" and len(found) > 1
        parts[at] = _code(found) if is_code else _written(found, parts, at, link_open)
    html = "".join(parts)[1:-1]
    if breaks:
        html = html.replace("\n", "<br>\n")
    all_of_them = html.split(BETWEEN)
    if other or LEFT_OUT in html:
        return [None if at in other or LEFT_OUT in one else one for at, one in enumerate(all_of_them)]
    return [*all_of_them]


def _written(token: str, parts: list[str], at: int, link_open: LinkOpen) -> str:
    """Return a token as HTML."""
    first = token[0]
    if len(token) < 3 or (first == "*" and token.startswith("***")):  # noqa: PLR2004 - no token that is known is as short
        is_text = first == "*" and parts[at - 1][-1:] in _SPACE and parts[at + 1][:1] in _SPACE
        return token if is_text else LEFT_OUT
    if first == "*":
        name, width = ("strong", 2) if token[1] == "*" else ("em", 1)
        inside = token[width:-width]
        if "`" in inside:
            between = _CODE_WITHIN.split(inside)
            between[1::2] = map(_code, between[1::2])
            inside = "".join(between)
        return f"<{name}>{inside}</{name}>"
    if first == "[":
        shown, _, address = token[1:-1].partition("](")
    else:
        before, scheme, secure = parts[at - 1].rpartition("http")
        parts[at - 1] = before
        shown = address = f"{scheme}{secure}{token}"
    beginning = link_open(address if address.isascii() else quote(address, safe="/:?#="))
    return f"{beginning}{shown}</a>" if beginning is not None else LEFT_OUT


def _code(token: str) -> str:
    said = token[1:-1]
    if "'" in said:
        said = said.replace("'", "&#x27;")
    return f"<code>{said}</code>"
