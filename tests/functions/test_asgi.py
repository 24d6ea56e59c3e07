from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.functions.serving import SECRET


@pytest.mark.parametrize(
    ("settings", "refused"),
    [
        ({}, "PY_EXPORT_DATABASE is not set"),
        ({"PY_EXPORT_DATABASE": "x.sqlite3"}, "exactly one of"),
        ({"PY_EXPORT_DATABASE": "x.sqlite3", "PY_EXPORT_JWT_SECRET": SECRET}, None),
        ({"PY_EXPORT_DATABASE": "nonsense://", "PY_EXPORT_JWT_SECRET": SECRET}, "nonsense"),
    ],
)
def test_a_platform_gets_an_application_only_with_a_key_and_a_database(
    tmp_path: Path, settings: dict[str, str], refused: str | None
) -> None:
    command = [sys.executable, "-c", "import py_export_functions.asgi as it; print(type(it.app).__name__)"]
    done = subprocess.run(command, cwd=tmp_path, env=settings, capture_output=True, text=True, check=False)  # noqa: S603
    if refused is None:
        assert (done.returncode, done.stdout) == (0, "Starlette\n"), done.stderr
    else:
        assert done.returncode != 0
        assert refused in done.stderr
