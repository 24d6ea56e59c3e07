"""What a reader, a transform or a writer could not carry over, by type: reported, never dropped in silence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from py_export.l10n import translate


@dataclass(slots=True)
class Notice:
    """
    One kind of thing that happened, with how often and where first.

    Attributes:
        code: A stable name, ``snake_case``; its sentence is ``notice.<code>`` in the locale files.
        count: How often.
        where: The first place (``messages[12].blocks[0]``), or an empty string.
        params: Further values of the sentence; names and numbers, never content.
    """

    code: str
    count: int = 1
    where: str = ""
    params: dict[str, str | int] = field(default_factory=dict)

    def message(self, locale: str = "en") -> str:
        """Return the sentence for a person, in ``locale``."""
        params = dict(self.params)
        if "script" in params:
            params["script"] = translate(f"script.{params['script']}", locale)
        return translate(f"notice.{self.code}", locale, count=self.count, **params)


class Notices:
    """Collects notices; the same code with the same params is counted, not repeated."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, tuple[tuple[str, str | int], ...]], Notice] = {}

    def add(self, code: str, where: str = "", count: int = 1, **params: str | int) -> None:
        """Report ``count`` occurrences of ``code``; ``where`` is kept from the first."""
        key = (code, tuple(sorted(params.items())))
        known = self._found.get(key)
        if known is None:
            self._found[key] = Notice(code, count, where, params)
        else:
            known.count += count

    def take(self, others: Notices) -> None:
        """Report what others have collected, after what is here already."""
        for notice in others:
            self.add(notice.code, notice.where, notice.count, **notice.params)

    def taken(self) -> Notices:
        """Return what was collected, which is not here any more."""
        found = Notices()
        found._found, self._found = self._found, {}
        return found

    def __iter__(self) -> Iterator[Notice]:
        return iter(self._found.values())

    def __contains__(self, code: str) -> bool:
        """Return whether ``code`` has been reported."""
        return any(notice.code == code for notice in self._found.values())

    def __len__(self) -> int:
        return len(self._found)
