"""Analytics as JSON are read back: what is made of the document is what is made of the sessions themselves."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from hypothesis import given

from py_export import Notices, Session, read, write
from py_export.errors import InvalidPayload, NewerVersion, NoUsage, TooDeep
from py_export.options import parse
from py_export.readers.analytics_json import matches
from py_export.readers.input import Input
from py_export.together import together
from py_export.writers import find_writer
from tests.closely import closely
from tests.golden.analytics_cases import FOLDER
from tests.unit.sessions import SESSIONS

TABLES = ("csv", "sessions-csv", "analytics-json")
NAMES = ("debug-auth", "rich", "what-is-cursor", "unknown")


def made(sessions: list[Session], to: str, **options: Any) -> bytes:  # noqa: ANN401 - options
    writer = find_writer(to)
    return b"".join(together(sessions, writer, parse(writer.options, options), Notices(), 1_767_323_045_000))


def close(value: Any) -> Any:  # noqa: ANN401 - JSON
    """Return JSON to compare."""
    return closely(value, 1e-9)


def talks() -> list[Session]:
    files = [(FOLDER / "markdown" / f"{name}.json").read_bytes() for name in NAMES]
    return [session for data in files for session in read(data)]


@pytest.mark.parametrize("to", TABLES)
@pytest.mark.parametrize("options", [{}, {"since": "2025-01-15", "until": "2025-12-31"}, {"models": "claude-opus-4-5"}])
def test_what_is_made_of_the_document_is_what_is_made_of_the_sessions(to: str, options: dict[str, str]) -> None:
    document = made(talks(), "analytics-json")
    assert made(read(document), to, **options) == made(talks(), to, **options)


@given(SESSIONS)
def test_figures_survive_whatever_a_session_holds(session: Session) -> None:
    document = made([session], "analytics-json")
    told = json.loads(document)
    if not told["events"] and not told["calls"]:
        with pytest.raises(NoUsage):
            read(document)
        return
    again = json.loads(made(read(document), "analytics-json"))
    for name in ("totals", "byDay", "byModel", "bySession", "byTool", "events", "calls"):
        assert again[name] == close(told[name]), name


def test_the_table_of_calls_has_all_but_what_they_were_given() -> None:
    texts = (made(sessions, "tool-calls-csv").decode() for sessions in (talks(), read(made(talks(), "analytics-json"))))
    one, other = (list(csv.DictReader(io.StringIO(text))) for text in texts)
    lost = {"subject", "description", "paths", "exit_code", "call_id"}
    kept = one[0].keys() - lost
    assert [[row[name] for name in kept] for row in one] == [[row[name] for name in kept] for row in other]
    assert {row[name] for row in other for name in lost} == {""}


def test_a_payload_is_not_taken_for_analytics_nor_the_other_way_round() -> None:
    document = made(talks(), "analytics-json")
    assert matches(Input(document))
    assert matches(Input(json.dumps(json.loads(document), sort_keys=True)))
    assert not matches(Input(b"".join(write(talks()[0], "json"))))
    assert not matches(Input(made(talks(), "json")))


def test_sums_alone_are_refused_and_what_is_newer_too() -> None:
    with pytest.raises(InvalidPayload):
        read(made(talks(), "analytics-json", events=False))
    document = json.loads(made(talks(), "analytics-json"))
    with pytest.raises(NewerVersion):
        read(json.dumps(document | {"schemaVersion": 2}))
    with pytest.raises(InvalidPayload):
        read(json.dumps(document | {"events": [{"sessionId": 1}]}))
    with pytest.raises(TooDeep):
        read(json.dumps(document)[:-1] + ',"more":' + "[" * 5000 + "]" * 5000 + "}")
