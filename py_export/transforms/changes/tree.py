"""The files that a session changed, as far as they are known: one change after the other, in order."""

from __future__ import annotations

from py_export.changes import ABSENT, BY_COMMAND, FileChange
from py_export.transforms.changes.known import KnownFile
from py_export.transforms.changes.paths import Place
from py_export.transforms.changes.sheet import Sheet


class Tree:
    """
    The files below a folder.

    Attributes:
        files: Every file that was seen, in the order in which it was; deleted ones, too.
        outside: The places of changes outside of the folder, one of each file.
    """

    def __init__(self, place: Place) -> None:
        self._place = place
        self._at: dict[str, KnownFile] = {}
        self.files: list[KnownFile] = []
        self._touched: dict[int, KnownFile] = {}
        self.outside: dict[str, str] = {}
        self._unsure: dict[str, str] = {}

    @property
    def touched(self) -> list[KnownFile]:
        """The files that were changed since the tree was last settled."""
        return list(self._touched.values())

    def key(self, change: FileChange) -> str | None:
        """Return what tells the changed file from others; None where it lies outside."""
        path = self._place.inside(change.path, change.folder)
        return None if path is None else self._place.key(path)

    def apply(self, change: FileChange, where: str) -> KnownFile | None:
        """Take in one change; return its file, None where it lies outside."""
        path = self._place.inside(change.path, change.folder)
        if path is None:
            if change.kind != "seen":
                self.outside.setdefault(change.path, where)
            return None
        found = self._found(path, change)
        doubted = found.doubt
        unsaid = change.kind == "written" and change.before == "" and found.now is ABSENT
        unsaid = unsaid or (change.before is ABSENT and found.now == "")  # some tell an empty file as none
        if change.before is not None and not unsaid:
            found.learn(change.before)
        if change.kind == "seen":
            found.see(change)
            return found
        self.touch(found, where)
        self._do(found, change)
        if found.doubt is not None and found.doubt != doubted:
            found.where = where
        if change.to is not None:
            to = self._place.inside(change.to, change.folder)
            if to is None:
                self.outside.setdefault(change.to, where)
                found.doubt, found.where = found.doubt or "patch_file_outside", found.where or where
            else:
                self.move(found, to, where)
        return found

    def at(self, path: str, *, below: bool = False) -> list[KnownFile]:
        """Return the file of a path, and those that lie below it; those that are there, as far as anybody knows."""
        key = self._place.key(path)
        begin = f"{key}/" if key else ""
        found = [file for other, file in self._at.items() if other == key or (below and other.startswith(begin))]
        return [file for file in found if file.exists is not False]

    def touch(self, file: KnownFile, where: str) -> None:
        """Count a file among those that were changed."""
        file.first = file.first or where
        self._touched[id(file)] = file

    def distrust(self, path: str, where: str) -> None:
        """Let nothing be told of what was not seen so far at this path and below: a command made it what it is."""
        self._unsure.setdefault(self._place.key(path), where)

    def settle(self, untold: list[KnownFile]) -> None:
        """Let what is known now be what the next difference begins with, but of those of which none was told."""
        waiting = {id(file): file for file in untold}
        for file in self.touched:
            if id(file) in waiting:
                continue
            file.settle()
            if file.base is ABSENT and file.doubt is None and self._at.get(self._place.key(file.path)) is file:
                del self._at[self._place.key(file.path)]
        self._touched = waiting

    def _found(self, path: str, change: FileChange) -> KnownFile:
        key = self._place.key(path)
        found = self._at.get(key)
        if found is None:
            new = change.kind == "added" and not isinstance(change.before, (str, bytes))
            new = new or change.before is ABSENT or (change.kind == "written" and change.before == "")
            doubted = self._doubted(key)
            new = new and doubted is None
            found = KnownFile(None, path, ABSENT, ABSENT) if new else KnownFile(path, path, sheet=Sheet())
            self._at[key] = found
            self.files.append(found)
            if doubted is not None:
                found.doubt, found.where = BY_COMMAND, doubted
        return found

    def _doubted(self, key: str) -> str | None:
        """Return the place of the command that made of a file what nobody saw."""
        while key and self._unsure:
            if key in self._unsure:
                return self._unsure[key]
            key = key.rpartition("/")[0]
        return None

    def _do(self, file: KnownFile, change: FileChange) -> None:
        """Do to a file what a change says was done to it."""
        if change.mode is not None:
            file.base_mode = file.base_mode or change.old_mode
            file.mode = change.mode
        if change.doubt is not None:
            file.doubt = file.doubt or change.doubt
        elif change.kind == "deleted":
            file.put(ABSENT)
        elif change.after is not None and change.before is None:
            file.write(change, change.after)
        elif change.after is not None:
            file.put(change.after)
        elif change.binary:
            file.doubt = file.doubt or "patch_file_binary"
        elif change.hunks or change.replacements or change.chunks:
            file.change(change)

    def move(self, file: KnownFile, path: str, where: str) -> None:
        """Give a file another path; what was there is gone."""
        key = self._place.key(path)
        old = self._place.key(file.path)
        taken = self._at.get(key)
        if taken is not None and taken is not file:
            taken.put(ABSENT)
            self.touch(taken, where)
        if self._at.get(old) is file:
            del self._at[old]
        file.path = path
        self._at[key] = file
