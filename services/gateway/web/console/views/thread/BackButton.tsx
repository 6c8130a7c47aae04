import { IconChevronLeft } from "@tabler/icons-react";
import { back, useRoute } from "../../hooks/route";
import { words } from "../../words";
import { IconButton } from "../parts/IconButton";

/** From the thread to the list, where only one of them fits. */
export function BackButton() {
  const { view } = useRoute();
  return (
    <IconButton label={words.thread.back} onClick={() => back({ view, conversation: null })}>
      <IconChevronLeft size={20} stroke={1.6} />
    </IconButton>
  );
}
