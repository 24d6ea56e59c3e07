"""
Messages' Markdown as HTML: GitHub's flavour, of which nothing but our own elements and attributes can come.

HTML in a text is data and shown as it is written. A link is one of the web's or of mail, else its address stands
behind it as text. An image is never fetched: it is a link to where it lies, or shown where the text brings its bytes.
A text's headings go below the message's own, without a gap, and keep their looks by class.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from html import escape

from markdown_it import MarkdownIt
from markdown_it.common.utils import unescapeAll
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import OptionsDict

from py_export.writers.gfm import MOST_NESTED, Environment, gfm, is_web, unused_definitions
from py_export.writers.html_code import block_of_code, is_name
from py_export.writers.images import data_url

REL = "noopener noreferrer nofollow"

_DEEPEST = 6
_LONGEST_INFO = 80
"""Characters of what stands behind a fence; more is not remembered."""


def parsed(text: str, env: Environment) -> str | None:
    """Return a whole text as HTML by the parser alone; None where it nests too deep to be Markdown."""
    tokens = _parser().parse(text, env)
    html = _rendered(tokens, env)
    return None if html is None else html + _unused_definitions(text, tokens, env)


def parsed_inline(text: str, env: Environment) -> str:
    """Return what stands in a paragraph as HTML by the parser."""
    parser = _parser()
    html: str = parser.renderer.render(parser.parseInline(text, env), parser.options, env)
    return html


def environment(*, level: int, breaks: bool, highlight: bool, words: Mapping[str, str]) -> Environment:
    """
    Return what the parser, and what stands for it, has to know of a text, and keeps while it is rendered.

    Args:
        level: The level of the heading above the text; its own begin one below.
        breaks: Every line end is one to be seen, as in what people type.
        highlight: Colour code.
        words: Ours: ``image``, and the name of each kind of alert.
    """
    return {"level": level, "open": [], "breaks": breaks, "highlight": highlight, "words": words, "left_out": 0}


class Blocks:
    """What the short way leaves to the parser, within one text, and what both write."""

    def __init__(self, env: Environment) -> None:
        self._env = env

    def parsed(self, text: str) -> str | None:
        """Return a part of the text, of whole blocks; None where it nests too deep."""
        return _rendered(_parser().parse(text, self._env), self._env)

    def heading(self, level: int) -> tuple[str, str]:
        """Return how a heading begins and ends."""
        tag = _heading_tag(level, self._env)
        return f'<{tag} class="heading-{level}">', f"</{tag}>\n"

    def fence(self, info: str, code: str) -> str:
        """Return fenced code."""
        return _fenced(info, code, highlight=self._env["highlight"])


def _rendered(tokens: Sequence[Token], env: Environment) -> str | None:
    if any(token.level >= MOST_NESTED - 1 for token in tokens):
        return None
    parser = _parser()
    html: str = parser.renderer.render(tokens, parser.options, env)
    return html


def _heading_tag(level: int, env: Environment) -> str:
    """Return the element of a heading, given those before it."""
    above: list[int] = env["open"]
    while above and above[-1] >= level:
        above.pop()
    above.append(level)
    return f"h{min(_DEEPEST, env['level'] + len(above))}"


def _fenced(info: str, code: str, *, highlight: bool) -> str:
    language, above = _told(info) if len(info) <= _LONGEST_INFO else _told.__wrapped__(info)
    return above + block_of_code(code, language, highlight=highlight)


@lru_cache(maxsize=256)
def _told(info: str) -> tuple[str, str]:
    """Return the language that a fence names, and what else it tells, as it stands above the code."""
    language, _, more = info.strip().partition(" ")
    if not is_name(language):
        language, more = "", info.strip()
    return language, f'<p class="path"><code>{escape(more.strip())}</code></p>\n' if more.strip() else ""


def web_address(url: str) -> str | None:
    """Return an address that a document may link to, escaped for an attribute; None for any other."""
    return escape(url) if is_web(url) else None


def link_open(url: str) -> str | None:
    """Return the beginning of a link; None where an address may be none."""
    address = web_address(url)
    return None if address is None else f'<a href="{address}" rel="{REL}">'


def link(url: str) -> str:
    """Return an address as a link where it may be one, else as text."""
    address = web_address(url)
    return f'<a href="{address}" rel="{REL}">{escape(url)}</a>' if address else f"<code>{escape(url)}</code>"


@cache
def _parser() -> MarkdownIt:
    return gfm(_Renderer)


def _unused_definitions(text: str, tokens: Sequence[Token], env: Environment) -> str:
    return "".join(f'<p class="target">{escape(line)}</p>\n' for line in unused_definitions(text, tokens, env))


class _Renderer(RendererHTML):
    """Renders the tokens that need more than a tag of their own name."""

    def heading_open(self, tokens: Sequence[Token], idx: int, _options: OptionsDict, env: Environment) -> str:
        source = int(tokens[idx].tag[1])
        if not tokens[idx + 1].content.strip():
            env["tag"] = "p"
            return '<p class="heading">'
        env["tag"] = _heading_tag(source, env)
        return f'<{env["tag"]} class="heading-{source}">'

    def heading_close(self, _tokens: Sequence[Token], _idx: int, _options: OptionsDict, env: Environment) -> str:
        return f"</{env['tag']}>\n"

    def link_open(self, tokens: Sequence[Token], idx: int, _options: OptionsDict, env: Environment) -> str:
        token = tokens[idx]
        address = web_address(str(token.attrs.get("href", "")))
        env["linked"] = address is not None
        if address is None:
            return '<span class="unlinked">'
        title = token.attrs.get("title")
        said = f' title="{escape(str(title))}"' if title else ""
        empty = tokens[idx + 1].type == "link_close"
        return f'<a href="{address}" rel="{REL}"{said}>{address if empty else ""}'

    def link_close(self, tokens: Sequence[Token], idx: int, _options: OptionsDict, env: Environment) -> str:
        if env.pop("linked", False):
            return "</a>"
        start = next(at for at in range(idx, -1, -1) if tokens[at].type == "link_open")
        href, title = (str(tokens[start].attrs.get(name, "")) for name in ("href", "title"))
        said = "".join(token.content for token in tokens[start:idx])
        target = " ".join(part for part in (href if href != said else "", title) if part)
        return f'</span> <span class="target">({escape(target)})</span>' if target else "</span>"

    def image(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: Environment) -> str:
        source, title = (str(tokens[idx].attrs.get(name, "")) for name in ("src", "title"))
        said = self.renderInlineAsText(tokens[idx].children, options, env).strip()
        name = escape(f"{said} ({title})" if title else said or env["words"]["image"])
        shown = data_url(source)
        if shown:
            return f'<img src="{shown}" alt="{name}">'
        label = f'<span class="kind">{env["words"]["image"]}</span> {name}'
        if source.lower().startswith("data:"):
            env["left_out"] += 1
            return label
        if env.get("linked"):  # no link stands in a link
            return f'<span title="{escape(source)}">{label}</span>'
        address = web_address(source)
        if address:
            return f'<a href="{address}" rel="{REL}">{label}</a>'
        return f'{label} <span class="target">({escape(source)})</span>'

    def fence(self, tokens: Sequence[Token], idx: int, _options: OptionsDict, env: Environment) -> str:
        return _fenced(unescapeAll(tokens[idx].info), tokens[idx].content, highlight=env["highlight"])

    def code_block(self, tokens: Sequence[Token], idx: int, _options: OptionsDict, _env: Environment) -> str:
        return block_of_code(tokens[idx].content, None, highlight=False)

    def code_inline(self, tokens: Sequence[Token], idx: int, _options: OptionsDict, _env: Environment) -> str:
        return f"<code>{escape(tokens[idx].content)}</code>"

    def softbreak(self, _tokens: Sequence[Token], _idx: int, _options: OptionsDict, env: Environment) -> str:
        return "<br>\n" if env["breaks"] else "\n"

    def table_open(self, _tokens: Sequence[Token], _idx: int, _options: OptionsDict, _env: Environment) -> str:
        return '<div class="scroll" tabindex="0"><table>\n'

    def table_close(self, _tokens: Sequence[Token], _idx: int, _options: OptionsDict, _env: Environment) -> str:
        return "</table></div>\n"

    def th_open(self, tokens: Sequence[Token], idx: int, _options: OptionsDict, env: Environment) -> str:
        env["cell"] = "th" if tokens[idx + 1].content.strip() else "td"  # a heading that says nothing is none
        return f"<{env['cell']}{_aligned(tokens[idx])}>"

    def th_close(self, _tokens: Sequence[Token], _idx: int, _options: OptionsDict, env: Environment) -> str:
        return f"</{env['cell']}>\n"

    def td_open(self, tokens: Sequence[Token], idx: int, _options: OptionsDict, _env: Environment) -> str:
        return f"<td{_aligned(tokens[idx])}>"

    def list_item_open(self, tokens: Sequence[Token], idx: int, _options: OptionsDict, _env: Environment) -> str:
        meta = tokens[idx].meta
        if "checked" not in meta:
            return "<li>"
        return f'<li class="task"><span class="check">{"☑" if meta["checked"] else "☐"}</span> '

    def alert_title_open(self, _tokens: Sequence[Token], _idx: int, _options: OptionsDict, _env: Environment) -> str:
        return '<p class="alert-title">'

    def alert_open(self, tokens: Sequence[Token], idx: int, _options: OptionsDict, env: Environment) -> str:
        kind = str(tokens[idx].meta["kind"]).lower()
        tokens[idx + 2].content = ""
        tokens[idx + 2].children = [Token("text", "", 0, content=env["words"][kind])]
        return f'<div class="alert {kind}">\n'


def _aligned(token: Token) -> str:
    """Return an alignment as a class: the document's policy allows no style attribute."""
    style = str(token.attrs.get("style", ""))
    return f' class="{style.removeprefix("text-align:")}"' if style else ""
