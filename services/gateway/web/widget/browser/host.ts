/** The loader, seen from inside the frame. Only its page's origin is heard and told. */
import { listen, type Setup, type ToFrame, type ToHost } from "../bridge";

export interface Host {
  tell(message: ToHost): void;
}

/** What the loader has written on the frame; null in a frame that somebody else has made, or a page opened by itself. */
export function setupOf(name: string): Setup | null {
  try {
    const found = JSON.parse(name) as Setup | null;
    return parent !== window && found?.origin ? found : null;
  } catch {
    return null;
  }
}

export function hostAt(origin: string, hear: (message: ToFrame) => void): Host {
  listen<ToFrame>(() => parent, origin, hear);
  return { tell: (message) => parent.postMessage({ parley: message }, origin) };
}
