/** The names of the applications that sessions come from, as they write themselves. */
const NAMES: Readonly<Record<string, string>> = {
  aider: "aider",
  claude: "Claude Code",
  "claude-ai": "Claude",
  "claude-code": "Claude Code",
  chatgpt: "ChatGPT",
  codex: "Codex CLI",
  copilot: "Copilot",
  cursor: "Cursor",
  gemini: "Gemini CLI",
  "gemini-cli": "Gemini CLI",
  hapi: "HAPI",
  "hapi-db": "HAPI",
  opencode: "opencode",
};

export function sourceName(app: string | null | undefined, unknown: string): string {
  return app === null || app === undefined || app === "" ? unknown : (NAMES[app] ?? app);
}
