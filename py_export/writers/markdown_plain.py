"""
The short way to a section: of a message that is one text and nothing else, as most are.

It gives what the long way gives (a test holds both against each other), without the pieces in between.
"""

from __future__ import annotations

from py_export.model import Message, Text
from py_export.writers.markdown_page import Page

_PLACE = "\0"


class Plain:
    """Writes the sections of plain messages on a page of style ``hapi``."""

    def __init__(self, page: Page, top: int) -> None:
        self._page = page
        self._head = f"\n{'#' * top} "
        self._roles: dict[str, str] = {}
        self._before, self._after = f"_{page.word('markdown.time', time=_PLACE)}_".split(_PLACE)
        self._shows_text = page.options.messages
        self._shows_time = page.options.timestamps

    def section(self, message: Message, where: str) -> str | None:
        """Return a message's section; None where that takes the long way."""
        blocks = message.blocks
        if (
            len(blocks) != 1
            or type(blocks[0]) is not Text
            or message.hidden
            or message.sub_agent is not None
            or not self._shows_text
        ):
            return None
        text = blocks[0].text
        if not text or text.isspace():
            return None
        page = self._page
        if message.usage is not None and page.shown.spent(message) is not None:
            return None
        guarded, touches = page.guard(text)
        if touches:
            page.notices.add("text_guarded", f"{where}.blocks[0]", touches)
        head = self._roles.get(message.role) or self._role(message.role)
        at = message.created_at
        if at is None or not self._shows_time:
            return f"{head}{guarded}\n"
        return f"{head}{self._before}{page.time(at)}{self._after}\n\n{guarded}\n"

    def _role(self, role: str) -> str:
        head = self._roles[role] = f"{self._head}{self._page.word(f'markdown.role.{role}')}\n\n"
        return head
