"""The drivers see what the tests rely on, in every engine; a driver that saw nothing would let everything pass."""

from __future__ import annotations

from tests.browsers.driver import Driver, Target
from tests.browsers.outside import Outside
from tests.e2e.poll import until

NESTED = """() => {
  const outer = document.body.appendChild(document.createElement("div")).attachShadow({ mode: "open" });
  const inner = outer.appendChild(document.createElement("div")).attachShadow({ mode: "open" });
  const button = inner.appendChild(document.createElement("button"));
  button.textContent = "Deep down";
  button.onclick = ({ isTrusted }) => { button.textContent = `Clicked, ${isTrusted ? "really" : "by a script"}`; };
}"""


def test_what_is_asked_for_from_elsewhere_is_noticed(driver: Driver, outside: Outside) -> None:
    driver.open("about:blank")
    driver.evaluate("() => fetch('http://elsewhere.example/', { mode: 'no-cors' }).then(() => null, () => null)")
    until(lambda: outside.asked)
    assert "elsewhere.example" in outside.asked.pop()


def test_a_complaint_is_noticed(driver: Driver) -> None:
    driver.open("about:blank")
    driver.evaluate("() => { console.warn('a warning'); setTimeout(() => { throw new Error('a failure'); }); }")
    until(lambda: any("a warning" in each for each in driver.complaints()))
    until(lambda: any("a failure" in each for each in driver.complaints()))


def test_a_click_is_a_persons_and_reaches_through_shadow_roots(driver: Driver) -> None:
    driver.open("about:blank")
    driver.evaluate(NESTED)
    driver.click(Target("button", "Deep down"))
    driver.see(Target("button", "Clicked, really"))
