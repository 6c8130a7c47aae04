/** What the customer's page gets to see: a round button and, from the first open on, our frame. All in a shadow root. */
import type { Appearance } from "../../protocol/messages";
import { textOn } from "../colour";
import css from "./launcher.css?inline";

const SVG = "http://www.w3.org/2000/svg";
const BUBBLE = "M6 22V9.5A3.5 3.5 0 0 1 9.5 6h9A3.5 3.5 0 0 1 22 9.5v6a3.5 3.5 0 0 1-3.5 3.5h-8.7z";
const DOWN = "M9 12l5 5 5-5";

export interface Launcher {
  looks: Appearance;
  host: HTMLElement;
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
  button.type = "button";
  button.style.setProperty("--brand", looks.brand);
  button.style.setProperty("--on-brand", textOn(looks.brand));
  button.ariaHasPopup = "dialog";
  button.append(picture("shut", BUBBLE, "fill"), picture("away", DOWN, "stroke"));
  const badge = button.appendChild(document.createElement("b"));
  badge.ariaHidden = "true";
  document.body.append(host);
  return { looks, host, button, badge, root };
}

function picture(name: string, line: string, paint: "fill" | "stroke"): SVGElement {
  const svg = document.createElementNS(SVG, "svg");
  const path = svg.appendChild(document.createElementNS(SVG, "path"));
  svg.setAttribute("class", name);
  svg.setAttribute("viewBox", "0 0 28 28");
  path.setAttribute(paint, "currentColor");
  path.setAttribute("d", line);
  return svg;
}
