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

SAID_BEGIN, SAID_END = '<div class="said" dir="auto">\n', "</div>\n"
"""Stand around a text that is rendered."""

THINKING_END = "</details>\n"
"""Ends what ``thinking_begin`` has begun."""


def entry(number: int, begins: str) -> str:
    """Return a turn's place in the contents."""
    return f'<li><a href="#turn-{number}" dir="auto">{shown(begins)}</a></li>\n'


def markup(text: str) -> Markup:
    """Return what is escaped already; ``Markup`` itself asks what it is given, which takes three times as long."""
    return str.__new__(Markup, text)


def shown(text: str) -> str:
    """Return a text escaped, as a template would have it."""
    if text.isalnum():  # names, which are most of what is short
        return text
    return (
        text.replace("&", "&amp;").replace(">", "&gt;").replace("<", "&lt;").replace("'", "&#39;").replace('"', "&#34;")
    )


def body_begin(role: str, who: str, time: str | None, meta: Sequence[str]) -> str:
    """Return how a message begins: what ``who`` has written of the speaker, when, and what it took."""
    named = " named" if who else ""
    about = f'<p class="meta">{time or ""}{took(meta)}</p>\n' if time or meta else ""
    return f'<div class="message {shown(role)}{named}">\n{who}{about}<div class="body">\n'


def took(meta: Iterable[str]) -> str:
    """Return what a message took, behind its time."""
    return "".join([f" <span>{shown(each)}</span>" for each in meta])


def who(level: int, speaker: str, number: int | str | None) -> str:
    """Return the heading of what ``speaker`` has written; that of a turn has a number, and is a link to itself."""
    if not number:
        return f'<h{level} class="who">{speaker}</h{level}>\n'
    link = f'<a class="number" href="#turn-{number}">{number}</a> '
    return f'<h{level} class="who" id="who-{number}">{link}{speaker}</h{level}>\n'


def speaker(role: str, more: Iterable[str]) -> str:
    """Return who speaks, and what else is known of that."""
    return shown(role) + "".join([f' <span class="more"><bdi>{shown(each)}</bdi></span>' for each in more])


def said(html: str) -> Markup:
    """Return a text that is rendered already."""
    return markup(f"{SAID_BEGIN}{html}{SAID_END}")


def thinking_begin(kind: str, begins: str) -> str:
    """Return how it is folded what the model thought: its beginning is seen."""
    return (
        f'<details class="thinking">\n<summary><span class="kind">{shown(kind)}</span>'
        f' <span class="begins" dir="auto">{shown(begins)}</span></summary>\n'
    )


def thinking(kind: str, begins: str, html: str) -> Markup:
    """Return what the model thought, folded."""
    return markup(f"{thinking_begin(kind, begins)}{said(html)}{THINKING_END}")


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
