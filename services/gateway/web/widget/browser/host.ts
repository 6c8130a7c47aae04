/** The loader, seen from inside the frame. Its page's origin comes in our address's fragment; nobody else is heard or told. */
import { listen, type ToFrame, type ToHost } from "../bridge";

export interface Host {
  tell(message: ToHost): void;
}

/** Listens to the loader. A frame that is opened by itself has none, and stays silent. */
export function findHost(hear: (message: ToFrame) => void): Host {
  const origin = location.hash.slice(1);
  if (parent === window || !/^https?:\/\/[^/]+$/.test(origin)) return { tell() {} };
  listen<ToFrame>(() => parent, origin, hear);
  return { tell: (message) => parent.postMessage({ parley: message }, origin) };
}
