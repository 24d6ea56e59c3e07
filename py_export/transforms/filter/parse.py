"""The filter's grammar: predicates joined by ``!``, ``&`` (or adjacency) and ``|`` (or ``+``), tightest first."""

from __future__ import annotations

from py_export.transforms.filter.scan import Scanner
from py_export.transforms.filter.tree import And, Node, Not, Or

MAX_DEPTH = 100
"""Parentheses and negations nest no deeper; nobody types that, and a parser must not fall over it."""


def parse(text: str) -> Node | None:
    """
    Return the filter's tree; None for an empty filter, which lets everything through.

    Raises:
        InvalidFilter: Its ``position`` is the index of the character that is wrong.
    """
    scan = Scanner(text)
    if not scan.peek():
        return None
    node = _union(scan, 0)
    if scan.peek():
        scan.fail("unopened" if scan.peek() == ")" else "letter")
    return node


def _union(scan: Scanner, depth: int) -> Node:
    operands = [_conjunction(scan, depth)]
    while scan.peek() in ("|", "+"):
        scan.at += 1
        operands.append(_conjunction(scan, depth))
    return operands[0] if len(operands) == 1 else Or(tuple(operands))


def _conjunction(scan: Scanner, depth: int) -> Node:
    operands = [_operand(scan, depth)]
    while (following := scan.peek()) and following not in "|+)":
        if following == "&":
            scan.at += 1
        operands.append(_operand(scan, depth))
    return operands[0] if len(operands) == 1 else And(tuple(operands))


def _operand(scan: Scanner, depth: int) -> Node:
    if depth > MAX_DEPTH:
        scan.fail("depth")
    character = scan.peek()
    if character == "!":
        scan.at += 1
        return Not(_operand(scan, depth + 1))
    if character == "(":
        start = scan.at
        scan.at += 1
        node = _union(scan, depth + 1)
        if scan.peek() != ")":
            scan.fail("unclosed", start)
        scan.at += 1
        return node
    return scan.predicate()
