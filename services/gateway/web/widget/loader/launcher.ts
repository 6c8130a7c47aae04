/** What the customer's page gets to see: a round button and, from the first open on, our frame. All in a shadow root. */
import type { Appearance } from "../../protocol/messages";
import { textOn } from "../colour";
import css from "./launcher.css?inline";

const SVG = "http://www.w3.org/2000/svg";
const BUBBLE = "M6 22V9.5A3.5 3.5 0 0 1 9.5 6h9A3.5 3.5 0 0 1 22 9.5v6a3.5 3.5 0 0 1-3.5 3.5h-8.7z";
const DOWN = "M9 12l5 5 5-5";

export interface Launcher {
  looks: Appearance;
  button: HTMLButtonElement;
  badge: HTMLElement;
  root: ShadowRoot;
}

/** Built with the DOM alone: no markup is parsed, so a page that demands trusted types takes it as well. */
export function makeLauncher(looks: Appearance, left: boolean): Launcher {
  const host = document.createElement("parley-chat");
  host.style.setProperty("direction", left ? "rtl" : "ltr", "important");
  const root = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets = [sheet];
  const button = root.appendChild(document.createElement("button"));
  button.style.cssText = `--brand:${looks.brand};--on-brand:${textOn(looks.brand)}`;
  button.ariaHasPopup = "dialog";
  const svg = button.appendChild(document.createElementNS(SVG, "svg"));
  svg.setAttribute("viewBox", "0 0 28 28");
  for (const line of [BUBBLE, DOWN]) svg.appendChild(document.createElementNS(SVG, "path")).setAttribute("d", line);
  const badge = button.appendChild(document.createElement("b"));
  document.body.append(host);
  return { looks, button, badge, root };
}
