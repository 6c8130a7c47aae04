import { useEffect } from "react";
import { useDesk, useSession } from "./session";

const REPEAT_MS = 10_000;

/** Lets colleagues see that I look at this conversation, while I do. */
export function useViewing(id: string): void {
  const session = useSession();
  const live = useDesk((desk) => desk.live);
  useEffect(() => {
    const tell = () => session.signal({ type: "viewing", conversation_id: document.visibilityState === "visible" ? id : null });
    tell();
    const timer = setInterval(tell, REPEAT_MS);
    document.addEventListener("visibilitychange", tell);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", tell);
      session.signal({ type: "viewing", conversation_id: null });
    };
  }, [id, session, live]);
}
