const queues = new Map<string, Promise<void>>();

/**
 * Runs `work` while nothing else of that name runs, in this tab or another. Where the browser has no locks (pages without
 * TLS) other tabs are not waited for: the server takes every message once, whoever sends it.
 */
export function alone(name: string, work: () => Promise<void>): Promise<void> {
  if (globalThis.navigator?.locks) return navigator.locks.request(name, work).then(() => undefined);
  const turn = (queues.get(name) ?? Promise.resolve()).then(work, work);
  queues.set(name, turn);
  return turn;
}
