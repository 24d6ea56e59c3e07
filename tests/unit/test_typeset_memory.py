"""What a document takes to be set is told before; it is measured here, each time in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from py_export import typesetting
from tests.checkout import ROOT
from tests.peak import measured

_MEASURED = """
import sys
from py_export import read, typesetting, write
from tests.peak import peak

told = []
whole = typesetting.Body.json
typesetting.Body.json = lambda body: told.append(body.size) or whole(body)
(session,) = read(sys.stdin.buffer.read())
list(write(session, "session-pdf"))
print(told[0], peak())
"""
BEGINNING = 90_000_000
"""What Python, Typst and the fonts take before anything is set."""

TEXTS = {
    "prose": "Lorem ipsum dolor sit amet consectetur. " * 1_500,
    "tables": "|a|b|\n|-|-|\n" + "|1|2|\n" * 700,
    "code in a language": "```python\n" + "def f(x): return x + 1\n" * 300 + "```",
    "code": "```\n" + "def f(x): return x + 1\n" * 900 + "```",
    "headings": "# a\n\n" * 500,
    "lists": "- item **bold**\n" * 300,
    "Chinese": "这是一个很长的段落。" * 3_000,
}
"""What each of twenty messages says."""


@measured
@pytest.mark.parametrize("kind", TEXTS)
def test_what_is_told_is_not_less_than_what_is_taken_and_not_several_times_as_much(kind: str) -> None:
    blocks = [{"type": "text", "text": TEXTS[kind]}]
    messages = [{"id": str(number), "role": "assistant", "blocks": blocks} for number in range(20)]
    head = {"schemaVersion": 1, "generator": "py-export", "exportedAt": 1, "session": {"id": "s"}}
    given = json.dumps(head | {"messages": messages}).encode()
    command = [sys.executable, "-c", _MEASURED]
    done = subprocess.run(command, input=given, capture_output=True, check=True, cwd=ROOT)  # noqa: S603 - ours
    told, taken = map(int, done.stdout.split())
    assert taken - BEGINNING <= told * 1.25
    assert told <= max(2 * (taken - BEGINNING), BEGINNING)


def test_what_people_wrote_counts_as_nothing_but_text() -> None:
    def told(text: str) -> int:
        body = typesetting.Body()
        body.add([{"t": "p", "c": [text]}])
        return body.size

    assert told('"t":"h"' * 100) < told("x" * 2_000)
