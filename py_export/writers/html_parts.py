"""
What nearly every message of a document is made of, piece by piece.

A long session has a hundred thousand of these pieces. To fill a template takes longer than all else that is done for
one: the document's frame, its figures and what few messages have are templates.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import Markup

BODY_END = "</div>\n</div>\n"
"""Ends a message that ``body_begin`` has begun."""

FOLD_END = Markup("</div>\n</details>\n")
"""Ends what ``fold_begin`` has begun."""


def markup(text: str) -> Markup:
    """Return what is escaped already; ``Markup`` itself asks what it is given, which takes three times as long."""
    return str.__new__(Markup, text)


def shown(text: str) -> str:
    """Return a text escaped, as a template would have it."""
    return (
        text.replace("&", "&amp;").replace(">", "&gt;").replace("<", "&lt;").replace("'", "&#39;").replace('"', "&#34;")
    )


def body_begin(role: str, who: str, time: str | None, meta: Sequence[str]) -> str:
    """Return how a message begins: what ``who`` has written of the speaker, when, and what it took."""
    named = " named" if who else ""
    about = ""
    if time or meta:
        about = f'<p class="meta">{time or ""}{"".join([f" <span>{shown(each)}</span>" for each in meta])}</p>\n'
    return f'<div class="message {shown(role)}{named}">\n{who}{about}<div class="body">\n'


def who(level: int, role: str, more: Iterable[str], number: int | str | None) -> str:
    """Return the heading that says who speaks; that of a turn has a number, and is a link to itself."""
    known = "".join([f' <span class="more"><bdi>{shown(each)}</bdi></span>' for each in more])
    link = f'<a class="number" href="#turn-{number}">{number}</a> ' if number else ""
    place = f' id="who-{number}"' if number else ""
    return f'<h{level} class="who"{place}>{link}{shown(role)}{known}</h{level}>\n'


def said(html: str) -> Markup:
    """Return a text that is rendered already."""
    return markup(f'<div class="said" dir="auto">\n{html}</div>\n')


def thinking(kind: str, begins: str, html: str) -> Markup:
    """Return what the model thought, folded: its beginning is seen."""
    return markup(
        f'<details class="thinking">\n<summary><span class="kind">{shown(kind)}</span>'
        f' <span class="begins" dir="auto">{shown(begins)}</span></summary>\n{said(html)}</details>\n'
    )


def code(path: str | None, html: str) -> Markup:
    """Return code that is rendered already, below its path."""
    above = f'<p class="path"><code>{shown(path)}</code></p>\n' if path else ""
    return markup(f"{above}{html}")


def verbatim(text: str) -> Markup:
    """Return a text as it is, its lines as long as they are."""
    return markup(f'<pre class="verbatim">{shown(lined(text))}</pre>\n')


def lined(text: str) -> str:
    """Return a text to stand in ``<pre>``, whose first line end is not part of it (WHATWG, 13.2.6.4.7)."""
    return f"\n{text}" if text.startswith(("\n", "\r")) else text


def outline(leaves: Iterable[tuple[str, str]]) -> Markup:
    """Return values, rendered already, by their places."""
    inside = "".join([f"<div><dt><code>{shown(place)}</code></dt><dd>{value}</dd></div>\n" for place, value in leaves])
    return markup(f'<dl class="data">\n{inside}</dl>\n')


def tool(name: str, subject: str, how: str, status: str) -> str:
    """Return the line that says what a tool did and how it ended."""
    about = f' <code class="subject" dir="auto">{shown(subject)}</code>' if subject else ""
    ended = f'<span class="how {shown(status)}">{shown(how)}</span>'
    return f'<span class="name"><bdi>{shown(name)}</bdi></span>{about} {ended}'


def fold_begin(line: str, status: str) -> Markup:
    """Return how a tool's line begins that has more folded below it."""
    return markup(f'<details class="tool {shown(status)}">\n<summary>{line}</summary>\n<div class="inside">\n')


def alone(line: str, status: str) -> Markup:
    """Return a tool's line that has nothing below it."""
    return markup(f'<p class="tool {shown(status)}">{line}</p>\n')


def steps(found: Iterable[tuple[str, str, str]]) -> Markup:
    """Return a plan's steps: the sign, the state and the text of each."""
    inside = "".join(
        [
            f'<li class="{state}"><span class="mark">{mark}</span> <bdi>{shown(text)}</bdi></li>\n'
            for mark, state, text in found
        ]
    )
    return markup(f'<ul class="steps">\n{inside}</ul>\n')
