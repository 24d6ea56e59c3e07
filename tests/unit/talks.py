"""Talks as Claude Code's transcripts hold them: of turns that need each other, and of turns that do not."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

from py_export.model import Json
from tests.unit.readers.transcripts import answer, claude, prompt, result, use


def talk(turns: int, name: str = "") -> list[dict[str, Any]]:
    """Return turns of four records, each in need of nothing but the one before."""
    before: str | None = None
    found = []
    for number in range(1, turns * 4, 4):
        uuids = [f"{name}u{number + at}" for at in range(4)]
        found += [
            prompt(uuids[0], f"# Question {number}", before),
            answer(uuids[1], f"{name}m{number}", "Wait", use(f"{name}t{number}", command="ls"), parent=uuids[0]),
            result(uuids[2], f"{name}t{number}", "a\nb", uuids[1], toolUseResult={"stdout": "a\nb"}),
            answer(uuids[3], f"{name}m{number}b", "Done", parent=uuids[2]),
        ]
        before = uuids[3]
    return found


def _inserted(at: int, *more: Json) -> list[Json]:
    turns: list[Json] = [*talk(4)]
    return turns[:at] + list(more) + turns[at:]


def _between(*more: dict[str, Any]) -> list[Json]:
    """Return turns with records between two of them, each of which follows the one before."""
    turns = talk(4)
    before = "u8"
    for record in more:
        record["parentUuid"], before = before, record["uuid"]
    turns[8]["parentUuid"] = before
    return [*turns[:8], *more, *turns[8:]]


def _later_answer() -> list[Json]:
    turns = talk(4)
    return [*[record for record in turns if record["uuid"] != "u3"][:6], turns[2], *turns[6:]]


def _agents(*, apart: bool) -> list[Json]:
    """Return a talk with a sub-agent's words below its call, or a turn of the user's further down."""
    turns: list[Json] = [*talk(4)]
    asks = [
        answer("u80", "m80", use("t80", "Task", prompt="Count the gauges")),
        prompt("u81", "Count the gauges", isSidechain=True),
        answer("u82", "m82", "Seven", parent="u81", isSidechain=True),
        result("u83", "t80", "Seven", "u80"),
    ]
    return (
        turns[:7]
        + ([asks[0], asks[3], *turns[7:11], *asks[1:3], turns[11]] if apart else [*asks, *turns[7:12]])
        + turns[12:]
    )


ALONE: dict[str, Callable[[], list[Json]]] = {
    "a sub-agent below its call": lambda: _agents(apart=False),
    "a title that the user gave later": lambda: _inserted(
        15, {"type": "custom-title", "customTitle": "Question 1", "sessionId": "s"}
    ),
    "a last prompt of the same turn": lambda: _inserted(16, {"type": "last-prompt", "leafUuid": "u15"}),
    "a snapshot, which has no name": lambda: _inserted(4, {"type": "file-history-snapshot", "snapshot": {}}),
    "a record that nobody knows": lambda: _inserted(9, claude("hologram", "u90", "u9")),
    "a record of another version": lambda: _inserted(9, claude("user", "u90", "u9", version="2.2.0", message="Hm")),
    "a command": lambda: _between(
        prompt("u90", "<command-name>/model</command-name>"),
        prompt("u91", "<local-command-stdout>Set</local-command-stdout>"),
    ),
    "a line that is broken": lambda: _inserted(6, "no record"),
    "an image": lambda: _between(
        prompt("u90", [{"type": "image", "source": {"type": "base64", "media_type": "image/png", "data": "AA=="}}])
    ),
}
"""What needs nothing of another turn."""

TIED: dict[str, Callable[[], list[Json]]] = {
    "a call that is answered in a later turn": _later_answer,
    "a record that stands there twice": lambda: [*talk(4), talk(1)[1]],
    "another record of the same name": lambda: [*talk(4), answer("u2", "m90", "Other words")],
    "an API message that goes on in a later turn": lambda: [*talk(4), answer("u90", "m1", "More", parent="u16")],
    "an API message's id, asked for again": lambda: [*talk(4), answer("u90", "m1", "More", requestId="other")],
    "a call's id, used again": lambda: [*talk(4), answer("u90", "m90", use("t1")), result("u91", "t1", "b")],
    "a branch that goes off further up": lambda: _inserted(12, prompt("u90", "Or rather", "u4")),
    "another first question of the turn": lambda: _inserted(9, prompt("u90", "Or rather", "u8")),
    "a parent that is written later": lambda: _inserted(2, answer("u90", "m90", "Hm", parent="u13")),
    "a parent that was never written": lambda: _inserted(8, prompt("u90", "Hm", "u99")),
    "a sub-agent that was called further up": lambda: _agents(apart=True),
    "two sub-agents that were asked the same": lambda: [
        *_agents(apart=False),
        prompt("u93", "Again", "u16"),
        answer("u94", "m94", use("t94", "Task", prompt="Count the gauges")),
        result("u95", "t94", "Eight", "u94"),
    ],
    "a sub-agent that either of two calls may have started": lambda: [
        prompt("u1", "Go"),
        answer("u2", "m2", use("t2", "Task"), parent="u1"),
        answer("u3", "m3", "Seven", isSidechain=True, agentId="a1"),
        result("u4", "t2", "Seven", "u2"),
        prompt("u5", "Again", "u4"),
        answer("u6", "m6", use("t6", "Task"), parent="u5"),
        result("u7", "t6", "Eight", "u6"),
    ],
    "a leaf further up": lambda: [*talk(4), {"type": "last-prompt", "leafUuid": "u8"}],
    "what waits in the user's queue": lambda: _inserted(
        6, {"type": "queue-operation", "operation": "enqueue", "content": "And then?", "sessionId": "s"}
    ),
    "what nobody has said": lambda: _inserted(8, prompt("u90", "No response requested.", "u8")),
    "a blank line": lambda: [*talk(4)],
}
"""What is another thing without the other turns."""


def _inside(chance: random.Random) -> dict[str, Any]:
    """Return what marks a sub-agent's record, which not all versions name."""
    named = {"agentId": f"a{chance.randint(1, 2)}"} if chance.random() < 1 / 2 else {}
    return {"isSidechain": True, **named}


PIECES: dict[str, Callable[[int, random.Random], list[Json]]] = {
    "turn": lambda at, _: [prompt(f"u{at}", f"Say {at}", f"u{at - 1}")],
    "root": lambda at, _: [prompt(f"u{at}", f"Begin {at}")],
    "answer": lambda at, _: [answer(f"u{at}", f"m{at}", f"Said {at}", parent=f"u{at - 1}")],
    "more": lambda at, chance: [answer(f"u{at}", f"m{chance.randint(1, at)}", f"More {at}", parent=f"u{at - 1}")],
    "call": lambda at, chance: [
        answer(
            f"u{at}",
            f"m{at}",
            use(f"t{chance.randint(1, at)}", chance.choice(["Bash", "Read", "Task"])),
            parent=f"u{at - 1}",
        )
    ],
    "asked": lambda at, chance: [
        answer(f"u{at}", f"m{at}", use(f"t{at}", "Task", prompt=f"Do {chance.randint(1, 3)}"), parent=f"u{at - 1}")
    ],
    "result": lambda at, chance: [result(f"u{at}", f"t{chance.randint(1, at)}", f"Out {at}", f"u{at - 1}")],
    "agent": lambda at, chance: [
        prompt(
            f"u{at}",
            f"Do {chance.randint(1, 3)}",
            **_inside(chance),
        )
    ],
    "agent says": lambda at, chance: [
        answer(
            f"u{at}",
            f"m{at}",
            "Inside",
            parent=f"u{chance.randint(1, at)}",
            **_inside(chance),
        )
    ],
    "branch": lambda at, chance: [prompt(f"u{at}", f"Or {at}", f"u{chance.randint(1, at)}")],
    "copy": lambda at, chance: [prompt(f"u{chance.randint(1, at)}", f"Say {at}", f"u{at - 1}")],
    "command": lambda at, _: [
        prompt(f"u{at}", "<command-name>/model</command-name>", f"u{at - 1}"),
        prompt(f"u{at}b", "<local-command-stdout>set</local-command-stdout>", f"u{at}"),
    ],
    "meta": lambda at, _: [prompt(f"u{at}", "Caveat: none", f"u{at - 1}", isMeta=True)],
    "silent": lambda at, _: [answer(f"u{at}", f"m{at}", "No response requested.", parent=f"u{at - 1}")],
    "leaf": lambda at, chance: [{"type": "last-prompt", "leafUuid": f"u{chance.randint(1, at)}", "sessionId": "s"}],
    "summary": lambda at, chance: [
        {"type": "summary", "summary": f"Sum {at}", "leafUuid": f"u{chance.randint(1, at)}"}
    ],
    "title": lambda at, chance: [
        {"type": chance.choice(["ai-title", "custom-title"]), "title": f"Say {chance.randint(1, at)}", "sessionId": "s"}
    ],
    "queue": lambda at, chance: [
        {
            "type": "queue-operation",
            "operation": chance.choice(["enqueue", "dequeue", "remove"]),
            "content": f"Say {at}",
            "sessionId": "s",
        }
    ],
    "system": lambda at, _: [claude("system", f"u{at}", f"u{at - 1}", subtype="turn_duration", durationMs=5)],
    "compact": lambda at, _: [
        claude("system", f"u{at}", None, subtype="compact_boundary", logicalParentUuid=f"u{at - 1}")
    ],
    "unknown": lambda at, _: [claude("hologram", f"u{at}", f"u{at - 1}")],
    "odd block": lambda at, _: [answer(f"u{at}", f"m{at}", {"type": "odd"}, f"Said {at}", parent=f"u{at - 1}")],
    "number": lambda _, __: [7],
}
