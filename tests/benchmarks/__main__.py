"""
Measure everything that has a limit, print it beside its peers, keep it as JSON.

``python -m tests.benchmarks [GROUP ...] [--runs N] [--json FILE]``, or with ``--compare OLD NEW``.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.benchmarks import command, function, lighthouse, start, worker
from tests.benchmarks.row import Row, compared, keep, kept, table
from tests.checkout import ROOT

GROUPS: dict[str, Callable[[int], Iterator[Row]]] = {
    "start": start.rows,
    "page": lighthouse.rows,
    "worker": worker.rows,
    "command": command.rows,
    "function": function.rows,
}


def main() -> None:
    """Measure the groups that are named, or all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("groups", nargs="*", metavar="GROUP", help=", ".join(GROUPS))
    parser.add_argument("--runs", type=int, default=5, help="times that each is measured")
    parser.add_argument("--json", type=Path, default=ROOT / "build" / "bench.json", help="where the figures are kept")
    parser.add_argument("--compare", nargs=2, type=Path, metavar=("OLD", "NEW"), help="print how figures have changed")
    options = parser.parse_args()
    if options.compare:
        print(compared(*map(kept, options.compare)))  # noqa: T201 - its result
        return
    found: list[Row] = []
    for name in options.groups or GROUPS:
        found += GROUPS[name](options.runs)
        keep(found, options.json)
    print(table(found))  # noqa: T201 - its result


if __name__ == "__main__":
    main()
