/** A notice in words; they are many, and come with what is fetched later. */
import type { Notice } from "../../engine/protocol.ts";
import type { Words } from "../words.ts";

/** A notice as one line; one that no locale file knows shows its code rather than nothing. */
export function sentenceOf(notice: Notice, words: Words): string {
  const { script } = notice.params;
  // What is named by a key of its own: a script, which each language calls otherwise.
  const named = script === undefined ? {} : { script: words.find(`script.${script}`) ?? script };
  return words.find(`notice.${notice.code}`, { ...notice.params, ...named, count: notice.count }) ?? `${notice.code}: ${notice.count}`;
}
