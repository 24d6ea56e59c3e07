"""No hot path has become heavier than when its limits were written: counted, not timed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.guard import limits
from tests.guard.conversions import conversions
from tests.guard.counts import counted


@pytest.mark.timeout(300)
def test_no_conversion_has_become_heavier(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    found = [sentence for path, now in conversions(tmp_path) for sentence in limits.exceeded(path, now)]
    capfd.readouterr()  # what the command line says of it to people
    assert found == [], "\n".join([*found, "where there is a reason for it: python -m tests.guard --write"])


def test_what_is_counted_grows_with_the_work_and_with_nothing_else() -> None:
    text = "a text of some length" * 50

    def work(times: int) -> list[str]:
        return [text.replace("a", "b") for _ in range(times)]

    once, again, more = counted(lambda: work(1000)), counted(lambda: work(1000)), counted(lambda: work(1200))
    for what in ("calls", "lines", "characters"):
        assert once[what] == again[what]
        assert more[what] / once[what] == pytest.approx(1.2, abs=0.01)
    assert more["peak"] / once["peak"] == pytest.approx(1.2, abs=0.05)


def test_a_path_that_is_a_fifth_heavier_is_named_with_what_it_was_and_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "FILE", tmp_path / "limits.json")
    limits.write({"page: json": {"calls": 1000, "lines": 2000}})
    assert limits.exceeded("page: json", {"calls": 1010, "lines": 1990}) == []
    [sentence] = limits.exceeded("page: json", {"calls": 1200, "lines": 2000})
    assert sentence.startswith("page: json: 1,000 calls when the limit was written, 1,200 now (+20.0%")
    assert limits.exceeded("page: other", {"calls": 1}) == ["page: other: no limit is written for it"]
