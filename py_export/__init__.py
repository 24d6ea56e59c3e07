"""Give people their conversations with AI back: any supported session to any supported format."""

from __future__ import annotations

import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

from py_export.version import __version__

if TYPE_CHECKING:
    from py_export.convert import convert, read, write
    from py_export.errors import ExportError
    from py_export.filenames import filename
    from py_export.model import Message, Session
    from py_export.notices import Notice, Notices
    from py_export.transforms.filter import Context
    from py_export.transforms.redact import Redaction, redact
    from py_export.transforms.select import Selection, select

__all__ = [
    "Context",
    "ExportError",
    "Message",
    "Notice",
    "Notices",
    "Redaction",
    "Selection",
    "Session",
    "__version__",
    "convert",
    "filename",
    "read",
    "redact",
    "select",
    "write",
]

# Each name is imported when it is first asked for: ``py-export --version`` must not wait for any library.
_HOMES = {
    "Context": "transforms.filter",
    "ExportError": "errors",
    "Message": "model",
    "Notice": "notices",
    "Notices": "notices",
    "Redaction": "transforms.redact",
    "Selection": "transforms.select",
    "Session": "model",
    "convert": "convert",
    "filename": "filenames",
    "read": "convert",
    "redact": "transforms.redact",
    "select": "transforms.select",
    "write": "convert",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever the name stands for
    if name not in _HOMES:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    from importlib import import_module  # noqa: PLC0415 - as above

    value = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    setattr(sys.modules[__name__], name, value)
    return value


class _Package(ModuleType):
    def __setattr__(self, name: str, value: object) -> None:
        # Importing a submodule binds it as an attribute here: ``py_export.convert`` is to stay the function.
        if name == "convert" and isinstance(value, ModuleType):
            value = value.convert
        super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
