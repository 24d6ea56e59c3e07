"""Give people their conversations with AI back: any supported session to any supported format."""

from __future__ import annotations

from py_export.convert import convert, read, write
from py_export.errors import ExportError
from py_export.filenames import filename
from py_export.model import Message, Session
from py_export.notices import Notice, Notices
from py_export.version import __version__

__all__ = ["ExportError", "Message", "Notice", "Notices", "Session", "__version__", "convert", "filename", "read", "write"]
