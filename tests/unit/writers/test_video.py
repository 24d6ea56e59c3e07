"""The video, as far as Python makes it: the plan from which the page films. Elsewhere it is refused."""

from __future__ import annotations

import json
from typing import Any

import pytest

from py_export import Notices, Session, convert, read, write
from py_export.convert import written
from py_export.errors import OnlyInPage
from py_export.options import parse
from py_export.writers import find_writer
from py_export.writers.video import HOLD
from tests.unit.program import DEMO, run
from tests.unit.writers.test_player import data, played

CLAUDE = DEMO / "claude-code.json"


def plan(session: Session, notices: Notices | None = None, **options: Any) -> dict[str, Any]:  # noqa: ANN401
    heard = Notices() if notices is None else notices
    writer = find_writer("video")
    chosen = parse(writer.options, {"tools": "full", **options})
    made: dict[str, Any] = json.loads(b"".join(written(session, writer, chosen, heard)))
    return made


@pytest.fixture(scope="module")
def session() -> Session:
    (one,) = read(CLAUDE.read_bytes())
    return one


def test_a_plan_is_what_the_player_plays_and_the_picture_that_is_wanted(session: Session) -> None:
    found = plan(session)
    assert found.pop("video") == {"width": 1280, "height": 720, "theme": "light", "holdMs": HOLD}
    assert found == data(played(session))


def test_the_picture_is_as_it_was_chosen(session: Session) -> None:
    video = plan(session, resolution="1080p", theme="dark")["video"]
    assert (video["width"], video["height"], video["theme"]) == (1920, 1080, "dark")


def test_what_is_left_out_is_noticed(session: Session) -> None:
    ours, players = Notices(), Notices()
    plan(session, ours, tools="none")
    list(write(session, "player", options={"tools": "none"}, notices=players))
    assert list(ours) == list(players) != []


def test_outside_of_the_page_it_is_refused_before_anything_is_written(session: Session) -> None:
    with pytest.raises(OnlyInPage) as refused:
        write(session, "video")
    assert refused.value.params == {"format": "video", "instead": "asciicast, player"}
    with pytest.raises(OnlyInPage):
        convert(CLAUDE.read_bytes(), "video")


def test_the_command_line_says_where_it_is_made_and_what_to_use_here() -> None:
    done = run("convert", CLAUDE, "--to", "video")
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"asciicast, player" in done.stderr


def test_the_tables_say_where_it_is_made() -> None:
    writers = {one["id"]: one for one in json.loads(run("formats", "--json").stdout)["writers"]}
    assert {name: one["where"] for name, one in writers.items() if "where" in one} == {"video": ["page"]}
