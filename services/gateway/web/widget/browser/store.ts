import { useEffect, useState } from "preact/hooks";

/** One value, and who wants to know when it changes. */
export interface Store<T> {
  get(): T;
  /** Puts a new value in; the same object again tells nobody. */
  change(change: (value: T) => T): void;
  subscribe(hear: (value: T) => void): () => void;
}

export function createStore<T>(start: T): Store<T> {
  let value = start;
  const listeners = new Set<(value: T) => void>();
  return {
    get: () => value,
    change(change) {
      const next = change(value);
      if (next === value) return;
      value = next;
      for (const hear of [...listeners]) hear(value);
    },
    subscribe(hear) {
      listeners.add(hear);
      return () => listeners.delete(hear);
    },
  };
}

export function useStore<T>(store: Store<T>): T {
  const [value, setValue] = useState(store.get());
  useEffect(() => {
    setValue(store.get());
    return store.subscribe(setValue);
  }, [store]);
  return value;
}
