"""A long conversation as agents have it: lists, headings, tables, links, code of several languages, thinking, tools."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

from tests.benchmarks.data import EMOJI, START, STEP, WORDS, Json, compact, head, uuid

CHINESE_WORDS = (
    "潮位",
    "分潮",
    "振幅",
    "相位",
    "格林尼治",
    "样条",
    "插值",
    "断点",
    "港口",
    "验潮站",
    "回归测试",
    "函数",
)
NAMES = ("amplitude", "fit_spline", "read_gauge", "GaugeReader", "tide_table", "phase_lag", "np.interp", "--dry-run")
PATHS = ("src/tides/gauge.py", "tests/test_spline.py", "docs/constituents.md", "web/src/chart.ts", "Makefile")
LINKS = ("https://example.org/tides/table?year=2024", "https://docs.example.com/spline#natural")
CODE = {
    "python": 'def {0}(values: list[float]) -> float:\n    """Return the {1} of a series."""\n'
    "    return sum(v * {2} for v in values if v > 0) / max(len(values), 1)\n",
    "ts": "export function {0}(values: readonly number[]): number {{\n  // {1}\n"
    "  return values.reduce((a, b) => a + b * {2}, 0);\n}}\n",
    "bash": "$ make {0}\ngrep -rn '{1}' src | head -n {2}\n",
    "json": '{{"name": "{0}", "what": "{1}", "weight": {2}, "tags": ["a", "b"]}}\n',
    "": "{0}: {1}\n  at line {2} <module>\n",
}
TOOLS = (
    ("Bash", "shell", "pytest {} -q"),
    ("Read", "read", "{}"),
    ("Edit", "edit", "{}"),
    ("Grep", "search", "amplitude in {}"),
    ("TodoWrite", "plan", "3 steps for {}"),
)


def payload(messages: int, size: int) -> Iterator[bytes]:
    """Yield a canonical payload in compact JSON, of so many messages and about so many bytes."""
    chance = random.Random(23)  # noqa: S311 - the same every time
    yield head(messages, "Fit the gauge's spline anew") + b',"messages":['
    for number in range(messages):
        record = _message(number, size // messages - 330, chance)
        yield (b"," if number else b"") + compact(record)
    yield b"]}"


def _message(number: int, size: int, chance: random.Random) -> Json:
    assistant = number % 2 == 1
    message: Json = {
        "id": uuid(number),
        "seq": number + 1,
        "parentId": uuid(number - 1) if number else None,
        "role": "assistant" if assistant else "user",
        "createdAt": START + number * STEP + chance.randrange(999),
    }
    chinese = number % 12 in (4, 5)
    if not assistant:
        said = _paragraphs(max(80, size // chance.choice((2, 3, 6, 12))), chance, chinese=chinese)
        return message | {"blocks": [{"type": "text", "text": said}]}
    message["model"] = "claude-opus-4-5" if number % 40 else "claude-haiku-4-5"
    message["usage"] = {"inputTokens": 900 + number % 50, "outputTokens": 300, "cacheReadTokens": 20_000}
    blocks: list[Json] = []
    if number % 3 == 0:
        blocks.append({"type": "thinking", "text": _paragraphs(size // 3, chance, chinese=False)})
    blocks.append({"type": "text", "text": _answer(size if number % 3 else size * 2 // 3, chance, chinese=chinese)})
    if number % 5 < 3:
        blocks += [_call(number * 4 + at, size // 3, chance) for at in range(1 + number % 2)]
    return message | {"blocks": blocks}


def _answer(size: int, chance: random.Random, *, chinese: bool) -> str:
    parts = [_sentence(chance, chinese=chinese)]
    size -= len(parts[0].encode())
    while size > 0:
        part = chance.choices(_PARTS, _SHARES)[0](chance, chinese)
        parts.append(part)
        size -= len(part.encode())
    return "\n\n".join(parts)


def _paragraphs(size: int, chance: random.Random, *, chinese: bool) -> str:
    parts: list[str] = []
    while size > 0:
        sentences = [_sentence(chance, chinese=chinese) for _ in range(chance.randrange(1, 5))]
        parts.append(("" if chinese else " ").join(sentences))
        size -= len(parts[-1].encode())
    return "\n\n".join(parts)


def _sentence(chance: random.Random, *, chinese: bool) -> str:
    words = chance.choices(CHINESE_WORDS if chinese else WORDS, k=chance.randrange(6, 18))
    words[0] = words[0].capitalize()
    kind = chance.random()
    at = chance.randrange(1, len(words))
    if kind < 0.2:
        words[at] = f"`{chance.choice(NAMES)}`"
    elif kind < 0.3:
        words[at] = f"**{words[at]}**"
    elif kind < 0.34:
        words[at] = f"[{words[at]}]({chance.choice(LINKS)})"
    elif kind < 0.37:
        words[at] = f"*{words[at]}*"
    elif kind < 0.41:
        words.append(chance.choice(EMOJI))
    elif kind < 0.44:
        words[at] = f"{words[at]}_{words[-1]}"
    elif kind < 0.46:
        words[at] = f"({words[at]}: <{chance.choice(NAMES)}> & co)"
    elif kind < 0.48:
        words.append(chance.choice(LINKS))
    return ("" if chinese else " ").join(words) + ("。" if chinese else ".")


def _prose(chance: random.Random, chinese: bool) -> str:  # noqa: FBT001 - as its neighbours
    return ("" if chinese else " ").join(_sentence(chance, chinese=chinese) for _ in range(3))


def _heading(chance: random.Random, chinese: bool) -> str:  # noqa: FBT001
    words = chance.sample(CHINESE_WORDS if chinese else WORDS, 3)
    return f"{'#' * chance.randrange(2, 4)} {' '.join(words).capitalize()}"


def _list(chance: random.Random, chinese: bool) -> str:  # noqa: FBT001
    numbered = chance.random() < 0.4
    lines = []
    for number in range(1, chance.randrange(3, 7)):
        lead = f"**{chance.choice(CHINESE_WORDS if chinese else WORDS)}**: " if chance.random() < 0.5 else ""
        lines.append(f"{f'{number}.' if numbered else '-'} {lead}{_sentence(chance, chinese=chinese)}")
        if chance.random() < 0.15:
            lines.append(f"{'   ' if numbered else '  '}- {_sentence(chance, chinese=chinese)}")
    return "\n".join(lines)


def _code(chance: random.Random, _chinese: bool) -> str:  # noqa: FBT001
    language = chance.choice(tuple(CODE))
    lines = "".join(
        CODE[language].format(chance.choice(NAMES), chance.choice(WORDS), chance.randrange(1, 99)) for _ in range(3)
    )
    return f"```{language}\n{lines}```"


def _table(chance: random.Random, chinese: bool) -> str:  # noqa: FBT001
    words = CHINESE_WORDS if chinese else WORDS
    rows = [f"| {chance.choice(words)} | {chance.randrange(999)} | `{chance.choice(NAMES)}` |" for _ in range(4)]
    return "\n".join([f"| {chance.choice(words)} | {chance.choice(words)} | x |", "|---|---:|---|", *rows])


def _quote(chance: random.Random, chinese: bool) -> str:  # noqa: FBT001
    return f"> {_sentence(chance, chinese=chinese)}\n> {_sentence(chance, chinese=chinese)}"


_PARTS: tuple[Callable[[random.Random, bool], str], ...] = (_prose, _heading, _list, _code, _table, _quote)
_SHARES = (8, 2, 4, 3, 0.4, 0.4)


def _call(number: int, size: int, chance: random.Random) -> Json:
    name, kind, subject = TOOLS[number % len(TOOLS)]
    path = chance.choice(PATHS)
    failed = number % 17 == 0
    call: Json = {
        "type": "tool_call",
        "id": f"toolu_{number:08}",
        "name": name,
        "kind": kind,
        "subject": subject.format(path),
        "input": {"path": path, "description": " ".join(chance.choices(WORDS, k=6))},
        "status": "error" if failed else "completed",
        "result": {"blocks": [{"type": "text", "text": _output(size, chance)}], "isError": failed},
        "startedAt": START + number * STEP,
        "endedAt": START + number * STEP + chance.randrange(20, 90_000),
    }
    if kind == "shell":
        call["result"]["exitCode"] = int(failed)
    if kind in ("read", "edit"):
        call["paths"] = [path]
    if kind == "plan":
        call["steps"] = [{"text": _sentence(chance, chinese=False), "status": "completed"} for _ in range(3)]
    return call


def _output(size: int, chance: random.Random) -> str:
    line = "{0:4}\tdef {1}(self) -> dict[str, float]:  # {2}"
    return "\n".join(
        line.format(number, chance.choice(NAMES), chance.choice(WORDS)) for number in range(1, size // 58 + 2)
    )
