"""What each letter of the filter language asks of a pair."""

from __future__ import annotations

import datetime
import operator
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

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
            return lambda pair: _day(node, pair.created_at, context.timezone)
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
        if current is None:
            return lambda _pair: False
        return _below(current) if node.last is not None else _exactly(current)
    pattern = node.pattern.strip()
    if pattern.endswith(_AND_BELOW):
        return _below(pattern.removesuffix(_AND_BELOW))
    return _exactly(pattern)


def _exactly(pattern: str) -> Callable[[Pair], bool]:
    wanted = _segments(pattern)
    return lambda pair: _ends(_segments(pair.topic_path or ""), wanted)


def _below(pattern: str) -> Callable[[Pair], bool]:
    wanted = _segments(pattern)

    def test(pair: Pair) -> bool:
        path = _segments(pair.topic_path or "")
        return any(_ends(path[:end], wanted) for end in range(1, len(path) + 1))

    return test


def _ends(path: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    """A topic is named by its last names: ``GPT``, ``Transformers > GPT`` and its whole path all mean it."""
    if not wanted or len(wanted) > len(path):
        return False
    return all(_equals(want, have) for want, have in zip(wanted, path[-len(wanted) :], strict=True))


def _segments(path: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in path.split(">") if name.strip())


def _model(pattern: str | None) -> Callable[[Pair], bool]:
    if pattern is None:
        return lambda _pair: False
    return lambda pair: _equals(pattern, pair.model or "")


def _age(node: tree.Age, created_at: int | None, now: int | None) -> bool:
    if created_at is None or now is None:
        return False
    return _COMPARE[node.comparison](now - created_at, node.milliseconds)


def _day(node: tree.Day, created_at: int | None, zone: str) -> bool:
    if created_at is None:
        return False
    moment = datetime.datetime.fromtimestamp(created_at / 1000, ZoneInfo(zone))
    return _COMPARE[node.comparison](moment.date(), node.day)


def _contains(pattern: str, text: str) -> bool:
    """Whether the parts between ``*`` stand in the text in order, in any case; linear, whatever the pattern."""
    at = 0
    for part in pattern.casefold().split("*"):
        found = text.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    return True


def _equals(pattern: str, text: str) -> bool:
    """Whether the whole text fits the pattern, in any case; ``*`` matches any run of characters."""
    text = text.casefold()
    first, *rest = pattern.casefold().split("*")
    if not rest:
        return text == first
    last = rest.pop()
    if len(text) < len(first) + len(last) or not text.startswith(first) or not text.endswith(last):
        return False
    return _contains("*".join(rest), text[len(first) : len(text) - len(last)])
