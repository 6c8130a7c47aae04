import { useMemo, useSyncExternalStore } from "react";
import { formatRoute, parseRoute, type Route } from "../state/route";

const CHANGED = "parley:route";

function subscribe(listener: () => void): () => void {
  addEventListener("popstate", listener);
  addEventListener(CHANGED, listener);
  return () => {
    removeEventListener("popstate", listener);
    removeEventListener(CHANGED, listener);
  };
}

const address = () => location.pathname + location.hash;

/** Where the console is now. */
export function useRoute(): Route {
  const at = useSyncExternalStore(subscribe, address);
  return useMemo(() => {
    const [path = "", hash] = at.split("#");
    return parseRoute(path, hash ? `#${hash}` : "");
  }, [at]);
}

/** Goes there, as a step in the browser's history; `replace` takes the place of the current step. */
export function go(to: Partial<Route>, replace = false): void {
  const next = formatRoute({ ...parseRoute(location.pathname, location.hash), ...to });
  if (next === address()) return;
  history[replace ? "replaceState" : "pushState"]({ inside: !replace || history.state?.inside === true }, "", next);
  dispatchEvent(new Event(CHANGED));
}

/** One step back when the step was made here, else to `otherwise`. */
export function back(otherwise: Partial<Route>): void {
  if (history.state?.inside) history.back();
  else go(otherwise, true);
}
