"""Each example of the CommonMark specification as a message: found whole, and the document around it in its place."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from markdown_it import MarkdownIt
from msgspec.structs import replace

from py_export import Notices
from py_export.convert import write
from py_export.model import Message, Session, Text
from tests.unit.commonmark_spec import examples
from tests.unit.headings import by_commonmark, by_markdown_it
from tests.unit.writers.style_headings import own

Parser = Callable[[str], list[tuple[int, str]]]

STYLES = ("hapi", "sidepanel", "trace", "cursor")
BEFORE, MARK, AFTER = "what comes before", "qzqz", "what comes after"


def _session(*texts: str) -> Session:
    messages = [Message(id="m", role="user", blocks=[Text(text)]) for text in texts]
    return Session(id="s", title="The Title", messages=messages)


def _written(style: str, *texts: str) -> tuple[str, int]:
    """Return the document, without front matter, and how many touches it took."""
    notices = Notices()
    options = {"style": style, "front_matter": False}
    document = b"".join(write(_session(*texts), options=options, notices=notices)).decode()
    return document, sum(notice.count for notice in notices if notice.code == "text_guarded")


def _structure(style: str, document: str) -> list[list[object]]:
    """Return what two parsers see of the document's own: its headings, and where Cursor has none its labels."""
    found: list[list[object]] = []
    for parser in (by_markdown_it, by_commonmark):
        headings = parser(document)
        if style == "hapi":
            found.append([one for one in headings if one in ((1, "The Title"), (2, "User"))])
        else:
            found.append([*own(style, _session(), headings)])
    return [*found, _labels(document)] if style == "cursor" else found


def _labels(document: str) -> list[object]:
    """Return how many top-level paragraphs begin with a label, and what the last of them says."""
    tokens = MarkdownIt("commonmark").parse(document)
    found = [
        said.content
        for opening, said in pairwise(tokens)
        if opening.type == "paragraph_open" and opening.level == 0 and said.content.startswith("**user:**")
    ]
    return [len(found), found[-1]]


@pytest.mark.parametrize("style", STYLES)
def test_every_example_is_found_whole_and_touched_only_where_structure_is_at_stake(style: str) -> None:
    frame = _written(style, BEFORE, MARK, AFTER)[0]
    undisturbed = _structure(style, frame)
    assert len(undisturbed[0]) == (2 if style == "cursor" else 4 if style != "sidepanel" else 6)
    for example in examples():
        if not example.strip():
            continue
        document, touches = _written(style, BEFORE, example, AFTER)
        assert _structure(style, document) == undisturbed, example
        if touches:
            raw = frame.replace(f" {MARK}", f"\n\n{example}").replace(MARK, example)
            assert _structure(style, raw) != undisturbed, example
        else:
            assert document.partition(BEFORE)[2].partition(AFTER)[0].count(example) >= 1, example


@pytest.mark.parametrize("parser", [by_markdown_it, by_commonmark])
def test_in_a_row_every_example_is_a_fence_of_its_own_in_pairs_and_no_more(parser: Parser) -> None:
    texts = [text for text in examples() if text]
    session = _session(*texts)
    session.messages = [one for said in session.messages for one in (said, replace(said, role="assistant"))]
    document = b"".join(write(session, "pairs")).decode()
    assert [level for level, _ in parser(document)] == [2, 3, 3] * len(texts)
    tokens = MarkdownIt("commonmark").parse(document)
    fences = [token.content for token in tokens if token.type == "fence" and token.level == 0]
    assert fences[1:] == [text if text.endswith("\n") else f"{text}\n" for text in texts for _ in range(2)]


def test_the_specification_has_its_examples() -> None:
    assert len(examples()) > 640
