"""A PostgreSQL of the tests' own: in a temporary folder, reached by a socket in it, gone with them."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.tools import require

if TYPE_CHECKING:  # the driver comes with an extra: without it these tests skip, and the others run
    import psycopg

_PATIENCE_S = 30
_USERS = ("postgres", "nobody")


class Cluster:
    """A running server, in which every store has a database of its own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def database(self) -> str:
        """Make an empty database and return its address."""
        name = f"store_{uuid.uuid4().hex}"
        with self.connect() as connection:
            connection.execute(f"CREATE DATABASE {name}".encode())
        return f"postgresql+psycopg://tests@/{name}?host={self._folder}"

    def connect(self) -> psycopg.Connection[Any]:
        """Return a connection to the server's own database."""
        driver = pytest.importorskip("psycopg")
        made: psycopg.Connection[Any] = driver.connect(
            host=str(self._folder), user="tests", dbname="postgres", autocommit=True
        )
        return made


@contextmanager
def cluster() -> Iterator[Cluster]:
    """Run a server until the block ends, or skip and say what to install."""
    program = require("PostgreSQL")
    pytest.importorskip("psycopg")
    # Where it may be entered by another user: PostgreSQL refuses to run as root, and pytest's folders are root's alone.
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    try:
        other = _other_user()
        if other:
            os.chown(folder, other["user"], other["group"])
        data = folder / "data"
        # As on a machine that is set up for people: words of the same letters, whatever their case, stand together.
        locale = ["--encoding=UTF8", "--locale=C", "--locale-provider=icu", "--icu-locale=en-US"]
        made = [str(program.with_name("initdb")), "-D", str(data), "-U", "tests", "--auth=trust", "--no-sync", *locale]
        subprocess.run(made, check=True, capture_output=True, cwd=folder, **other)  # noqa: S603 - PostgreSQL's own
        settings = ["-h", "", "-k", str(folder), "-c", "fsync=off", "-c", "max_connections=200"]
        command = [str(program), "-D", str(data), *settings]
        log = (folder / "log").open("w")
        server = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log, **other)  # noqa: S603 - likewise
        try:
            running = Cluster(folder)
            _wait(running, folder / "log")
            yield running
        finally:
            server.terminate()
            server.wait(timeout=_PATIENCE_S)
            log.close()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _other_user() -> dict[str, Any]:
    """Return as whom to run it; where the tests are no root's, as they are run themselves."""
    if os.geteuid() != 0:
        return {}
    known = {one.pw_name: one for one in pwd.getpwall()}
    found = next(known[name] for name in _USERS if name in known)
    return {"user": found.pw_uid, "group": found.pw_gid, "extra_groups": []}


def _wait(running: Cluster, log: Path) -> None:
    driver = pytest.importorskip("psycopg")
    end = time.monotonic() + _PATIENCE_S
    while True:
        try:
            running.connect().close()
        except driver.OperationalError:
            assert time.monotonic() < end, log.read_text(encoding="utf-8")
            time.sleep(0.05)
        else:
            return
