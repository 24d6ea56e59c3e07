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

_CODE = r"`(?![ `])([^`\n\0]*)(?<! )`(?!`)"
_PLAIN = r"[^`*_\[\]\\~/\0]*"
_WORDS = rf"({_PLAIN}(?:(?:{_CODE.replace('([', '(?:[')}|/(?!/)|_(?<=\w_)(?=\w)){_PLAIN})*)"
_OPENED = r"(?:(?=[^\W_])|(?<=[ \t\n\0(]{0})(?=[^\s*\0]))"
_CLOSED = r"(?:(?<=[^\W_]){0}(?!\*)|(?<=[^\s\0]){0}(?=[ \t\n\0.,:;!?)]))"
_STRONG, _EM = (f"{stars}{_OPENED}{_WORDS}{_CLOSED}".replace("{0}", stars) for stars in (r"\*\*", r"\*"))
"""Stars around words, the first of which surely open and the last surely close (CommonMark, section 6.2)."""

_SAID = r"[^\[\]`*_&\\~!:@/\n\0]*(?:&[gq][^\[\]`*_&\\~!:@/\n\0]*)*"
_TARGET = rf"{HOST}(?:/[A-Za-z0-9_/.,;?=+~-]*)?(?:\#[A-Za-z0-9_.-]*)?"
_LINK = rf"\[(?<!!\[)(?!\])({_SAID})\]\(({_TARGET})\)"
_IDEOGRAPHS = "\u3001\u3002\u4e00-\u9fff"
_ADDRESS = (
    r"(?:(?<=https:/)(?<![A-Za-z0-9_:+.-]https:/)|(?<=http:/)(?<![A-Za-z0-9_:+.-]http:/))"
    rf"{HOST.removeprefix('https?:/')}(?:{path(f'`{_IDEOGRAPHS}')})?"
    rf"(?:(?<=[A-Za-z0-9_/])(?=[.,)]?[ \t\n\r\f\v\0])|(?<=[{_IDEOGRAPHS}])(?=[ \t\n\0]))"
)
"""
An address behind its second slash, with which it begins to be looked for, as few letters are one.

What follows in Chinese without a space is part of it, as it is for the parser.
"""

_UNSURE = r"`|_(?:(?<!\w_)|(?!\w))|\[(?<=!\[)|\](?=\()|\\|~|/(?=/)"
"""What takes a look at more than itself."""

_TOKEN = re.compile(rf"{_CODE}|{_STRONG}|{_EM}|{_LINK}|/({_ADDRESS})|\*(\**)|{_UNSURE}")
"""What may stand for more than itself; each begins with a letter of its own, by which the search leaps."""

_GROUPS = 8
"""A token's, and the text behind it."""

_CODE_WITHIN = re.compile(_CODE)
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
    html = "".join(_written(f"{BETWEEN}{escaped(said)}{BETWEEN}", link_open))[1:-1]
    if breaks:
        html = html.replace("\n", "<br>\n")
    all_of_them = html.split(BETWEEN)
    if other or LEFT_OUT in html:
        return [None if at in other or LEFT_OUT in one else one for at, one in enumerate(all_of_them)]
    return [*all_of_them]


def _written(said: str, link_open: LinkOpen) -> list[str]:
    """Return contents as HTML, piece by piece."""
    parts = _TOKEN.split(said)
    out = parts[:1]
    tokens = zip(*(parts[at::_GROUPS] for at in range(1, _GROUPS + 1)), strict=True)
    for code, strong, em, shown, target, address, stars, text in tokens:
        if code is not None:
            out += ("<code>", code.replace("'", "&#x27;"), "</code>", text)
        elif strong is not None:
            out += ("<strong>", _with_code(strong) if "`" in strong else strong, "</strong>", text)
        elif em is not None:
            out += ("<em>", _with_code(em) if "`" in em else em, "</em>", text)
        elif shown is not None:
            out += (_link(shown, target, link_open), text)
        elif address is not None:
            before, scheme, secure = out[-1].rpartition("http")
            out[-1] = before
            whole = f"{scheme}{secure}/{address}"
            out += (_link(whole, whole, link_open), text)
        elif stars is not None and out[-1][-1:] in _SPACE and text[:1] in _SPACE:
            out += (f"*{stars}", text)
        else:
            out += (LEFT_OUT, text)
    return out


def _link(shown: str, target: str, link_open: LinkOpen) -> str:
    beginning = link_open(target if target.isascii() else quote(target, safe="/:?#="))
    return LEFT_OUT if beginning is None else f"{beginning}{shown}</a>"


def _with_code(words: str) -> str:
    return _CODE_WITHIN.sub(lambda found: "<code>" + found[1].replace("'", "&#x27;") + "</code>", words)
