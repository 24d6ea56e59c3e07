"""An HTML document as a parser that follows the standard reads it, and what of it can be ours."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

import html5lib

from py_export.convert import write
from py_export.model import Message, Session, Text
from py_export.notices import Notices

AT = 1_758_019_440_006  # 2025-09-16T10:44:00.006Z

_REL = "noopener noreferrer nofollow"
_WORD = r"[\w.+#-]+"
_URL = r"(?:https?://|mailto:)[!#$%&'()*+,./0-9:;=?@A-Z_a-z~-]+"

_ATTRIBUTES = {
    "class": re.compile(rf"{_WORD}(?: {_WORD})*"),
    "dir": re.compile("auto"),
    "id": re.compile(
        r"(?:turn|who)-\d+|chart-[a-z]+(?:-title|-desc|-\d)?"
        r"|contents|figures|notes|conversation|query|previous|next|unfold"
    ),
    "href": re.compile(rf"#turn-\d+|#conversation|data:,|{_URL}", re.IGNORECASE),
    "rel": re.compile(rf"{_REL}|icon"),
    "src": re.compile(r"data:image/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/=]*"),
    "tabindex": re.compile("0"),
    "start": re.compile(r"\d{1,9}"),
    "datetime": re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}(?:Z|[+-]\d\d:\d\d)"),
    "open": re.compile(r"(?!)"),
}  # fmt: skip
"""What an attribute that a message can have a part in may hold."""

_SAID = frozenset({"alt", "title"})
"""Attributes that hold a message's words."""

_OURS = {
    "html": {"lang"},
    "meta": {"charset", "http-equiv", "content", "name"},
    "input": {"type", "autocomplete", "spellcheck", "placeholder"},
    "p": {"role", "data-some", "data-none"},
    "div": {"role", "aria-label", "hidden"},
    "button": {"type", "data-open"},
    "th": {"scope"},
    "nav": {"aria-labelledby"},
    "section": {"aria-labelledby"},
    "label": {"for"},
    "svg": {
        "{http://www.w3.org/2000/xmlns/}xmlns",
        *("role", "aria-labelledby", "viewBox", "width", "height", "font-family", "font-size"),
    },
    "rect": {"x", "y", "width", "height", "fill", "stroke"},
    "line": {"x1", "x2", "y1", "y2", "stroke"},
    "path": {"d", "stroke", "stroke-width", "stroke-dasharray", "fill", "fill-opacity"},
    "circle": {"cx", "cy", "r", "fill"},
    "text": {"x", "y", "text-anchor", "fill"},
}
"""By element: the attributes that the templates and the charts give it, whatever a message says."""

_ELEMENTS = frozenset(_OURS) | frozenset(
    re.findall(
        r"\w+",
        "head title link style script body header h1 h2 h3 h4 h5 h6 dl dt dd time code nav ol ul li a main span figure "
        "figcaption details summary table thead tbody tr td bdi pre img blockquote footer em strong s br hr desc",
    )
)

FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def written(session: Session, notices: Notices | None = None, **options: object) -> str:
    """Return a session's HTML."""
    return b"".join(write(session, "html", options=options, notices=notices)).decode()


def parsed(document: str) -> Element:
    """Return the document's tree; a parse error fails the test."""
    parser = html5lib.HTMLParser(strict=False, namespaceHTMLElements=False)
    tree: Element = parser.parse(document)
    assert parser.errors == [], parser.errors[:3]
    return tree


def foreign(tree: Element) -> Iterator[str]:
    """Yield whatever in the tree this writer does not make."""
    for element in tree.iter():
        name = str(element.tag).rpartition("}")[2]  # of a comment, what makes it
        if name not in _ELEMENTS:
            yield f"<{name}>"
        for attribute, value in element.attrib.items():
            ours = attribute in _OURS.get(name, ()) or attribute in _SAID
            known = _ATTRIBUTES.get(attribute)
            if not ours and (known is None or not known.fullmatch(value)):
                yield f"<{name} {attribute}={value!r}>"


def text(element: Element) -> str:
    """Return all that an element says, the words in its attributes among it."""
    parts = [
        value
        for each in element.iter()
        for name, value in each.attrib.items()
        if name in ("alt", "title", "href", "class")
    ]
    return " ".join(["".join(element.itertext()), *parts])


def find(tree: Element, tag: str, kind: str = "") -> list[Element]:
    """Return the elements of a name, and of a class where one is asked for."""
    return [each for each in tree.iter(tag) if not kind or kind in each.get("class", "").split()]


def talk(*blocks: Any, said: str = "Why?", **fields: Any) -> Session:  # noqa: ANN401 - blocks; fields of the answer
    """Return a question and its answer, of these blocks."""
    question = Message(id="q", role="user", created_at=AT, blocks=[Text(said)])
    return Session(
        id="s", title="T", messages=[question, Message(id="a", role="assistant", blocks=[*blocks], **fields)]
    )


def headings(tree: Element) -> list[tuple[int, str]]:
    """Return the level and the words of every heading."""
    return [
        (int(each.tag[1]), "".join(each.itertext())) for each in tree.iter() if re.fullmatch(r"h[1-6]", str(each.tag))
    ]


def counts(session: Session, **options: Any) -> dict[str, int]:  # noqa: ANN401 - options
    """Return the notices of a session's HTML, with their counts."""
    notices = Notices()
    written(session, notices, **options)
    return {notice.code: notice.count for notice in notices}


def one(tree: Element, tag: str, kind: str = "") -> Element:
    """Return the only element of a name, and of a class."""
    [found] = find(tree, tag, kind)
    return found
