"""A message's content as one text, for formats that have no more than that."""

from __future__ import annotations

from py_export.model import Message, Text, ToolCall
from py_export.notices import Notices
from py_export.options import ContentOptions
from py_export.transforms.measure import carriers
from py_export.transforms.shown import Shown
from py_export.writers.markdown_blocks import pieces
from py_export.writers.markdown_page import Page, Piece, join
from py_export.writers.markdown_tools import tool_call


def page_for(messages: list[Message], options: ContentOptions, notices: Notices) -> Page:
    """Return what a format writes contents with; it has no headings of its own to guard."""
    return Page(options, notices, lambda text: (text, 0), Shown(options, notices, carriers(messages)))


def content(message: Message, page: Page, where: str, *, tools: bool = True) -> str:
    """
    Return what a message says: its texts verbatim, apart by a blank line, in their order.

    What stands beside the texts (events, errors, attachments by name, and, where the options ask for them, thinking and
    tools) is quoted, as in Markdown. Tool calls are left to the caller unless ``tools``.
    """
    body: list[Piece] = []
    for place, block in page.shown.blocks(message, where):
        if isinstance(block, Text):  # one of white space alone, which a document would leave out, is text here
            body += [Piece("said", block.text)] if block.text else []
        elif not isinstance(block, ToolCall):
            body += pieces(block, page, place)
        elif tools:
            body += tool_call(block, page, place)
    return join(body, separate=False)
