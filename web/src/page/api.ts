/** The function as the page asks it. */
import { HttpError, request } from "../http.ts";
import type { ImportAnswer, Message, SessionHeader, SessionRow } from "./model.ts";
import { currentToken } from "./token.ts";

export interface SessionPage {
  sessions: SessionRow[];
  nextCursor: string | null;
}

export interface MessagePage {
  messages: Message[];
  /** How many the whole session has. */
  of: number;
}

export class Api {
  /** The folder this page is served from: `/api/…` is added to it. */
  readonly endpoint = new URL(".", document.baseURI).href.replace(/\/$/, "");

  async sessions(query: string, cursor: string | null, signal: AbortSignal): Promise<SessionPage> {
    const search = new URLSearchParams({ limit: "50" });
    if (query !== "") search.set("q", query);
    if (cursor !== null) search.set("cursor", cursor);
    return this.#get<SessionPage>(`sessions?${search.toString()}`, signal);
  }

  async session(id: string, signal: AbortSignal): Promise<SessionHeader> {
    return this.#get<SessionHeader>(`sessions/${encodeURIComponent(id)}`, signal);
  }

  async messages(id: string, from: number, to: number, signal: AbortSignal): Promise<MessagePage> {
    return this.#get<MessagePage>(`sessions/${encodeURIComponent(id)}/messages?from=${from}&to=${to}`, signal);
  }

  /** Store what a file holds. `locale` is the language of the answer's notices, and of a refusal. */
  async import(file: File, locale: string, signal: AbortSignal): Promise<ImportAnswer> {
    const headers = { "Accept-Language": locale, "Content-Type": "application/octet-stream" };
    const response = await request(`${this.endpoint}/api/sessions`, currentToken(), signal, { method: "POST", headers, body: file });
    return (await response.json()) as ImportAnswer;
  }

  /** The copy of this person's settings on the server, with its tag; null where there is none. */
  async settings(locale: string, signal: AbortSignal): Promise<{ text: string; tag: string } | null> {
    try {
      const sent = { method: "GET", headers: { "Accept-Language": locale } };
      const response = await request(`${this.endpoint}/api/settings`, currentToken(), signal, sent);
      return { text: await response.text(), tag: response.headers.get("ETag") ?? "" };
    } catch (error) {
      if (error instanceof HttpError && error.code === "settings_not_found") return null;
      throw error;
    }
  }

  /** Keep settings over those of this tag; null is where nothing was seen. Gives the new tag. */
  async keepSettings(text: string, tag: string | null, locale: string, signal: AbortSignal): Promise<string> {
    const headers = { "Accept-Language": locale, "Content-Type": "application/json", ...(tag === null ? { "If-None-Match": "*" } : { "If-Match": tag }) };
    const sent = { method: "PUT", headers, body: new Blob([text]) };
    const response = await request(`${this.endpoint}/api/settings`, currentToken(), signal, sent);
    return response.headers.get("ETag") ?? "";
  }

  async #get<T>(path: string, signal: AbortSignal): Promise<T> {
    const response = await request(`${this.endpoint}/api/${path}`, currentToken(), signal);
    return (await response.json()) as T;
  }
}
