"""What every route needs, put together once at the start."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import anyio.to_thread
from starlette.requests import Request

from py_export.transforms.analytics.pricing import Prices

from .auth import Authenticator
from .database import StoreUnavailable
from .problems import Problem
from .rate import ExportRate
from .settings import Settings
from .stores import SessionStore

T = TypeVar("T")

_RETRY_AFTER = "5"  # seconds


@dataclass(slots=True, frozen=True)
class Services:
    """Settings, store, authenticator, rate and prices of one application."""

    settings: Settings
    store: SessionStore
    authenticator: Authenticator
    rate: ExportRate
    prices: Prices


def services(request: Request) -> Services:
    """Return the services of the application that serves ``request``."""
    found: Services = request.app.state.services
    return found


async def ask(work: Callable[[], T]) -> T:
    """Do blocking work on the store in a thread; a store that does not answer is a 503."""
    try:
        return await anyio.to_thread.run_sync(work)
    except StoreUnavailable:
        raise unavailable() from None


def unavailable() -> Problem:
    """Return the answer for a store that does not."""
    return Problem("store_unavailable", 503, headers={"Retry-After": _RETRY_AFTER})
