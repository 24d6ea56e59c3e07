"""Starting from a picture of memory: what is in it, what it gives, and that whatever is wrong with it does no harm."""

from __future__ import annotations

import json

import pytest

from py_export import convert
from tests.engine.conftest import Bench, content
from tests.engine.site import Site

pytestmark = [pytest.mark.browser, pytest.mark.alone]

JSON = {"to": "json"}
MARK = "The walrus knows the pass-phrase of this session."
REHEARSED = "This is a rehearsal."

KEPT = "() => bench.kept()"

LOOK = """async (texts) => {
  const root = await navigator.storage.getDirectory();
  const found = [];
  for await (const folder of root.values()) {
    for await (const file of folder.values()) {
      // Byte by byte, as most of it is no text.
      const bytes = new TextDecoder("latin1").decode(await (await file.getFile()).arrayBuffer());
      found.push([file.name, ...texts.map((text) => bytes.includes(text))]);
    }
  }
  return found;
}"""

TAKE = """async () => {
  const root = await navigator.storage.getDirectory();
  for await (const folder of root.values()) {
    for await (const file of folder.values()) {
      const bytes = new Uint8Array(await (await file.getFile()).arrayBuffer());
      window.good = { folder: folder.name, name: file.name, bytes };
    }
  }
}"""

PUT = """async ({ byte, end = 0, from = "", to = "" }) => {
  const { folder, name, bytes } = window.good;
  const damaged = bytes.slice(0, bytes.length - end);
  if (byte !== undefined) damaged[byte] ^= 1;
  const label = new TextDecoder().decode(damaged.subarray(0, 512));
  damaged.set(new TextEncoder().encode(label.replace(from, to).padEnd(512).slice(0, 512)));
  const root = await navigator.storage.getDirectory();
  const file = await (await root.getDirectoryHandle(folder)).getFileHandle(name, { create: true });
  const writable = await file.createWritable();
  await writable.write(damaged);
  await writable.close();
}"""

DAMAGES: tuple[dict[str, object], ...] = ({"byte": 20_000_000}, {"from": '"table":', "to": '"table":1'}, {"end": 4096})
"""A byte of the memory that is another, a table of another browser, a file that was not written to its end."""

COUNT = "() => bench.shelf.size()"


def again(bench: Bench, site: Site) -> bool:
    """Start the engine anew, and return whether it came from the picture: it fetched no archive."""
    site.requests.clear()
    bench.tab.evaluate("() => { bench.engine.dispose(); }")
    written = content(bench.run("/long.json", {"to": "markdown"}))
    assert written == convert(site.files["/long.json"], "markdown")
    return not any("/core-" in path for path in site.requests)


def test_later_starts_come_from_a_picture_that_never_saw_a_session_and_a_damaged_one_does_no_harm(
    bench: Bench, site: Site, made: dict[str, bytes]
) -> None:
    # One test, since a picture is made only once nothing has happened for a while.
    document = json.loads(made["/short.json"])
    document["messages"][0]["blocks"][0]["text"] = MARK
    site.files["/marked.json"] = json.dumps(document).encode()
    assert MARK.encode() in content(bench.run("/marked.json", JSON))
    assert bench.tab.evaluate(KEPT)
    [(_, marked, rehearsed)] = bench.tab.evaluate(LOOK, [MARK, REHEARSED])
    assert (marked, rehearsed) == (False, True)

    bench.tab.reload()
    bench.tab.evaluate(TAKE)
    assert again(bench, site)
    # Modules that the picture does not hold, parts that micropip adds, an interruption.
    for to, options in (("html", {}), ("markdown", {"timezone": "Asia/Tokyo"})):
        answer = bench.run("/short.json", {"to": to, "options": options})
        assert content(answer) == convert(made["/short.json"], to, options=options)
    assert bench.run("/huge.json", JSON, abortAfter=100)["error"] == "AbortError"
    assert bench.run("/short.json", JSON)["bytes"] > 0
    assert site.requests.count("/engine/worker.js") == 1, "it was interrupted, not replaced"

    # A worker that takes the place of another one compiles nothing.
    assert again(bench, site)
    assert [path for path in site.requests if path.endswith((".wasm", ".so"))] == []

    for damage in DAMAGES:
        bench.tab.evaluate(PUT, damage)
        assert not again(bench, site), damage
        assert bench.tab.evaluate(COUNT) == 0
    bench.tab.evaluate(PUT, {})
    assert again(bench, site), "it was the damage"
    assert bench.complaints == []
