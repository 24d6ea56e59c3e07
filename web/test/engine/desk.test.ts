import { expect, it, vi } from "vitest";

import type { Order, Report } from "../../src/engine/protocol.ts";

interface Scope {
  postMessage: (report: Report) => void;
  onmessage?: (event: { data: Order }) => void;
}

// A module of the worker's, by an address: its types are of a worker, and those of this test of a page.
// eslint-disable-next-line no-unsanitized/method -- a module of ours
const { openDesk } = (await import(new URL("../../src/engine/worker/desk.ts", import.meta.url).href)) as {
  openDesk: (scope: Scope, starting: Promise<object>) => Promise<void>;
};

const html = (id: number): Order => ({ type: "export", id, standing: "", bytes: new ArrayBuffer(0), request: { to: "html" } });

it("gives an export up at once whose parts are on their way, takes the next order meanwhile, and installs them once", async () => {
  const reports: Report[] = [];
  const scope: Scope = { postMessage: (report) => { reports.push(report); } };
  let arrive = (): void => undefined;
  const coming = new Promise<void>((resolve) => { arrive = resolve; });
  const loadPackage = vi.fn(async () => coming);
  const install = vi.fn(async () => Promise.resolve());
  const python = {
    _module: {},
    setInterruptBuffer: () => undefined,
    loadPackage,
    loadedPackages: { jinja2: "", markupsafe: "", pygments: "" },
    pyimport: () => ({ set_index_urls: () => undefined, install, destroy: () => undefined }),
  };
  await openDesk(scope, Promise.resolve({ python, bridge: { formats: () => "[]" } }));
  const say = (order: Order): void => { scope.onmessage?.({ data: order }); };
  const heard = async (report: Report): Promise<void> => vi.waitFor(() => { expect(reports.at(-1)).toEqual(report); });

  for (const id of [1, 3]) {
    say(html(id));
    await vi.waitFor(() => { expect(loadPackage).toHaveBeenCalled(); });
    say({ type: "abort", id });
    await heard({ type: "aborted", id });
    say({ type: "formats", id: id + 1, standing: "" });
    await heard({ type: "done", id: id + 1, answer: [] });
  }
  arrive();
  await vi.waitFor(() => { expect(install).toHaveBeenCalledOnce(); });
  expect(loadPackage).toHaveBeenCalledOnce();
});
