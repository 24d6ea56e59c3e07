"""What the verbs' parsers share."""

from __future__ import annotations

import argparse
import json
import sys

from py_export.commands.speech import Speaker


def parser_for(verb: str, speaker: Speaker) -> argparse.ArgumentParser:
    """Return a verb's parser, with the flags that every verb has."""
    parser = argparse.ArgumentParser(
        prog=f"py-export {verb}", description=speaker.words(f"cli.help.{verb}"), allow_abbrev=False
    )
    parser.add_argument("--json-messages", action="store_true", help=speaker.words("cli.flag.json_messages"))
    return parser


def add_inputs(parser: argparse.ArgumentParser, speaker: Speaker) -> None:
    """Add the inputs, and what is said of notices."""
    parser.add_argument("inputs", nargs="+", metavar="INPUT", help=speaker.words("cli.flag.inputs"))
    parser.add_argument("--from", dest="source", metavar="SOURCE", help=speaker.words("cli.flag.from"))
    parser.add_argument("--strict", action="store_true", help=speaker.words("cli.flag.strict"))


def listen(args: argparse.Namespace, speaker: Speaker) -> None:
    """Tell the speaker how it is to speak."""
    speaker.as_json = args.json_messages


def print_json(value: object) -> None:
    """Print JSON as UTF-8, whatever the terminal would take."""
    sys.stdout.buffer.write(json.dumps(value, indent=2, ensure_ascii=False).encode("utf-8", "replace") + b"\n")
