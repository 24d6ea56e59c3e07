"""One server for the tests that need no settings of their own; each test is an owner of its own."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator

import httpx
import pytest

from tests.functions.serving import Server, serving, stored
from tests.functions.talks import PRICES, TALKS


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Return a running server with default settings and a known secret."""
    with serving(tmp_path_factory.mktemp("server")) as running:
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
def priced(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("priced")
    (folder / "prices.json").write_text(json.dumps(PRICES), encoding="utf-8")
    with serving(folder, PRICES=str(folder / "prices.json"), EXPORTS_PER_MINUTE="10000") as running:
        yield running


@pytest.fixture(scope="module")
def mine(priced: Server) -> Iterator[httpx.Client]:
    with priced.client("me") as client:
        for one in TALKS:
            stored(client, one)
        yield client
