"""Zstandard is unpacked whole or not at all, and within a bound."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any

import pytest

from py_export import Session, read
from py_export.errors import PackageMissing, Unreadable
from py_export.model import Usage
from py_export.readers import zstd
from tests.checkout import ROOT


def packed(data: bytes) -> bytes:
    """Return the data as one frame."""
    found: bytes = _library().compress(data)
    return found


def _library() -> Any:  # noqa: ANN401 - a module of one of two names
    return import_module("compression.zstd" if sys.version_info >= (3, 14) else "backports.zstd")


def test_frames_one_after_another_are_one_text() -> None:
    frames = packed(b"one, ") + packed(b"zwei")
    assert frames.startswith(zstd.MAGIC)
    assert zstd.unpacked(frames, 9) == b"one, zwei"


def test_more_than_the_bound_is_refused() -> None:
    bomb = packed(bytes(50_000_000))
    assert len(bomb) < 10_000
    with pytest.raises(Unreadable, match="more than 1000 bytes"):
        zstd.unpacked(bomb, 1000)
    with pytest.raises(Unreadable):
        zstd.unpacked(packed(b"one") + packed(b"two"), 5)


@pytest.mark.parametrize(
    "data", [packed(b"a text that is long enough")[:-3], zstd.MAGIC, zstd.MAGIC + b"\xff" * 20, b"x"]
)
def test_what_is_cut_or_damaged_is_refused(data: bytes) -> None:
    with pytest.raises(Unreadable):
        zstd.unpacked(data, 1000)


def test_without_the_package_the_error_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("compression.zstd", "backports.zstd"):
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(PackageMissing) as caught:
        zstd.unpacked(b"x", 1)
    assert "backports.zstd" in str(caught.value)


def told(sessions: list[Session]) -> list[tuple[str, list[str], Usage | None]]:
    """Return what tells sessions apart."""
    return [(one.id, [message.id for message in one.messages], one.usage) for one in sessions]


def rollouts() -> dict[str, bytes]:
    """Return a folder of Codex's rollouts, of which some are sub-agents'."""
    root = ROOT / "tests" / "golden" / "codex" / "sessions"
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*.jsonl")}


def test_a_packed_file_is_read_as_the_file_in_it() -> None:
    for name, data in rollouts().items():
        assert told(read(packed(data))) == told(read(data)), name


def test_a_folder_of_packed_files_is_read_as_one_of_plain_ones() -> None:
    plain = rollouts()
    assert told(read(files={f"{name}.zst": packed(data) for name, data in plain.items()})) == told(read(files=plain))


def test_a_file_that_is_packed_and_damaged_harms_no_other() -> None:
    plain = rollouts()
    name, data = min(plain.items())
    sessions = read(files={"bad.jsonl.zst": packed(data)[:-5], "worse.zst": zstd.MAGIC + b"\xff" * 50, name: data})
    assert told(sessions) == told(read(data))


def test_the_beginning_of_a_packed_file_is_had_without_the_rest() -> None:
    frame = packed(b"".join(b"%d " % number for number in range(400_000)))
    assert zstd.beginning(frame[: len(frame) // 2], 8) == b"0 1 2 3 "
    assert zstd.beginning(frame[:3], 8) == b""
    assert zstd.whole(b"plain") == b"plain"


def test_a_small_file_that_holds_a_huge_one_is_refused() -> None:
    with pytest.raises(Unreadable, match="bytes come out"):
        read(packed(bytes(300 << 20)))
