"""The options of the formats that play a session again."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta

from py_export.options import ContentOptions


class ReplayOptions(ContentOptions, frozen=True, kw_only=True):
    """What every replay takes."""

    max_pause: Annotated[int, Meta(ge=0, le=60)] = 2
    """Seconds; a longer time in which nothing happens is made as short."""

    typing_speed: Annotated[int, Meta(ge=1, le=1000)] = 30
    """Characters a second that a person types; a model streams eight times as many."""


class AsciicastOptions(ReplayOptions, frozen=True, kw_only=True):
    """Options of the terminal recording."""

    width: Annotated[int, Meta(ge=40, le=400)] = 100
    """Columns of the terminal."""

    height: Annotated[int, Meta(ge=10, le=200)] = 30
    """Lines of the terminal."""


class PlayerOptions(ReplayOptions, frozen=True, kw_only=True):
    """Options of the player; its page has controls for the rest."""


class VideoOptions(ReplayOptions, frozen=True, kw_only=True):
    """Options of the video."""

    resolution: Literal["720p", "1080p"] = "720p"
    """1280 by 720 pixels, or 1920 by 1080: the same picture, sharper."""

    theme: Literal["light", "dark"] = "light"
    """The colours of the picture."""
