"""The settings document: read and validated, migrated, and written again, the same on every runtime."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from py_export import jsontext, settings_values
from py_export.errors import InvalidPayload, InvalidSettings, ReadError
from py_export.notices import Notices
from py_export.version import GENERATOR

MOST_BYTES = 65_536
"""Larger than any settings are: a document beyond it is refused before it is looked at."""

VERSION = "settingsVersion"
"""The member that makes a document one of settings, and says its version."""

FORMAT = "settings"


def read(data: bytes, notices: Notices) -> dict[str, Any]:
    """
    Return the document, in its present version, with nothing in it that is not known.

    Args:
        data: The bytes of a settings file.
        notices: Told of each member that is not known, which is left out, and of each step of a migration.

    Raises:
        InvalidSettings: It is none, too large, or a value in it is not what it should be.
        NewerVersion: A later version of this program wrote it.
    """
    if len(data) > MOST_BYTES:
        raise InvalidSettings(reason=f"more than {MOST_BYTES} bytes")
    try:
        found = jsontext.decode(jsontext.clean(data))
    except ReadError as error:
        raise InvalidSettings(error.where, reason="not JSON") from None
    return validated(found, notices)


def validated(document: Any, notices: Notices) -> dict[str, Any]:  # noqa: ANN401 - whatever JSON holds
    """Return a decoded document as ``read`` does. Raises what ``read`` raises."""
    from py_export.readers.migrations import migrate  # noqa: PLC0415 - it knows every reader's steps

    if not isinstance(document, dict) or VERSION not in document:
        raise InvalidSettings(reason=f"no {VERSION}")
    try:
        document = migrate(document, FORMAT, document[VERSION], VERSION, notices)
    except InvalidPayload as error:
        raise InvalidSettings(VERSION, reason=str(error.params["reason"])) from None
    values = document.get("settings")
    if not isinstance(values, dict):
        raise InvalidSettings("settings", reason="not an object")
    exported_at = document.get("exportedAt")
    return _document(
        settings_values.validated(values, notices),
        exported_at if type(exported_at) is int and exported_at >= 0 else None,
    )


def write(values: Mapping[str, Any], exported_at: int | None = None, notices: Notices | None = None) -> bytes:
    """
    Return the document that holds these settings: the same settings, the same bytes.

    Raises:
        InvalidSettings: A value is not what it should be.
    """
    heard = Notices() if notices is None else notices
    return text(_document(settings_values.validated(values, heard), exported_at))


def text(document: Mapping[str, Any]) -> bytes:
    """Return a valid document as the bytes of its file."""
    return json.dumps(document, ensure_ascii=False, indent=2).encode("utf-8", "replace") + b"\n"


def is_settings(document: object) -> bool:
    """Return whether a decoded document says that it is one of settings."""
    return isinstance(document, dict) and VERSION in document


def _document(values: dict[str, Any], exported_at: int | None) -> dict[str, Any]:
    from py_export.versions import PRESENT  # noqa: PLC0415 - as above

    return {
        VERSION: int(PRESENT[FORMAT]),
        "generator": GENERATOR,
        **({} if exported_at is None else {"exportedAt": exported_at}),
        "settings": values,
    }
