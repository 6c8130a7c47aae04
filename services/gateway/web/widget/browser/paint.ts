import { textOn } from "../colour";
import { inkOn } from "../ink";

/** The grounds text stands on, as in `widget.css`. */
const LIGHT = "#ffffff";
const DARK = "#1f1f21";

/** Gives the style sheet the customer's colour, and what is readable on it and in it. */
export function paint(brand: string): void {
  const { style } = document.documentElement;
  style.setProperty("--brand", brand);
  style.setProperty("--on-brand", textOn(brand));
  style.setProperty("--ink-light", inkOn(brand, LIGHT));
  style.setProperty("--ink-dark", inkOn(brand, DARK));
}
