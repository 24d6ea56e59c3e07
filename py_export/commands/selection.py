"""The flags that say what of a session is converted, and in which order."""

from __future__ import annotations

import argparse
import re
import sys
from typing import TYPE_CHECKING, get_args

from wcwidth import wcswidth

from py_export.commands.inputs import clock
from py_export.commands.speech import Speaker
from py_export.errors import InvalidFilter, InvalidOption
from py_export.options import Options
from py_export.transforms.branch import ALL
from py_export.transforms.order import Order

if TYPE_CHECKING:
    from py_export.transforms.select import Selection

_RANGE = re.compile(r"(?P<first>[0-9]{1,9})?(?P<colon>:)?(?P<last>[0-9]{1,9})?")


def add_selection(parser: argparse.ArgumentParser, speaker: Speaker) -> None:
    """Add one flag per part of a selection."""
    words = speaker.words
    group = parser.add_argument_group(words("cli.group.selection"))
    group.add_argument("--filter", metavar="FILTER", help=words("cli.flag.filter"))
    group.add_argument("--range", metavar="FROM:TO", help=words("cli.flag.range"))
    group.add_argument("--roles", metavar="ROLE,ROLE", help=words("cli.flag.roles"))
    group.add_argument("--branch", metavar="all|current|ID", help=words("cli.flag.branch"))
    group.add_argument("--order", choices=get_args(Order), help=words("cli.flag.order"))
    group.add_argument("--context-window", metavar="TOKENS", type=int, help=words("cli.flag.context_window"))


def chosen_selection(args: argparse.Namespace, options: Options) -> Selection | None:
    """
    Return what was selected; None where nothing was said.

    Raises:
        InvalidFilter: The filter language does not have that; a mark below the filter shows where.
        InvalidOption: A range of another form.
    """
    asked = (args.filter, args.range, args.roles, args.branch, args.order)
    if all(one is None for one in asked):
        return None
    from py_export.transforms.filter import Context, parse  # noqa: PLC0415 - most convert all
    from py_export.transforms.select import Selection  # noqa: PLC0415 - likewise

    text = args.filter or ""
    try:
        parse(text)
    except InvalidFilter as error:
        if not args.json_messages:
            _point(text, int(error.params["position"]))
        raise
    return Selection(
        range=None if args.range is None else _range(args.range),
        branch=args.branch or ALL,
        filter=text,
        context=Context(now=clock(), timezone=options.timezone, window=args.context_window),
        roles=None if args.roles is None else {role.strip() for role in args.roles.split(",")},
        order=args.order,
    )


def _range(text: str) -> tuple[int | None, int | None]:
    """Return the ends of ``3:12``, ``3:``, ``:12`` or ``3``."""
    match = _RANGE.fullmatch(text)
    if match is None or text in ("", ":"):
        raise InvalidOption(option="range", reason="3:12, 3:, :12, 3")
    first = int(match["first"]) if match["first"] else None
    last = int(match["last"]) if match["last"] else None
    return (first, last) if match["colon"] else (first, first)


def _point(text: str, position: int) -> None:
    """Show the filter with a mark below the character that is wrong."""
    shown = "".join(letter if letter.isprintable() else " " for letter in text)
    sys.stderr.write(f"{shown}\n{' ' * wcswidth(shown[:position])}^\n")
