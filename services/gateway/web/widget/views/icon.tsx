const PATHS = {
  clock: "M12 4a8 8 0 1 1 0 16 8 8 0 0 1 0-16M12 7.5V12l3 2",
  close: "m6.5 6.5 11 11M17.5 6.5l-11 11",
  back: "m14 7-5 5 5 5",
  down: "m7 10 5 5 5-5",
  clip: "m19.5 11.5-7.6 7.6a4.6 4.6 0 0 1-6.5-6.5l8-8a3 3 0 0 1 4.3 4.3l-8 8a1.5 1.5 0 0 1-2.1-2.2l7.2-7.2",
  smile: "M12 4a8 8 0 1 1 0 16 8 8 0 0 1 0-16M9 10v.6M15 10v.6M8.5 14a4.5 4.5 0 0 0 7 0",
  send: "M4.5 12 3.5 4.5 20.5 12 3.5 19.5zM4.5 12h7",
  file: "M13.5 3.5H7A1.5 1.5 0 0 0 5.5 5v14A1.5 1.5 0 0 0 7 20.5h10a1.5 1.5 0 0 0 1.5-1.5V8.5zM13.5 3.5v5h5",
  alert: "M12 4a8 8 0 1 1 0 16 8 8 0 0 1 0-16M12 8v4.5M12 15.7v.01",
  check: "m5 12.5 4.5 4.5L19 7.5",
  checks: "m2.5 12.5 4.5 4.5L15.5 8M11.5 16l1 1L21 8",
  again: "M19.5 11a7.5 7.5 0 0 0-13.7-3.2M4.5 13a7.5 7.5 0 0 0 13.7 3.2M5 4v4h4M19 20v-4h-4",
};

export type IconName = keyof typeof PATHS;

/** A line drawing; the word beside it or the button's label says what it means. */
export function Icon({ name, flip = false }: { name: IconName; flip?: boolean }) {
  return (
    <svg class={flip ? "i flip" : "i"} viewBox="0 0 24 24" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
