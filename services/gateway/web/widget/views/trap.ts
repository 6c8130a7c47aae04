import type { RefObject } from "preact";

const STOPS = "button:not(:disabled), textarea, a[href], [tabindex='0']";

/** Keeps Tab inside the card while it is open; Escape leaves it. */
export function useTrap(card: RefObject<HTMLElement | null>, leave: () => void) {
  return {
    onKeyDown(event: KeyboardEvent) {
      if (event.key === "Escape" && !event.defaultPrevented) leave();
      if (event.key !== "Tab" || !card.current) return;
      const stops = [...card.current.querySelectorAll<HTMLElement>(STOPS)].filter((stop) => stop.offsetParent !== null);
      const [edge, other] = event.shiftKey ? [stops[0], stops.at(-1)] : [stops.at(-1), stops[0]];
      if (document.activeElement !== edge && document.activeElement !== card.current) return;
      if (document.activeElement === card.current && !event.shiftKey) return;
      event.preventDefault();
      other?.focus();
    },
  };
}
