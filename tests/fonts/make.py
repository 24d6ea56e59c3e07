"""
Make py_export/fonts anew: `make fonts`.

Typst takes no web fonts, and chooses one font of a family: a script's slices are joined into one. What is made here is
in the repository, so that neither a set-up nor an installed wheel has to fetch anything.
"""

from __future__ import annotations

import io
import json
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

import uharfbuzz
from fontTools.merge import Merger
from fontTools.merge import Options as MergeOptions
from fontTools.ttLib import TTFont

from tests.checkout import ROOT
from tests.fonts.coverage import covered
from tests.fonts.embedded import embedded

FONTS = ROOT / "py_export" / "fonts"
COVERAGE = ROOT / "py_export" / "coverage.json"
CACHE = ROOT / "build" / "fonts"
_NEEDLESS = ("BASE", "DSIG", "FFTM", "STAT", "VORG", "gasp", "meta", "prep", "vhea", "vmtx")
_SHAPING = ("GDEF", "GPOS", "GSUB")


@dataclass(frozen=True, slots=True)
class Face:
    """
    One font.

    Attributes:
        part: The folder it goes to: what is fetched together.
        family: Its name in Typst; not its maker's, who reserves it for what is unchanged.
        package: The npm package that has it, with its version.
        files: The files in it: a pattern, of one file or of slices.
        style: Its name within the family.
        joined: Whether the files are slices, to be joined without what shapes them.
        weight: What a variable font is pinned to.
        licence: The package that has its licence, where that one does not.
    """

    part: str
    family: str
    package: str
    files: str
    style: str = "Regular"
    joined: bool = False
    weight: int = 400
    licence: str = ""


_SOURCE = "@expo-google-fonts/source-sans-3@0.4.1"
_SOURCE_LICENCE = "@fontsource-variable/source-sans-3@5.3.0"
_CODE_LICENCE = "@fontsource-variable/source-code-pro@5.3.0"
_CODE = "@expo-google-fonts/source-code-pro@0.4.1"

FACES = (
    Face("base", "PX Text", _SOURCE, "400Regular/*.ttf", licence=_SOURCE_LICENCE),
    Face("base", "PX Text", _SOURCE, "400Regular_Italic/*.ttf", "Italic", licence=_SOURCE_LICENCE),
    Face("base", "PX Text", _SOURCE, "600SemiBold/*.ttf", "SemiBold", licence=_SOURCE_LICENCE),
    Face("base", "PX Text", _SOURCE, "600SemiBold_Italic/*.ttf", "SemiBold Italic", licence=_SOURCE_LICENCE),
    Face("base", "PX Code", _CODE, "400Regular/*.ttf", licence=_CODE_LICENCE),
    Face("base", "PX Code", _CODE, "600SemiBold/*.ttf", "SemiBold", licence=_CODE_LICENCE),
    Face("base", "PX Arabic", "@fontsource-variable/noto-sans-arabic@5.3.0", "files/*-arabic-wght-normal.woff2"),
    Face("base", "PX Hebrew", "@fontsource-variable/noto-sans-hebrew@5.3.0", "files/*-hebrew-wght-normal.woff2"),
    Face("base", "PX Thai", "@fontsource-variable/noto-sans-thai@5.3.0", "files/*-thai-wght-normal.woff2"),
    Face(
        "base",
        "PX Devanagari",
        "@fontsource-variable/noto-sans-devanagari@5.3.0",
        "files/*-devanagari-wght-normal.woff2",
    ),
    Face("emoji", "PX Emoji", "@fontsource/noto-color-emoji@5.3.2", "files/*-emoji-400-normal.woff2"),
    Face("sc", "PX SC", "@fontsource-variable/noto-sans-sc@5.3.1", "files/*-[0-9]*-wght-normal.woff2", joined=True),
    Face("jp", "PX JP", "@fontsource-variable/noto-sans-jp@5.3.1", "files/*-[0-9]*-wght-normal.woff2", joined=True),
    Face("kr", "PX KR", "@fontsource-variable/noto-sans-kr@5.3.1", "files/*-[0-9]*-wght-normal.woff2", joined=True),
)


def main() -> None:
    """Make every font of the parts that are named, or of all, and the table of what they hold."""
    for face in FACES:
        if face.part in (sys.argv[1:] or {one.part for one in FACES}):
            make(face)
    held = {"typst": embedded()}
    for path in sorted(FONTS.glob("*/*.ttf")):
        held.setdefault(path.parent.name, set()).update(TTFont(path, lazy=True).getBestCmap())
    table = json.dumps(covered(held), separators=(",", ":"))
    COVERAGE.write_text(f"{table}\n", encoding="utf-8")


def make(face: Face) -> None:
    """Make a font, with its licence beside it."""
    package = unpacked(face.package)
    font = joined(package, face) if face.joined else whole(package, face)
    rename(font, face)
    folder = FONTS / face.part
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{face.family} {face.style}".removeprefix("PX ").replace(" ", "-").lower()
    font.save(folder / f"{name}.ttf")
    licence = unpacked(face.licence or face.package) / "LICENSE"
    source = face.package.split("/")[1].split("@")[0]
    (folder / f"LICENSE-{source}.txt").write_bytes(licence.read_bytes())
    print(face.family, face.style, (folder / f"{name}.ttf").stat().st_size, flush=True)  # noqa: T201


def unpacked(package: str) -> Path:
    """Return the folder of an npm package, which npm has verified."""
    folder = CACHE / package.replace("/", "_")
    if not folder.exists():
        folder.mkdir(parents=True)
        command = ["npm", "pack", "--silent", "--pack-destination", str(folder), package]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603
        with tarfile.open(next(folder.glob("*.tgz"))) as archive:
            archive.extractall(folder, filter="data")
    return folder / "package"


def whole(package: Path, face: Face) -> TTFont:
    """Return one file's font, its weight pinned, with what shapes it, without hints and what no print needs."""
    (path,) = package.glob(face.files)
    unpacked = TTFont(path, recalcTimestamp=False)
    if "COLR" in unpacked:  # drawn by layers; a subset would look through all of them
        for tag in (*_NEEDLESS, "SVG "):
            if tag in unpacked:
                del unpacked[tag]
        unpacked.flavor = None
        return unpacked
    return pinned(path, face, {*_NEEDLESS})


def joined(package: Path, face: Face) -> TTFont:
    """Return slices as one font, its weight pinned, without what shapes them: these scripts need none of it."""
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for at, path in enumerate(sorted(package.glob(face.files))):
            paths.append(f"{folder}/{at}.ttf")
            pinned(path, face, {*_NEEDLESS, *_SHAPING}).save(paths[-1])
        return Merger(MergeOptions(drop_tables=[*_NEEDLESS, *_SHAPING])).merge(paths)


def pinned(path: Path, face: Face, dropped: set[str]) -> TTFont:
    """Return a file's font; of a variable one, one weight."""
    font = TTFont(path, recalcTimestamp=False, recalcBBoxes=False)
    font.flavor = None
    for tag in dropped & set(font.keys()):
        del font[tag]
    source = io.BytesIO()
    font.save(source)
    wanted = uharfbuzz.SubsetInput()
    wanted.keep_everything()
    wanted.flags = uharfbuzz.SubsetFlags.NO_HINTING | uharfbuzz.SubsetFlags.NOTDEF_OUTLINE
    whole_face = uharfbuzz.Face(source.getvalue())
    if "fvar" in font:
        wanted.pin_all_axes_to_default(whole_face)
        wanted.pin_axis_location(whole_face, "wght", face.weight)
    return TTFont(io.BytesIO(wanted.subset(whole_face).blob.data), recalcTimestamp=False)


def rename(font: TTFont, face: Face) -> None:
    """Give a font our name, keep its copyright and licence, and set no date."""
    names = font["name"]
    kept = {one.nameID: one.toUnicode() for one in names.names if one.nameID in (0, 13, 14)}
    names.names = []
    family = face.family
    ours = {1: family, 2: face.style, 4: f"{family} {face.style}", 6: f"{family}-{face.style}".replace(" ", "")}
    for number, text in sorted((kept | ours).items()):
        names.setName(text, number, 3, 1, 0x409)
    font["OS/2"].usWeightClass = 600 if "SemiBold" in face.style else 400
    font["head"].created = font["head"].modified = 0


if __name__ == "__main__":
    main()
