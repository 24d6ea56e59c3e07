"""HTML in the making: what is written, and among it what is said, which becomes HTML later, much of it at once."""

from __future__ import annotations

Mark = tuple[int, int]


class Pieces:
    """
    What many texts become.

    Attributes:
        html: HTML, and contents of paragraphs.
        said: The places of contents, in their order.
    """

    __slots__ = ("html", "said")

    def __init__(self) -> None:
        self.html: list[str] = []
        self.said: list[int] = []

    def say(self, html: str, content: str) -> None:
        """Add HTML, and a paragraph's content behind it."""
        self.html += (html, content)
        self.said.append(len(self.html) - 1)

    def mark(self) -> Mark:
        """Return where they end."""
        return len(self.html), len(self.said)

    def back(self, mark: Mark) -> None:
        """Forget what was added since."""
        del self.html[mark[0] :]
        del self.said[mark[1] :]
