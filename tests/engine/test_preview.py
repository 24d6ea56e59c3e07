"""What a preview shows of what would be written, where that is more than its beginning."""

from __future__ import annotations

import json
import sys

import pytest

from tests.checkout import ROOT
from tests.engine.bridging import about, exported, opened

SHORT = (ROOT / "tests" / "demo" / "short.json").read_bytes()
CLAUDE = (ROOT / "tests" / "golden" / "claude-code" / "session.jsonl").read_bytes()


def test_a_preview_of_a_patch_counts_its_files_and_lines() -> None:
    data = (ROOT / "tests" / "golden" / "hapi" / "codex.json").read_bytes()
    file = opened({"": data})
    for layout in ("files", "mailbox"):
        told = json.loads(file.preview(json.dumps({"to": "patch", "options": {"layout": layout}}), 10_000))
        assert told["changes"] == [
            {"path": path, "was": None, "status": status, "added": 1, "removed": removed, "binary": False}
            for path, status, removed in (("beds/notes.md", "added", 0), ("beds/plan.toml", "modified", 1))
        ]
        assert told["complete"]
        assert (told["filename"], told["mediaType"]) == (
            "changes-0f3c9a72-1d2e-4b5c-8f90-a1b2c3d4e5f6.patch",
            "text/x-diff",
        )
    assert "changes" not in json.loads(file.preview(json.dumps({"to": "markdown"}), 10_000))


@pytest.mark.parametrize("bound", [("MOST", 1), ("PATIENCE", -1.0)], ids=["messages", "time"])
@pytest.mark.parametrize("to", ["csv", "analytics-json", "sessions-csv", "json"])
def test_a_preview_of_one_document_of_several_is_its_beginning(
    monkeypatch: pytest.MonkeyPatch, to: str, bound: tuple[str, float]
) -> None:
    file = opened({"a.json": SHORT, "b.jsonl": CLAUDE})
    wanted = {"to": to, "sessions": [0, 1], "together": True}
    data, report = exported(file, to, [0, 1], together=True)

    told = json.loads(file.preview(json.dumps(wanted), 1 << 20))
    assert told["text"].encode() == data
    assert (told["complete"], told["exact"], told["bytes"]) == (True, True, len(data))
    assert (told["filename"], told["messages"]) == (report["filename"], report["messages"])
    assert "sessions" not in told
    begun = json.loads(file.preview(json.dumps(wanted), 40))
    assert (begun["text"].encode(), begun["complete"]) == (data[:40], False)

    monkeypatch.setattr(sys.modules["py_export_bridge.several"], *bound)
    part = json.loads(file.preview(json.dumps(wanted), 1 << 20))
    assert (part["sessions"], part["complete"], part["exact"], part["bytes"]) == (1, False, False, 0)
    assert part["filename"] == report["filename"]
    first, second = (one["id"] for one in about(file)["sessions"])
    assert (first in part["text"], second in part["text"]) == (True, False)


def test_a_preview_of_one_pdf_of_several_is_of_none() -> None:
    told = json.loads(
        opened({"a.json": SHORT, "b.jsonl": CLAUDE}).preview(
            json.dumps({"to": "pdf", "sessions": [0, 1], "together": True}), 4000
        )
    )
    assert (told["text"], told["bytes"], told["exact"]) == ("", 0, False)
