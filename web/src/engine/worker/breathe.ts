// Lets other messages be heard between two slices of work.

const { port1, port2 } = new MessageChannel();
const waiting: (() => void)[] = [];
port1.onmessage = () => waiting.shift()?.();

/**
 * Resolve after every message that has already arrived was handled.
 *
 * By a message of its own: a timer would wait for 4 ms, and what `scheduler.yield()` continues comes before messages.
 */
export function breathe(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    port2.postMessage(null);
  });
}
