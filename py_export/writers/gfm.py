"""GitHub's flavour of Markdown, parsed with no trust in who wrote it: HTML is text, an address is what it is."""

from __future__ import annotations

import re
from collections.abc import MutableMapping, Sequence
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

MOST_NESTED = 100
"""Quotes and lists inside each other; markdown-it drops what is deeper."""

_LINKS = ("link_open", "image")

LONGEST = 200_000
"""Characters of one text that markdown-it takes about a second for."""

_MOST_OPEN = 1_000
"""Brackets that nothing closes: each makes it look through what follows."""

_ESCAPED = r"[\w.~!$&'()*+,;=:@/{more}-]|%[0-9A-Fa-f]{{2}}"
_PATH, _QUERY = (f"(?:{_ESCAPED.format(more=more)})*+" for more in ("", "?"))
_LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?"
_WEB = re.compile(
    rf"https?://(?:{_LABEL}\.)*{_LABEL}(?::\d{{1,5}})?(?:/{_PATH})?(?:\?{_QUERY})?(?:#{_QUERY})?"
    r"|mailto:[\w.+-]+@[\w.-]+",
    re.ASCII | re.IGNORECASE,
)
"""RFC 3986 for the schemes that a document may link to; an address that is none of these is text."""

Environment = MutableMapping[str, Any]


def gfm(renderer: type[RendererHTML] = RendererHTML) -> MarkdownIt:
    """Return a parser."""
    options = {"html": False, "maxNesting": MOST_NESTED, "xhtmlOut": False}
    parser = MarkdownIt("gfm-like2", options, renderer_cls=renderer)
    if parser.linkify is not None:  # main.py and build.sh are files, though .py and .sh are top-level domains
        parser.linkify.set({"fuzzy_link": False, "fuzzy_email": False})
        # No address is without one of these; to look for one takes longer than all the rest.
        look = parser.linkify.pretest
        parser.linkify.pretest = lambda text: (":" in text or "//" in text) and look(text)
    # Which addresses become links is decided where they are rendered, so that no text is lost.
    parser.validateLink = lambda url: True  # type: ignore[method-assign]  # noqa: ARG005 - the name that it is called by
    return parser


def is_too_long(text: str) -> bool:
    """Return whether a text takes too long to be parsed."""
    if len(text) <= _MOST_OPEN:
        return False
    opened = text.count("[")
    return len(text) > LONGEST or (opened > _MOST_OPEN and opened > text.count("]") + _MOST_OPEN)


def is_web(url: str) -> bool:
    """Return whether a document may link to an address."""
    return _WEB.fullmatch(url) is not None


def unused_definitions(text: str, tokens: Sequence[Token], env: Environment) -> list[str]:
    """Return the definitions of links that no link uses, as they are written: Markdown would show nothing of them."""
    inline = [child for token in tokens for child in token.children or ()]
    used = {str(token.attrs.get("href", token.attrs.get("src"))) for token in inline if token.type in _LINKS}
    found = [one for one in env.get("references", {}).values() if one["href"] not in used]
    found += env.get("duplicate_refs", [])
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return ["\n".join(lines[slice(*one["map"])]) for one in sorted(found, key=lambda one: one["map"])]
