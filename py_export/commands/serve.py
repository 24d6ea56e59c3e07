"""``py-export serve``: the function and the page."""

from __future__ import annotations

import sys

from pydantic import BaseModel

from py_export.commands.common import listen, parser_for
from py_export.commands.failures import AddressTaken, InvalidSetting, OpenDoorRefused
from py_export.commands.function import function_module, settings_from
from py_export.commands.speech import Speaker
from py_export.commands.store import opened_store


def run(argv: list[str], speaker: Speaker) -> int:
    """Serve until interrupted."""
    parser = parser_for("serve", speaker)
    parser.add_argument("--host", help=speaker.words("setting.host"))
    parser.add_argument("--port", type=int, help=speaker.words("setting.port"))
    parser.add_argument("--database", metavar="URL", help=speaker.words("setting.database"))
    parser.add_argument("--help-config", action="store_true", help=speaker.words("cli.flag.help_config"))
    args = parser.parse_args(argv)
    listen(args, speaker)
    settings = settings_from(host=args.host, port=args.port, database=args.database)
    if args.help_config:
        sys.stdout.writelines(f"{line}\n" for line in _described(type(settings), speaker))
        return 0
    server = function_module("serve")
    try:
        server.refuse_open_door(settings)
        server.serve(settings, opened_store(settings), _announce)
    except server.OpenDoor:
        raise OpenDoorRefused(host=settings.host) from None
    except ValueError as error:
        raise InvalidSetting(name="jwt_*", reason=str(error)) from None
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise AddressTaken(host=settings.host, port=settings.port, reason=reason) from None
    return 0


def _announce(address: str) -> None:
    sys.stdout.write(f"py-export: {address}\n")
    sys.stdout.flush()


def _described(model: type[BaseModel], speaker: Speaker) -> list[str]:
    lines = [speaker.words("cli.help_config"), ""]
    for name, field in model.model_fields.items():
        default = field.get_default(call_default_factory=True)
        shown = "-" if default is None else list(default) if isinstance(default, tuple) else default
        lines += [f"PY_EXPORT_{name.upper()} = {shown}", f"    {speaker.words(str(field.description))}"]
    return lines
