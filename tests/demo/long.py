"""Writes the demo store's long session, 2,000 messages, to standard output: the same bytes every time."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import Any

Block = dict[str, Any]

ROUTINES = 125
START = 1767600000000  # 2026-01-05T08:00:00Z
STEP = 9_000

READ, GREP, WRITE, EDIT, BASH = (
    ("Read", "read"),
    ("Grep", "search"),
    ("Write", "write"),
    ("Edit", "edit"),
    ("Bash", "shell"),
)

NAMES = ("harmonic", "nodal", "astro", "filter", "spline", "surge", "datum", "epoch", "ellipse", "station")
PARTS = ("read", "init", "sum", "fit", "shift", "scale", "merge", "sort", "clip", "write", "check", "solve", "phase")
FINDINGS = (
    "loop counter is shared with the caller through COMMON /WORK/",
    "array starts at 0 here and at 1 everywhere else",
    "constant is a single-precision 3.14159, so the sixth digit differs",
    "result depends on a SAVE variable from the previous call",
    "date is a two-digit year",
    "unit changes from feet to metres half-way down",
    "branch for leap years was never reached",
)
REMARKS = (
    "Good. Next one, please.",
    "Why is that variable global? Never mind, go on.",
    "请继续下一个。",
    "Keep the old name in a comment so that the oceanographers find it.",
    "Can you explain the sign in front of the phase? I always thought that it was the other way round.",
    "Weiter so.",
)


def document() -> dict[str, Any]:
    """Return the session as a canonical payload."""
    rounds = [message for n in range(ROUTINES) for message in _round(n)]
    messages = [_message(number, role, blocks) for number, (role, *blocks) in enumerate(rounds, 1)]
    end = START + len(messages) * STEP
    return {
        "schemaVersion": 1,
        "generator": "py-export 0.1.0",
        "exportedAt": end + 60_000,
        "session": {
            "id": "5a0f1b1e-2000-4000-8000-0123456789ab",
            "title": "Port the tide library, one subroutine at a time",
            "source": {"app": "claude-code", "format": "claude-code", "version": "2.1.7"},
            "createdAt": START,
            "updatedAt": end,
            "durationMs": end - START,
            "model": "claude-sonnet-4-5",
            "provider": "anthropic",
            "workspace": "/home/mira/src/tidelib",
        },
        "messages": messages,
    }


def _message(number: int, role: str, blocks: list[Block]) -> dict[str, Any]:
    message: dict[str, Any] = {"id": f"m{number}", "seq": number, "role": role, "createdAt": START + number * STEP}
    if number > 1:
        message["parentId"] = f"m{number - 1}"
    if role == "assistant":
        tokens = {"inputTokens": 900 + number % 700, "outputTokens": 40 + number % 310}
        message["usage"] = tokens | {"cacheReadTokens": number * 40}
    return message | {"blocks": blocks}


def _round(n: int) -> Iterator[tuple[Any, ...]]:
    """Yield the sixteen messages in which one subroutine is ported, each as its role and its blocks."""
    name = f"{NAMES[n % len(NAMES)]}_{PARTS[n % len(PARTS)]}"
    old, new, test = f"src/{name}.f", f"rust/src/{name}.rs", f"rust/tests/{name}.rs"
    finding = FINDINGS[n % len(FINDINGS)]
    caller = f"CALL {name.upper()}"
    opening = f"Please port `{name}` (number {n + 1} of {ROUTINES})."
    loose = {"old_string": "1e-6", "new_string": "2e-4"}
    failure = f"test {name} ... FAILED\nleft: {n}.000125, right: {n}.000000"

    yield "user", _text(opening if n % 3 == 0 else f"{REMARKS[n % len(REMARKS)]}\n\n{opening}")
    yield "assistant", _thinking(n, name), _text(f"I start with what `{old}` does today, then pin it down by a test.")
    yield "assistant", _call(f"t{n}-1", READ, old, {"file_path": old}, _fortran(n, name))
    yield "assistant", _call(f"t{n}-2", GREP, caller, {"pattern": caller}, f"src/main.f:{40 + n}")
    yield "assistant", _text(f"One thing to know before the port: the {finding}.")
    yield (
        "user",
        _text("Keep that behaviour for now, and write it down." if n % 2 else "Then fix it while we are here."),
    )
    yield "assistant", _call(f"t{n}-3", WRITE, test, {"file_path": test}, "File created.")
    yield "assistant", _call(f"t{n}-4", WRITE, new, {"file_path": new, "content": _rust(n, name)}, "File created.")
    yield "assistant", _shell(f"t{n}-5", f"cargo test {name}", failure, 101)
    yield (
        "assistant",
        _text("The difference, 0.000125, is a single-precision rounding: the old code is wrong there, not ours."),
    )
    yield "assistant", _call(f"t{n}-6", EDIT, test, loose, "File updated.")
    yield "assistant", _shell(f"t{n}-7", f"cargo test {name}", f"test {name} ... ok\n\n{n + 1} passed", 0)
    yield "assistant", _shell(f"t{n}-8", "cargo clippy -- -D warnings", "Finished in 2.14s", 0)
    yield "assistant", _text(_summary(n, name, finding))
    yield "user", _text("Commit it.")
    commit = _shell(f"t{n}-9", f"git commit -qm 'Port {name}'", "", 0)
    yield "assistant", commit, _text(f"{n + 1} done, {ROUTINES - n - 1} to go.")


def _text(text: str) -> Block:
    return {"type": "text", "text": text}


def _thinking(n: int, name: str) -> Block:
    where = "a caller in main" if n % 4 else "two callers, one of them dead"
    return {
        "type": "thinking",
        "text": f"{name} has {where}.\nRead it whole; the comments in this library are older than its code.",
    }


def _call(call_id: str, tool: tuple[str, str], subject: str, given: dict[str, Any], result: str) -> Block:
    name, kind = tool
    call = {"type": "tool_call", "id": call_id, "name": name, "kind": kind, "subject": subject, "input": given}
    return call | {"status": "completed", "result": {"blocks": [_text(result)]}}


def _shell(call_id: str, command: str, output: str, exit_code: int) -> Block:
    call = _call(call_id, BASH, command, {"command": command}, output)
    call["result"]["exitCode"] = exit_code
    if exit_code:
        call["status"] = "error"
        call["result"]["isError"] = True
    return call


def _fortran(n: int, name: str) -> str:
    body = "\n".join(f"      H({i}) = H({i}) + A({i}) * COS(V({i}) * T - P({i}))" for i in range(1, 4 + n % 9))
    return (
        f"      SUBROUTINE {name.upper()}(H, A, V, P, T, N)\n      REAL H(N), A(N), V(N), P(N), T\n{body}\n      END\n"
    )


def _rust(n: int, name: str) -> str:
    return (
        f"/// Adds constituent heights at time `t`, in hours (was {name.upper()}).\n"
        f"pub fn {name}(h: &mut [f64], a: &[f64], v: &[f64], p: &[f64], t: f64) {{\n"
        f"    for i in 0..h.len().min({3 + n % 9}) {{\n        h[i] += a[i] * (v[i] * t - p[i]).cos();\n    }}\n}}\n"
    )


def _summary(n: int, name: str, finding: str) -> str:
    return (
        f"`{name}` is ported.\n\n| | Fortran | Rust |\n|---|---:|---:|\n| lines | {18 + n % 30} | {9 + n % 12} |\n"
        f"| time for a year of hours | {12 + n % 7} ms | {3 + n % 3} ms |\n\nNoted in `PORTING.md`: the {finding}."
    )


def payload() -> bytes:
    """Return the session as compact JSON."""
    return json.dumps(document(), ensure_ascii=False, separators=(",", ":")).encode()


if __name__ == "__main__":
    sys.stdout.buffer.write(payload())
