"""The plain JavaScript that the worker is measured against does the same work: it writes the same bytes."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import py_export
from tests.benchmarks import conversation, data
from tests.engine.bundle import node

WORKER = Path(__file__).with_name("plain_worker.mjs")
RUN = """
import { buffer } from "node:stream/consumers";
globalThis.onmessage = null;
globalThis.postMessage = async (blob) => process.stdout.write(Buffer.from(await blob.arrayBuffer()));
await import(process.argv[1]);
onmessage({ data: { bytes: await buffer(process.stdin), to: process.argv[2] } });
"""


@pytest.mark.parametrize("to", ["json", "markdown"])
@pytest.mark.parametrize("payload", [data.payload, conversation.payload])
def test_plain_javascript_writes_what_we_write(payload: Callable[[int, int], Iterator[bytes]], to: str) -> None:
    given = b"".join(payload(400, 600_000))
    command = [node(), "--input-type=module", "-e", RUN, WORKER.as_uri(), to]
    found = subprocess.run(command, input=given, capture_output=True, check=True).stdout  # noqa: S603 - our own program
    assert found == py_export.convert(given, to)
