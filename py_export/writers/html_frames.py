"""How a message begins, from parts that are made once for all that have them in common."""

from __future__ import annotations

from typing import NamedTuple

from py_export.model import Message
from py_export.writers import html_parts
from py_export.writers.figures import prompt_tokens
from py_export.writers.html_page import Page
from py_export.writers.turns import TURN, heading_of, meta

_MOST_SPEAKERS = 256
"""Who speaks is remembered so many times; a group's talk may have more."""

_PLACE = "\0"


class Speaker(NamedTuple):
    """
    Who speaks.

    Attributes:
        role: In the document's words.
        more: What else is known.
        shown: Both, as a heading has them.
    """

    role: str
    more: tuple[str, ...]
    shown: str


class Frames:
    """Begins the messages of a document."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._speakers: dict[tuple[str, str | None, str | None, bool], Speaker] = {}
        self._roles: dict[str, str] = {}
        options = page.options
        self._timed = options.timestamps
        self._counted = options.token_counts and options.cost
        self._carriers = page.shown.carriers
        self._given = html_parts.shown(page.word("html.tokens-in", count=_PLACE)).split(_PLACE)
        self._made = html_parts.shown(page.word("html.tokens-out", count=_PLACE)).split(_PLACE)

    def speaker(self, message: Message) -> Speaker:
        """Return who speaks."""
        key = (message.role, message.author, message.model, message.sub_agent is None)
        found = self._speakers.get(key)
        if found is None:
            if len(self._speakers) >= _MOST_SPEAKERS:
                self._speakers.clear()
            heading = heading_of(message, self._page, TURN)
            shown = html_parts.speaker(heading.role, heading.more)
            found = self._speakers[key] = Speaker(heading.role, heading.more, shown)
        return found

    def begin(
        self, before: str, message: Message, level: int, speaker: Speaker | None, number: int | str | None
    ) -> str:
        """Return how a message begins: what stands before it, who speaks, when, and what it took."""
        role = message.role
        begins = self._roles.get(role)
        if begins is None:
            begins = self._roles[role] = f'<div class="message {html_parts.shown(role)}'
        who = '">\n' if speaker is None else f' named">\n{html_parts.who(level, speaker.shown, number)}'
        at = message.created_at
        time = self._page.time(at, day=level <= TURN) if at is not None and self._timed else ""
        took = self._took(message)
        about = f'<p class="meta">{time}{took}</p>\n' if time or took else ""
        return f'{before}{begins}{who}{about}<div class="body">\n'

    def _took(self, message: Message) -> str:
        """Return what ``meta`` does; of what most messages took, without a look at the words for each."""
        usage = message.usage
        if (
            message.topic_path
            or message.stars
            or (usage is not None and not (self._counted and usage.cost_usd is None))
        ):
            return html_parts.took(meta(message, self._page))
        if usage is None or id(message) not in self._carriers:
            return ""
        given, made = prompt_tokens(usage), usage.output_tokens
        parts = []
        if given is not None:
            parts.append(f"{self._given[0]}{given:,}{self._given[1]}")
        if made is not None:
            parts.append(f"{self._made[0]}{made:,}{self._made[1]}")
        return f" <span>{' · '.join(parts)}</span>" if parts else ""
