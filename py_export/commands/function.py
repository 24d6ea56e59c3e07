"""Reaches the function's package, which an installation without the extra ``serve`` cannot run."""

from __future__ import annotations

import re
import sys
from importlib import import_module
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

from py_export.commands.failures import InvalidSetting, ServeMissing

PACKAGE = "py_export_functions"


def function_module(name: str) -> ModuleType:
    """
    Return a module of the function: the wheel's, or in a checkout that is not installed the one beside the library.

    Raises:
        ServeMissing: A package that it needs is not installed.
    """
    try:
        if PACKAGE not in sys.modules and find_spec(PACKAGE) is None:
            _load_from_checkout()
        return import_module(f"{PACKAGE}.{name}")
    except ModuleNotFoundError as error:
        raise ServeMissing(name=error.name or PACKAGE) from None


def settings_from(**given: object) -> Any:  # noqa: ANN401 - a model of the function's, which is imported only here
    """Return the settings of the environment, and above them what the command line gave."""
    from pydantic import ValidationError  # noqa: PLC0415 - not for the other verbs

    module = function_module("settings")
    try:
        return module.Settings(**{name: value for name, value in given.items() if value is not None})
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        raise InvalidSetting(name=".".join(map(str, first["loc"])), reason=first["msg"]) from None
    except ValueError as error:  # pydantic-settings names the field of a list that is no JSON
        name = re.search(r'field "(\w+)"', str(error))
        raise InvalidSetting(name=name[1] if name else "PY_EXPORT_*", reason="not JSON") from None


def _load_from_checkout() -> None:
    start = Path(__file__).resolve().parents[2] / "functions" / "__init__.py"
    spec = spec_from_file_location(PACKAGE, start, submodule_search_locations=[str(start.parent)])
    if not start.is_file() or spec is None or spec.loader is None:
        raise ServeMissing(name=PACKAGE)
    module = module_from_spec(spec)
    sys.modules[PACKAGE] = module
    spec.loader.exec_module(module)
