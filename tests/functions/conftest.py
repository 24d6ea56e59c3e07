"""One server for the tests that need no settings of their own; each test is an owner of its own."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Iterator

import httpx
import pytest

from tests.functions.postgres import cluster
from tests.functions.serving import Server, serving, stored
from tests.functions.talks import PRICES, TALKS

ON_BOTH = {
    f"tests.functions.test_{name}"
    for name in ("analytics", "backends", "export", "import", "sessions", "settings", "store", "usage_document")
}
"""The tests of what a database does: each that asks for a store of ``backend`` runs on SQLite and on PostgreSQL."""

Backend = Callable[[], str]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run them on both."""
    if metafunc.module.__name__ in ON_BOTH and "backend" in metafunc.fixturenames:
        metafunc.parametrize("backend", ["sqlite", "postgresql"], indirect=True, scope="session")


@pytest.fixture(scope="session")
def backend(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Backend]:
    """Return what gives the address of a new, empty database."""
    if getattr(request, "param", "sqlite") == "postgresql":
        with cluster() as running:
            yield running.database
    else:
        folder = tmp_path_factory.mktemp("stores")
        yield lambda: str(folder / f"{uuid.uuid4().hex}.sqlite3")


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory, backend: Backend) -> Iterator[Server]:
    """Return a running server with default settings and a known secret."""
    with serving(tmp_path_factory.mktemp("server"), DATABASE=backend()) as running:
        yield running


@pytest.fixture
def owner() -> str:
    """Return the name of somebody who owns nothing yet."""
    return f"owner-{uuid.uuid4().hex}"


@pytest.fixture
def client(server: Server, owner: str) -> Iterator[httpx.Client]:
    """Return a client signed in as ``owner``."""
    with server.client(owner) as signed_in:
        yield signed_in


@pytest.fixture(scope="module")
def priced(tmp_path_factory: pytest.TempPathFactory, backend: Backend) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("priced")
    (folder / "prices.json").write_text(json.dumps(PRICES), encoding="utf-8")
    with serving(folder, PRICES=str(folder / "prices.json"), EXPORTS_PER_MINUTE="10000", DATABASE=backend()) as running:
        yield running


@pytest.fixture(scope="module")
def mine(priced: Server) -> Iterator[httpx.Client]:
    with priced.client("me") as client:
        for one in TALKS:
            stored(client, one)
        yield client
