import { useMediaQuery } from "@mantine/hooks";

/** One pane at a time. */
export const PHONE = "(max-width: 720px)";

const OPTIONS = { getInitialValueInEffect: false };

/** Which panes fit side by side: the views fold below 1400 px, the contact below 1140, everything below 721. */
export function useRoom() {
  const views = useMediaQuery("(min-width: 1400px)", true, OPTIONS);
  const contact = useMediaQuery("(min-width: 1140px)", true, OPTIONS);
  const phone = useMediaQuery(PHONE, false, OPTIONS);
  return { views, contact, phone };
}
