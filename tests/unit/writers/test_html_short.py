"""The short way from a text to HTML, block by block, gives what the parser gives for the whole text."""

from __future__ import annotations

from collections.abc import Callable
from time import process_time
from unittest import mock

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from py_export.writers import html_markdown, html_texts
from py_export.writers.html_inline import inline
from py_export.writers.html_markdown import web_address
from py_export.writers.html_paragraphs import paragraphs
from py_export.writers.html_texts import Rendered, Said, rendered
from tests.unit.commonmark_spec import examples
from tests.unit.nasty import TEXTS

WORDS = {"image": "Image", "note": "Note", "tip": "Tip", "important": "Important", "warning": "W", "caution": "C"}
BEGINNINGS = (
    """
- |* |+ |1. |2. |10. |1) |0. |# |## |### |> |> - |```|```py|````|~~~|  |    |  - |   - |   1. |    - |---|***|___|===
- [ ] |- [x] |#|+|>|-|* * *|\t|`|**|_|[a]: x|> [!NOTE]|\u00a0
""".strip("\n")
    .replace("\n", "|")
    .split("|")
)
TABLES = ["| ", "|", "|---|", "|:-:|--:|", "| a | b |", "|---|---|", "| `a` | **b** |"]
INSIDE = (
    """
a¦b c¦潮汐¦格林。¦🌊¦**¦*¦_¦__¦`¦`x`¦``¦`a b`¦~¦~~¦[¦]¦(¦)¦](¦[t](https://example.org/a)¦[t](http://a.b/c?d=e#f)¦[x](y)
![i](https://e.org/x.png)¦![i](data:image/png;base64,AAAA)¦https://example.org/tides?x=1#y¦http://a.b¦www.example.org
mailto:a@b.c¦a@b.c¦<https://a.b>¦<b>¦<¦&¦&amp;¦&x¦\\¦\\*¦!¦|¦:¦//¦.¦,¦ ¦  ¦"¦'¦(a)¦1.¦-¦#¦x_y¦[ ]¦\u3000¦foo:bar¦http://
**bold**¦*em*¦**加粗**¦https://xn--a.b/¦ftp://x.y¦{¦=¦+¦**a** b¦h¦>
""".strip("\n")
    .replace("\n", "¦")
    .split("¦")
)
LINES = st.builds(
    "{}{}{}".format,
    st.sampled_from(["", "", "", *BEGINNINGS, *TABLES]),
    st.lists(st.sampled_from(INSIDE), max_size=6).map("".join),
    st.sampled_from(["\n", "\n", "\n\n", "\n \n", ""]),
)
MARKDOWN = st.lists(LINES, min_size=1, max_size=6).map("".join)

ITEMS = st.builds(
    "{}{}{}{}".format,
    st.sampled_from(["", "", "", "  ", "   ", "    "]),
    st.sampled_from(["- ", "- ", "* ", "1. ", "2. ", "1) ", "-", ""]),
    st.sampled_from(["a", "**b**", "`c`", "潮汐", "# d", "- e", "[ ] f", " g", ""]),
    st.sampled_from(["\n", "\n", "\n\n", "\n \n\n"]),
)
LISTS = st.lists(ITEMS, min_size=2, max_size=7).map("".join)


def html(text: str, *, breaks: bool = False) -> Rendered | None:
    [found] = rendered([Said(text, 3, breaks)], highlight=False, words=WORDS)
    return found


def parsed(text: str, *, breaks: bool = False) -> Rendered | None:
    """Return what the parser alone gives."""
    with (
        mock.patch.object(html_texts, "short", return_value=False),
        mock.patch.object(html_texts, "plain", lambda texts, *, breaks: [None] * len(texts)),  # noqa: ARG005 - as plain
    ):
        return html(text, breaks=breaks)


@settings(max_examples=600)
@given(text=MARKDOWN, breaks=st.booleans())
@example(text="- a\n\n1. b", breaks=False)
@example(text="- a\n  - b\n\n1. c\n", breaks=False)
@example(text="> a\n> **b**\nlazy", breaks=False)
@example(text="| a |\n|---|\nb", breaks=False)
@example(text="a  \nb", breaks=False)
@example(text="a\n- b\n- c\n\n\nd", breaks=True)
@example(text="a\n```\n\n# b\n```\n# c", breaks=False)
@example(text="潮**汐**表*的*每", breaks=False)
@example(text="- ![i](data:image/png;base64,AAAA)\n- `", breaks=False)
@example(text="https://example.org/a??b and https://example.org/a..b", breaks=False)
@example(text="见https://example.org/a?b=c。然后`d`、看https://example.org/潮 。", breaks=False)
@example(text="**a:** b, **“c”** d **`e`**, (**f**) **g.**h", breaks=False)
@example(text="a\x01b", breaks=False)
def test_both_ways_give_the_same(*, text: str, breaks: bool) -> None:
    assert html(text, breaks=breaks) == parsed(text, breaks=breaks)


@settings(max_examples=600)
@given(text=LISTS, breaks=st.booleans())
@example(text="- a\n\n- b\n  - c\n  - d\n\n- e\nf", breaks=False)
@example(text="1. a\n\n2. b\n\n- c\n\n\n- d\n\n# e", breaks=False)
@example(text="- a\n  - b\n\n  - c\n- d", breaks=False)
@example(text="- a\n\n  b\n\n- c", breaks=False)
@example(text="- a\n\n- b\n\n\n  c", breaks=False)
def test_both_ways_give_the_same_for_lists(*, text: str, breaks: bool) -> None:
    assert html(text, breaks=breaks) == parsed(text, breaks=breaks)


@settings(max_examples=200)
@given(text=TEXTS)
def test_both_ways_give_the_same_for_what_is_nasty(text: str) -> None:
    assert html(text) == parsed(text)


@settings(max_examples=300)
@given(texts=st.lists(st.tuples(st.one_of(MARKDOWN, LISTS, TEXTS), st.integers(1, 4), st.booleans()), max_size=5))
@example(texts=[("**a**", 3, False), ("a *b", 3, False), ("![i](data:image/png;base64,AAAA) `b`", 3, False)])
@example(texts=[("# a", 1, False), ("# b\n\n## *c", 2, True), ("a\nb", 3, True), ("[c]: d", 3, False)])
@example(texts=[("a `b", 3, False), ("> " * 120 + "c", 3, False), ("潮 *d", 3, False)])
def test_texts_together_become_what_each_of_them_becomes(texts: list[tuple[str, int, bool]]) -> None:
    found = rendered([Said(*text) for text in texts], highlight=False, words=WORDS)
    assert found == [one for text in texts for one in rendered([Said(*text)], highlight=False, words=WORDS)]


def test_both_ways_give_the_same_for_the_specification() -> None:
    texts = examples()
    assert len(texts) > 600
    for first, second in zip(texts, texts[1:] + texts[:1], strict=True):
        for text in (first, f"{first}\n\nThen **this**:\n\n{second}", f"- a\n- b\n\n{first}"):
            assert html(text) == parsed(text)


ANSWER = """This is **why** it `fails`, in [the table](https://example.org/tides?year=2024) of *2024*, as in snake_case:

## 原因

- **Gaps**: the spline < 3 & "so" on
  - a `--flag` within
- 格林尼治**分潮**表

1. First
2. Second https://example.org/a

3. Third, **apart**
   - within

> He said
> so.

| a | b |
|---|--:|
| 1 | `x` |

```python
def f(): pass
```

---
And so on [x] [y].
"""


def test_what_agents_write_needs_no_parser(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise AssertionError

    expected = parsed(ANSWER)
    monkeypatch.setattr(html_markdown, "_parser", fail)
    assert html(ANSWER) == expected


CONTENTS = st.lists(
    st.sampled_from([*INSIDE, "。", "、", '**"a"**', "**`b`**", "**c:** ", "\n", "'", "?", "_"]), max_size=7
)


@settings(max_examples=600)
@given(contents=st.lists(CONTENTS.map("".join).map(str.strip), min_size=1, max_size=4), breaks=st.booleans())
@example(contents=["a **b", "c** d"], breaks=False)
@example(contents=["a", "&amp;", "b `c", "d` e", ""], breaks=False)
@example(contents=["https://", "example.org/a", "http://a.b", "??"], breaks=False)
def test_paragraphs_together_become_what_the_parser_makes_of_each(*, contents: list[str], breaks: bool) -> None:
    found = paragraphs(contents, html_markdown.link_open, breaks=breaks)
    env = html_markdown.environment(level=3, breaks=breaks, highlight=False, words=WORDS)
    for content, known in zip(contents, found, strict=True):
        assert known is None or "]:" in content or known == html_markdown.parsed_inline(content, env)


@pytest.mark.parametrize(
    "content",
    [
        "/" * 50_000,
        "**a " * 20_000,
        "*`a` " * 20_000,
        "[" * 20_000,
        "https://a.b/`潮" * 5_000,
        "`" * 50_000,
        "_a_" * 9_000,
    ],
)
def test_paragraphs_are_looked_through_in_step_with_their_length(content: str) -> None:
    begun = process_time()
    paragraphs([content, "b"], html_markdown.link_open, breaks=False)
    assert process_time() - begun < 1


def test_what_a_paragraph_may_mean_otherwise_takes_the_parser() -> None:
    link: Callable[[str], str | None] = lambda url: f'<a href="{url}">'  # noqa: E731 - its type
    for text in (
        "**a*",
        "__a__",
        "![a](https://b.c)",
        "[a](b)",
        "a\\",
        "~a~",
        "`` a ``",
        "&amp;",
        "<a@b>",
        "http:// a",
    ):
        assert inline(text, link, breaks=False) is None
    assert inline("a & b < c * d", link, breaks=False) == "a &amp; b &lt; c * d"
    assert inline("a\nb", link, breaks=True) == "a<br>\nb"


@pytest.mark.parametrize(
    "url", ["https://a.b/?" + "a" * 5_000 + "|", "https://a/#" + "?a" * 5_000 + "|", "https://" + "a." * 5_000 + "|"]
)
def test_a_long_address_that_is_none_is_told_at_once(url: str) -> None:
    begun = process_time()
    assert web_address(url) is None
    assert process_time() - begun < 1
