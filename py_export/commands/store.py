"""``py-export import``: files into the store."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from py_export.commands.common import add_inputs, listen, parser_for
from py_export.commands.failures import InvalidSetting, StoreClosed, StoreReadOnly
from py_export.commands.function import function_module, settings_from
from py_export.commands.inputs import Outcome, expanded, parts, refuse
from py_export.commands.progress import Progress
from py_export.commands.speech import Speaker
from py_export.errors import ReadError
from py_export.notices import Notices


def run(argv: list[str], speaker: Speaker) -> int:
    """Import each input; print one line per session: new, same, updated; refused for an input that cannot be read."""
    parser = parser_for("import", speaker)
    add_inputs(parser, speaker)
    parser.add_argument("--database", metavar="URL", help=speaker.words("cli.flag.database"))
    parser.add_argument("--owner", help=speaker.words("cli.flag.owner"))
    args = parser.parse_args(argv)
    listen(args, speaker)
    store = opened_store(settings_from(database=args.database))
    if not isinstance(store, function_module("store").Store):
        raise StoreReadOnly
    outcome = Outcome()
    try:
        with Progress(speaker, expanded(args.inputs)) as progress:
            for name in progress.inputs():
                _import(name, store, args, speaker, outcome)
    except function_module("database").StoreUnavailable as error:
        raise StoreClosed(reason=str(error)) from None
    finally:
        store.close()
    return outcome.exit_code(strict=args.strict)


def _import(name: str, store: Any, args: argparse.Namespace, speaker: Speaker, outcome: Outcome) -> None:  # noqa: ANN401 - of the function's package
    """Import one input, and print what became of its sessions."""
    importing = function_module("importing")
    owner = args.owner or function_module("auth").LOCAL_OWNER
    notices = Notices()
    failed = len(outcome.codes)
    for part in parts(name, args.source, notices, speaker, outcome):
        try:
            imported = importing.import_sessions(store, owner, part.sessions)
        except ReadError as error:
            outcome.read -= 1
            refuse(error, part.name or name, speaker, outcome)
            continue
        for one in imported:
            sys.stdout.write(f"{one.status}\t{one.id}\t{one.message_count}\n")
    sys.stdout.writelines(f"refused\t{name}\n" for _ in outcome.codes[failed:])
    outcome.noticed = outcome.noticed or bool(notices)
    speaker.notices(notices, name)


def opened_store(settings: Any) -> Any:  # noqa: ANN401 - of the function's package, which is imported only when needed
    """
    Return the store that the settings name, ready to be asked.

    Raises:
        InvalidSetting: The database's address is none.
        StoreClosed: It cannot be opened.
    """
    database, stores = function_module("database"), function_module("stores")
    try:
        opened = stores.open_store(settings.database)
        opened.check()
    except ValueError as error:
        raise InvalidSetting(name="database", reason=str(error)) from None
    except database.StoreUnavailable as error:
        raise StoreClosed(reason=str(error)) from None
    return opened
