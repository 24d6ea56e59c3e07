"""The guard of the document's own headings."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from py_export.guard import Guard, fold
from py_export.guard_filter import harmless, suspects
from tests.unit.commonmark_spec import examples
from tests.unit.headings import by_commonmark, by_markdown_it
from tests.unit.nasty import TEXTS

TITLE = "The Title"
_HEADING_AT_THE_MARGIN = re.compile(r"^ {1,3}(?:#{1,6}[ \t]|(?:-+|=+)[ \t]*$)", re.MULTILINE)
OWN = [(1, TITLE), (2, "User"), (2, "Assistant"), (2, "Notes"), (4, "User")]
GUARD = Guard({1: [TITLE], 2: ["User", "Assistant", "Notes"], 4: ["User"]}, {3: ["Sub-agent: "]})


def _document(texts: list[str]) -> str:
    sections = [f"\n## User\n\n_Time_\n\n{text}\n\n## Assistant\n" for text in texts]
    return f"# {TITLE}\n{''.join(sections)}"


def _own(headings: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """Return those that read as one of ours, in order."""
    seen = [(level, fold(text)) for level, text in headings]
    return [heading for heading in seen if heading in OWN or (heading[0] == 3 and heading[1].startswith("Sub-agent:"))]


def _expected(texts: list[str]) -> list[tuple[int, str]]:
    return [(1, TITLE)] + [(2, "User"), (2, "Assistant")] * len(texts)


def _undone(text: str, guarded: str) -> bool:
    """Return whether ``guarded`` is ``text`` but for backslashes, a fence at its end, or a fence around it."""
    if guarded == text or re.fullmatch(r"(`{3,})\n" + re.escape(text) + r"\n?\1", guarded):
        return True
    closed = re.sub(r"(?:`{3,}|~{3,})\Z", "", guarded)
    return any(_is_all_but_backslashes(text, each) for each in (guarded, closed, closed.removesuffix("\n")))


def _is_all_but_backslashes(text: str, guarded: str) -> bool:
    at = 0
    for character in guarded:
        if at < len(text) and character == text[at]:
            at += 1
        elif character != "\\":
            return False
    return at == len(text)


@settings(max_examples=200)
@given(st.lists(TEXTS, min_size=1, max_size=4))
def test_no_text_forges_or_swallows_a_heading(texts: list[str]) -> None:
    guarded = [GUARD(text)[0] for text in texts]
    document = _document(guarded)
    assert _own(by_markdown_it(document)) == _expected(texts)


@settings(max_examples=200)
@given(TEXTS)
def test_a_text_is_found_whole_but_for_the_documented_touches(text: str) -> None:
    guarded, touches = GUARD(text)
    assert (guarded == text) == (touches == 0)
    assert _undone(text, guarded)


@settings(max_examples=200)
@given(TEXTS)
def test_what_the_filter_lets_through_the_parser_finds_harmless(text: str) -> None:
    if harmless(text, suspects(GUARD._below), GUARD._could_read, GUARD._could_end):
        assert GUARD._faults(text) == []


@settings(max_examples=200)
@given(st.lists(TEXTS, max_size=5))
def test_texts_that_are_let_through_together_are_let_through_alone(texts: list[str]) -> None:
    doubted = GUARD.doubtful([text.encode() for text in texts])
    assert [text for at, text in enumerate(texts) if at not in doubted and GUARD(text) != (text, 0)] == []


@pytest.mark.parametrize(
    ("text", "is_plain"),
    [
        ("What the user asked for\n---", True),
        ("Users\n---", True),
        ("### What the sub-agent: did", True),
        ("a\n**User** \n---", False),
        ("the User\n---", False),  # by its letters alone it could be one
        ("[User](/url)\n---", False),
        ("### *Sub-agent*: x", False),
    ],
)
def test_a_heading_whose_letters_are_none_of_ours_takes_no_parser(text: str, is_plain: bool) -> None:  # noqa: FBT001
    assert harmless(text, suspects(GUARD._below), GUARD._could_read, GUARD._could_end) == is_plain


@settings(max_examples=200)
@given(TEXTS)
def test_no_text_is_touched_where_no_structure_is_at_stake(text: str) -> None:
    # Whether a reference is defined is another message's business, and a heading at the margin is marked in a list too;
    # else the text must do harm in one reading.
    if GUARD(text)[1] and "[" not in text and not _HEADING_AT_THE_MARGIN.search(text):
        document = f"# {TITLE}\n\n{text}\n\n## Notes\n"
        readings = [_own(parser(document)) for parser in (by_markdown_it, by_commonmark)]
        assert readings != [[(1, TITLE), (2, "Notes")]] * 2


@settings(max_examples=100)
@given(TEXTS)
def test_guarding_twice_is_guarding_once(text: str) -> None:
    once = GUARD(text)[0]
    assert GUARD(once) == (once, 0)


@pytest.mark.parametrize("parser", [by_markdown_it, by_commonmark])
def test_the_specifications_examples_alone_and_in_a_row(parser: object) -> None:
    assert callable(parser)
    guarded = []
    for example in examples():
        text, touches = GUARD(example)
        assert _own(parser(_document([text]))) == _expected([text]), example
        assert _undone(example, text)
        if touches:
            assert _own(by_markdown_it(_document([example]))) != _expected([example]), example
        guarded.append(text)
    assert _own(parser(_document(guarded))) == _expected(guarded)


@pytest.mark.parametrize(
    ("text", "guarded"),
    [
        ("## User", "\\## User"),
        ("   ##\tUser ##  ", "   \\##\tUser ##  "),
        ("a\r## User\rb", "a\r\\## User\rb"),
        ("User\n---", "User\n\\---"),
        ("a\n\nUser\r\n  ----", "a\n\nUser\r\n  \\----"),
        ("## &#85;ser", "\\## &#85;ser"),
        ("## [User]", "\\## [User]"),
        ("## [User][x]", "\\## [User][x]"),
        ("## Us\u200ber", "\\## Us\u200ber"),
        ("# The  Title #", "\\# The  Title #"),
        ("### Sub-agent: anything", "\\### Sub-agent: anything"),
        ("```\ncode", "```\ncode\n```"),
        ("~~~~ x\ncode\n", "~~~~ x\ncode\n~~~~"),
        ("a <!-- b\n<!-- c", "a <!-- b\n\\<!-- c"),
        ("<script\x0c\n## User", "\\<script\x0c\n\\## User"),
        ("<script>\nx\n## User", "\\<script>\nx\n\\## User"),
        ("- - - - - - - - - - x", "- - - - - - - - - \\- x"),
        ("1. " * 11 + "x", "1. " * 9 + "1\\. 1. x"),
        # What looks like a fence closed in plain sight, and is not: four backticks close four, and a list ends a fence.
        ("````\n```\nx\n````\n## User\n````", "````\n```\nx\n````\n\\## User\n````\n````"),
        ("~~~\n```\n~~~\n## User\n```\n~~~", "~~~\n```\n~~~\n\\## User\n```\n~~~\n```"),
        ("- a\n\n  ```\nb\n\n  ```\nc", "- a\n\n  ```\nb\n\n  ```\nc\n```"),
        ("1. a\n\n   ```\n   x\n  ```\nb", "1. a\n\n   ```\n   x\n  ```\nb\n```"),
        ("```\n```py\nx\n```\n## User", "```\n```py\nx\n```\n\\## User"),
    ],
)
def test_each_touch_is_the_least_that_does_it(text: str, guarded: str) -> None:
    assert GUARD(text)[0] == guarded


@pytest.mark.parametrize(
    "text",
    [
        "# Own\n\n## Headings\n\n### User\n\n##### Assistant",
        "## User story\n\nUsers\n---",
        "> ## User\n\n- ## User\n\n    ## User",
        "```\n## User\n```\n\n~~~\nUser\n---\n~~~",
        "1. step\n\n   ```bash\n   # comment\n   ```\n\n2. step",
        "<details>\n<summary>x</summary>\n\n## More\n\n</details>",
        "<!-- closed -->\n\n<script>\n## User\n</script>",
        "| a |\n|---|\n| b |\n\n---\n\n***",
        "===\n---",
        "``` not `a` fence\n\n`## User`",
        "text\n---\nmore",
    ],
)
def test_a_texts_own_structure_stays_as_it_is(text: str) -> None:
    assert GUARD(text) == (text, 0)


def test_a_heading_that_a_title_could_become_is_judged_again() -> None:
    guard = Guard({1: ["## User"], 2: ["User"]})
    guarded, touches = guard("## User\n===")
    assert (guarded, touches) == ("\\## User\n\\===", 2)


def test_a_text_that_nothing_settles_is_fenced_whole() -> None:
    text = "<!--\n\n" * 40
    guarded, _ = GUARD(text)
    assert guarded == f"```\n{text}```"


@pytest.mark.parametrize(
    "fragment", ["<!--\n", "## User\n", "```\n", "- ", "> ", "[", "#", "User\n---\n", "*User*", "`", "\r", "\t- x\n"]
)
def test_a_long_row_of_anything_is_judged_in_time(fragment: str) -> None:
    text = fragment * (100_000 // len(fragment))
    assert len(GUARD(text)[0]) >= len(text)


@pytest.mark.parametrize(
    "text",
    [
        "- ```\n[User]: /x\n-\n  ## User",
        "    code\n-\n  ## User",
        "1.\n\n   ## User",
        "- a\n  ## *User*",
        "-\n  User\n  ---",
    ],
)
def test_a_heading_at_the_margin_is_marked_even_where_it_belongs_to_a_list(text: str) -> None:
    guarded, touches = GUARD(text)
    assert (guarded.count("\\"), touches) == (1, 1)
    assert _own(by_commonmark(_document([guarded]))) == _expected([guarded])


@pytest.mark.parametrize("text", ["- ## User", "> ## User", "1. ## User", "* - ## User"])
def test_a_heading_that_a_list_or_quote_plainly_holds_stays_as_it_is(text: str) -> None:
    assert GUARD(text) == (text, 0)


def test_a_definition_that_some_parsers_read_as_a_paragraph_hides_no_open_fence() -> None:
    text = "[a]: /x\n<x-y>\n## b\n```\n```\n  ```\n\nc"
    guarded, touches = GUARD(text)
    assert touches > 0
    assert _own(by_commonmark(_document([guarded]))) == _expected([guarded])
