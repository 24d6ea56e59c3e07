"""Zstandard, unpacked within a bound: by the standard library from Python 3.14 on, else by ``backports.zstd``."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any

from py_export.errors import PackageMissing, Unreadable

MAGIC = b"\x28\xb5\x2f\xfd"
"""How a frame begins (RFC 8878, section 3.1.1)."""

MOST_GROWTH = 100
"""What unpacks to so many times its size is no log: text that agents write packs 5 to 30 times."""

_GROWTH_FROM = 256 << 20

_DAMAGED = "damaged compression"
_WIDEST_WINDOW = 26  # 64 MiB: what a frame may make the decoder set aside, as a power of two


def whole(data: bytes) -> bytes:
    """Return what a packed file holds, and of any other its own bytes. Raises as ``unpacked`` does."""
    return unpacked(data, max(_GROWTH_FROM, MOST_GROWTH * len(data))) if data.startswith(MAGIC) else data


def beginning(data: bytes, size: int) -> bytes:
    """Return the first bytes of what the beginning of a packed file holds. Raises as ``unpacked`` does."""
    zstd = _module()
    try:
        found: bytes = _decoder(zstd).decompress(data, size)
    except zstd.ZstdError:
        raise Unreadable(reason=_DAMAGED) from None
    return found


def unpacked(data: bytes, limit: int) -> bytes:
    """
    Return what was packed; frames may follow one another.

    Args:
        data: One or more frames.
        limit: The most bytes that may come out of them.

    Raises:
        PackageMissing: Python is older than 3.14 and ``backports.zstd`` is not installed.
        Unreadable: It is no whole frame, or holds more than ``limit``.
    """
    zstd = _module()
    parts: list[bytes] = []
    left = limit
    while data:
        decoder = _decoder(zstd)
        try:
            part: bytes = decoder.decompress(data, left + 1)
        except zstd.ZstdError:
            raise Unreadable(reason=_DAMAGED) from None
        left -= len(part)
        if left < 0:
            raise Unreadable(reason=f"more than {limit} bytes come out of its compression")
        if not decoder.eof:
            raise Unreadable(reason="cut compression")
        parts.append(part)
        data = decoder.unused_data
    return b"".join(parts)


def _decoder(zstd: Any) -> Any:  # noqa: ANN401 - as below
    return zstd.ZstdDecompressor(options={zstd.DecompressionParameter.window_log_max: _WIDEST_WINDOW})


def _module() -> Any:  # noqa: ANN401 - a module of one of two names
    name = "compression.zstd" if sys.version_info >= (3, 14) else "backports.zstd"
    try:
        return import_module(name)
    except ModuleNotFoundError:
        raise PackageMissing(name="backports.zstd") from None
