/**
 * Runs `work` while no other tab of this browser runs work of the same name. Where the browser has no locks (pages without
 * TLS) it just runs: the server takes every message once, whoever sends it.
 */
export async function alone(name: string, work: () => Promise<void>): Promise<void> {
  if (navigator.locks) await navigator.locks.request(name, work);
  else await work();
}
