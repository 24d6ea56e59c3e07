"""What the benchmarks convert: long sessions, made up, the same bytes every time."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from typing import Any
from uuid import UUID

Json = dict[str, Any]

START = 1767600000000  # 2026-01-05T08:00:00Z
STEP = 9_000

PROSE = """
the tide gauge at the harbour reports every six minutes and the spline does not like the gaps that follow a storm so
we fit each stretch on its own then join them where the derivative agrees which was what the old subroutine did
before somebody inlined it the constituents come from the table of the year not from the file
"""
WORDS = PROSE.split()
CHINESE = "潮汐表的每一行都对应一个分潮、相位以格林尼治为准。请先检查单位、再比较振幅。"
EMOJI = ("🌊", "✅", "👩‍🔬", "🇳🇴", "📈")
CODE = """def amplitude(constituent: str, year: int) -> float:
    table = load(year)
    return sum(row.weight * row.height for row in table if row.name == constituent)
"""


def payload(messages: int, size: int) -> Iterator[bytes]:
    """
    Yield a canonical payload in compact JSON, of so many messages and about so many bytes.

    Most is prose: 8 % of the paragraphs Chinese, 6 % with emoji, few marks of Markdown. Every eighth message has code,
    every fifth of the assistant's a tool call.
    """
    chance = random.Random(7)  # noqa: S311 - the same every time
    yield head(messages, "Twenty years of tides") + b',"messages":['
    for number in range(messages):
        record = _message(number, size // messages, chance)
        yield (b"," if number else b"") + compact(record)
    yield b"]}"


def head(messages: int, title: str) -> bytes:
    """Return how the payload of a session of so many messages begins."""
    end = START + messages * STEP
    found = {
        "schemaVersion": 1,
        "generator": "py-export 0.1.0",
        "exportedAt": end,
        "session": {
            "id": "5a0f1b1e-3000-4000-8000-0123456789ab",
            "title": title,
            "source": {"app": "claude-code", "format": "claude-code", "version": "2.1.7"},
            "createdAt": START,
            "updatedAt": end,
        },
    }
    return compact(found)[:-1]


def claude_code(records: int, size: int, session: int = 0) -> Iterator[bytes]:
    """Yield a Claude Code transcript line by line, of so many records and about so many bytes: turns of four."""
    chance = random.Random(11 + session)  # noqa: S311 - the same every time
    before: str | None = None
    each = size // records
    for number in range(records):
        turn, place = divmod(number, 4)
        identity = uuid(number + (session << 32))
        known = {"uuid": identity, "parentUuid": before, "sessionId": uuid(session << 32), "at": number}
        yield compact(_record(turn, place, each, chance, known)) + b"\n"
        before = identity


def _message(number: int, size: int, chance: random.Random) -> Json:
    assistant = number % 2 == 1
    message: Json = {
        "id": uuid(number),
        "seq": number + 1,
        "parentId": uuid(number - 1) if number else None,
        "role": "assistant" if assistant else "user",
        "createdAt": START + number * STEP,
    }
    room = size - 420
    blocks: list[Json] = []
    if assistant:
        message["model"] = "claude-opus-4-5"
        message["usage"] = {"inputTokens": 900 + number % 50, "outputTokens": 300, "cacheReadTokens": 20_000}
    if assistant and number % 10 == 1:
        blocks.append(_call(number, room // 2, chance))
        room //= 2
    blocks.append({"type": "text", "text": _text(room, chance, code=number % 8 == 3)})
    return message | {"blocks": blocks}


def _call(number: int, size: int, chance: random.Random) -> Json:
    return {
        "type": "tool_call",
        "id": f"toolu_{number:08}",
        "name": "Bash",
        "kind": "shell",
        "subject": f"pytest tests/test_{number % 90}.py",
        "input": {"command": f"pytest tests/test_{number % 90}.py", "description": "Run the tests"},
        "status": "completed",
        "result": {"blocks": [{"type": "text", "text": _output(size, chance)}], "isError": False},
        "startedAt": START + number * STEP,
        "endedAt": START + number * STEP + 1500,
    }


def _record(turn: int, place: int, size: int, chance: random.Random, known: Json) -> Json:
    """Return one record of a turn: what the user asks, a tool call, its result, the answer."""
    at = START + known.pop("at") * STEP
    # A call is short, an answer long.
    room = max(4 * size // 3 - 700, 40)
    record: Json = known | {
        "isSidechain": False,
        "userType": "external",
        "cwd": "/home/person/tides",
        "version": "2.1.7",
        "gitBranch": "main",
        "timestamp": _iso(at),
    }
    if place == 0:
        said = {"role": "user", "content": _text(room, chance)}
        return record | {"type": "user", "message": said}
    if place == 2:
        out = _output(room * 2 // 3, chance)
        block = {"tool_use_id": f"toolu_{turn:08}", "type": "tool_result", "content": out, "is_error": False}
        twin = {"stdout": out, "stderr": "", "interrupted": False, "isImage": False}
        return record | {"type": "user", "message": {"role": "user", "content": [block]}, "toolUseResult": twin}
    call = {"command": f"pytest tests/test_{turn % 90}.py", "description": "Run the tests"}
    content: list[Json] = [{"type": "text", "text": _text(room, chance, code=turn % 4 == 3)}]
    if place == 1:
        content = [{"type": "tool_use", "id": f"toolu_{turn:08}", "name": "Bash", "input": call}]
    return record | {
        "type": "assistant",
        "requestId": f"req_{turn:08}_{place}",
        "message": {
            "id": f"msg_{turn:08}_{place}",
            "type": "message",
            "role": "assistant",
            "model": "claude-opus-4-5",
            "content": content,
            "stop_reason": "end_turn",
            "usage": {"input_tokens": 4, "cache_read_input_tokens": 20_000, "output_tokens": 300},
        },
    }


def _text(size: int, chance: random.Random, *, code: bool = False) -> str:
    paragraphs: list[str] = []
    if code:
        paragraphs.append(f"```python\n{CODE}```")
        size -= len(CODE)
    while size > 0:
        kind = chance.random()
        if kind < 0.08:
            paragraph = CHINESE * max(1, min(size, 600) // 160)
        else:
            words = [chance.choice(WORDS) for _ in range(min(size, 420) // 6 + 1)]
            words[0] = words[0].capitalize()
            if kind > 0.94:
                words.append(chance.choice(EMOJI))
            if kind > 0.97:
                words[len(words) // 2] = f"**{words[len(words) // 2]}**"
            paragraph = " ".join(words) + "."
        paragraphs.append(paragraph)
        size -= len(paragraph.encode()) + 2
    return "\n\n".join(paragraphs)


def _output(size: int, chance: random.Random) -> str:
    line = "tests/test_{}.py::test_amplitude_of_{} PASSED [{:3}%]"
    return "\n".join(
        line.format(chance.randrange(90), chance.choice(WORDS), chance.randrange(100)) for _ in range(size // 56 + 1)
    )


def uuid(number: int) -> str:
    """Return the id of a record."""
    return str(UUID(int=0x5A0F1B1E_0000_4000_8000_000000000000 + number))


def _iso(at: int) -> str:
    from datetime import UTC, datetime  # noqa: PLC0415 - for this line

    return datetime.fromtimestamp(at / 1000, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def compact(value: Json) -> bytes:
    """Return a value as JSON text without any space."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
