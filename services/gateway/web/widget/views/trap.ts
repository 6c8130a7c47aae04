import type { RefObject } from "preact";
import { useEffect } from "preact/hooks";

const STOPS = "button:not(:disabled), textarea, a[href], [tabindex='0']";

/** Keeps Tab inside the card while it is open; Escape leaves it, wherever in the frame the keyboard is. */
export function useTrap(card: RefObject<HTMLElement | null>, leave: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === "Escape" && !event.defaultPrevented) leave();
      if (event.key === "Tab" && card.current) turn(card.current, event);
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);
}

/** From the last stop to the first, and back. */
function turn(card: HTMLElement, event: KeyboardEvent): void {
  const stops = [...card.querySelectorAll<HTMLElement>(STOPS)].filter((stop) => stop.offsetParent !== null);
  const [edge, other] = event.shiftKey ? [stops[0], stops.at(-1)] : [stops.at(-1), stops[0]];
  const outside = document.activeElement === card || document.activeElement === document.body;
  if (document.activeElement !== edge && !(outside && event.shiftKey)) return;
  event.preventDefault();
  other?.focus();
}
