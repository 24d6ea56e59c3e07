"""What each letter of the filter language asks of a pair."""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from py_export.errors import InvalidOption
from py_export.times import calendar_day
from py_export.transforms.filter import tree
from py_export.transforms.pair import Pair

if TYPE_CHECKING:
    from py_export.transforms.filter.evaluate import Context

_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip
_AND_BELOW = "..."


def fits(node: tree.Predicate, context: Context) -> Callable[[Pair], bool]:  # noqa: PLR0911 - one return per letter
    """Return the test of a predicate that looks at one pair alone (all but ``r`` and ``o``)."""
    match node:
        case tree.Topic():
            return _topic(node, context.topic)
        case tree.Stars():
            return lambda pair: _COMPARE[node.comparison](pair.stars, node.stars)
        case tree.Flag():
            return lambda pair: (pair.flag_color == "blue") == (node.color == "blue")
        case tree.Model():
            return _model(node.pattern if node.pattern is not None else context.model)
        case tree.Age():
            return lambda pair: _age(node, pair.created_at, context.now)
        case tree.Day():
            return _day(node, context.timezone)
        case tree.Content():
            return lambda pair: _contains(node.pattern, f"{pair.question_text}\n{pair.answer_text}".casefold())
        case tree.Attachments():
            return lambda pair: pair.has_attachments
        case tree.Failed():
            return lambda pair: pair.failed
    raise TypeError(type(node))


def length(pair: Pair) -> int:
    """Return the characters of a pair's text."""
    return len(pair.question_text) + len(pair.answer_text)


def _topic(node: tree.Topic, current: str | None) -> Callable[[Pair], bool]:
    if node.pattern is None:
        return _current(current, below=node.last is not None)
    pattern = node.pattern.strip()
    below = pattern.endswith(_AND_BELOW)
    wanted = _names(pattern.removesuffix(_AND_BELOW))
    if len(wanted) == 1:  # a topic's name, wherever it stands in the tree
        return lambda pair: any(_equals(wanted[0], name) for name in pair.topic[0 if below else -1 :])
    return lambda pair: _begins(pair.topic, wanted, below=below)


def _current(topic: str | None, *, below: bool) -> Callable[[Pair], bool]:
    wanted = _names(topic or "")

    def test(pair: Pair) -> bool:
        path = pair.topic
        return bool(wanted) and (path[: len(wanted)] if below else path) == wanted

    return test


def _begins(path: tuple[str, ...], wanted: tuple[str, ...], *, below: bool) -> bool:
    """Return whether a path, from the root, is the one that is wanted; with ``below`` whether it begins with it."""
    if not wanted or len(path) < len(wanted) or (len(path) > len(wanted) and not below):
        return False
    return all(_equals(want, have) for want, have in zip(wanted, path[: len(wanted)], strict=True))


def _names(path: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in path.split(">") if name.strip())


def _model(pattern: str | None) -> Callable[[Pair], bool]:
    if pattern is None:
        return lambda _pair: False
    return lambda pair: _equals(pattern, pair.model or "")


def _age(node: tree.Age, created_at: int | None, now: int | None) -> bool:
    if created_at is None or now is None:
        return False
    return _COMPARE[node.comparison](now - created_at, node.milliseconds)


def _day(node: tree.Day, zone: str) -> Callable[[Pair], bool]:
    wanted = (node.day.year, node.day.month, node.day.day)
    try:
        calendar_day(0, zone)
    except ValueError as error:
        raise InvalidOption(option="timezone", reason=str(error)) from None

    def test(pair: Pair) -> bool:
        day = None if pair.created_at is None else calendar_day(pair.created_at, zone)
        return day is not None and _COMPARE[node.comparison](day, wanted)

    return test


def _contains(pattern: str, text: str) -> bool:
    """Return whether the parts between ``*`` stand in the text in order, in any case; linear, whatever the pattern."""
    at = 0
    for part in pattern.casefold().split("*"):
        found = text.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    return True


def _equals(pattern: str, text: str) -> bool:
    """Return whether the whole text fits the pattern, in any case; ``*`` matches any run of characters."""
    text = text.casefold()
    first, *rest = pattern.casefold().split("*")
    if not rest:
        return text == first
    last = rest.pop()
    if len(text) < len(first) + len(last) or not text.startswith(first) or not text.endswith(last):
        return False
    return _contains("*".join(rest), text[len(first) : len(text) - len(last)])
