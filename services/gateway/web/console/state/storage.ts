/** The browser's storage, made dependable: full, forbidden or damaged, it never stands in the way of work. */

export type Kept = Pick<Storage, "getItem" | "setItem" | "removeItem" | "key" | "length">;

/** Keeps in `storage`; what that refuses (it is full, or not allowed) is kept for this visit only. */
export function dependable(storage: () => Storage): Kept {
  const memory = new Map<string, string>();
  const attempt = <T>(what: (kept: Storage) => T, otherwise: T): T => {
    try {
      return what(storage());
    } catch {
      return otherwise;
    }
  };
  const keys = () => attempt((kept) => Array.from({ length: kept.length }, (_, n) => kept.key(n) ?? ""), []);
  const all = () => [...new Set([...keys(), ...memory.keys()])];
  return {
    get length() {
      return all().length;
    },
    key: (n) => all()[n] ?? null,
    getItem: (key) => memory.get(key) ?? attempt((kept) => kept.getItem(key), null),
    setItem(key, value) {
      const kept = attempt((to) => (to.setItem(key, value), true), false);
      if (kept) memory.delete(key);
      else memory.set(key, value);
    },
    removeItem(key) {
      memory.delete(key);
      attempt((kept) => kept.removeItem(key), undefined);
    },
  };
}

/** What was kept as JSON, or null when nothing was or it is damaged. */
export function readJson<T>(storage: Pick<Kept, "getItem">, key: string): T | null {
  try {
    return JSON.parse(storage.getItem(key) ?? "null") as T | null;
  } catch {
    return null;
  }
}

export const browserStorage = dependable(() => localStorage);
