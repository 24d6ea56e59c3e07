"""Zstandard is unpacked whole or not at all, and within a bound."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any

import pytest

from py_export.errors import PackageMissing, Unreadable
from py_export.readers import zstd


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
