"""
What a session changed in files, folded: one difference per file, over all of it or turn by turn.

What is not known exactly is not told: it is a notice, by file, with the place of the first change that could not be
followed. ``py_export/readers/records/changes`` brings what calls tell to one shape; nothing here knows any agent.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from py_export.changes import ABSENT, FileChange
from py_export.model import Message, Session
from py_export.notices import Notices
from py_export.readers.records import changes as shapes
from py_export.transforms.changes.commanded import command
from py_export.transforms.changes.final import FileDifference, Untellable, differing
from py_export.transforms.changes.known import KnownFile
from py_export.transforms.changes.paths import Place, is_absolute
from py_export.transforms.changes.steps import Step, steps
from py_export.transforms.changes.tree import Tree

_NAMES = 3
"""Files that a notice names."""


class Turn(Struct):
    """
    What was changed between one request of a person and the next.

    Attributes:
        request: The message that asked for it; None before the first.
        at: When the last of it was changed, in Unix milliseconds.
        differences: Of each file that differs.
    """

    request: Message | None
    at: int | None
    differences: list[FileDifference]


def folded(session: Session, root: str | None, notices: Notices) -> list[FileDifference]:
    """Return what became of each file from the session's beginning to its end."""
    changing = _Changing(session, root)
    for step in changing.steps:
        changing.take(step)
    told = [one for one in changing.differing() if not isinstance(one, Untellable)]
    changing.report(notices)
    return told


def by_turn(session: Session, root: str | None, notices: Notices) -> Iterator[Turn]:
    """Yield what each turn changed, where it changed something."""
    changing = _Changing(session, root)
    request: Message | None = None
    at: int | None = None
    for step in changing.steps:
        if step.request is not request:
            yield from _turn(changing, request, at)
            request, at = step.request, None
        if changing.take(step):
            at = step.at if step.at is not None else at
    yield from _turn(changing, request, at)
    changing.report(notices)


def _turn(changing: _Changing, request: Message | None, at: int | None) -> Iterator[Turn]:
    told = [one for one in changing.differing() if not isinstance(one, Untellable)]
    changing.tree.settle(changing.waiting)
    if told:
        yield Turn(request, at, told)


class _Changing:
    """A session's changes on their way into files, and what is to be said of them."""

    def __init__(self, session: Session, root: str | None) -> None:
        self.place = Place(root or session.workspace)
        self.tree = Tree(self.place)
        self.steps = list(steps(session))
        self.waiting: list[KnownFile] = []
        self._untold: dict[str, tuple[str, str]] = {}
        self._nameless = self._commands = 0
        self._command = ""
        self._changed = False
        self._read: dict[int, list[FileChange]] = {}
        self._elsewhere = False
        self._asked = self._wanted()

    def take(self, step: Step) -> bool:
        """Take in one call; return whether it changed anything that is known."""
        changed = step.call.kind == "shell" and self._obey(step)
        returns = step.call.kind == "shell" and shapes.shows_returns(step.call)
        if step.call.kind in ("read", "shell") and not self._asked and not returns:
            return changed
        found = self._read.pop(id(step.call), None)
        for change in shapes.changes(step.call) if found is None else found:
            unasked = self.tree.key(change) not in self._asked and not returns
            if change.kind == "seen" and (unasked or self._is_lost(change)):
                continue
            if not change.path:
                self._nameless += 1
                continue
            self.tree.apply(change, step.where)
            changed = changed or change.kind != "seen"
        return changed

    def _obey(self, step: Step) -> bool:
        """Take in what a command did; return whether that changed anything that is known."""
        found, known = shapes.commanded(step.call)
        done = [not self._is_lost(one) and command(self.tree, self.place, one, step.where) for one in found]
        if not known or not all(done):
            self._commands += 1
            self._command = self._command or step.where
        self._elsewhere = self._elsewhere or shapes.leaves_folder(step.call)
        return any(done)

    def _is_lost(self, change: FileChange) -> bool:
        """Return whether nobody knows where a path begins: the shell may stand in another folder by now."""
        return self._elsewhere and not is_absolute(change.path) and not is_absolute(change.folder or "")

    def differing(self) -> Iterator[FileDifference | Untellable]:
        """Yield how files differ now from what they were when last asked; why one cannot be told is kept."""
        self.waiting = []
        for file, difference in differing(self.tree.touched):
            if isinstance(difference, Untellable):
                self.waiting.append(file)
                code = str(difference.args[0])
                self._untold.setdefault(file.path, (code, file.first))
            else:
                self._changed = True
                self._untold.pop(file.path, None)
            yield difference

    def report(self, notices: Notices) -> None:
        """Say what is not in the differences."""
        doubts = {file.path: (file.doubt, file.where) for file in self.tree.files if file.doubt is not None}
        found = [(code, path, where) for path, (code, where) in {**self._untold, **doubts}.items()]
        found += (("patch_file_outside", path, where) for path, where in self.tree.outside.items())
        altered = (file for file in self.tree.files if file.outside and file.doubt is None)
        found += (("patch_file_changed_outside", file.path, file.first) for file in altered)
        for code in dict.fromkeys(code for code, _, _ in found):
            own = [(path, where) for one, path, where in found if one == code]
            notices.add(code, own[0][1], len(own), files=_named([path for path, _ in own]))
        if self._nameless:
            notices.add("patch_nameless", count=self._nameless)
        if self._commands:
            notices.add("patch_commands", self._command, self._commands)
        if self.place.root is None and self._changed:
            notices.add("patch_root_unknown")

    def _wanted(self) -> frozenset[str | None]:
        """Return the files of which more has to be known than a change tells, by what tells them apart."""
        wanted: set[str | None] = set()
        for step in self.steps:
            if step.call.kind == "shell":
                gone = (one for one in shapes.commanded(step.call)[0] if one.doubt is None and one.mode is None)
                wanted.update(self.tree.key(one) for one in gone)
            elif step.call.kind not in ("read", "shell") and not shapes.is_told(step.call):
                found = self._read[id(step.call)] = shapes.changes(step.call)
                wanted.update(self.tree.key(one) for one in found if one.before in (None, "", ABSENT))
        return frozenset(wanted - {None})


def _named(paths: list[str]) -> str:
    """Return the names of files for a sentence: the first of them, and nothing that a terminal would obey."""
    names = ["".join(each if each.isprintable() else "\ufffd" for each in path) for path in paths[:_NAMES]]
    return ", ".join([*names, "\u2026"] if len(paths) > _NAMES else names)


__all__ = ["FileDifference", "KnownFile", "Turn", "by_turn", "folded"]
