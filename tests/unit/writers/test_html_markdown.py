"""Markdown as HTML: what becomes a link, what an image, where headings stand, and that nothing is lost."""

from __future__ import annotations

import pytest

from py_export.writers.html_markdown import link
from py_export.writers.html_texts import Rendered, Said, rendered

WORDS = {"image": "Image", "note": "Note", "tip": "Tip", "important": "Important", "warning": "W", "caution": "C"}
REL = 'rel="noopener noreferrer nofollow"'
PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


def html(text: str, *, level: int = 3, breaks: bool = False, highlight: bool = False) -> str:
    found = found_of(text, level=level, breaks=breaks, highlight=highlight)
    assert found is not None
    return found.html


def found_of(text: str, *, level: int = 3, breaks: bool = False, highlight: bool = False) -> Rendered | None:
    [found] = rendered([Said(text, level, breaks)], highlight=highlight, words=WORDS)
    return found


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org",
        "http://localhost:8000/a?b=c&d=?#e",
        "HTTPS://EXAMPLE.ORG/%20",
        "https://xn--bcher-kva.example/",
        "mailto:ada@example.org",
    ],
)
def test_an_address_of_the_web_or_of_mail_is_a_link(url: str) -> None:
    assert f'href="{url.replace("&", "&amp;")}" {REL}>' in link(url)
    assert f"{REL}>x</a>" in html(f"[x]({url})")


@pytest.mark.parametrize(
    "url",
    [
        *("javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//example.org", "src/main.py#L4"),
        *("ftp://a.b", "https:x"),
        *("https://a..b/", "https://-a/", "https://a|b/", "mailto:x"),
    ],
)  # fmt: skip
def test_any_other_address_stands_behind_its_words_as_text(url: str) -> None:
    assert html(f"[x](<{url}>)").startswith('<p><span class="unlinked">x</span> <span class="target">(')
    assert "<a" not in link(url)


def test_an_address_that_nobody_marked_is_a_link_and_a_file_name_is_none() -> None:
    shown = html("https://example.org/a main.py build.sh www.example.org ada@example.org")
    assert shown.count("<a ") == 1
    assert f'<a href="https://example.org/a" {REL}>https://example.org/a</a> main.py build.sh' in shown


def test_a_link_without_words_shows_its_address() -> None:
    assert html("[](https://example.org)") == f'<p><a href="https://example.org" {REL}>https://example.org</a></p>\n'


def test_an_image_is_a_link_to_where_it_lies() -> None:
    assert html("![chart](https://example.org/a.png 'of May')") == (
        f'<p><a href="https://example.org/a.png" {REL}><span class="kind">Image</span> chart (of May)</a></p>\n'
    )


def test_an_image_in_a_link_is_no_link_in_a_link() -> None:
    shown = html("[![badge](https://example.org/a.svg)](https://example.org)")
    assert shown.count("<a ") == 1
    assert '<span title="https://example.org/a.svg"><span class="kind">Image</span> badge</span></a>' in shown


def test_an_image_that_a_text_brings_is_shown_when_it_is_one() -> None:
    assert (
        html(f"![dot](data:image/svg+xml;base64,{PNG})")
        == f'<p><img src="data:image/png;base64,{PNG}" alt="dot"></p>\n'
    )


def test_what_is_no_image_is_named_and_counted() -> None:
    found = found_of("![x](data:image/png;base64,PHN2Zy8+)")
    assert found == Rendered('<p><span class="kind">Image</span> x</p>\n', 1)


def test_headings_go_below_the_messages_own_without_a_gap() -> None:
    shown = html("# a\n\n#### b\n\n## c\n\n# d\n\n##### e", level=4)
    assert [part[:2] for part in shown.split("<h")[1:]] == ["5 ", "6 ", "6 ", "5 ", "6 "]
    assert 'h6 class="heading-4">b' in shown


def test_a_heading_that_says_nothing_is_none() -> None:
    assert html("#\n\n## ##") == '<p class="heading"></p>\n' * 2


def test_what_people_type_keeps_its_line_ends() -> None:
    assert html("a\nb", breaks=True) == "<p>a<br>\nb</p>\n"
    assert html("a\nb") == "<p>a\nb</p>\n"


def test_a_definition_that_no_link_uses_is_shown() -> None:
    shown = html("[todo]: milk 'and bread'\n[a]: https://example.org\n[a]: https://example.com\n\n[a]")
    assert shown.endswith(
        '<p class="target">[todo]: milk \'and bread\'</p>\n<p class="target">[a]: https://example.com</p>\n'.replace(
            "'", "&#x27;"
        )
    )
    assert "[a]: https://example.org<" not in shown


def test_what_stands_behind_a_fences_language_is_shown() -> None:
    assert html('```ts title="a.ts"\nx\n```') == (
        '<p class="path"><code>title=&quot;a.ts&quot;</code></p>\n'
        '<pre class="code" tabindex="0"><code class="language-ts">x\n</code></pre>\n'
    )
    assert "<code>{x y}</code>" in html("```{x y}\n```")


def test_a_table_aligns_by_class_and_an_empty_heading_is_none() -> None:
    shown = html("| a | |\n|:-:|--:|\n| 1 | 2 |")
    assert '<th class="center">a</th>\n<td class="right"></td>' in shown
    assert '<td class="center">1</td>' in shown
    assert "style" not in shown


def test_tasks_and_alerts() -> None:
    assert '<li class="task"><span class="check">☑</span> done</li>' in html("- [x] done")
    assert html("> [!NOTE]\n> x") == '<div class="alert note">\n<p class="alert-title">Note</p>\n<p>x</p>\n</div>\n'


@pytest.mark.parametrize("text", ["> " * 120 + "x", "- " * 60 + "x", "x" * 200_001, "[" * 1_001])
def test_what_is_too_deep_or_too_long_is_no_markdown(text: str) -> None:
    assert found_of(text) is None


def test_code_is_coloured_where_its_language_is_known() -> None:
    assert '<span class="k">def</span>' in html("```python\ndef f(): pass\n```", highlight=True)
    assert "<span" not in html("```nosuchlanguage\ndef f(): pass\n```", highlight=True)
    assert "<span" not in html("    def f(): pass", highlight=True)
