"""The same bytes on CPython and in Pyodide, for every writer."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest

from py_export import ExportError, Notices, Redaction, filename, read, redact, write
from py_export.options import parse
from py_export.transforms.redact import PEOPLE, SECRETS
from py_export.writers import OF_SESSIONS, find_writer
from tests.checkout import ROOT
from tests.demo import long
from tests.engine.conftest import Ask
from tests.unit.transforms.redact.planted import planted

# What two runtimes could see differently: Unicode newer than Python 3.11's, widths, numbers, escapes, surrogates.
AWKWARD = {
    "schemaVersion": 1,
    "generator": "py-export 0.1.0",
    "exportedAt": 1767441600000,
    "session": {
        "id": "awkward-1",
        "title": "𐵐 \U0001fae9 👩‍👩‍👧‍👦 e\u0301 ﷺ ǅ ß ../…",
        "metadata": {"n": [1e21, 0.1, 1e-7, -0.0, 12345678901234567890]},
    },
    "messages": [
        {
            "id": f"m{number}",
            "role": role,
            "createdAt": 1711846800000 + number * 3_600_000,
            "blocks": [{"type": "text", "text": text}],
        }
        for number, (role, text) in enumerate(
            [
                ("user", "# 标题\n```\n未闭合"),
                ("assistant", "<!-- \u2028 \u0000 \u200b \U0001fae9\n\n- [ ] ﬀ\n=====\n"),
                ("user", "\u202eRTL\u202c \ud83d lone"),
                ("assistant", "~~~~\n" + "`" * 9 + "\n~~~~"),
            ]
        )
    ],
}
HIDDEN = {"kinds": [*SECRETS, *PEOPLE], "patterns": ["(?i)lock[- ]?down", "标题|ﬀ"], "keep": ["email-1"]}
ZONES = ("UTC", "Asia/Kathmandu", "America/New_York", "Europe/Berlin")


@pytest.fixture(scope="module")
def sessions(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Return the files that are converted in both runtimes."""
    folder = tmp_path_factory.mktemp("sessions")
    (folder / "long.json").write_bytes(long.payload())
    (folder / "awkward.json").write_text(json.dumps(AWKWARD), encoding="utf-8")
    (folder / "broken.json").write_bytes(b'{"schemaVersion": 1, "messages": [')
    (folder / "newer.json").write_text(json.dumps(AWKWARD | {"schemaVersion": 99}), encoding="utf-8")
    (folder / "nothing.txt").write_bytes(b"\xff\xfe not a session")
    return sorted([*folder.iterdir(), *(ROOT / "tests" / "demo").glob("*.json")])


@pytest.fixture(scope="module")
def requests(sessions: list[Path], tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Path, dict[str, Any]]]:
    """Return every session with every writer, in several zones and locales."""
    pairs: list[tuple[Path, dict[str, Any]]] = []
    for session in sessions:
        zones = ZONES[:1] if session.stem == "long" else ZONES  # its times are no others than the rest's
        for writer in (one for one in OF_SESSIONS if not one.binary):  # PDFs are set outside of the browser
            pairs.append((session, {"to": writer.id, "exportedAt": 1767441600000}))
            pairs += [(session, {"to": writer.id, "options": {"timezone": zone, "locale": "zh-CN"}}) for zone in zones]
    illustrated = ROOT / "tests" / "demo" / "claude-code.json"
    pairs += [(illustrated, {"to": "markdown", "options": {"images": way}}) for way in ("embed", "folder")]
    secrets = tmp_path_factory.mktemp("secrets") / "planted.json"
    secrets.write_bytes(b"".join(write(planted(), "json")))
    hidden = [secrets, *(session for session in sessions if session.stem in ("awkward", "long"))]
    pairs += [(session, {"to": to, "redact": HIDDEN}) for session in hidden for to in ("json", "markdown")]
    pairs.append((sessions[0], {"to": "markdown", "options": {"timezone": "Mars/Olympus"}}))
    pairs.append((sessions[0], {"to": "nothing"}))
    pairs.append((sessions[0], {"to": "json", "source": "nothing"}))
    return pairs


@pytest.mark.timeout(300)  # every format of every session, twice
def test_every_export_is_the_librarys_own(requests: list[tuple[Path, dict[str, Any]]], in_node: Ask) -> None:
    answers = _compare(requests, in_node)
    assert {"result", "failure"} == {key for answer in answers for key in answer if key != "base64"}


def test_an_interpreter_from_a_picture_of_memory_writes_the_same(
    requests: list[tuple[Path, dict[str, Any]]], in_node: Ask
) -> None:
    _compare([each for each in requests if each[0].stem in ("awkward", "planted")], in_node, snapshot=True)


def _compare(requests: list[tuple[Path, dict[str, Any]]], in_node: Ask, **how: bool) -> list[dict[str, Any]]:
    """Let the engine and the library export; return the engine's answers, which must be the same."""
    exports = [{"file": str(path), "request": request} for path, request in requests]
    answers: list[dict[str, Any]] = in_node(exports=exports, **how)["exports"]
    assert len(answers) == len(requests)
    different = [
        (path.name, request)
        for (path, request), answer in zip(requests, answers, strict=True)
        if answer != _library(path, request)
    ]
    assert different == []
    return answers


def _library(path: Path, request: dict[str, Any]) -> dict[str, Any]:
    """Return what the engine should answer, from the library on this Python."""
    notices = Notices()
    try:
        writer = find_writer(request["to"])
        data = path.read_bytes()
        (session,) = read(data, request.get("source"), exported_at=request.get("exportedAt"), notices=notices)
        if "redact" in request:
            session, _ = redact(
                session, Redaction.of(",".join(HIDDEN["kinds"]), HIDDEN["patterns"], HIDDEN["keep"]), notices
            )
        options = parse(writer.options, request.get("options"))
        written = b"".join(write(session, writer.id, options=options, notices=notices))
        name = filename(session, writer, options)
    except ExportError as error:
        return {"failure": {"code": error.code, "where": error.where, "params": error.params}}
    found = [{"code": one.code, "count": one.count, "where": one.where, "params": one.params} for one in notices]
    result = {
        "filename": name,
        "mediaType": writer.made(options)[1],
        "messages": len(session.messages),
        "notices": found,
        "bytes": len(written),
    }
    return {"result": result, "base64": base64.b64encode(written).decode()}
