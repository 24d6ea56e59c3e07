// What plain JavaScript needs for the same work, in a worker as well: bytes in, a file's bytes out. The Markdown is that of the
// library, byte for byte, but that no text is kept from forging or swallowing a heading (tests/benchmarks/test_plain.py compares).

const ROLES = { user: "User", assistant: "Assistant", system: "System", tool: "Tool", event: "Event" };
const ENDS = { pending: "no result", running: "still running", completed: "completed", error: "failed", denied: "denied", cancelled: "cancelled" };
const FAILED = new Set(["error", "denied", "cancelled"]);
const MARKS = { completed: "✓", in_progress: "▸", pending: "○" };
const MARKUP = /[\\`*[\]<~]|&(?=#?[A-Za-z0-9]+;)|(?<![A-Za-z0-9_])_+|_+(?![A-Za-z0-9_])|(?:(?<=\s)|^)#+$/g;

const oneLine = (text) => text.trim().replace(/\s+/g, " ");
const plain = (text) => oneLine(text).replace(MARKUP, (found) => (found[0] === "_" ? "\\_".repeat(found.length) : `\\${found}`));
const brief = (text) => (text.length > 160 ? `${text.slice(0, 159)}…` : text);

function code(text) {
  if (!text.includes("`")) return `\`${text}\``;
  const marks = "`".repeat(Math.max(...text.match(/`+/g).map(({ length }) => length)) + 1);
  return text.startsWith("`") || text.endsWith("`") ? `${marks} ${text} ${marks}` : `${marks}${text}${marks}`;
}

function duration(ms) {
  if (ms < 1000) return `${ms} ms`;
  const tenths = Math.floor((ms + 50) / 100);
  if (tenths < 600) return tenths % 10 ? `${Math.floor(tenths / 10)}.${tenths % 10} s` : `${tenths / 10} s`;
  const seconds = Math.floor((ms + 500) / 1000);
  const parts = [[Math.floor(seconds / 3600), "h"], [Math.floor(seconds / 60) % 60, "min"], [seconds % 60, "s"]];
  return parts.filter(([value]) => value).map(([value, unit]) => `${value} ${unit}`).join(" ");
}

function call({ name, subject, status, result, steps, startedAt, endedAt }) {
  let how = ENDS[status];
  if (result?.exitCode !== undefined) how += `, exit code ${result.exitCode}`;
  if (startedAt !== undefined && endedAt !== undefined) how += `, ${duration(Math.max(0, endedAt - startedAt))}`;
  if (FAILED.has(status)) {
    const why = result?.blocks.find(({ text }) => text?.trim())?.text.split("\n").find((line) => line.trim());
    if (why) how += `: ${code(brief(oneLine(why)))}`;
  }
  const line = `> - Tool: ${plain(name)} ${code(brief(oneLine(subject)))} — ${how}`;
  return steps ? [line, ...steps.map((step) => `>   - ${MARKS[step.status]} ${plain(step.text)}`)].join("\n") : line;
}

function body(blocks) {
  const parts = [];
  let before = "";
  for (const block of blocks) {
    if (parts.length > 0) parts.push(before === "tool_call" && block.type === "tool_call" ? "\n" : "\n\n");
    if (block.type === "text") parts.push(block.text);
    else if (block.type === "thinking") parts.push(`> **Thinking**\n>\n${block.text.replace(/^/gm, "> ").replace(/^> $/gm, ">")}`);
    else parts.push(call(block));
    before = block.type;
  }
  return parts.join("");
}

const WRITERS = {
  json: (payload) => `${JSON.stringify(payload, null, 2)}\n`,
  markdown: ({ session: { title, id, source }, exportedAt, messages }) => {
    const exported = new Date(exportedAt).toISOString();
    const known = { title, sessionId: id, exportedAt: exported, messageCount: messages.length, source: source.app, sourceVersion: source.version };
    const front = Object.entries(known).map(([key, value]) => `${key}: ${JSON.stringify(value)}\n`);
    const parts = [`---\n${front.join("")}\n---\n\n# ${plain(title)}\n\nSession: \`${id}\`\n\nExported: ${exported}\n`];
    for (const { role, createdAt, blocks } of messages) {
      parts.push(`\n## ${ROLES[role]}\n\n_Time: ${new Date(createdAt).toISOString()}_\n\n${body(blocks)}\n`);
    }
    return parts.join("");
  },
};

onmessage = ({ data: { bytes, to } }) => {
  const text = WRITERS[to](JSON.parse(new TextDecoder().decode(bytes)));
  postMessage(new Blob([new TextEncoder().encode(text)]));
};
