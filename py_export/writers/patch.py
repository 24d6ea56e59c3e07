"""
The file changes of a session, as one file that ``git apply``, ``git am`` and ``patch -p1`` take.

With ``layout=files`` one difference per file: what it was before the session and what it is after it, however many
edits lie between; with ``layout=mailbox`` one commit per request of a person's, each with what that came to, by
author and date, for ``git am``. A mail that holds carriage returns is encoded, which ``git apply`` and ``patch`` do not
read. Paths are relative to the session's folder, or to ``root``; what lies outside of it is left out.

It holds what is known exactly: contents and lines by number that tools kept, edits of files whose content they showed,
and files that a plain ``rm``, ``mv`` or ``git mv`` deleted or renamed. Failed and refused calls changed nothing. What
an edit of a file did that nobody showed, what another command in a shell did, or what another program changed in
between, is not guessed at: it is a notice, and the file is left out from there on. Claude Code shows a tab that begins
a line as two spaces: lines that may be such are taken where the session holds them otherwise, too. It keeps files that
end lines with carriage returns without them. Where anything in the session shows that, the file is left out with a
notice. Where nothing does, ``git apply --ignore-space-change`` takes the patch, whose new lines have none, and ``git
apply`` alone refuses it. What is no text is a binary patch, which ``git`` takes and ``patch`` does
not. Where nothing is left, the patch is empty, as ``git diff`` without a difference prints nothing: ``git apply
--allow-empty`` takes it, ``git apply`` alone refuses it.

Lost: everything else.
"""

from __future__ import annotations

from collections.abc import Iterator

from py_export.model import Session
from py_export.notices import Notices
from py_export.patch_options import PatchOptions
from py_export.transforms.changes import by_turn, folded
from py_export.writers.patch_file import difference
from py_export.writers.patch_mail import mail


def write(session: Session, options: PatchOptions, notices: Notices) -> Iterator[bytes]:
    """Yield the patch, file by file or mail by mail."""
    empty = True
    if options.layout == "mailbox":
        for number, turn in enumerate(by_turn(session, options.root or None, notices), 1):
            empty = False
            yield mail(turn, number, session, options)
    else:
        for one in folded(session, options.root or None, notices):
            empty = False
            yield difference(one)
    if empty:
        notices.add("patch_empty")
