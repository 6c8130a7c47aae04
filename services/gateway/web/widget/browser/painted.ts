/** Nothing is painted in a hidden frame: how long to wait for it all the same, ms. */
const HIDDEN_MS = 500;

/** Resolves once what is there now is on screen. */
export function painted(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, HIDDEN_MS);
    requestAnimationFrame(() => setTimeout(resolve));
  });
}
