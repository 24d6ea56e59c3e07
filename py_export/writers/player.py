"""
A replay in one HTML file: play, pause, seek, speed, skip silence, chapters; by mouse, finger or keyboard.

The file holds its data, its style and its script, and its own security policy allows it nothing else: no request, no
other script, no style attribute. What a session says is data, put on the screen as text alone. Without a script, and on
paper, the whole conversation can be read. Only what is near is on the screen, however long the session is. Who asks
for less motion has it start paused, and texts come whole.

The time line is that of ``recording``. Words and code stand apart, as fences part them; other Markdown is shown as it
was written. Images and files are named.
"""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from py_export.l10n import translate
from py_export.model import Session
from py_export.notices import Notices
from py_export.replay_options import PlayerOptions
from py_export.version import GENERATOR
from py_export.writers.hidden import report_hidden
from py_export.writers.html_page import asset, macros, policy, printable, stylesheet, template
from py_export.writers.scenes import Scenes

_MARKUP = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}
"""What could end the element that holds the data, or the line that a reader of scripts is in."""


def write(session: Session, options: PlayerOptions, notices: Notices) -> Iterator[str | bytes]:
    """Yield the document: its head, the conversation for who has no script, the data, the script."""
    report_hidden(session, notices)
    scenes = Scenes(session, options, notices)
    style, script = (
        stylesheet("base", "player", "player-screen"),
        Markup("\n").join((asset("player-drawing.js"), asset("player.js"))),
    )

    def word(key: str, **values: str | int) -> str:
        return translate(key, options.locale, **values)

    page = {
        "word": word,
        "locale": options.locale,
        "title": scenes.title,
        "facts": scenes.facts,
        "generator": GENERATOR,
        "policy": policy(style, script),
        "style": style,
    }
    yield printable(template("player_head").render(page))
    drawn = macros("player_message")
    for message in Scenes(session, options, Notices()).messages():  # what it leaves out is counted once
        yield printable(drawn.message(message, word))
    yield printable(template("player_stage").render(page))
    for chunk in scenes.document():
        yield printable(chunk.decode().translate(_MARKUP))
    yield template("player_foot").render(script=script)
