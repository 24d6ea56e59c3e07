"""The ASGI application: its routes on one screen, and what surrounds them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import anyio.to_thread
import structlog
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route

from py_export.transforms.analytics.pricing import prices

from .access_log import AccessLog
from .analytics import list_usage, show_summary
from .analytics_export import export_usage
from .auth import Authenticator
from .database import StoreUnavailable
from .export import export_session
from .guards import Failures, HostGuard, StrictHeaders
from .own_settings import own_settings
from .page import NoPage, PageFiles, find_page, refuse_share
from .problems import Problem, answer_http_error, answer_problem
from .rate import ExportRate
from .services import Services, services, unavailable
from .sessions import list_or_import, show_messages, show_session
from .settings import LOOPBACK_NAMES, Settings
from .store import Store
from .stores import SessionStore

_PATIENCE = 2.0  # seconds that a health check waits for the store


def create_app(settings: Settings, store: SessionStore, authenticator: Authenticator) -> Starlette:
    """Return the application: the API, and the page where it has been built."""
    page = find_page(settings.page)
    app = Starlette(
        routes=[
            Route("/healthz", health),
            Mount(
                "/api",
                routes=[
                    Route("/settings", own_settings, methods=["GET", "PUT", "DELETE"]),
                    Route("/sessions", list_or_import, methods=["GET", "POST"]),
                    Route("/analytics/export", export_usage),
                    Route("/analytics/summary", show_summary),
                    Route("/analytics/usage", list_usage),
                    # An id is whatever its source says: it may hold a slash.
                    Route("/sessions/{id:path}/export", export_session),
                    Route("/sessions/{id:path}/messages", show_messages),
                    Route("/sessions/{id:path}", show_session),
                ],
            ),
            Route("/share", refuse_share, methods=["POST"]),
            Mount("/", PageFiles(page) if page else NoPage()),
        ],
        middleware=_around(settings),
        exception_handlers={Problem: answer_problem, HTTPException: answer_http_error},
        lifespan=_lifespan,
    )
    rate = ExportRate(settings.exports_per_minute, settings.rate_storage)
    own = "" if settings.prices is None else settings.prices.read_text(encoding="utf-8")
    app.state.services = Services(settings, store, authenticator, rate, prices(own))
    return app


async def health(request: Request) -> Response:
    """Answer whether the store does."""
    with anyio.move_on_after(_PATIENCE):
        try:
            await anyio.to_thread.run_sync(services(request).store.check, abandon_on_cancel=True)
            return JSONResponse({"status": "ok"}, headers={"Cache-Control": "no-store"})
        except StoreUnavailable:
            pass
    raise unavailable()


def _around(settings: Settings) -> list[Middleware]:
    """Return the middleware, the outermost first."""
    guard = []
    if settings.on_loopback or settings.allowed_hosts:
        guard.append(Middleware(HostGuard, names=(*LOOPBACK_NAMES, *settings.allowed_hosts)))
    return [
        Middleware(AccessLog),
        Middleware(StrictHeaders),
        *guard,
        Middleware(
            CORSMiddleware,
            allow_origins=settings.cors_origins,
            allow_methods=("GET", "HEAD", "POST", "PUT", "DELETE"),
            allow_headers=("Authorization", "If-Match", "If-None-Match"),
            expose_headers=("ETag", "Content-Length", "Retry-After"),
        ),
        Middleware(Failures),
    ]


@asynccontextmanager
async def _lifespan(app: Starlette) -> AsyncIterator[None]:
    known: Services = app.state.services
    try:
        await anyio.to_thread.run_sync(known.store.check)
    except StoreUnavailable as error:  # it may answer later; until then every route says 503
        structlog.get_logger("py_export").warning("store_unavailable", kind=str(error))
    async with anyio.create_task_group() as tasks:
        if isinstance(known.store, Store):
            tasks.start_soon(_catch_up, known.store)
        yield
        await anyio.to_thread.run_sync(known.store.close)


async def _catch_up(store: Store) -> None:
    """Count, beside everything else, what a store of an earlier version holds."""
    try:
        await anyio.to_thread.run_sync(store.usage.catch_up)
    except StoreUnavailable as error:  # each question catches up with what it needs
        structlog.get_logger("py_export").warning("store_unavailable", kind=str(error))
