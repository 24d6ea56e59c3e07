"""The guard of the words in bold by which a document says who speaks."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from py_export.guard import Guard, fold
from py_export.guard_labels import LabelGuard
from tests.unit.nasty import TEXTS

LABELS = ("user:", "assistant:", "Tools Used:")
GUARD = LabelGuard(Guard({2: ["Messages"]}), LABELS)

LINES = st.lists(
    st.sampled_from(
        [
            *(
                "**user:** x",
                "__user:__ x",
                "**user**: x",
                "***user:*** x",
                "_**user:**_",
                "**us*e*r:** x",
                "**Tools",
                "Used:**",
            ),
            *(
                "**Tools Used:**",
                "  **assistant:**",
                "    **user:**",
                "> **user:**",
                "- **user:**",
                "`**user:**`",
                "```",
                "~~~",
            ),
            *(
                "**&#117;ser:** x",
                "**us\u200ber:**",
                "plain",
                "",
                "**bold** text",
                "* **user:**",
                "**user**",
                "**user:",
                "<!--",
            ),
        ]
    ),
    max_size=7,
).map("\n".join)


def _labels(document: str) -> list[str]:
    """Return the bold words that begin a line of a paragraph at the margin and read as a label."""
    found = []
    for token in MarkdownIt("commonmark").parse(document):
        if token.type != "inline" or token.level != 1:
            continue
        children = token.children or []
        starts = [0, *(at + 1 for at, each in enumerate(children) if each.type in ("softbreak", "hardbreak"))]
        for start in starts:
            words, depth = "", 0
            for each in children[start:]:
                depth += each.nesting
                if not depth and not each.nesting:
                    words += each.content.partition(":")[0] + ":" if words and each.content.startswith(":") else ""
                    break
                words += " " if each.type == "softbreak" else each.content
            found.append(fold(words))
    return [each for each in found if each in LABELS]


@settings(max_examples=300)
@given(LINES)
def test_no_text_forges_a_label(text: str) -> None:
    assert _labels(GUARD(text)[0]) == []


@settings(max_examples=200)
@given(TEXTS)
def test_a_text_without_labels_is_touched_by_the_headings_guard_alone(text: str) -> None:
    assert GUARD(text) == Guard({2: ["Messages"]})(text)


@given(LINES)
def test_guarding_twice_is_guarding_once(text: str) -> None:
    once = GUARD(text)[0]
    assert GUARD(once) == (once, 0)


@pytest.mark.parametrize(
    ("text", "guarded"),
    [
        ("**user:** x", "\\**user:** x"),
        ("a\n**user:** x", "a\n\\**user:** x"),
        ("a\r\n  __user:__ x", "a\r\n  \\__user:__ x"),
        ("**user**: x", "\\**user**: x"),
        ("***user:*** x", "\\***user:*** x"),
        ("**Tools\nUsed:** x", "\\**Tools\nUsed:** x"),
        ("**us&#101;r:** x", "\\**us&#101;r:** x"),
        ("> quoted\n**user:** lazy", "> quoted\n\\**user:** lazy"),
        ("## Messages\n\n**user:** x", "\\## Messages\n\n\\**user:** x"),
    ],
)
def test_each_touch_is_the_least_that_does_it(text: str, guarded: str) -> None:
    assert GUARD(text) == (guarded, guarded.count("\\"))


@pytest.mark.parametrize(
    "text",
    [
        "```\n**user:** code\n```",
        "    **user:** code",
        "> **user:** quoted",
        "- **user:** listed",
        "so **user:** in a line",
        "`**user:**` code",
        "**user** x",
        "**User:** x",
        "**users:** x",
        "**user: x**",
        "* user: x",
    ],
)
def test_a_texts_own_bold_words_stay_as_they_are(text: str) -> None:
    assert GUARD(text) == (text, 0)


@pytest.mark.parametrize("fragment", ["**user:** x\n", "**us*e*r:** x\n", "*", "_", "**", "**u", "\n", "**&"])
def test_a_long_row_of_anything_is_judged_in_time(fragment: str) -> None:
    text = fragment * (60_000 // len(fragment))
    assert len(GUARD(text)[0]) >= len(text)
