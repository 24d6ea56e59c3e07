"""One small interface to any browser engine: load, look, click, press keys, see what was saved and complained about."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tests.e2e import poll

Json = Any
"""What JSON can say."""

LOOK_S = 0.03
"""How long between two looks: each costs the page itself some work."""

VIEWPORT = (1280, 800)
PHONE = (390, 844)
"""CSS pixels, width and height."""


def until(true: Callable[[], object], timeout_s: float = 30) -> None:
    """Return as soon as ``true()`` is; fail when it never is."""
    poll.until(true, timeout_s, LOOK_S)


def script(name: str) -> str:
    """Return the function that a file beside this one holds."""
    return (Path(__file__).parent / name).read_text(encoding="utf-8").strip().removesuffix(";")


_FIND = script("find.js")


@dataclass(frozen=True, slots=True)
class Target:
    """
    What to look for; every condition that is given must hold.

    Attributes:
        role: The ARIA role, given or implied by the element.
        name: The accessible name, exactly; without a role, a part of the text.
        css: A selector.
        within: What it must be inside of.
    """

    role: str | None = None
    name: str | None = None
    css: str | None = None
    within: Target | None = None


@dataclass(frozen=True, slots=True)
class Element:
    """A visible element as it was found: its text, and a control's value and whether it is checked."""

    text: str
    value: Json
    checked: bool | None


class Driver(ABC):
    """
    One running browser with one page, which belongs to this test run alone.

    Attributes:
        downloads: The folder that the browser saves into.
        makers: Parts of the names of hosts that the browser itself asks for things, whatever page it shows. The page is
            the same in every engine: what one browser's own noise would hide is seen in the others.
    """

    makers: tuple[str, ...] = ()

    def __init__(self, folder: Path) -> None:
        self.downloads = folder / "downloads"
        self.downloads.mkdir()

    @abstractmethod
    def open(self, url: str) -> None:
        """Load a page, and wait for its load event."""

    @abstractmethod
    def reload(self) -> None:
        """Load the page anew, and wait for its load event."""

    @abstractmethod
    def resize(self, width: int, height: int) -> None:
        """Make the page this wide, in CSS pixels; in an engine whose window has bars, its height is about this."""

    @abstractmethod
    def evaluate(self, function: str, *arguments: Json) -> Json:
        """Call a JavaScript function in the page with JSON values; return what it, or its promise, gives, as JSON."""

    @abstractmethod
    def click_at(self, x: float, y: float, button: int = 0) -> None:
        """Click at a point of the viewport, in CSS pixels; ``button`` is as in the DOM, so 2 is the right one."""

    @abstractmethod
    def press(self, *keys: str) -> None:
        """Press keys together, each by its DOM name or as the character it types."""

    @abstractmethod
    def saved(self) -> list[Path]:
        """Return the files that the browser has finished saving, in order."""

    @abstractmethod
    def complaints(self) -> list[str]:
        """Return the errors and warnings in the console so far, as the engine words them."""

    @abstractmethod
    def requests(self) -> list[str] | None:
        """Return each request of the page and its workers so far, as ``GET http://...``; None if that cannot be had."""

    @abstractmethod
    def close(self) -> None:
        """End the browser and every process that it has started."""

    def find(self, target: Target) -> list[Element]:
        """Return the visible elements that are there now."""
        return [Element(**each) for each in self._find(target, reach=False)["elements"]]

    def see(self, target: Target, timeout_s: float = 30) -> Element:
        """Wait until the first such element is there."""
        found: list[Element] = []

        def look() -> bool:
            found.extend(self.find(target))
            return bool(found)

        until(look, timeout_s)
        return found[0]

    def gone(self, target: Target) -> None:
        """Wait until there is no such element."""
        until(lambda: not self.find(target))

    def click(self, target: Target, button: int = 0) -> None:
        """Click the first such element as a person does: when it stands still and nothing lies over it."""
        spots: list[Json] = [None]

        def ready() -> bool:
            spots.append(self._find(target, reach=True)["spot"])
            return spots[-1] is not None and spots[-1]["reached"] and spots[-1] == spots[-2]

        until(ready)
        self.click_at(spots[-1]["x"], spots[-1]["y"], button)

    def type(self, text: str) -> None:
        """Type into whatever has the focus."""
        for character in text:
            self.press(character)

    def choose(self, css: str, value: str) -> None:
        """Choose a value of a select. By events: no engine's list of options can be clicked in every engine's way."""
        self.see(Target(css=css))
        self.evaluate(_CHOOSE, css, value)

    def choose_files(self, button: Target, *files: Path) -> None:
        """Press what opens the browser's own chooser, which is not shown, and choose files from the disk."""
        self.evaluate(_HOLD_CHOOSER)
        self.click(button)
        until(lambda: self.evaluate("() => window.chooser !== null"))
        self._choose(files)

    @abstractmethod
    def _choose(self, files: Sequence[Path]) -> None:
        """Let the browser put files into ``window.chooser``."""

    def _find(self, target: Target, *, reach: bool) -> Json:
        return self.evaluate(_FIND, asdict(target), reach)


_HOLD_CHOOSER = """() => {
  const hold = (event) => {
    if (event.target.type !== "file") return;
    event.preventDefault();
    window.chooser = event.target;
    removeEventListener("click", hold, { capture: true });
  };
  window.chooser = null;
  addEventListener("click", hold, { capture: true });
}"""

_CHOOSE = """(css, value) => {
  const select = document.querySelector(css);
  select.value = value;
  for (const type of ["input", "change"]) select.dispatchEvent(new Event(type, { bubbles: true }));
}"""
