"""Zstandard, unpacked within a bound: by the standard library from Python 3.14 on, else by ``backports.zstd``."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any

from py_export.errors import PackageMissing, Unreadable

MAGIC = b"\x28\xb5\x2f\xfd"
"""How a frame begins (RFC 8878, section 3.1.1)."""

_WIDEST_WINDOW = 26  # 64 MiB: what a frame may make the decoder set aside, as a power of two


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
        decoder = zstd.ZstdDecompressor(options={zstd.DecompressionParameter.window_log_max: _WIDEST_WINDOW})
        try:
            part: bytes = decoder.decompress(data, left + 1)
        except zstd.ZstdError:
            raise Unreadable(reason="damaged compression") from None
        left -= len(part)
        if left < 0:
            raise Unreadable(reason=f"more than {limit} bytes come out of its compression")
        if not decoder.eof:
            raise Unreadable(reason="cut compression")
        parts.append(part)
        data = decoder.unused_data
    return b"".join(parts)


def _module() -> Any:  # noqa: ANN401 - a module of one of two names
    name = "compression.zstd" if sys.version_info >= (3, 14) else "backports.zstd"
    try:
        return import_module(name)
    except ModuleNotFoundError:
        raise PackageMissing(name="backports.zstd") from None
