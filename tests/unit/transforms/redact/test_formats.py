"""What is hidden is hidden in every format, and placeholders break none."""

from __future__ import annotations

import json

import pytest

import py_export
from py_export.transforms.redact import Redaction, redact
from py_export.writers import OF_SESSIONS
from tests.unit.transforms.redact.planted import EVERYTHING, PLANTED, planted
from tests.unit.transforms.redact.saying import said, texts
from tests.unit.writers.readable import readable

MOST = {"tools": "full", "thinking": True, "file_contents": True}
"""Options that show as much as can be shown."""


def written(to: str, style: str | None = None) -> str:
    """Return the planted session in a format, all of it that the format can hold, after hiding."""
    options = next(writer.options for writer in OF_SESSIONS if writer.id == to)
    chosen = {name: value for name, value in MOST.items() if name in options.__struct_fields__}
    session, _ = redact(planted(), Redaction.of("all"))
    return readable(b"".join(py_export.write(session, to, options=chosen | ({"style": style} if style else {}))))


FORMATS = [
    *((writer.id, None) for writer in OF_SESSIONS),
    *(("markdown", style) for style in ("sidepanel", "trace", "cursor")),
    ("html", "cursor"),
]


@pytest.mark.parametrize(("to", "style"), FORMATS)
def test_no_planted_secret_survives_in_any_format(to: str, style: str | None) -> None:
    found = written(to, style)
    assert "redacted:" in found or to in ("csv", "patch")  # which hold nothing that anybody said, or here no change
    assert not [secret for secret in PLANTED if secret in found]


@pytest.mark.parametrize("to", ["json", "sidepanel-json", "hfs-json", "maichat-json", "analytics-json"])
def test_json_stays_json(to: str) -> None:
    assert json.loads(written(to))


def test_what_is_read_back_is_what_was_hidden() -> None:
    session, _ = redact(planted(), Redaction.of("all"))
    (again,) = py_export.read(b"".join(py_export.write(session, "json")))
    assert again.messages == session.messages
    assert (again.title, again.workspace, again.metadata) == (session.title, session.workspace, session.metadata)


@pytest.mark.parametrize("to", [writer.id for writer in OF_SESSIONS])
def test_convert_hides_what_it_is_asked_to(to: str) -> None:
    data = b"".join(py_export.write(planted(), "json"))
    found = readable(py_export.convert(data, to, redact="secrets"))
    assert "sk-ant-" not in found
    assert py_export.convert(data, to, redact=Redaction.of("off")) == py_export.convert(data, to)


def test_a_placeholder_cannot_be_made_into_markup() -> None:
    session, _ = redact(said(f"<b>{EVERYTHING}</b>", "`PASSWORD=h4ck<script>x`"), Redaction.of("all"))
    found = b"".join(py_export.write(session, "html")).decode()
    assert "<b>" not in found.replace("<b>Note", "")
    assert "<script>x" not in found
    assert all("[redacted:" in text for text in texts(session))
