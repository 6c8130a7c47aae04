import { type NotificationData, notifications } from "@mantine/notifications";
import { words } from "../words";
import { PHONE } from "./wide";

const LASTS_MS = 6_000;

/** What a toast is told apart by, so that it can be put away. */
export const hideToast = (id: string) => void notifications.hide(id);

/**
 * Says something in passing. A pointer that rests on it keeps it, to be read in peace; but on a phone a finger rests where it
 * last tapped, so there the toast goes in any case.
 */
export function toast(data: NotificationData): void {
  const phone = matchMedia(PHONE).matches;
  notifications.show({
    ...data,
    autoClose: phone ? false : LASTS_MS,
    onOpen: ({ id }) => phone && id && setTimeout(hideToast, LASTS_MS, id),
    closeButtonProps: { "aria-label": words.dismiss },
  });
}
