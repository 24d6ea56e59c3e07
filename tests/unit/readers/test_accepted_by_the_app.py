"""The installed app is offered for every kind of file that a reader reads, and for no other."""

from __future__ import annotations

import re

from py_export.readers import READERS
from tests.checkout import ROOT


def test_the_app_is_offered_for_what_the_readers_read() -> None:
    script = (ROOT / "web/scripts/app-manifest.ts").read_text(encoding="utf-8")
    [table] = re.findall(r"export const ACCEPTED[^=]*= \{(.*?)\n\};", script, re.DOTALL)
    accepted = {
        kind: set(re.findall(r'"\.(\w+)"', names)) for kind, names in re.findall(r'"([\w./-]+)": \[(.*?)\]', table)
    }
    # A zip is no reader's: what is in it is.
    assert accepted.keys() == {kind for reader in READERS for kind in reader.media_types} | {"application/zip"}
    assert set.union(*accepted.values()) == {suffix for reader in READERS for suffix in reader.extensions} | {"zip"}
