/** STAND-IN until the element has these members itself. */
import { Engine } from "../engine/client.ts";
import type { Selection } from "../engine/protocol.ts";
import type { SessionExportMenu } from "../element/session-export-menu.ts";
import { fetchPayload } from "../element/payload.ts";
import { download } from "../element/save.ts";

export interface Target {
  selection: Selection | null;
  selectMessages: (selection: Selection, given: { signal: AbortSignal }) => Promise<number[]>;
  exportNow: (wanted: { format: string; options: Record<string, string>; selection: Selection; filename?: string }) => Promise<void>;
}

let engine: Engine | undefined;

export function targetOf(menu: SessionExportMenu): Target {
  const signal = new AbortController().signal;
  const open = async () => {
    engine ??= new Engine({ url: new URL(menu.engine) });
    const bytes = await fetchPayload({ endpoint: menu.endpoint, sessionId: menu.sessionId, token: menu.token }, null, signal, () => undefined);
    return engine.open(new Blob([bytes]), { exportedAt: Date.now() }, { signal });
  };
  let file: ReturnType<typeof open> | undefined;
  return {
    selection: null,
    selectMessages: async (selection) => (await (file ??= open())).select(selection, signal),
    exportNow: async ({ format, options, selection, filename }) => {
      const result = await (await (file ??= open())).export({ to: format, options, select: selection }, signal);
      await download([new File([result.blob], filename ?? result.filename, { type: result.mediaType })]);
    },
  };
}
