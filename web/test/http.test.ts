import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

import { afterEach, beforeEach, expect, test } from "vitest";

import { HttpError, request, TokenError } from "../src/http.ts";

let server: Server;
let url: string;
let answer: (incoming: IncomingMessage, outgoing: ServerResponse) => void;

beforeEach(async () => {
  server = createServer((incoming, outgoing) => {
    answer(incoming, outgoing);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});

afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const never = new AbortController().signal;

test("a token function is asked once more, and the request sent once more, on 401", async () => {
  const seen: (string | undefined)[] = [];
  answer = (incoming, outgoing) => {
    seen.push(incoming.headers.authorization);
    outgoing.writeHead(incoming.headers.authorization === "Bearer fresh" ? 200 : 401).end("{}");
  };
  const response = await request(url, ({ refresh }) => (refresh ? "fresh" : "stale"), never);
  expect(response.status).toBe(200);
  expect(seen).toEqual(["Bearer stale", "Bearer fresh"]);
});

test("a second 401 is final", async () => {
  let times = 0;
  answer = (_, outgoing) => {
    times += 1;
    outgoing.writeHead(401).end();
  };
  await expect(request(url, () => "stale", never)).rejects.toMatchObject({ status: 401, code: "http_401" });
  expect(times).toBe(2);
});

test("a token that is a string is not tried twice", async () => {
  let times = 0;
  answer = (_, outgoing) => {
    times += 1;
    outgoing.writeHead(401).end();
  };
  await expect(request(url, "stale", never)).rejects.toBeInstanceOf(HttpError);
  expect(times).toBe(1);
});

test("a problem gives its code, its members and the time to wait", async () => {
  answer = (_, outgoing) => {
    outgoing.writeHead(413, { "Content-Type": "application/problem+json", "Retry-After": "7" });
    outgoing.end(JSON.stringify({ code: "session_too_large", count: 2, limit: 1 }));
  };
  await expect(request(url, undefined, never)).rejects.toMatchObject({
    code: "session_too_large",
    problem: { count: 2, limit: 1 },
    retryAfter: 7,
  });
});

test("a proxy's page is an error by its status", async () => {
  answer = (_, outgoing) => outgoing.writeHead(502, { "Content-Type": "text/html" }).end("<h1>Bad gateway</h1>");
  await expect(request(url, undefined, never)).rejects.toMatchObject({ code: "http_502", retryAfter: null });
});

test("a token function that fails is told apart from the network", async () => {
  const failing = (): Promise<string> => Promise.reject(new Error("no"));
  await expect(request(url, failing, never)).rejects.toBeInstanceOf(TokenError);
});

test("an abort does not wait for a token function that never answers", async () => {
  const stop = new AbortController();
  const asked = request(url, () => new Promise<string>(() => undefined), stop.signal);
  stop.abort();
  await expect(asked).rejects.toMatchObject({ name: "AbortError" });
});
