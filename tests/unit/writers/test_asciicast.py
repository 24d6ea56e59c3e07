"""The terminal recording: what its specification asks for, what a terminal shows of it, and nothing that it obeys."""

from __future__ import annotations

import json
import os
import pty
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyte import Screen, Stream

from py_export import Session, write
from py_export.model import Message, Text
from tests.golden.recording_cases import CASES, SESSIONS, written
from tests.tools import require
from tests.unit.nasty import TEXTS
from tests.unit.writers.hostile import HOSTILE, everywhere

OURS = re.compile("\x1b\\[(?:0|1|2|7|31|32)m|\r\n")
"""All that a recording has a terminal obey."""

OBEYED = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c\ud800-\udfff]")


def cast(session: Session, **options: Any) -> tuple[dict[str, Any], list[list[Any]]]:  # noqa: ANN401
    head, *lines = b"".join(write(session, "asciicast", options=options)).decode().splitlines()
    return json.loads(head), [json.loads(line) for line in lines]


def shown(document: str, lines: int = 200) -> list[str]:
    """Return what is on a terminal's screen at the end, row by row."""
    head, *events = (json.loads(line) for line in document.splitlines())
    screen = Screen(head["width"], lines)
    stream = Stream(screen)
    for _, code, text in events:
        if code == "o":
            stream.feed(text)
    return [row.rstrip() for row in screen.display]


def said(*texts: str) -> Session:
    roles = ("user", "assistant")
    made = [Message(id=str(at), role=roles[at % 2], blocks=[Text(one)]) for at, one in enumerate(texts)]  # type: ignore[arg-type]
    return Session(id="s", title="T", messages=made)


@pytest.mark.parametrize("case", CASES)
def test_it_is_what_version_2_of_the_format_says(case: str) -> None:
    head, *events = (json.loads(line) for line in written(case, "asciicast")[0].splitlines())
    assert (head["version"], head["width"], head["height"]) == (2, 100, 30)
    assert all(isinstance(head.get(name, 0), int) for name in ("timestamp", "idle_time_limit"))
    assert [code for _, code, _ in events if code not in ("o", "m")] == []
    assert [at for at, _, _ in events] == sorted(at for at, _, _ in events)


def test_a_terminal_shows_the_conversation() -> None:
    rows = shown(written("rich", "asciicast")[0])
    text = "\n".join(rows)
    assert rows[0] == "Why does the lighthouse blink twice?"
    assert " User  09:40:08" in rows
    assert "● Bash  make sim | head -n 20" in rows
    assert "  ✗ failed, exit code 1, 1.2 s: ModuleNotFoundError: No module named 'freezegun'" in rows
    assert "  │   │ `tick()` arms when `armed_at` is older than 4.9 s." in rows
    assert "Both arm the same lamp. The watchdog must not, unless the lamp is late:" in rows
    assert "Error overloaded_error: The service is overloaded." in rows
    assert text.index("make sim") < text.index("All green: 41 tests. The lamp flashes once.")


def test_a_turn_has_a_marker_with_its_title() -> None:
    _, events = cast(said("first\nline", "a", "second", "b"))
    assert [text for _, code, text in events if code == "m"] == ["first", "second"]


def test_the_longest_pause_is_the_idle_time_limit() -> None:
    assert cast(said("a"), max_pause=7)[0]["idle_time_limit"] == 7
    assert "idle_time_limit" not in cast(said("a"), max_pause=0)[0]


@pytest.mark.parametrize(("width", "height"), [(40, 10), (120, 50)])
def test_the_terminal_has_the_size_that_is_asked_for_and_words_are_not_cut(width: int, height: int) -> None:
    head, events = cast(said("lorem ipsum dolor sit amet " * 9, "你好世界。" * 20), width=width, height=height)
    assert (head["width"], head["height"]) == (width, height)
    document = "\n".join(map(json.dumps, [head, *events]))
    rows = shown(document)
    assert max(map(len, rows)) <= width
    assert {word for row in rows for word in row.split() if word.isascii()} <= {
        *("T", "User", "Assistant", "lorem", "ipsum", "dolor", "sit", "amet"),
    }
    assert "".join(rows).replace(" ", "").count("你好世界。") == 20


def test_typing_comes_in_pieces_at_most_twenty_a_second() -> None:
    _, events = cast(said("x" * 60), typing_speed=10)
    times = [at for at, code, text in events if code == "o" and "x" in text]
    assert len(times) == 60
    assert times[-1] - times[0] == pytest.approx(5.9)
    _, fast = cast(said("x" * 60), typing_speed=60)
    assert len([1 for _, code, text in fast if code == "o" and "x" in text]) == 20


@pytest.mark.parametrize("hostile", HOSTILE)
def test_nothing_that_a_session_says_is_obeyed(hostile: str) -> None:
    head, events = cast(everywhere(hostile), tools="full")
    assert OBEYED.search(head["title"]) is None
    for _, code, text in events:
        assert OBEYED.search(OURS.sub("", text) if code == "o" else text) is None
    harmless = cast(everywhere("harmless"), tools="full")[1]
    assert [code for _, code, _ in events if code == "m"] == [code for _, code, _ in harmless if code == "m"]


@settings(max_examples=50)
@given(TEXTS | st.text(), st.text())
def test_no_text_is_obeyed_and_none_is_lost(question: str, answer: str) -> None:
    _, events = cast(said(question, answer))
    output = "".join(text for _, code, text in events if code == "o")
    assert OBEYED.search(OURS.sub("", output)) is None
    letters = [letter for letter in question if letter.isalpha() and letter.isprintable()]
    assert not letters or all(letter in output for letter in letters)


def test_asciinema_prints_it(tmp_path: Path) -> None:
    program = require("asciinema")
    path = tmp_path / "session.cast"
    path.write_text(written("rich", "asciicast")[0], encoding="utf-8")
    printed: list[bytes] = []

    def hear(terminal: int) -> bytes:
        printed.append(os.read(terminal, 1 << 16))
        return printed[-1]

    assert os.waitstatus_to_exitcode(pty.spawn([str(program), "cat", str(path)], hear)) == 0
    text = b"".join(printed).decode()
    assert "All green: 41 tests. The lamp flashes once." in text
    assert SESSIONS.exists()
