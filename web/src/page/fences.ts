/** Fenced code found in a text, so that it can be set as code. The text itself stays as it is. */
export interface Part {
  code: boolean;
  text: string;
  /** What stands behind the opening fence: a language, mostly. */
  info: string;
}

const OPEN = /^ {0,3}(`{3,}|~{3,})([^`]*)$/;

/** Cut a text at its fences, as CommonMark finds them at the top level; an open fence reaches to the end. */
export function fenced(text: string): Part[] {
  const parts: Part[] = [];
  let lines: string[] = [];
  let fence = "";
  let info = "";
  const close = (): void => {
    if (lines.length > 0 || fence !== "") parts.push({ code: fence !== "", text: lines.join("\n"), info });
    lines = [];
  };
  for (const line of text.split("\n")) {
    const open = fence === "" ? OPEN.exec(line) : null;
    if (open !== null) {
      close();
      fence = open[1] ?? "";
      info = open[2]?.trim() ?? "";
    } else if (fence !== "" && closes(line, fence)) {
      close();
      fence = "";
      info = "";
    } else {
      lines.push(line);
    }
  }
  close();
  return parts;
}

function closes(line: string, fence: string): boolean {
  const trimmed = line.trim();
  return trimmed.length >= fence.length && line.search(/\S/) <= 3 && trimmed === (fence[0] ?? "").repeat(trimmed.length);
}
