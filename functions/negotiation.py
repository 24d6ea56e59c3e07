"""What a client prefers: a language, a content coding (RFC 9110, section 12.5)."""

from __future__ import annotations

from py_export.l10n import DEFAULT, LOCALES, resolve


def language(accept_language: str) -> str:
    """
    Return the shipped locale that an ``Accept-Language`` header likes best, English where it likes none.

    >>> language("fr, zh-TW;q=0.8, en;q=0.5"), language(""), language("zh;q=0, en;q=0.1")
    ('zh-CN', 'en', 'en')
    """
    shipped = {tag.split("-")[0].lower() for tag in LOCALES}
    for tag, _ in sorted(_weighted(accept_language), key=lambda item: -item[1]):
        if tag.split("-")[0] in shipped:
            return resolve(tag)
    return DEFAULT


def accepts(accept_encoding: str, coding: str) -> bool:
    """
    Return whether an ``Accept-Encoding`` header takes a content coding.

    >>> accepts("gzip, br;q=0", "gzip"), accepts("gzip, br;q=0", "br"), accepts("*", "br"), accepts("", "gzip")
    (True, False, True, False)
    """
    refused = False
    any_other = False
    for name, weight in _weighted(accept_encoding, keep_refused=True):
        if name == coding:
            if weight > 0:
                return True
            refused = True
        elif name == "*":
            any_other = weight > 0
    return any_other and not refused


def _weighted(header: str, *, keep_refused: bool = False) -> list[tuple[str, float]]:
    found = []
    for part in header.split(","):
        name, *params = (piece.strip().lower() for piece in part.split(";"))
        weight = 1.0
        for param in params:
            if param.startswith("q="):
                try:
                    weight = float(param[2:])
                except ValueError:
                    weight = 0.0
        if name and (weight > 0 or keep_refused):
            found.append((name, weight))
    return found
