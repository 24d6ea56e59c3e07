"""
What can go wrong, as one tree. Every error carries a stable code, never content.

    ExportError                          (the base: ``code``, ``where``, ``params``)
    ├── UsageError                       the caller asked for something that does not exist
    │   ├── UnknownFormat                unknown_format
    │   ├── UnknownSource                unknown_source
    │   ├── InvalidOption                invalid_option
    │   ├── InvalidFilter                invalid_filter
    │   ├── InvalidRange                 invalid_range
    │   ├── NoSuchBranch                 no_such_branch
    │   └── OnlyInPage                   only_in_page
    ├── WriteError                       the document cannot be written
    │   ├── PackageNeeded                package_needed
    │   ├── FontsMissing                 fonts_missing
    │   └── DocumentTooLong              document_too_long
    └── ReadError                        the input cannot be read
        ├── NotRecognised                not_recognised
        ├── Unreadable                   unreadable
        ├── TooDeep                      too_deep
        ├── InvalidPayload               invalid_payload
        ├── NoUsage                      no_usage
        ├── FiguresAlone                 figures_alone
        ├── InvalidSettings              invalid_settings
        ├── NewerVersion                 newer_version
        ├── PackageMissing               package_missing
        └── WarningBody                  warning_body

The sentence for a person stands in ``locales/*.json`` under ``error.<code>`` and is filled from ``params``.
"""

from __future__ import annotations

from py_export.l10n import translate


class ExportError(Exception):
    """
    The base of every error that py-export raises on purpose.

    Attributes:
        code: A stable, machine-readable name, ``snake_case``.
        where: The place in the input (``messages[12].blocks[0]``, ``line 4012``), or an empty string.
        params: Values that fill the sentence; numbers, names of keys and formats, never content.
    """

    code = "error"
    exit_code = 3

    def __init__(self, where: str = "", **params: str | int) -> None:
        super().__init__(self.code, where, params)
        self.where = where
        self.params = params

    def message(self, locale: str = "en") -> str:
        """Return the sentence for a person, in ``locale``."""
        return translate(f"error.{self.code}", locale, **self.params)

    def __str__(self) -> str:
        place = f" ({self.where})" if self.where else ""
        return f"{self.message()}{place}"


class UsageError(ExportError):
    """The caller asked for something that does not exist."""

    code = "usage"
    exit_code = 2


class UnknownFormat(UsageError):
    """No writer has this id. ``params``: ``format``, ``known``."""

    code = "unknown_format"


class UnknownSource(UsageError):
    """No reader has this id. ``params``: ``source``, ``known``."""

    code = "unknown_source"


class InvalidOption(UsageError):
    """An option has no such name or takes no such value. ``params``: ``option``, ``reason``."""

    code = "invalid_option"


class InvalidFilter(UsageError):
    """
    The filter language does not have that, at one character. ``params``: ``reason``, ``position``, ``found``.

    ``position`` counts Unicode code points from 0; ``found`` is the character there, or empty at the end. ``reason``
    names a sentence, ``filter.<reason>`` in the locale files.
    """

    code = "invalid_filter"

    def message(self, locale: str = "en") -> str:
        """Return the sentence for a person: which character, and what is wrong there."""
        found = str(self.params["found"])
        place = int(self.params["position"]) + 1
        reason = translate(f"filter.{self.params['reason']}", locale)
        key = "error.invalid_filter" if found.strip() else "filter.ended"
        return translate(key, locale, place=place, found=found, reason=reason)


class InvalidRange(UsageError):
    """A range of message numbers that the session does not have. ``params``: ``count``."""

    code = "invalid_range"


class NoSuchBranch(UsageError):
    """No message of the session has the id that was named as a branch's end. ``params``: ``count``."""

    code = "no_such_branch"


class OnlyInPage(UsageError):
    """The format's file is made by a browser alone. ``params``: ``format``, ``instead``: the formats to use here."""

    code = "only_in_page"


class WriteError(ExportError):
    """The document cannot be written."""

    code = "unwritable"
    exit_code = 5


class PackageNeeded(WriteError):
    """The format needs a package that is not installed. ``params``: ``name``, and ``extra``, which brings it."""

    code = "package_needed"


class FontsMissing(WriteError):
    """Parts of our fonts are not installed. ``params``: ``part``, their names, commas between."""

    code = "fonts_missing"


class DocumentTooLong(WriteError):
    """More than can be set as one document. ``params``: ``count`` of messages, and about how many of them ``fits``."""

    code = "document_too_long"


class ReadError(ExportError):
    """The input cannot be read."""

    code = "unreadable"


class NotRecognised(ReadError):
    """No reader knows this structure. ``params``: ``structure`` (keys and counts), ``known``."""

    code = "not_recognised"


class Unreadable(ReadError):
    """The bytes are not what the source's format requires (cut JSON, wrong encoding). ``params``: ``reason``."""

    code = "unreadable"


class TooDeep(ReadError):
    """The JSON nests deeper than any session does. ``params``: ``limit``."""

    code = "too_deep"


class InvalidPayload(ReadError):
    """The document says it is a payload, and is not one. ``params``: ``reason``."""

    code = "invalid_payload"


class NoUsage(ReadError):
    """A document of analytics that has no usage event and no tool call: there is nothing to make a session of."""

    code = "no_usage"


class FiguresAlone(ReadError):
    """Sessions read from a document of analytics: no store keeps them in the place of conversations."""

    code = "figures_alone"


class InvalidSettings(ReadError):
    """The document is none of settings, or a value in it is not what it should be. ``params``: ``reason``."""

    code = "invalid_settings"


class NewerVersion(ReadError):
    """The document was written by a newer program. ``params``: ``found``, ``known``."""

    code = "newer_version"
    exit_code = 4


class PackageMissing(ReadError):
    """What the input is packed with needs a package that is not installed. ``params``: ``name``."""

    code = "package_missing"


class WarningBody(ReadError):
    """A hub's warning, not a session. ``params``: ``count``, ``limit``."""

    code = "warning_body"
