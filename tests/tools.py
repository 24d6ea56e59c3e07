"""The programs that tests need and no lock carries, above all a browser: found, installed, or named in a skip."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from glob import glob
from pathlib import Path

import pytest


@dataclass(frozen=True, slots=True)
class Tool:
    """
    One program.

    Attributes:
        name: What people call it.
        commands: Its names on the PATH, or whole paths, which may be patterns; the first found is taken.
        playwright: Its name for ``playwright install``, where Playwright offers it.
        debian: Debian's packages that bring it.
    """

    name: str
    commands: tuple[str, ...]
    playwright: str | None = None
    debian: tuple[str, ...] = ()


TOOLS = (
    Tool(
        "Chromium",
        (
            "chromium",
            "chromium-browser",
            "google-chrome",
            "google-chrome-stable",
            "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
            "/Applications/Chromium.app/Contents/MacOS/Chromium",
        ),
        playwright="chromium",
        debian=("chromium",),
    ),
    # The same engine without the windows that Chromium draws for nobody: a new context costs a quarter.
    Tool("Chromium's headless shell", ("chromium-headless-shell",), debian=("chromium-headless-shell",)),
    Tool(
        "Firefox",
        ("firefox-esr", "firefox", "/Applications/Firefox.app/Contents/MacOS/firefox"),
        debian=("firefox-esr",),
    ),
    Tool("WebKitWebDriver", ("WebKitWebDriver",), debian=("webkit2gtk-driver",)),
    Tool(
        "MiniBrowser",  # not on the PATH: Debian keeps it beside the library, below the machine's triplet
        ("/usr/lib/*/webkit2gtk-4.1/MiniBrowser", "/usr/libexec/webkit2gtk-4.1/MiniBrowser"),
        debian=("libwebkit2gtk-4.1-0",),
    ),
    Tool("Xvfb", ("Xvfb",), debian=("xvfb",)),
    Tool("pdftotext", ("pdftotext",), debian=("poppler-utils",)),
    Tool("pdfinfo", ("pdfinfo",), debian=("poppler-utils",)),
    Tool("pdffonts", ("pdffonts",), debian=("poppler-utils",)),
    Tool("pdftoppm", ("pdftoppm",), debian=("poppler-utils",)),
    Tool("qpdf", ("qpdf",), debian=("qpdf",)),
    Tool("asciinema", ("asciinema",), debian=("asciinema",)),
    Tool("ffprobe", ("ffprobe",), debian=("ffmpeg",)),
    Tool("ffmpeg", ("ffmpeg",), debian=("ffmpeg",)),
    Tool("Java", ("java",), debian=("default-jre-headless",)),
    Tool("LibreOffice", ("soffice", "/usr/lib/libreoffice/program/soffice"), debian=("libreoffice-calc-nogui",)),
    # Not on the PATH: Debian keeps each version's programs in a folder of its own.
    Tool("PostgreSQL", ("/usr/lib/postgresql/*/bin/postgres", "postgres"), debian=("postgresql",)),
    Tool("git", ("git",), debian=("git",)),
    Tool("patch", ("patch", "gpatch"), debian=("patch",)),
)


def require(name: str) -> Path:
    """
    Return the program's path, or skip the running test and say what to install.

    On CI it is a failure instead, where the set-up could have installed it: a skip there would hide that it did not.
    Where the machine has no such package, or no list of packages, it could not.
    """
    tool = next(tool for tool in TOOLS if tool.name == name)
    path = find(tool)
    if path is None:
        give_up = pytest.fail if os.environ.get("CI") and is_to_be_had(tool) else pytest.skip
        give_up(f"{tool.name} is missing: {advice(tool)}")
    return path


def lighter(name: str, lighter_name: str) -> Path:
    """Return the path of the lighter program where there is one, else that of the other, which is then required."""
    light = find(next(tool for tool in TOOLS if tool.name == lighter_name))
    return light or require(name)


def find(tool: Tool) -> Path | None:
    """Return the path of an installed program, else of the one that Playwright installed, else None."""
    for command in tool.commands:
        if found := shutil.which(command) or next(iter(sorted(glob(command))), None):  # noqa: PTH207 - an absolute pattern
            return Path(found)
    return _from_playwright(tool)


def install(tool: Tool) -> bool:
    """Install a missing program from where this machine can have it; tell whether it is there afterwards."""
    for command in ways(tool):
        _run_once(*command)
        if find(tool):
            return True
    return False


def is_to_be_had(tool: Tool) -> bool:
    """Tell whether the set-up could have installed the program; nothing is installed, and nothing fetched."""
    commands = ways(tool)
    simulated = [[*command, "--simulate"] for command in commands if command[:2] == ["apt-get", "install"]]
    others = [command for command in commands if command[0] != "apt-get"]
    return bool(others) or any(
        subprocess.run(command, check=False, capture_output=True).returncode == 0  # noqa: S603
        for command in simulated
    )


def ways(tool: Tool) -> list[list[str]]:
    """Return the commands that may bring the program, in the order to try them."""
    tried = []
    if tool.playwright:
        tried.append([sys.executable, "-m", "playwright", "install", tool.playwright])
    if tool.debian and shutil.which("apt-get") and os.geteuid() == 0:
        packages = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *tool.debian]
        tried += [["apt-get", "update", "-qq"], packages]
    return tried


def advice(tool: Tool) -> str:
    """Return what a person can do to get the program."""
    ways_out = [f"install one of {', '.join(tool.commands)}"]
    if tool.playwright:
        ways_out.append(f"run .venv/bin/playwright install {tool.playwright}")
    if tool.debian:
        ways_out.append(f"as root apt-get install {' '.join(tool.debian)}")
    return ", or ".join(ways_out)


@cache
def _run_once(*command: str) -> None:
    """Run a command of this file's; the next tool needs no second update of the package lists."""
    print("+", *command, flush=True)  # noqa: T201 - the set-up tells what it does
    subprocess.run(command, check=False, env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"})  # noqa: S603


def _from_playwright(tool: Tool) -> Path | None:
    """Ask Playwright where its own browser is, in a process of its own: a running test may hold Playwright's loop."""
    if tool.playwright is None:
        return None
    ask = f"from playwright.sync_api import sync_playwright as p; print(p().start().{tool.playwright}.executable_path)"
    answer = subprocess.run([sys.executable, "-c", ask], check=False, capture_output=True, text=True)  # noqa: S603
    path = Path(answer.stdout.strip())
    return path if answer.stdout and _starts(path) else None


def _starts(path: Path) -> bool:
    """Tell whether the program is there and finds its shared libraries, which Playwright does not bring."""
    return path.exists() and subprocess.run([path, "--version"], check=False, capture_output=True).returncode == 0  # noqa: S603


def main() -> None:
    """Install what is missing; what cannot be had is said, and the tests that need it skip."""
    for tool in TOOLS:
        if not find(tool) and not install(tool):
            print(f"{tool.name} is missing; tests that need it skip. To run them: {advice(tool)}")  # noqa: T201


if __name__ == "__main__":
    main()
