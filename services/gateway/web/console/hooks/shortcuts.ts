import { useEffect } from "react";
import { useCommands } from "./commands";
import { openDialog } from "./ui";

const BUSY = "input, textarea, select, [contenteditable=true], [role=dialog], [role=menu], [role=listbox]";

/** Single keys, while nothing is being written or chosen; ⌘K anywhere. */
export function useShortcuts(): void {
  const groups = useCommands();
  useEffect(() => {
    function press(event: KeyboardEvent): void {
      if ((event.metaKey || event.ctrlKey) && event.key.toLowerCase() === "k") {
        event.preventDefault();
        return openDialog("palette");
      }
      const busy = event.target instanceof Element && event.target.closest(BUSY);
      if (busy || event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey) return;
      if (document.querySelector("[aria-modal=true]")) return;
      const command = groups.flatMap(({ commands }) => commands).find(({ key }) => key === event.key);
      if (!command) return;
      event.preventDefault();
      command.run();
    }
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, [groups]);
}
