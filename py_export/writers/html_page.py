"""What every part of an HTML document is written with: templates, words, times, texts."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from hashlib import sha256
from importlib.resources import files
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined, Template
from markupsafe import Markup

from py_export import times
from py_export.markdown import one_line
from py_export.options import HtmlOptions
from py_export.writers.html_code import block_of_code, language_of
from py_export.writers.html_markdown import link
from py_export.writers.html_parts import markup, verbatim
from py_export.writers.html_texts import Said, rendered
from py_export.writers.sheet import Sheet

_ALERTS = ("note", "tip", "important", "warning", "caution")
_BEYOND = "".join(chr(plane * 0x10000 + last) for plane in range(1, 17) for last in (0xFFFE, 0xFFFF))
_FORBIDDEN = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff{_BEYOND}]")
_FORBIDDEN_BYTES = re.compile(
    # It begins with a set, by which the search leaps: none of these bytes is a letter's, and few are an ideograph's.
    rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\xc2\xef-\xf4](?:(?<=[\x00-\x7f])|(?<=\xc2)[\x80-\x9f]"
    rb"|(?<=\xef)(?:\xb7[\x90-\xaf]|\xbf[\xbe\xbf])|(?<=[\xf0-\xf4])[\x8f\x9f\xaf\xbf]\xbf[\xbe\xbf])"
)
"""What HTML may not hold (WHATWG, 13.2.3.5): controls, surrogates, noncharacters."""

_CONTROLS = bytes([*range(9), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F])
_BEGIN_NONCHARACTERS = bytes(range(0xEF, 0xF5))
_BEGIN_NONE = bytes(sorted({*range(256)} - {*_CONTROLS, 0xC2, *_BEGIN_NONCHARACTERS}))
"""Bytes by which none of that begins in UTF-8: to leave them out and see what is left is the fastest look."""

_IN_NONCHARACTERS = (b"\xbf\xbe", b"\xbf\xbf", b"\xef\xb7")


@dataclass(frozen=True)
class Page(Sheet):
    """The document being written, in HTML."""

    options: HtmlOptions

    @cached_property
    def words(self) -> dict[str, str]:
        """The words that stand among a text's."""
        return {name: self.word(f"html.alert-{name}") for name in _ALERTS} | {"image": self.word("html.image")}

    def said(self, text: str, where: str, *, level: int = 3, breaks: bool = False) -> Markup:
        """Return a text's Markdown as HTML, or, where that cannot be, the text as it is."""
        [found] = rendered([Said(text, level, breaks)], highlight=self.options.highlight, words=self.words)
        if found is None:
            self.notices.add("text_shown_plain", where)
            return verbatim(text)
        if found.images_left_out:
            self.notices.add("image_left_out", where, found.images_left_out)
        return markup(found.html)

    def code(self, text: str, language: str | None = None, path: str | None = None) -> Markup:
        """Return code, coloured where the language is known, by name or by the file's."""
        named = language or (language_of(path) if path else None)
        return markup(block_of_code(text, named, highlight=self.options.highlight))

    def link(self, url: str) -> Markup:
        """Return an address as a link where it may be one."""
        return Markup(link(one_line(url)))  # noqa: S704 - it escapes

    def time(self, milliseconds: int, *, day: bool = True) -> Markup:
        """Return a time with its zone, its date before it where that is asked for."""
        iso = times.iso(milliseconds, self.options.timezone)
        # HTML has no year 0, and no form for years of other than four digits (WHATWG, 2.3.5).
        if iso[4:5] != "-" or iso.startswith("0000"):
            return Markup("<span>{}</span>").format(iso)
        shown = f"{iso[11:19]}{iso[23:]}"
        # Of digits and signs that are no markup: to escape them takes longer than all the rest.
        return markup(f'<time datetime="{iso}">{f"{iso[:10]} {shown}" if day else shown}</time>')


def lazily(name: str, /, **values: Any) -> Iterator[str]:  # noqa: ANN401 - a template takes what it names
    """Yield a template's output as it comes; what it loops over may be generated meanwhile."""
    return template(name).generate(values)


def within(parts: Iterable[str]) -> Iterator[Markup]:
    """Yield a template's output as another template takes it."""
    for part in parts:
        yield markup(part)


def macros(name: str) -> Any:  # noqa: ANN401 - its macros are called by name
    """Return a template's macros."""
    return template(name).module


@cache
def template(name: str) -> Template:
    """Return a template of this package."""
    return _environment().get_template(f"{name}.html.j2")


@cache
def asset(name: str) -> Markup:
    """Return a style sheet or a script of this package."""
    text = files("py_export").joinpath("templates", name).read_text(encoding="utf-8")
    return Markup(text)  # noqa: S704 - ours


def stylesheet(*names: str) -> Markup:
    """Return style sheets of this package as one."""
    return Markup("\n").join(asset(f"{name}.css") for name in names)


def policy(style: str, script: str = "") -> str:
    """Return the document's content security policy: its own style and script, images in place, and nothing else."""
    scripts = f"script-src {_hash(script)}; " if script else ""
    return f"default-src 'none'; style-src {_hash(style)}; {scripts}img-src data:; base-uri 'none'; form-action 'none'"


def printable(text: str) -> bytes:
    """
    Return a text in UTF-8 without what HTML may not hold.

    A control becomes its picture (␀, ␛), anything else U+FFFD.
    """
    try:
        found = text.encode()
    except UnicodeEncodeError:  # a lone surrogate
        return _FORBIDDEN.sub(_picture, text).encode()
    return _FORBIDDEN.sub(_picture, text).encode() if _is_forbidden(found) else found


def printable_together(parts: Iterable[str]) -> bytes:
    """Return texts as one, as ``printable`` does: of what is ASCII only controls need to be looked for."""
    held = [*parts]
    found = b"".join([part.encode() if part.isascii() else printable(part) for part in held])
    if len(found.translate(None, _CONTROLS)) == len(found):
        return found
    return b"".join(map(printable, held))


def _is_forbidden(said: bytes) -> bool:
    """Return whether a text in UTF-8 holds what HTML may not."""
    begins = said.translate(None, _BEGIN_NONE)
    if not begins:
        return False
    if not begins.strip(_BEGIN_NONCHARACTERS):  # emoji, or marks as wide as an ideograph
        return any(part in said for part in _IN_NONCHARACTERS)
    return _FORBIDDEN_BYTES.search(said) is not None


def _picture(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x20:  # noqa: PLR2004 - C0
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else "\ufffd"  # noqa: PLR2004 - delete


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


@cache
def _environment() -> Environment:
    return Environment(
        loader=FunctionLoader(lambda name: str(asset(name))),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=StrictUndefined,
    )
