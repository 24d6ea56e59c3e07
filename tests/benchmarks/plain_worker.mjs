// What plain JavaScript needs for the same work, in a worker as well: bytes in, a file's bytes out.

const ROLES = { user: "User", assistant: "Assistant", system: "System", tool: "Tool", event: "Event" };

const WRITERS = {
  json: (payload) => `${JSON.stringify(payload, null, 2)}\n`,
  markdown: ({ session, exportedAt, messages }) => {
    const parts = [
      `---\ntitle: ${JSON.stringify(session.title)}\nsessionId: ${session.id}\nmessageCount: ${messages.length}\n---\n\n`,
      `# ${session.title}\n\nSession: \`${session.id}\`\n\nExported: ${new Date(exportedAt).toISOString()}\n`,
    ];
    for (const { role, createdAt, blocks } of messages) {
      parts.push(`\n## ${ROLES[role]}\n\n_${new Date(createdAt).toISOString()}_\n\n`);
      for (const block of blocks) {
        if (block.type === "text") parts.push(`${block.text}\n`);
        else if (block.type === "tool_call") parts.push(`> - ${block.name}: \`${block.subject}\` (${block.status})\n\n`);
      }
    }
    return parts.join("");
  },
};

onmessage = ({ data: { bytes, to } }) => {
  const text = WRITERS[to](JSON.parse(new TextDecoder().decode(bytes)));
  postMessage(new Blob([new TextEncoder().encode(text)]));
};
