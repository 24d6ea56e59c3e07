"""Twice as much to read is twice as much work: counted in calls of functions, which no busy machine changes."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import pytest

import py_export
from tests.unit.readers.transcripts import SESSION, answer, event, item, lines, meta, prompt, result, spoken, use

MOST = 2.2
"""How much more work twice as much may be; what compares each with every other takes four times as much."""


def _retold(number: int) -> bytes:
    return lines(answer("u1", "m", use("t")), *(result(f"u{at + 2}", "t", f"part {at}") for at in range(number)))


def _calls(number: int) -> bytes:
    made = [answer(f"a{at}", f"m{at}", use(f"t{at}")) for at in range(number)]
    return lines(prompt("u1", "go"), *made, *(result(f"b{at}", f"t{at}", "ok") for at in range(number)))


def _chain(number: int) -> bytes:
    return lines(*(prompt(f"u{at}", f"say {at}", f"u{at - 1}") for at in range(number)))


def _circle(number: int) -> bytes:
    return lines(*(prompt(f"u{at}", f"say {at}", f"u{(at + 1) % number}") for at in range(number)))


def _sub_agents(number: int) -> bytes:
    made = [answer(f"a{at}", f"m{at}", use(f"t{at}", "Task", prompt=f"do {at}")) for at in range(number)]
    asked = [{**prompt(f"s{at}", f"do {at}"), "isSidechain": True} for at in range(number)]
    return lines(prompt("u1", "go"), *made, *asked)


def _queued(number: int) -> bytes:
    waits = {"type": "queue-operation", "sessionId": SESSION}
    put = [{**waits, "operation": "enqueue", "content": f"say {at}"} for at in range(number)]
    return lines(prompt("u1", "go"), *put, *({**one, "operation": "remove"} for one in reversed(put)))


def _rollout(number: int) -> bytes:
    records = [meta()]
    for at in range(number):
        records += [spoken("user", f"say {at}"), event("user_message", message=f"say {at}")]
        records += [item("function_call", name="shell", arguments="{}", call_id=f"c{at}")]
    return lines(*records, *(item("function_call_output", call_id=f"c{at}", output="ok") for at in range(number)))


def _rewound(number: int) -> bytes:
    turns = [{"id": f"m{at}", "type": "user", "content": f"say {at}"} for at in range(10)]
    rounds = [record for _ in range(number) for record in (*turns, {"$rewindTo": "m0"})]
    return lines({"sessionId": "s", "projectHash": "h"}, *rounds)


def _work(data: bytes) -> int:
    done = 0

    def count(_frame: object, happened: str, _argument: Any) -> None:  # noqa: ANN401 - what the interpreter hands over
        nonlocal done
        done += happened in ("call", "c_call")

    sys.setprofile(count)
    try:
        py_export.read(data)
    finally:
        sys.setprofile(None)
    return done


@pytest.mark.parametrize("form", [_retold, _calls, _chain, _circle, _sub_agents, _queued, _rollout, _rewound])
def test_twice_as_much_takes_twice_the_work(form: Callable[[int], bytes]) -> None:
    _work(form(2))  # what is imported and compiled once
    assert _work(form(200)) / _work(form(100)) < MOST
