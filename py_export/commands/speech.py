"""What the program says to a person: on standard error, in their language, or as JSON lines for a program."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Mapping

from py_export.errors import ExportError, InvalidFilter
from py_export.l10n import resolve, translate
from py_export.notices import Notice


class Speaker:
    """Says errors and notices. ``as_json`` is set by ``--json-messages``."""

    def __init__(self, environ: Mapping[str, str] = os.environ) -> None:
        self.locale = user_locale(environ)
        self.as_json = False

    def words(self, key: str, **params: str | int) -> str:
        """Return the text of ``key`` in the person's language."""
        return translate(key, self.locale, **params)

    def say(self, level: str, code: str, message: str, where: str = "") -> None:
        """Say one line; ``level`` is ``error``, ``notice`` or ``info``."""
        if self.as_json:
            line = json.dumps({"level": level, "code": code, "where": where, "message": message})
        else:
            place = f" ({where})" if where else ""
            line = f"py-export: {message}{place}"
        sys.stderr.write(line + "\n")

    def error(self, error: ExportError, name: str = "") -> None:
        """Say what is wrong, and with which input."""
        told = isinstance(error, InvalidFilter) and not self.as_json  # the sentence itself says where
        self.say("error", error.code, error.message(self.locale), name if told else _place(name, error.where))

    def notices(self, notices: Iterable[Notice], name: str = "") -> None:
        """Say what could not be carried over."""
        for notice in notices:
            self.say("notice", notice.code, notice.message(self.locale), _place(name, notice.where))


def user_locale(environ: Mapping[str, str]) -> str:
    """
    Return the shipped locale that POSIX's variables ask for.

    >>> user_locale({"LANG": "zh_CN.UTF-8"}), user_locale({"LC_ALL": "C", "LANG": "zh_CN"}), user_locale({})
    ('zh-CN', 'en', 'en')
    """
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if environ.get(name):
            return resolve(environ[name].split(".")[0].split("@")[0])
    return resolve("en")


def _place(name: str, where: str) -> str:
    return ": ".join(part for part in (name, where) if part)
