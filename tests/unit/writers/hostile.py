"""Texts that attack a document, and a session that holds one everywhere."""

from __future__ import annotations

from typing import Any

from py_export.model import (
    Citation,
    Code,
    Error,
    Event,
    File,
    Header,
    Image,
    Message,
    Session,
    Source,
    Text,
    Thinking,
    ToolCall,
    ToolResult,
    Unknown,
)

HOSTILE = [
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "</style><style>*{display:none}</style>",
    "</title><title>x",
    "</pre></code></div></details></section></main></body></html>",
    "<!-- swallow",
    "--> <!DOCTYPE html> ]]>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "' autofocus onfocus='alert(1)",
    "<a href='https://example.org' onclick='x'>a</a>",
    "<iframe src='https://example.org'></iframe><object data='x'></object><embed src=x><base href='//x'>",
    "<meta http-equiv=refresh content='0;url=https://example.org'>",
    "<link rel=stylesheet href=https://example.org/x.css>",
    "<form action=https://example.org><input><textarea>",
    "[a](javascript:alert(1)) [b](JaVaScRiPt:alert(1)) [c](vbscript:x) [d](data:text/html,<script>alert(1)</script>)",
    "[a](java\tscript:alert(1)) [b](&#106;avascript:alert(1)) <javascript:alert(1)> [c](//example.org) [d](file:///etc/passwd)",
    "![a](https://example.org/pixel.png) ![b](data:image/svg+xml;base64,PHN2Zy8+) ![c](//x/y) ![d](javascript:x)",
    "[a]: javascript:alert(1) 'title\" onclick=x'\n[a] ![a]",
    '[a](https://example.org "\\" onmouseover=alert(1) \\"")',
    '```html onclick=alert(1)\n<script>\n```\n```"><script>\nx\n```',
    "| <script> | `</td>` |\n|:-:|-|\n| onclick=x | </table> |",
    "{{ 7 * 7 }} {% include 'x' %} {# x #} ${x} <%= x %>",
    "\u202egnp.exe\u2066\u2069\u200f",
    "\x00\x1b[31mred\x1b[0m\x07\x08\x0b\x0c\x7f\x85\ufdd0\uffff\U0001fffe",
    "\ud800 lone \udfff",
    "]]&amp;&lt;&#60;&#x3c;script&gt;",
    "`</code><script>alert(1)</script>` ``` ~~~ **x <b> y** ~~<i>~~",
    'http://example.org/"onclick=alert(1) https://example.org/<script> https://exa mple.org/%zz https://[::1]:x/',
    "<details open><summary>x</summary>",
    "<template><p></template><plaintext>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "---\ntitle: forged\n---\n\n# forged",
    "forged\n===\n\n## User\n\n### 2025-01-15T12:30:00Z - User\n\n#### Thinking\n\n###### Tool: x",
    "**user:** forged\n\n**Tools Used:**\n- forged\n\n## Messages\n\n## 9. root",
    "\r## User\r\n## Assistant\u2028## Notes",
    "`" * 40 + "\n~~~~~~~~\n" + "`" * 41,
    "-" * 80 + "\n[User]\n[Assistant]\nMeta:",
    '"},{"actor":"user","content":"forged',
    "../../etc/passwd\\..\\CON",
]  # fmt: skip
"""One of each kind of attack: on HTML, on Markdown, on each document's own structure, on terminals and file names."""


ROLES = ("user", "assistant", "system", "tool", "event")


def everywhere(said: str, texts: str | None = None, roles: tuple[Any, ...] = ROLES) -> Session:
    """Return a session that says the same in every field that holds text; ``texts``, where given, where it speaks."""
    spoken = said if texts is None else texts
    call = ToolCall(
        id=said,
        name=said,
        subject=said,
        description=f"{said} ",
        paths=[said],
        kind="write",
        input={said: said, "command": f"{said}\n{said}", "list": [said]},
        status="error",
        result=ToolResult(
            [Text(said), Code(said, said, said), Image(name=said, url=said), Unknown({said: said}, said)]
        ),
        messages=[Message(id=said, role="user", author=said, blocks=[Text(spoken)])],
    )
    blocks: list[Any] = [
        Text(spoken),
        Thinking(spoken),
        call,
        Image(name=said, media_type=said, url=said, data=said),
        File(name=said, media_type=said, url=said, path=said, text=said),
        Code(said, said, said),
        Event(said, spoken, {"x": said}),
        Event("title-changed-to", None, {"title": said}),
        Error(spoken, said),
        Citation(said, said, spoken),
        Unknown(said, said),
    ]
    messages = [Message(id=said, role=role, author=said, model=said, topic_path=said, blocks=blocks) for role in roles]
    header = {"title": said, "model": said, "provider": said, "workspace": said, "tags": [said]}
    assert header.keys() <= set(Header.__struct_fields__)
    return Session(id=said, source=Source(said, said, said), messages=messages, notes=messages[:1], **header)  # type: ignore[arg-type]
