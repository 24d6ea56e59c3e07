// What a host adds to the element: a token for the function, or the session itself.

// A function that gives a token is asked once per export, and once more if the server refuses what it gave.
const stored = document.querySelector("[session-id]");
stored.token = async ({ refresh }) => (await fetch(`/token?refresh=${refresh}`)).text();

// The canonical payload: an object, its JSON text or bytes, or a function that gives one of these.
const session = {
  schemaVersion: 1,
  generator: "a host application",
  exportedAt: 1767323045000,
  session: { id: "host-0001", title: "Kept by the host" },
  messages: [
    { id: "1", role: "user", createdAt: 1767323000000, blocks: [{ type: "text", text: "Where is this kept?" }] },
    { id: "2", role: "assistant", createdAt: 1767323005000, blocks: [{ type: "text", text: "On this page, and nowhere else." }] },
  ],
};
document.querySelector("#own-menu").payload = async () => session;
document.querySelector("#row-menu").payload = new TextEncoder().encode(JSON.stringify(session));

// The events bubble, out of every shadow root.
for (const type of ["export-start", "export-done", "export-error"]) {
  document.addEventListener(type, (event) => {
    const { filename, code, format } = event.detail;
    document.querySelector("#heard").append(`${type} ${filename ?? code ?? format}\n`);
  });
}
