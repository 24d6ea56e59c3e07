"""
A replay as a video (WebM, VP9 or VP8), with the time line of ``recording`` and the scenes of ``player``.

The page alone makes it, on the device, by the browser's own encoder (WebCodecs): nothing is sent anywhere. Where a
browser has none, the dialog says so and offers the player and the terminal recording, as does the command line. Text is
set in the device's own fonts. The picture is 1280 by 720 or 1920 by 1080 pixels; its last one stays for two seconds.
There is no sound.

Words and code stand apart, as fences part them; other Markdown is shown as it was written. Images and files are named.
Of a tool's long input or output the beginning is shown.
"""

from __future__ import annotations

from collections.abc import Iterator

from py_export.model import Session
from py_export.notices import Notices
from py_export.replay_options import VideoOptions
from py_export.writers.hidden import report_hidden
from py_export.writers.scenes import Scenes

SIZES = {"720p": (1280, 720), "1080p": (1920, 1080)}
"""Width and height in pixels, by the option."""

HOLD = 2_000
"""Milliseconds that the last picture stays."""


def write(session: Session, options: VideoOptions, notices: Notices) -> Iterator[bytes]:
    """
    Yield the plan from which the page makes the video: JSON, a chunk per message.

    It is the player's data with ``video``: ``{width, height, theme, holdMs}``. The video takes ``durationMs`` and
    ``holdMs``.
    """
    report_hidden(session, notices)
    width, height = SIZES[options.resolution]
    video = {"width": width, "height": height, "theme": options.theme, "holdMs": HOLD}
    yield from Scenes(session, options, notices).document(video=video)
