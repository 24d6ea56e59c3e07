"""Twice as many messages are twice as much work: counted in lines of Python, which no busy machine changes."""

from __future__ import annotations

from functools import partial

import pytest

from py_export.convert import write
from py_export.model import Block, Message, Session, Text, ToolCall, ToolResult, Usage
from py_export.writers import WRITERS
from tests.guard.counts import counted

MOST = 2.2
"""How much more work twice as much may be; what goes through all messages for each of them takes four times as much."""

FEW = 120


def _session(turns: int) -> Session:
    """Return a session of which nothing is known beforehand: no model, no figures."""
    messages = []
    for at in range(turns):
        call = ToolCall(f"c{at}", "Bash", "shell", input={"command": "ls"}, result=ToolResult([Text("a")]))
        blocks: list[Block] = [Text(f"said {at}"), call]
        messages += [
            Message(id=f"q{at}", role="user", created_at=at * 2000, blocks=[Text(f"asked {at}")]),
            Message(id=f"a{at}", role="assistant", created_at=at * 2000 + 1000, usage=Usage(1, 2), blocks=blocks),
        ]
    return Session(id="s", title="t", exported_at=0, messages=messages)


@pytest.mark.parametrize(
    "name",
    [writer.id for writer in WRITERS if writer.kind != "settings" and not writer.binary],
)
def test_a_format_takes_twice_as_long_for_twice_as_much(name: str) -> None:
    less, more = (counted(partial(_written, _session(turns), name))["lines"] for turns in (FEW, 2 * FEW))
    assert more < MOST * less


def _written(session: Session, name: str) -> int:
    return sum(map(len, write(session, name)))
