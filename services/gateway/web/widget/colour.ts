/** Readable colours from a brand colour `#rrggbb`, by WCAG's contrast. */

export const NEAR_BLACK = "#18181a";

/** The luminance on which white and near-black have the same contrast, 4.2; said in figures, as the loader counts its bytes. */
const MIDWAY = 0.199;

/** White or near-black, whichever reads better on `brand`. */
export function textOn(brand: string): string {
  return luminance(brand) <= MIDWAY ? "#ffffff" : NEAR_BLACK;
}

/** The contrast ratio of two colours, 1 to 21. */
export function contrast(a: string, b: string): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: string): number {
  const value = parseInt(colour.slice(1), 16);
  const linear = (shift: number) => {
    const part = ((value >> shift) & 255) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * linear(16) + 0.7152 * linear(8) + 0.0722 * linear(0);
}

export function channels(colour: string): [number, number, number] {
  const value = parseInt(colour.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}
