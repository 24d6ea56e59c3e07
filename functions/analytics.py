"""``/api/analytics``: an owner's usage events, by pages or as one document, and their sums, made by the database."""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Iterator
from functools import partial

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from py_export import jsontext
from py_export.errors import InvalidOption
from py_export.times import LAST, zone_info
from py_export.transforms.analytics.analysis import VERSION
from py_export.transforms.analytics.period import Period
from py_export.version import GENERATOR

from .answers import PRIVATE, JsonStream, holds, json_answer
from .parameters import number
from .problems import Problem
from .services import ask, services
from .store import Store
from .usage_facts import Wanted
from .usage_store import Events, State, UsageStore
from .usage_sums import GROUPS

_PATIENCE = 2.0
"""Seconds that an answer spends on counting what was stored before usage was; ``pending`` says how much is left."""

_PAGE, _MOST_EVENTS = 1000, 10_000
_SESSIONS, _MOST_SESSIONS = 100, 1000
_MOST_NAMES = 100
"""Models or sessions that one question may name."""


async def show_summary(request: Request) -> Response:
    """Answer the sums of everything, and by day, model, session or tool: what ``by`` names, or all of them."""
    usage, owner = await usage_store(request)
    wanted = wanted_of(request)
    by = tuple(request.query_params.getlist("by")) or GROUPS
    if not set(by) <= set(GROUPS):
        raise Problem("invalid_parameter", 422, parameter="by")
    limit = number(request, "limit", _SESSIONS, _MOST_SESSIONS)
    state = await caught_up(usage, owner)
    headers = {"ETag": entity_tag(request, state, wanted)}
    if holds(request.headers.get("if-none-match", ""), headers["ETag"]):
        return Response(status_code=304, headers=PRIVATE | headers)
    try:
        found = await ask(partial(usage.summary, owner, wanted, by, limit, request.query_params.get("cursor")))
    except ValueError:
        raise Problem("invalid_parameter", 422, parameter="cursor") from None
    told = {name: value for name, value in msgspec.to_builtins(found.analytics).items() if value is not None}
    more = {"nextCursor": found.next_cursor} if "session" in by else {}
    answer = {"schemaVersion": VERSION, "generator": GENERATOR, **told, **more, "pending": state.pending}
    return json_answer(request, answer, headers=headers)


async def list_usage(request: Request) -> Response:
    """Answer usage events in order of time, those without a time first, page by page."""
    known = services(request)
    usage, owner = await usage_store(request)
    wanted = wanted_of(request)
    limit = number(request, "limit", _PAGE, _MOST_EVENTS)
    after = _place(request.query_params.get("cursor"))
    state = await caught_up(usage, owner)
    headers = {"ETag": entity_tag(request, state, wanted)}
    if holds(request.headers.get("if-none-match", ""), headers["ETag"]):
        return Response(status_code=304, headers=PRIVATE | headers)
    if request.method != "HEAD":
        await known.rate.take(owner)
    events = await ask(partial(usage.events, owner, wanted, limit, after))
    return await ask(partial(JsonStream, request, _page(events, state.pending), events.close, PRIVATE | headers))


def _page(events: Events, pending: int) -> Iterator[bytes]:
    """Yield ``{"schemaVersion", "generator", "pending", "events": [...], "nextCursor"}`` as the events come."""
    head = {"schemaVersion": VERSION, "generator": GENERATOR, "pending": pending}
    waiting = [jsontext.encode(head).removesuffix(b"}") + b',"events":[']
    for place, event in enumerate(events):
        waiting.append((b"," if place else b"") + jsontext.encode(event))
        if len(waiting) > _PAGE // 4:
            yield b"".join(waiting)
            waiting.clear()
    following = None if events.next is None else _cursor(events.next)
    yield b"".join(waiting) + b'],"nextCursor":' + jsontext.encode(following) + b"}"


async def usage_store(request: Request) -> tuple[UsageStore, str]:
    """Return where usage is kept and whose is asked for, or raise a problem: 401, or 501 of a store that keeps none."""
    known = services(request)
    owner = await known.authenticator.owner(request)
    if not isinstance(known.store, Store):
        raise Problem("usage_not_kept", 501)
    return known.store.usage, owner


async def caught_up(usage: UsageStore, owner: str) -> State:
    """Return what an owner's answers depend on, after counting, for a while, what is not counted yet."""
    state = await ask(partial(usage.state, owner))
    if not state.pending:
        return state
    await ask(partial(usage.catch_up, owner, _PATIENCE))
    return await ask(partial(usage.state, owner))


def wanted_of(request: Request) -> Wanted:
    """Return what a query asks for, or raise the 422 that names what is wrong in it."""
    given = request.query_params
    zone = given.get("timezone", "UTC")
    try:
        zone_info(zone)
    except ValueError:
        raise Problem("invalid_parameter", 422, parameter="timezone") from None
    try:
        period = Period.of(given.get("from", ""), given.get("to", ""), zone)
    except InvalidOption as error:
        parameter = "from" if error.params["option"] == "since" else "to"
        raise Problem("invalid_parameter", 422, parameter=parameter) from None
    if any(abs(at or 0) > LAST for at in (period.since, period.until)):
        raise Problem("invalid_parameter", 422, parameter="from")
    for name in ("model", "session"):
        if len(given.getlist(name)) > _MOST_NAMES:
            raise Problem("invalid_parameter", 422, parameter=name)
    return Wanted(period, given.getlist("model"), given.getlist("session"), services(request).prices)


def entity_tag(request: Request, state: State, wanted: Wanted) -> str:
    """Return the weak entity tag of an answer: another one where it would say something else."""
    source = wanted.prices.source
    asked = f"{request.url.path}?{request.url.query}#{VERSION}{GENERATOR}{source}"
    return f'W/"{state.tag}-{hashlib.sha256(asked.encode("utf-8", "replace")).hexdigest()[:16]}"'


def _cursor(place: tuple[int, int, int]) -> str:
    return base64.urlsafe_b64encode(".".join(map(str, place)).encode()).decode().rstrip("=")


def _place(cursor: str | None) -> tuple[int, int, int] | None:
    if not cursor:
        return None
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        at, session, event = map(int, base64.urlsafe_b64decode(padded.encode("ascii")).decode().split("."))
    except (ValueError, binascii.Error):
        raise Problem("invalid_parameter", 422, parameter="cursor") from None
    if max(map(abs, (at, session, event))) > LAST:
        raise Problem("invalid_parameter", 422, parameter="cursor")
    return at, session, event
