"""
Write the settings of the page and of the element.

Those are: which format was chosen, each format's options, the language, the theme, the time zone, the pattern of file
names, what is hidden, whether single keys are shortcuts. They come from a settings document, not from a session:
`py-export convert settings.json --to settings` brings one to its present version and leaves out what is not known, each
with a notice; what is not what it should be is refused. The same settings give the same bytes. A token is never in it,
nor anything that was typed but patterns of what is to be hidden and of file names. `settings.schema.json` in the
package is its JSON Schema.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from py_export import settings
from py_export.errors import InvalidSettings
from py_export.model import Session
from py_export.notices import Notices
from py_export.options import JsonOptions


def write(values: Mapping[str, Any] | Session, _options: JsonOptions, notices: Notices) -> Iterator[str | bytes]:
    """Yield the document that holds these settings. Raises ``InvalidSettings``, as of a session, which has none."""
    if isinstance(values, Session):
        raise InvalidSettings(reason="a session")
    yield settings.write(values, notices=notices)
