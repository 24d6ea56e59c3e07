"""The tree's own promises: what is no figure is unknown."""

from __future__ import annotations

import pytest

from py_export import read
from py_export.convert import write
from py_export.model import Message, Session, Text, Usage
from py_export.writers import OF_SESSIONS

DOCUMENT = (
    '{"schemaVersion":1,"generator":"py-export 0.1.0","session":{"id":"a"},"messages":[{"id":"m","role":"assistant",'
    '"usage":{"costUsd":%s,"inputTokens":10},"blocks":[]}]}'
)


@pytest.mark.parametrize("cost", [float("nan"), float("inf"), float("-inf"), 1e300])
def test_a_cost_that_nothing_can_have_is_unknown(cost: float) -> None:
    assert Usage(10, 5, cost_usd=cost) == Usage(10, 5)
    assert Usage(10**400, 10**18, cost_usd=0.5) == Usage(None, 10**18, cost_usd=0.5)


@pytest.mark.parametrize("written", ["1e999", "-1e999"])
def test_infinity_in_json_is_unknown_too_and_the_rest_stays(written: str) -> None:
    assert read(DOCUMENT % written)[0].messages[0].usage == Usage(10)


@pytest.mark.parametrize("to", [writer.id for writer in OF_SESSIONS])
def test_no_figure_breaks_a_document(to: str) -> None:
    figures = (Usage(10**400, -5, cost_usd=float("inf")), Usage(2**63, 0, cost_usd=2.0**63), Usage(0, 0, cost_usd=-1.0))
    messages = [Message(id=str(at), role="assistant", usage=one, blocks=[Text("x")]) for at, one in enumerate(figures)]
    assert b"".join(write(Session(id="s", messages=messages), to)) or to == "patch"  # of a session that changed no file
