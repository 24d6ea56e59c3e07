"""
Pack the engine's archive and its optional parts, the same bytes each time; run by pack.mjs inside Pyodide.

Only the interpreter that will run it can compile bytecode, so this runs in it: /pyodide, /wheels and /repository are
mounted, and /out takes the results.
"""

# ruff: noqa: INP001 - no package: pack.mjs runs it

import base64
import csv
import hashlib
import io
import marshal
import zipfile
from collections.abc import Iterable, Iterator
from importlib.util import MAGIC_NUMBER, source_hash
from pathlib import Path

EPOCH = (1980, 1, 1, 0, 0, 0)
# Hash-based and unchecked (PEP 552): there is no source beside it to compare with.
FLAGS = (0b01).to_bytes(4, "little")

Files = Iterable[tuple[str, bytes]]


def pack(wheels: list[str], parts: list[str], omitted: list[str]) -> None:
    """
    Write the archive, the shared libraries that it cannot hold, the optional parts and everyone's licences.

    Args:
        wheels: The file names of the wheels that the archive holds.
        parts: Those of the wheels that are added when first needed.
        omitted: How the paths begin that the archive leaves out.
    """
    core = [*unzip("/pyodide/python_stdlib.zip"), *library()]
    licences: list[tuple[str, bytes]] = []
    for wheel in wheels:
        for name, data in unzip(f"/wheels/{wheel}"):
            if ".dist-info/" in name:
                licences += [(name, data)] * ("/licenses/" in name or "LICENSE" in name)
            elif name.endswith(".so"):
                Path("/out", name.rsplit("/", 1)[-1]).write_bytes(data)
            else:
                core.append((name, data))
    kept = [(name, data) for name, data in core if not name.startswith(tuple(omitted))]
    Path("/out/core.zip").write_bytes(archive(compiled(kept)))
    for wheel in parts:
        Path("/out", wheel).write_bytes(archive(recorded(compiled(unzip(f"/wheels/{wheel}")))))
    texts = [f"== {name}\n".encode() + data for name, data in sorted(licences)]
    Path("/out/LICENSES.txt").write_bytes(b"\n".join(texts))


def library() -> Iterator[tuple[str, bytes]]:
    """Yield py_export with its data, and the worker's side of Python."""
    root = Path("/repository/py_export")
    for path in sorted(root.rglob("*")):
        # The fonts are files of their own, fetched when a PDF needs them.
        if path.is_file() and not {"__pycache__", "fonts"} & set(path.parts):
            yield f"py_export/{path.relative_to(root)}", path.read_bytes()
    for path in sorted(Path("/repository/web/src/engine/bridge").glob("*.py")):
        yield f"py_export_bridge/{path.name}", path.read_bytes()


def unzip(path: str) -> Iterator[tuple[str, bytes]]:
    """Yield a zip's files."""
    with zipfile.ZipFile(path) as archive:
        for entry in archive.infolist():
            if not entry.is_dir():
                yield entry.filename, archive.read(entry)


def compiled(files: Files) -> Iterator[tuple[str, bytes]]:
    """Yield the files, bytecode in the place of source, without what only a type checker reads."""
    for name, data in files:
        if name.endswith(".py"):
            # -OO: docstrings are two fifths of the archive. The name is relative: no path of this machine gets in.
            code = compile(data, name, "exec", dont_inherit=True, optimize=2)
            yield f"{name}c", MAGIC_NUMBER + FLAGS + source_hash(data) + marshal.dumps(code)
        elif not name.endswith((".pyi", "py.typed")):
            yield name, data


def recorded(files: Files) -> Iterator[tuple[str, bytes]]:
    """Yield a wheel's files with its RECORD written anew."""
    rows = io.StringIO()
    writer = csv.writer(rows, lineterminator="\n")
    record = ""
    for name, data in sorted(files):
        if name.endswith(".dist-info/RECORD"):
            record = name
            continue
        digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
        writer.writerow([name, f"sha256={digest}", len(data)])
        yield name, data
    writer.writerow([record, "", ""])
    yield record, rows.getvalue().encode()


def archive(files: Files) -> bytes:
    """Return a zip of the files, sorted, undated, and stored: HTTP compresses better than a zip does."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as target:
        for name, data in sorted(files):
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.external_attr = 0o644 << 16
            target.writestr(entry, data)
    return out.getvalue()
