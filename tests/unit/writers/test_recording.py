"""The recording: a published schema that holds, and a document that is no session's."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator

from py_export import Session, filename, read, write
from py_export.errors import NotRecognised
from py_export.model import Message, Text
from py_export.schema_recording import json_schema
from py_export.transforms.replay.events import Event
from py_export.writers import find_writer
from tests.golden.recording_cases import CASES, written
from tests.unit.sessions import SESSIONS
from tests.unit.writers.hostile import HOSTILE, everywhere


def recorded(session: Session, **options: Any) -> Any:  # noqa: ANN401
    return json.loads(b"".join(write(session, "recording", options=options)))


def test_the_published_schema_is_the_one_generated_from_the_events() -> None:
    published = files("py_export").joinpath("recording.schema.json").read_text(encoding="utf-8")
    assert published == json.dumps(json_schema(), indent=2) + "\n"
    Draft202012Validator.check_schema(json_schema())
    kinds = [part["$ref"].rpartition("/")[2] for part in json_schema()["properties"]["events"]["items"]["anyOf"]]
    assert kinds == [kind.__name__ for kind in get_args(Event)]


@pytest.mark.parametrize("case", CASES)
def test_every_golden_recording_is_valid(case: str) -> None:
    Draft202012Validator(json_schema()).validate(json.loads(written(case, "recording")[0]))


@pytest.mark.parametrize("broken", [{"at": "soon"}, {"type": "danced"}, {"role": "nobody"}])
def test_the_schema_refuses_a_broken_event(broken: dict[str, Any]) -> None:
    document = recorded(Session(id="s", messages=[Message(id="1", role="user", blocks=[Text("a")])]))
    document["events"][0] |= broken
    assert not Draft202012Validator(json_schema()).is_valid(document)


@settings(max_examples=25)
@given(SESSIONS)
def test_any_session_gives_a_valid_recording(session: Session) -> None:
    document = recorded(session, tools="full")
    Draft202012Validator(json_schema()).validate(document)
    ends = [one["at"] + one.get("durationMs", 0) for one in document["events"]]
    assert document["durationMs"] == max(ends, default=0)
    assert [document["events"][turn["event"]]["turn"] for turn in document["turns"]] == [
        turn["turn"] for turn in document["turns"]
    ]


@pytest.mark.parametrize("said", HOSTILE)
def test_whatever_a_session_says_is_a_string(said: str) -> None:
    harmless, hostile = (recorded(everywhere(one), tools="full") for one in ("harmless", said))
    assert [one["type"] for one in hostile["events"]] == [one["type"] for one in harmless["events"]]
    assert hostile.keys() == harmless.keys()


def test_no_reader_takes_it_for_a_session() -> None:
    document = b"".join(
        write(Session(id="s", messages=[Message(id="1", role="user", blocks=[Text("a")])]), "recording")
    )
    with pytest.raises(NotRecognised):
        read(document)


def test_a_recording_is_named_apart_from_the_session() -> None:
    session = Session(id="0123456789", title="Why?", exported_at=1_736_944_200_000)
    names = [filename(session, find_writer(to)) for to in ("recording", "asciicast", "player")]
    assert names == [f"why-01234567-2025-01-15-recording.{end}" for end in ("json", "cast", "html")]


def test_a_long_session_comes_message_by_message() -> None:
    said = [Message(id=str(number), role="user", blocks=[Text("x")]) for number in range(500)]
    for to in ("recording", "asciicast", "player"):
        assert sum(1 for _ in write(Session(id="s", messages=said), to)) > 500
