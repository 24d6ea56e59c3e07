"""Texts put together from what CommonMark finds structure in, line by line."""

from __future__ import annotations

from hypothesis import strategies as st

INDENTS = st.sampled_from(["", "", "", " ", "  ", "   ", "    ", "\t", " \t", "> ", ">", "- ", "1. ", "  - ", "      "])

LINES = st.sampled_from(
    [
        *("", "foo", "bar", "User", "The Title", "Us**er**", "&#85;ser", "\\## User", "```", "````", "```py", "``` `x"),
        *("``x```", "~~~", "~~~~", "~~~ `", "===", "=", "---", "-", "- - -", "***", "|---|", "##", "#", "## ", "## Us"),
        *(
            "## User",
            "## User ##",
            "## *User*",
            "##\tUser",
            "## `User`",
            "## User <!-- x -->",
            "## [User]",
            "## ![User](y)",
        ),
        *(
            "##\u00a0User",
            "## User\x0c",
            "## Us\u200ber",
            "# The Title",
            "#### User",
            "### Sub-agent: x",
            "## Assistant",
        ),
        *(
            "<!--",
            "-->",
            "<script>",
            "</script>",
            "<pre>",
            "</pre>",
            "<style>",
            "<pre\x0c",
            "<script\u2028",
            "<?",
            "?>",
            "<!X",
            ">",
            "<![CDATA[",
            "]]>",
        ),
        *(
            "<div>",
            "</div>",
            "<details>",
            "<b>",
            "[User]: /url",
            "[a]: /b 'title",
            "'",
            "[x]",
            "- ",
            "1.",
            "2) ",
            "* ",
            "+",
        ),
        *("- - - - - - - - - - - x", "> > > > > x", "\\", "&nbsp;", "\x0c", "\u2028", "\x00", "\x85", "\x1b[31m", "🎉"),
    ],
)

ENDS = st.sampled_from(["\n", "\n", "\n", "\n\n", "\r", "\r\n", ""])

TEXTS = st.lists(st.tuples(INDENTS, LINES, ENDS), max_size=8).map(lambda lines: "".join(map("".join, lines)))
