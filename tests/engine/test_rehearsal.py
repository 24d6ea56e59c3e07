"""What a picture of memory is made with: everything is done once, and nothing random stays as it was."""

from __future__ import annotations

import gc
import random
import sys

from py_export.writers import WRITERS
from tests.engine import bridging

bridging.load()
import py_export_bridge  # noqa: E402 - it is importable from here on
from py_export_bridge.rehearsal import rehearse  # noqa: E402


def test_a_rehearsal_imports_every_writer_that_is_in_the_archive() -> None:
    try:
        rehearse()
    finally:
        gc.unfreeze()
    modules = {f"py_export.writers.{writer.module}" for writer in WRITERS}
    assert modules <= sys.modules.keys()
    assert {"py_export.view", "py_export.transforms.select"} <= sys.modules.keys()


def test_what_wakes_is_random() -> None:
    numbers = []
    for _ in range(2):
        random.seed(1)
        py_export_bridge.wake()
        numbers.append(random.random())  # noqa: S311 - no secret
    assert numbers[0] != numbers[1]
