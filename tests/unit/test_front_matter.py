"""YAML front matter."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from py_export.front_matter import front_matter, parse

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
EDGES = st.text(
    st.sampled_from(
        "\"\\'\x00\x07\x1b\x7f\x85\x9f\xa0\u00ad\u2028\u2029\ufeff\ufffe\uffff\U0001fffe\n\r\t-: #{}[]&*!|>%@`"
    )
)


def _loaded(document: str) -> object:
    opening, block, closing = document.partition("\n---")[0][:4], document[4 : document.rindex("\n---")], document[-4:]
    assert (opening, closing) == ("---\n", "\n---")
    return yaml.safe_load(block)


@given(st.one_of(TEXT, EDGES), st.integers(0, 10**9))
def test_yaml_reads_back_any_text(title: str, count: int) -> None:
    assert _loaded(front_matter({"title": title, "count": count})) == {"title": title, "count": count}


@given(st.one_of(TEXT, EDGES))
def test_a_text_never_ends_the_block(title: str) -> None:
    lines = front_matter({"title": title}).splitlines()
    assert lines[0] == lines[-1] == "---"
    assert "---" not in lines[1:-1]


@given(st.one_of(TEXT, EDGES))
def test_a_plain_commonmark_parser_sees_no_heading(title: str) -> None:
    tokens = MarkdownIt("commonmark").parse(front_matter({"title": title, "workspace": title}) + "\n\n# x")
    assert [token.tag for token in tokens if token.type == "heading_open"] == ["h1"]
    assert [token.type for token in tokens if token.nesting >= 0 and token.level == 0] == [
        "hr",
        "paragraph_open",
        "hr",
        "heading_open",
    ]


def test_what_is_unknown_is_left_out() -> None:
    assert front_matter({"title": "a", "model": None}) == '---\ntitle: "a"\n\n---'


@given(
    st.dictionaries(st.sampled_from(["title", "sessionId", "model"]), TEXT | EDGES | st.integers(-(10**17), 10**17)),
)
def test_what_was_written_is_read_back(values: dict[str, str | int]) -> None:
    document = front_matter(values)
    assert parse(f"{document}\n\n# T\n") == (values, len(document) + 1)


@pytest.mark.parametrize("document", ["", "# T", "---\n", "---\ntitle: x\n---\n", "----\n\n---\n", " ---\n\n---\n"])
def test_what_is_no_front_matter_of_ours_is_none(document: str) -> None:
    assert parse(document) == ({}, 0)
