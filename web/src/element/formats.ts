/** The formats that the dialog offers, in its order; the first is the default. */
export const FORMATS = [
  { id: "json", label: "ui.format_json", about: "ui.format_json_about" },
  { id: "markdown", label: "ui.format_markdown", about: "ui.format_markdown_about" },
] as const;

export type Format = (typeof FORMATS)[number]["id"];
