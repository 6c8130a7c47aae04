import { useCallback, useState } from "react";
import { Refusal } from "../../protocol/refusal";
import type { Wish } from "../state/session";
import { words } from "../words";
import { useSession } from "./session";
import { toast } from "./toast";

/** Says in a toast that something was refused. */
export function tellRefusal(error: unknown): void {
  const text = error instanceof Refusal ? error.message : words.signIn.unreachable;
  toast({ title: words.failed, message: text, withBorder: false });
}

/** Asks for something and shows a refusal as a toast. `busy` until the answer is there; `ask` tells whether it was a yes. */
export function useAsk(): { busy: boolean; ask(wish: Wish): Promise<boolean> } {
  const session = useSession();
  const [busy, setBusy] = useState(false);
  const ask = useCallback(
    async (wish: Wish) => {
      setBusy(true);
      try {
        await session.ask(wish);
        return true;
      } catch (error) {
        tellRefusal(error);
        return false;
      } finally {
        setBusy(false);
      }
    },
    [session],
  );
  return { busy, ask };
}
