/** Where the console is, as an address: `/inbox/:view/:conversation`, `#contact` when the contact is in front. */

import type { View } from "../../protocol/messages";

export const VIEWS: readonly View[] = ["all_open", "mine", "unassigned", "bots", "closed"];

export interface Route {
  view: View;
  conversation: string | null;
  contact: boolean;
}

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export function parseRoute(path: string, hash = ""): Route {
  const [place, view, conversation] = path.split("/").filter(Boolean);
  const known = VIEWS.find((name) => name === view);
  if (place !== "inbox" || !known) return { view: "all_open", conversation: null, contact: false };
  const open = conversation && ID.test(conversation) ? conversation : null;
  return { view: known, conversation: open, contact: open !== null && hash === "#contact" };
}

export function formatRoute({ view, conversation, contact }: Route): string {
  return `/inbox/${view}${conversation ? `/${conversation}` : ""}${conversation && contact ? "#contact" : ""}`;
}
