/** The browser's memory, or the page's own where the browser forbids it one (then it lasts as long as the page). */
export interface Memory {
  get(name: string): string | null;
  set(name: string, value: string): void;
}

export function memoryFor(channel: string): Memory {
  const own = new Map<string, string>();
  const key = (name: string) => `parley ${channel} ${name}`;
  return {
    get(name) {
      try {
        return own.get(name) ?? localStorage.getItem(key(name));
      } catch {
        return null;
      }
    },
    set(name, value) {
      try {
        localStorage.setItem(key(name), value);
        own.delete(name);
      } catch {
        own.set(name, value); // Forbidden or full: what the browser still keeps is older than this.
      }
    },
  };
}

/** Calls `hear` when another tab has changed what is kept for `channel` under `name`. */
export function onOtherTab(channel: string, name: string, hear: () => void): void {
  addEventListener("storage", ({ key }) => key === `parley ${channel} ${name}` && hear());
}
