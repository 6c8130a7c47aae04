import { channels, contrast } from "./colour";

/** The brand colour as text on `ground`: as it is, or moved towards black or white until it is readable (4.5 to 1). */
export function inkOn(brand: string, ground: string): string {
  const goal = contrast(ground, "#000000") > contrast(ground, "#ffffff") ? 0 : 255;
  for (let part = 0; part < 1; part += 0.05) {
    const mixed = mix(brand, goal, part);
    if (contrast(mixed, ground) >= 4.5) return mixed;
  }
  return mix(brand, goal, 1);
}

function mix(colour: string, goal: number, part: number): string {
  const parts = channels(colour).map((value) => Math.round(value + (goal - value) * part));
  return `#${parts.map((value) => value.toString(16).padStart(2, "0")).join("")}`;
}
