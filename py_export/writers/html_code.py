"""Code as HTML, coloured by classes; what it says is never changed."""

from __future__ import annotations

import re
from functools import cache
from html import escape
from io import StringIO

from pygments.formatters.html import HtmlFormatter
from pygments.lexer import Lexer
from pygments.lexers import get_all_lexers, get_lexer_by_name
from pygments.util import ClassNotFound

_LONGEST = 50_000
"""Characters; more is shown without colours, which would take longer to find than anyone would wait."""

_LONGEST_LINE = 2_000
_MARKDOWN = frozenset({"markdown", "md"})
_LINE_END = re.compile(r"\r\n?")
_NAME = re.compile(r"[A-Za-z0-9][\w.+#-]{0,39}", re.ASCII)


def block_of_code(text: str, language: str | None, *, highlight: bool) -> str:
    """Return code in a box that scrolls, with its language as a class."""
    name = language if language and is_name(language) else ""
    known = f' class="language-{name}"' if name else ""
    shown = coloured(text, name) if highlight and name else escape(text)
    return f'<pre class="code" tabindex="0"><code{known}>{shown}</code></pre>\n'


def is_name(text: str) -> bool:
    """Return whether a text can be the name of a language."""
    return _NAME.fullmatch(text) is not None


def coloured(text: str, language: str) -> str:
    """Return escaped code, its tokens marked by Pygments' classes where the language is known."""
    text = _LINE_END.sub("\n", text)
    lexer = _lexer(language.lower())
    if lexer is None or len(text) > _LONGEST or max(map(len, text.split("\n"))) > _LONGEST_LINE:
        return escape(text)
    tokens = list(lexer.get_tokens(text))
    if "".join(value for _, value in tokens) != text:
        return escape(text)  # a lexer that adds or drops something
    out = StringIO()
    _formatter().format(tokens, out)
    html = out.getvalue()
    return html if text.endswith("\n") else html.removesuffix("\n")


def language_of(path: str) -> str | None:
    """Return a file's language, where the end of its name is also a language's."""
    end = path.rpartition(".")[2].lower()
    return end if end in _names() else None


@cache
def _lexer(name: str) -> Lexer | None:
    if name not in _names():
        return None
    if name in _MARKDOWN:
        from py_export.writers.markdown_lexer import Markdown  # noqa: PLC0415 - loads what other languages do not need

        return Markdown(stripnl=False, ensurenl=False)  # type: ignore[no-untyped-call]  # Pygments' own
    try:
        return get_lexer_by_name(name, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return None


@cache
def _formatter() -> HtmlFormatter[str]:
    """Return what writes tokens: to make it takes as long as a block of code."""
    return HtmlFormatter(nowrap=True)


@cache
def _names() -> frozenset[str]:
    """Return what Pygments calls languages; lexers of other packages would make the same text other bytes."""
    return frozenset(alias for _, aliases, _, _ in get_all_lexers(plugins=False) for alias in aliases)
