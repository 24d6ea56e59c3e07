"""How often one owner may export."""

from __future__ import annotations

import math
import time

from limits import RateLimitItemPerMinute
from limits.aio.strategies import MovingWindowRateLimiter
from limits.storage import storage_from_string

from .problems import Problem


class ExportRate:
    """
    A number of exports in any sixty seconds, counted per owner.

    Counted in this process's memory by default; a deployment of several names a shared storage (``redis://…``).
    """

    def __init__(self, per_minute: int, storage: str) -> None:
        self._item = RateLimitItemPerMinute(per_minute)
        self._limiter = MovingWindowRateLimiter(storage_from_string(f"async+{storage}"))

    async def take(self, owner: str) -> None:
        """Count one export, or raise the 429 that says when to come back."""
        if await self._limiter.hit(self._item, owner):
            return
        window = await self._limiter.get_window_stats(self._item, owner)
        seconds = max(1, math.ceil(window.reset_time - time.time()))
        raise Problem("too_many_exports", 429, headers={"Retry-After": str(seconds)}, seconds=seconds)
