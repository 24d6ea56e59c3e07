"""The drivers see what the tests rely on, in every engine; a driver that saw nothing would let everything pass."""

from __future__ import annotations

from pathlib import Path

from tests.browsers.driver import PHONE, VIEWPORT, Driver, Target, until
from tests.browsers.outside import Outside
from tests.e2e.server import Server

NESTED = """() => {
  const outer = document.body.appendChild(document.createElement("div")).attachShadow({ mode: "open" });
  const inner = outer.appendChild(document.createElement("div")).attachShadow({ mode: "open" });
  const button = inner.appendChild(document.createElement("button"));
  button.textContent = "Deep down";
  button.onclick = ({ isTrusted }) => { button.textContent = `Clicked, ${isTrusted ? "really" : "by a script"}`; };
}"""
CHOOSER = """() => {
  const button = document.body.appendChild(document.createElement("button"));
  button.textContent = "Choose";
  button.onclick = () => {
    const input = document.createElement("input");
    Object.assign(input, { type: "file", multiple: true, hidden: true });
    input.onchange = async () => {
      button.textContent = (await Promise.all([...input.files].map((file) => file.text()))).join(" and ");
    };
    document.body.append(input);
    input.click();
  };
}"""


def test_what_is_asked_for_from_elsewhere_is_noticed(driver: Driver, outside: Outside) -> None:
    driver.open("about:blank")
    driver.evaluate("() => fetch('http://elsewhere.example/', { mode: 'no-cors' }).then(() => null, () => null)")
    until(lambda: any("elsewhere.example" in each for each in outside.asked))
    requests = driver.requests()
    assert requests is None or "GET http://elsewhere.example/" in requests


def test_a_complaint_is_noticed(driver: Driver, server: Server) -> None:
    driver.open(server.origin)  # of a script on a page without an address, WebKit tells nothing but that it failed
    driver.evaluate("() => { console.warn('a warning'); setTimeout(() => { throw new Error('a failure'); }); }")
    until(lambda: any("a warning" in each for each in driver.complaints()))
    until(lambda: any("a failure" in each for each in driver.complaints()))
    driver.open("about:blank")  # whoever comes next would take the page for one that is signed in


def test_a_click_is_a_persons_and_reaches_through_shadow_roots(driver: Driver) -> None:
    driver.open("about:blank")
    driver.evaluate(NESTED)
    driver.click(Target("button", "Deep down"))
    driver.see(Target("button", "Clicked, really"))


def test_chosen_files_come_from_the_disk(driver: Driver, tmp_path: Path) -> None:
    files = [tmp_path / "one.txt", tmp_path / "two.txt"]
    for file in files:
        file.write_text(f"潮 {file.stem}", encoding="utf-8")
    driver.open("about:blank")
    driver.evaluate(CHOOSER)
    driver.choose_files(Target("button", "Choose"), *files)
    driver.see(Target("button", "潮 one and 潮 two"))


def test_a_page_is_as_wide_as_a_phone_and_as_a_desk(driver: Driver) -> None:
    for width, height in (PHONE, VIEWPORT):
        driver.resize(width, height)
        assert driver.evaluate("() => innerWidth") == width
