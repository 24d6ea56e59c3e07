/** Files that another application shared into this one: stored by the service worker, taken and deleted by the page. */

/** The names of a shared form's fields, as the manifest has them. */
export const FIELDS = { files: "files", title: "title", text: "text", url: "url" } as const;
/** The query of the address that a share leads to; its value says whether the files were stored. */
export const SHARED = "shared";

const NAME = "X-File-Name";

/** The files of a shared form. Words that come without a file become one. */
export function filesOf(form: FormData): File[] {
  const files = form.getAll(FIELDS.files).filter((value) => value instanceof File).filter(({ size }) => size > 0);
  if (files.length > 0) return files;
  const words = [FIELDS.title, FIELDS.text, FIELDS.url].map((field) => form.get(field)).filter((value): value is string => typeof value === "string" && value !== "");
  return words.length === 0 ? [] : [new File([words.join("\n\n")], "shared.txt", { type: "text/plain" })];
}

/** All of them or none: where there is no room for one, nothing stays. */
export async function storeFiles(scope: string, files: readonly File[]): Promise<void> {
  const cache = await caches.open(nameOf(scope));
  const share = `${scope}${SHARED}/${crypto.randomUUID()}/`;
  try {
    for (const [index, file] of files.entries()) {
      const headers = { [NAME]: encodeURIComponent(file.name), "Content-Type": file.type };
      await cache.put(share + String(index), new Response(file, { headers }));
    }
  } catch (error) {
    await caches.delete(nameOf(scope));
    throw error;
  }
}

/** Take everything that was stored, in its order; nothing of it stays. */
export async function takeFiles(scope: string): Promise<File[]> {
  const cache = await caches.open(nameOf(scope));
  const files: File[] = [];
  for (const request of await cache.keys()) {
    const response = await cache.match(request);
    if (response === undefined) continue;
    const name = decodeURIComponent(response.headers.get(NAME) ?? "");
    // Read whole: what is only referred to would be gone with the cache.
    files.push(new File([await response.arrayBuffer()], name, { type: response.headers.get("Content-Type") ?? "" }));
  }
  await caches.delete(nameOf(scope));
  return files;
}

function nameOf(scope: string): string {
  return `${scope} shared`;
}
