import { expect, test } from "vitest";
import { contrast, NEAR_BLACK, textOn } from "./colour";
import { inkOn } from "./ink";

const brands = ["#1e5f4e", "#ffd400", "#ffffff", "#000000", "#e4003a", "#7f7f7f", "#0a84ff", "#f4f0ff"];

test("black on white is 21 to 1", () => {
  expect(contrast("#000000", "#ffffff")).toBeCloseTo(21);
  expect(contrast("#7c3d72", "#7c3d72")).toBe(1);
});

test("text on a brand is white or near-black, whichever reads better", () => {
  expect(textOn("#1e5f4e")).toBe("#ffffff");
  expect(textOn("#ffd400")).toBe(NEAR_BLACK);
});

test("and so on every grey", () => {
  for (let part = 0; part < 256; part++) {
    const grey = `#${part.toString(16).padStart(2, "0").repeat(3)}`;
    const better = contrast(grey, "#ffffff") >= contrast(grey, NEAR_BLACK) ? "#ffffff" : NEAR_BLACK;
    expect(textOn(grey)).toBe(better);
  }
});

test.each(brands)("text on %s is readable", (brand) => expect(contrast(brand, textOn(brand))).toBeGreaterThanOrEqual(4.4));

test.each(brands)("%s as ink is readable in the light and in the dark", (brand) => {
  for (const ground of ["#ffffff", "#1f1f21"]) expect(contrast(inkOn(brand, ground), ground)).toBeGreaterThanOrEqual(4.5);
});

test("a brand that is readable stays as it is", () => expect(inkOn("#1e5f4e", "#ffffff")).toBe("#1e5f4e"));
