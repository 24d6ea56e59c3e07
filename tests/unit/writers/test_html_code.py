"""Code and images in HTML: never changed, never trusted."""

from __future__ import annotations

from html import unescape
from re import sub
from time import monotonic

import pytest
from hypothesis import given
from hypothesis import strategies as st

from py_export.writers.html_code import block_of_code, coloured, language_of
from py_export.writers.images import data_url, inline

LANGUAGES = [
    "python",
    "html",
    "json",
    "diff",
    "bash",
    "console",
    "sql",
    "php",
    "markdown",
    "text",
    "pytb",
    "jinja",
    "c",
]


def said(html: str) -> str:
    return unescape(sub(r"<[^>]*>", "", html))


@given(st.text() | st.text(alphabet="<>&'\"\n\r\t`#{}() def class = 1 <script>"), st.sampled_from(LANGUAGES))
def test_coloured_code_says_what_the_code_says(text: str, language: str) -> None:
    shown = coloured(text, language)
    assert said(shown).replace("\r\n", "\n").replace("\r", "\n") == text.replace("\r\n", "\n").replace("\r", "\n")


@pytest.mark.parametrize("language", ["x onclick=y", '"><script>', "a b", "", None])
def test_a_language_that_is_no_name_is_no_class(language: str | None) -> None:
    assert block_of_code("x", language, highlight=True) == '<pre class="code" tabindex="0"><code>x</code></pre>\n'


def test_code_that_would_take_too_long_is_shown_without_colours() -> None:
    start = monotonic()
    assert coloured("x = '" * 11_000, "python") == ("x = &#x27;" * 11_000)
    assert monotonic() - start < 1


def test_the_end_of_a_files_name_names_its_language() -> None:
    assert language_of("/a/b.py") == "py"
    assert language_of("C:\\a.TS") == "ts"
    assert language_of("a.nosuchthing") is None


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        ("iVBORw0KGgoAAAAN", "png"),
        ("/9j/4AAQSkZJRg==", "jpeg"),
        ("R0lGODlhAQABAAAA", "gif"),
        ("UklGRiQAAABXRUJQVlA4", "webp"),
        ("iVBORw0K\n GgoAAAAN", "png"),
        ("iVBORw0KGgo", "png"),
    ],
)
def test_an_image_is_what_its_first_bytes_say(data: str, kind: str) -> None:
    found = inline(data)
    assert found is not None
    assert found.startswith(f"data:image/{kind};base64,")
    assert data_url(f"data:image/whatever;base64,{data}") == found


@pytest.mark.parametrize("data", ["", "PHN2Zy8+", 'iVBORw0KGgo"><script>', "iVBORw0KGgoA=A==", "é", "a"])
def test_anything_else_is_no_image(data: str) -> None:
    assert inline(data) is None
    assert data_url(data) is None
