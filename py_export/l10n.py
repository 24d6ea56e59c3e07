"""The words of both locales, from the same flat JSON files that the page reads; the only place that looks them up."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import lru_cache
from importlib.resources import files

LOCALES = ("en", "zh-CN")
"""The locales that ship; each is a file in ``py_export/locales``."""

DEFAULT = "en"

_PLACE = re.compile(r"\{(\w+)\}")

_PLURAL_RULES: dict[str, Callable[[object], str]] = {
    # CLDR: English has one and other, Chinese has other only.
    "en": lambda count: "one" if count == 1 else "other",
    "zh-CN": lambda _count: "other",
}


def translate(key: str, locale: str = DEFAULT, **params: str | int) -> str:
    """
    Return the text of ``key`` in ``locale``, its ``{names}`` filled from ``params``.

    A key that counts has one entry per CLDR plural category, ``key.one`` and ``key.other``, chosen by ``count``.
    A key that no file has is returned as it is: a missing word must never break an export (a test finds it instead).
    """
    if not params:
        return _whole(key, locale)
    parts = _parts(key, locale)
    if parts is None and "count" in params:
        parts = _parts(f"{key}.{_PLURAL_RULES[resolve(locale)](params['count'])}", locale)
    if parts is None:
        return key
    filled = list(parts)
    for at in range(1, len(parts), 2):
        name = parts[at]
        filled[at] = str(params[name]) if name in params else f"{{{name}}}"
    return "".join(filled)


@lru_cache(maxsize=2048)
def _whole(key: str, locale: str) -> str:
    """Return the text of a key as it stands; the key where no file has it."""
    return _load(resolve(locale)).get(key, key)


@lru_cache(maxsize=2048)
def _parts(key: str, locale: str) -> tuple[str, ...] | None:
    """Return the text of a key in pieces, every other one the name of a place; None where no file has it."""
    text = _load(resolve(locale)).get(key)
    return None if text is None else tuple(_PLACE.split(text))


@lru_cache(maxsize=64)
def resolve(locale: str) -> str:
    """
    Return the shipped locale nearest to a BCP 47 tag: the tag itself, else one of the same language, else English.

    >>> resolve("zh-Hans-CN"), resolve("en-GB"), resolve("fr")
    ('zh-CN', 'en', 'en')
    """
    wanted = locale.replace("_", "-").lower()
    for tag in LOCALES:
        if tag.lower() == wanted:
            return tag
    for tag in LOCALES:
        if tag.lower().split("-")[0] == wanted.split("-")[0]:
            return tag
    return DEFAULT


@lru_cache(maxsize=len(LOCALES))
def _load(tag: str) -> dict[str, str]:
    text = files("py_export").joinpath("locales", f"{tag}.json").read_text(encoding="utf-8")
    words: dict[str, str] = json.loads(text)
    return words
