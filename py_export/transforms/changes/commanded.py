"""What commands of a shell made of the files that are known: deleted, moved, or no longer known."""

from __future__ import annotations

import posixpath

from py_export.changes import ABSENT, BY_COMMAND, FileChange
from py_export.transforms.changes.known import KnownFile
from py_export.transforms.changes.paths import Place
from py_export.transforms.changes.tree import Tree


def command(tree: Tree, place: Place, change: FileChange, where: str) -> bool:
    """Take in what a command did; return whether all of it is known now."""
    path = "" if place.is_root(change.path, change.folder) else place.inside(change.path, change.folder)
    to = None if change.to is None else place.inside(change.to, change.folder)
    if path is None:
        if to is not None:  # something from elsewhere came here
            _doubt(tree, to, where, below=True)
        return to is None
    if change.doubt is not None:
        if change.kind == "added" and tree.at(path):  # as ``touch`` leaves what is there
            return True
        for each in (path, to):
            if each is not None:
                _doubt(tree, each, where, below=change.below)
        return False
    if change.kind == "deleted":
        return _delete(tree, path, where, below=change.below)
    if change.to is not None:
        return _move(tree, path, to, where)
    found = tree.at(path)
    return bool(found) and _permit(found[0], change.mode, tree, where)


def _doubt(tree: Tree, path: str, where: str, *, below: bool) -> None:
    for file in tree.at(path, below=below):
        if file.doubt is None:
            file.doubt, file.where = BY_COMMAND, where
    if path:
        tree.distrust(path, where)


def _delete(tree: Tree, path: str, where: str, *, below: bool) -> bool:
    found = tree.at(path, below=below)
    alone = [file.path for file in found] == [path]
    for file in found:
        tree.touch(file, where)
        file.put(ABSENT)
        if file.doubt is not None:
            file.where = file.where or where
    if not alone and path:
        tree.distrust(path, where)
    return alone and found[0].doubt is None


def _move(tree: Tree, path: str, to: str | None, where: str) -> bool:
    found = tree.at(path, below=True)
    if to is None:  # out of the folder: as if it were deleted
        return _delete(tree, path, where, below=True)
    if any(file.path != to for file in tree.at(to, below=True)) and not tree.at(to):
        to = posixpath.join(to, posixpath.basename(path))
    alone = [file.path for file in found] == [path]
    if alone and not _is_file(tree, path, to):
        _doubt(tree, path, where, below=False)
        _doubt(tree, to, where, below=True)
        return False
    for file in found:
        tree.touch(file, where)
        tree.move(file, to + file.path[len(path) :], where)
    if not alone:
        tree.distrust(path, where)
        tree.distrust(to, where)
    return alone and found[0].doubt is None


def _is_file(tree: Tree, path: str, to: str) -> bool:
    """Return whether a file was given another name, and not moved into a folder of that name."""
    old, new = posixpath.basename(path), posixpath.basename(to)
    return bool(tree.at(to)) or old == new or bool(posixpath.splitext(new)[1] or "." in new)


def _permit(file: KnownFile, mode: str | None, tree: Tree, where: str) -> bool:
    """Take in who may run a file, where it is known who could before: of what the session made, as of any new file."""
    if not (file.own or file.base is ABSENT or file.mode is not None):
        return False
    tree.touch(file, where)
    if file.base is not ABSENT:
        file.base_mode = file.base_mode or file.mode or "100644"
    file.mode = mode
    return True
