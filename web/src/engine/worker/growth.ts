// Lets memory grow by as much as is wanted, and no more.
//
// WebAssembly's never shrinks, and Emscripten adds a fifth of what there is each time: at the end of a long session far more than that
// needs. A browser keeps the addresses free, and to grow often costs next to nothing.

const PAGE = 1 << 16;
const STEP = 1 << 21;

/**
 * Take the place of Emscripten's own way among the imports; where they are not as they should be, nothing is changed.
 *
 * @param memory What grows, once it is there.
 */
export function growByLittle(imports: WebAssembly.Imports, memory: () => WebAssembly.Memory): void {
  const { env } = imports;
  const notify = env?.["emscripten_notify_memory_growth"] as ((index: number) => void) | undefined;
  if (env === undefined || typeof env["emscripten_resize_heap"] !== "function" || typeof notify !== "function") return;
  env["emscripten_resize_heap"] = (wanted: number): number => {
    const own = memory();
    const size = Math.ceil((wanted >>> 0) / STEP) * STEP;
    try {
      own.grow((size - own.buffer.byteLength) / PAGE);
    } catch {
      // Python hears of it, and says so.
      return 0;
    }
    // What looks into memory looks into the old one until then.
    notify(0);
    return 1;
  };
}
