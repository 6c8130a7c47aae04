import { useState } from "preact/hooks";
import { threadOf } from "../state/chat";
import { useWidget } from "./widget";

/** Files may be let go anywhere over the card, as long as there is something to attach them to. */
export function useDrop() {
  const { store, uploads } = useWidget();
  const [over, setOver] = useState(false);
  const takes = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;
  const writing = () => !store.get().list && threadOf(store.get())?.status !== "closed";
  const handlers = {
    onDragOver(event: DragEvent) {
      if (!takes(event)) return;
      event.preventDefault();
      setOver(writing());
    },
    onDragLeave(event: DragEvent) {
      if (event.relatedTarget === null) setOver(false);
    },
    onDrop(event: DragEvent) {
      if (!takes(event)) return;
      event.preventDefault();
      setOver(false);
      if (writing()) uploads.add(event.dataTransfer?.files ?? []);
    },
  };
  return { over, handlers };
}
