"""Tokens, cost and durations as the documents' words have them."""

from __future__ import annotations

from math import floor, log10

from py_export.model import Counts, Session, Usage
from py_export.transforms import measure
from py_export.writers.markdown_page import Page

_LEAST_DECIMALS, _MOST_DECIMALS = 3, 6
_CENTS, _DIGITS = 2, 2


def figures(usage: Usage | None, page: Page) -> str:
    """Return a message's tokens and cost: ``1,234 → 567 tokens, $0.002``; empty where neither is known."""
    if usage is None:
        return ""
    parts = []
    given, made = prompt_tokens(usage), usage.output_tokens
    if given is not None and made is not None:
        parts.append(page.word("markdown.tokens-both", given=number(given), made=number(made)))
    elif given is not None:
        parts.append(page.word("markdown.tokens-in", given=number(given)))
    elif made is not None:
        parts.append(page.word("markdown.tokens-out", made=number(made)))
    if usage.cost_usd is not None:
        parts.append(dollars(usage.cost_usd))
    return page.word("markdown.comma").join(parts)


def total(usage: Usage, page: Page) -> dict[str, str]:
    """Return a session's tokens and cost, by their words' keys, where they are known."""
    found = {}
    given, made = prompt_tokens(usage), usage.output_tokens
    if given is not None and made is not None:
        values = {"sum": number(given + made), "given": number(given), "made": number(made)}
        found["total-tokens"] = page.word("markdown.tokens-total", **values)
    elif given is not None or made is not None:
        found["total-tokens"] = figures(Usage(input_tokens=given, output_tokens=made), page)
    if usage.cost_usd is not None:
        found["total-cost"] = dollars(usage.cost_usd)
    return found


def session_usage(session: Session) -> Usage | None:
    """Return a session's figures: as it says, else summed from its messages."""
    return session.usage if session.usage is not None else measure.usage(session.messages)


def session_counts(session: Session) -> Counts:
    """Return how much a session holds: as it says, else counted in its messages."""
    return session.counts if session.counts is not None else measure.counts(session.messages)


def prompt_tokens(usage: Usage) -> int | None:
    """Return all that the model was given: fresh input, cache reads and cache writes; None where none is known."""
    parts = (usage.input_tokens, usage.cache_read_tokens, usage.cache_write_tokens)
    known = [part for part in parts if part is not None]
    return sum(known) if known else None


def number(value: int) -> str:
    """Return a number in groups of three digits."""
    return f"{value:,}"


def dollars(value: float) -> str:
    """
    Return a cost with three decimals at least, and as many as tell it from nothing, six at most.

    >>> [dollars(cost) for cost in (0.014, 2, 0.00042)]
    ['$0.014', '$2.000', '$0.00042']
    """
    whole, _, decimals = f"{value:,.{_MOST_DECIMALS}f}".partition(".")
    return f"${whole}.{decimals.rstrip('0').ljust(_LEAST_DECIMALS, '0')}"


def money(value: float) -> str:
    """
    Return a cost as a report has it: to the cent; where cents say little, two digits that do, six decimals at most.

    >>> [money(cost) for cost in (1234.5678, 2, 0.291, 0.014, 0.004213, 0.0000001, 0)]
    ['$1,234.57', '$2.00', '$0.29', '$0.014', '$0.0042', '<$0.000001', '$0.00']
    """
    if 0 < value < 10**-_MOST_DECIMALS:
        return f"<${10**-_MOST_DECIMALS:.{_MOST_DECIMALS}f}"
    small = 0 < value < 1
    decimals = min(_DIGITS - 1 - floor(log10(value)), _MOST_DECIMALS) if small else _CENTS
    whole, _, part = f"{value:,.{decimals}f}".partition(".")
    return f"${whole}.{part.rstrip('0').ljust(_CENTS, '0')}"


def axis_money(value: float) -> str:
    """
    Return a cost at an axis: without cents where there are none.

    >>> [axis_money(cost) for cost in (0, 5, 2.5, 0.0005)]
    ['$0', '$5', '$2.50', '$0.0005']
    """
    return f"${value:,.0f}" if value == int(value) else money(value)
