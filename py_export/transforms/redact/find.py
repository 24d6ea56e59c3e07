"""Finds everything that is to be hidden in many strings: what shows itself, and each other place where it stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from py_export.transforms.redact.assignments import find_assignments, find_connection_strings, find_headers
from py_export.transforms.redact.kinds import CUSTOM, KINDS
from py_export.transforms.redact.packed import data_urls
from py_export.transforms.redact.page import Found, Page, ends_word, pages, starts_word
from py_export.transforms.redact.people import find_emails, find_phones, find_users
from py_export.transforms.redact.services import find_private_keys, find_services

_FINDERS: tuple[tuple[Callable[[Page], Iterator[Found]], frozenset[str]], ...] = (
    (find_private_keys, frozenset({"private-key"})),
    (find_services, frozenset({"api-key", "token"})),
    (find_headers, frozenset({"token"})),
    (find_connection_strings, frozenset({"password", "token"})),
    (find_assignments, frozenset({"password", "token", "secret"})),
    (find_emails, frozenset({"email"})),
    (find_phones, frozenset({"phone"})),
    (find_users, frozenset({"user"})),
)
"""Each finder, and the kinds that it finds."""

MARK = "[redacted:"
PLACEHOLDER = re.compile(r"\[redacted:(?P<name>(?:" + "|".join(KINDS) + r")-[0-9]{1,9})\]")
_FEW = 64
_HEAD = 3
_LONG = 16
_WORD_STARTS = re.compile(r"(?:(?<![0-9A-Za-z])|(?<=\\[nrtbf])|(?<=%[0-9A-Fa-f]{2}))[^\s\0]")

Known = dict[str, tuple[str, str]]
"""Values that spread, each with its kind and its rule."""


def find(
    strings: Sequence[str],
    kinds: frozenset[str],
    patterns: Sequence[re.Pattern[str]],
    named: Mapping[int, list[Found]],
    known: Known,
) -> dict[int, list[Found]]:
    """
    Return what is to be hidden, by the string's number, in order of place.

    Args:
        strings: Every string once.
        kinds: What to look for.
        patterns: What the caller looks for, of kind ``custom``.
        named: What has been found by names that stand apart from their values.
        known: Values that are known already; those that are found here and spread are added.
    """
    found: dict[int, set[Found]] = {at: {one for one in each if one.kind in kinds} for at, each in named.items()}
    read = list(pages(enumerate(strings)))
    for page in read:
        for finder, finds in _FINDERS:
            if finds & kinds:
                _keep(page, (one for one in finder(page) if one.kind in kinds), found)
    if patterns:
        _match(strings, patterns, found)
    spread = ((strings[number][one.start : one.end], one) for number, each in found.items() for one in sorted(each))
    for value, one in spread:
        if one.spreads:
            known.setdefault(value, (one.kind, one.rule))
    for page in read if known else ():
        _keep(page, _spread(page, known), found)
    apart = ((number, _free(strings[number], each)) for number, each in found.items())
    return {number: each for number, each in apart if each}


def _match(strings: Sequence[str], patterns: Sequence[re.Pattern[str]], found: dict[int, set[Found]]) -> None:
    """Add what the caller's own patterns match, string by string: they may ask for a string's beginning or end."""
    for number, text in enumerate(strings):
        for pattern in patterns:
            matches = [Found(*match.span(), CUSTOM, CUSTOM) for match in pattern.finditer(text) if match[0]]
            if matches:
                found.setdefault(number, set()).update(matches)


def _keep(page: Page, finds: Iterable[Found], found: dict[int, set[Found]]) -> None:
    for one in finds:
        number, start, end = page.string_at(one.start)
        if one.end <= end:
            found.setdefault(number, set()).add(one._replace(start=one.start - start, end=one.end - start))


def _free(text: str, found: Iterable[Found]) -> list[Found]:
    """
    Return what was found, in order and apart from each other: what overlaps is one, called as the first of them.

    What lies in a placeholder that the text holds already has been found before; an image's bytes are no words.
    """
    taken = data_urls(text)
    if MARK in text:
        taken = sorted(taken + [match.span() for match in PLACEHOLDER.finditer(text)])
    apart: list[Found] = []
    for one in sorted(found, key=_order):
        if apart and one.start < apart[-1].end:
            apart[-1] = apart[-1]._replace(end=max(apart[-1].end, one.end))
        else:
            apart.append(one)
    return list(_outside(apart, taken))


def _order(one: Found) -> tuple[int, int, int, str]:
    return one.start, -one.end, KINDS.index(one.kind), one.rule


def _outside(found: list[Found], taken: list[tuple[int, int]]) -> Iterator[Found]:
    at = 0
    for one in found:
        while at < len(taken) and taken[at][1] <= one.start:
            at += 1
        if at == len(taken) or one.end <= taken[at][0]:
            yield one


def _spread(page: Page, known: Known) -> Iterator[Found]:
    text = page.text
    if len(known) > _FEW:
        yield from _spread_many(text, known)
        return
    for value, (kind, rule) in known.items():
        at = text.find(value)
        while at >= 0:
            end = at + len(value)
            if len(value) >= _LONG or (starts_word(text, at) and ends_word(text, end)):
                yield Found(at, end, kind, rule, spreads=True)
            at = text.find(value, end)


def _spread_many(text: str, known: Known) -> Iterator[Found]:
    """As ``_spread``, in one pass over the beginnings of words, and one within words, however many values there are."""
    yield from _spread_from(_WORD_STARTS, text, known)
    long = {value: known[value] for value in known if len(value) >= _LONG}
    if long:
        letters = (
            "".join(map(re.escape, sorted(set(column))))
            for column in zip(*(value[:_HEAD] for value in long), strict=True)
        )
        within = re.compile("(?<=[0-9A-Za-z])(?=" + "".join(f"[{each}]" for each in letters) + ")")
        yield from _spread_from(within, text, long)


def _spread_from(starts: re.Pattern[str], text: str, known: Known) -> Iterator[Found]:
    lengths: dict[str, set[int]] = {}
    for value in known:
        lengths.setdefault(value[:_HEAD], set()).add(len(value))
    heads = {head: sorted(each, reverse=True) for head, each in lengths.items()}
    for match in starts.finditer(text):
        at = match.start()
        for length in heads.get(text[at : at + _HEAD], ()):
            value = text[at : at + length]
            if value in known and (length >= _LONG or ends_word(text, at + length)):
                kind, rule = known[value]
                yield Found(at, at + length, kind, rule, spreads=True)
                break
