"""The options of the patch."""

from __future__ import annotations

import re
from typing import Literal

from py_export.errors import InvalidOption
from py_export.options import Options

_AUTHOR = re.compile(r"[^<>\x00-\x1f\x7f]*[^<>\s\x00-\x1f\x7f]\s*<[^<>@\s\x00-\x1f\x7f]+@[^<>@\s\x00-\x1f\x7f]+>")


class PatchOptions(Options, frozen=True, kw_only=True):
    """What is made of the changes."""

    layout: Literal["files", "mailbox"] = "files"
    """One difference per file, over the whole session; or one commit per request, as ``git am`` takes them."""

    root: str = ""
    """The folder that paths are made relative to; the session's own where empty."""

    author: str = ""
    """Whose commits they are, as ``Name <address>``; the agent's where empty."""

    def __post_init__(self) -> None:
        """Raise ``InvalidOption`` where the author is written otherwise."""
        super().__post_init__()
        if self.author and not _AUTHOR.fullmatch(self.author):
            raise InvalidOption(option="author", reason="Name <address>")
